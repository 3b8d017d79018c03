import type { Matrix } from '#lib/core/matrix.ts';
import { DonorTree } from './donor-tree.ts';

/** How many columns a matrix may have: which of them are known is kept as the bits of a number. */
export const MOST_IMPUTE_COLUMNS = 30;

export interface KnnImputeOptions {
	/** How many donors a value is the mean of; fewer where fewer can be compared. */
	readonly neighborCount: number;
	/** Columns to fill; the others only measure distances. All by default. */
	readonly columns?: readonly number[];
	/** Rows to fill, all by default. */
	readonly rows?: Int32Array;
	/** Rows that lend values, all by default. */
	readonly donors?: Int32Array;
	/** Differences of a column count in this unit: 1 by default, which is plain distance. */
	readonly scales?: Float64Array;
	/** Told now and then how much is done, from 0 to 1. */
	readonly onShare?: (share: number) => void;
}

/** Missing cells and their values, by row, then by column. */
export interface ImputedCells {
	readonly rows: Int32Array;
	readonly columns: Int32Array;
	readonly values: Float64Array;
}

/**
 * Fills missing cells by the mean of the k nearest rows that know the column (Troyanskaya et al. 2001), as scikit-learn's
 * KNNImputer with uniform weights. The distance of two rows is nan-Euclidean: √(d / known · Σ (difference / scale)²) over
 * the `known` of all d columns that both rows know. Donors that share no known column have no distance and lend nothing
 * (in scikit-learn since 2024; before, they filled up the k); a row without any comparable donor gets the mean of the column
 * over all rows. A column that nobody knows stays missing. Of donors equally far, the one with the smaller row number is
 * taken, where scikit-learn takes any of them.
 *
 * NaN is missing, and so are infinite numbers. A row is no donor of its own missing cells. O(r·n·d) for r rows to fill
 * and n donors at worst; with few columns the search looks at a small part of the donors.
 *
 * @throws RangeError for more than `MOST_IMPUTE_COLUMNS` columns, or a `neighborCount` below 1
 */
export function knnImpute(data: Matrix, options: KnnImputeOptions): ImputedCells {
	const { values, rowCount, columnCount } = data;
	if (columnCount > MOST_IMPUTE_COLUMNS) {
		throw new RangeError(`invalid matrix: ${columnCount} columns, expected at most ${MOST_IMPUTE_COLUMNS}`);
	}
	if (!(options.neighborCount >= 1)) {
		throw new RangeError(`invalid neighborCount: ${options.neighborCount}, expected at least 1`);
	}
	const scaled = scaledCopy(data, options.scales);
	const means = knownMeans(data);
	const fillable = (options.columns ?? Array.from(means.keys())).filter((c) => !Number.isNaN(means[c]));
	const cells = missingCells(data, options.rows ?? everyRow(rowCount), fillable);
	const nearest = new Nearest(scaled, options.donors ?? everyRow(rowCount), options.neighborCount);
	const out = new Float64Array(cells.rows.length);
	for (let at = 0; at < out.length;) {
		const row = cells.rows[at] as number;
		let end = at;
		while (end < out.length && cells.rows[end] === row) end += 1;
		nearest.find(row, cells.columns.subarray(at, end));
		for (let slot = 0; at < end; at += 1, slot += 1) {
			const column = cells.columns[at] as number;
			const donors = nearest.of(slot);
			let sum = 0;
			for (const donor of donors) sum += values[donor * columnCount + column] as number;
			out[at] = donors.length === 0 ? (means[column] as number) : sum / donors.length;
		}
		options.onShare?.(at / out.length);
	}
	return { ...cells, values: out };
}

function everyRow(rowCount: number): Int32Array {
	return Int32Array.from({ length: rowCount }, (_, row) => row);
}

/** The matrix in units of its columns; missing cells are NaN. */
function scaledCopy(data: Matrix, scales: Float64Array | undefined): Matrix {
	const { values, columnCount } = data;
	const out = new Float64Array(values.length);
	for (let at = 0; at < values.length;) {
		for (let c = 0; c < columnCount; c += 1, at += 1) {
			const value = values[at] as number;
			out[at] = Number.isFinite(value) ? value / (scales?.[c] ?? 1) : NaN;
		}
	}
	return { ...data, values: out };
}

/** The mean of the known cells of each column; NaN where there are none. */
function knownMeans({ values, columnCount }: Matrix): Float64Array {
	const sums = new Float64Array(columnCount);
	const counts = new Float64Array(columnCount);
	for (let at = 0; at < values.length;) {
		for (let c = 0; c < columnCount; c += 1, at += 1) {
			const value = values[at] as number;
			if (!Number.isFinite(value)) continue;
			sums[c]! += value;
			counts[c]! += 1;
		}
	}
	return sums.map((sum, c) => sum / (counts[c] as number));
}

function missingCells(
	{ values, columnCount }: Matrix,
	among: Int32Array,
	fillable: readonly number[]
): Pick<ImputedCells, 'rows' | 'columns'> {
	const [rows, columns]: [number[], number[]] = [[], []];
	for (const row of among) {
		for (const column of fillable) {
			if (Number.isFinite(values[row * columnCount + column] as number)) continue;
			rows.push(row);
			columns.push(column);
		}
	}
	return { rows: Int32Array.from(rows), columns: Int32Array.from(columns) };
}

/** The nearest donors of one row at a time, for each of its missing columns. */
class Nearest {
	readonly #data: Matrix;
	readonly #tree: DonorTree;
	readonly #size: number;
	/** Per missing column of the row: its nearest donors so far, nearest first, with their squared distances. */
	readonly #distances: Float64Array;
	readonly #donors: Int32Array;
	readonly #found: Int32Array;
	#missing: Int32Array = new Int32Array();

	constructor(data: Matrix, donors: Int32Array, neighborCount: number) {
		this.#data = data;
		this.#tree = new DonorTree(data, donors);
		this.#size = Math.min(neighborCount, donors.length);
		this.#distances = new Float64Array(this.#size * data.columnCount);
		this.#donors = new Int32Array(this.#size * data.columnCount);
		this.#found = new Int32Array(data.columnCount);
	}

	/** Looks for the donors of each of the missing columns of a row. */
	find(row: number, missing: Int32Array): void {
		const { values, columnCount } = this.#data;
		this.#found.fill(0);
		this.#missing = missing;
		this.#tree.search(values.subarray(row * columnCount, (row + 1) * columnCount), this.#offer);
	}

	/** The donors found for the i-th missing column, nearest first. */
	of(slot: number): Int32Array {
		const start = slot * this.#size;
		return this.#donors.subarray(start, start + (this.#found[slot] as number));
	}

	readonly #offer = (donor: number, distance: number, bits: number): number => {
		let limit = 0;
		for (let slot = 0; slot < this.#missing.length; slot += 1) {
			if ((bits & (1 << (this.#missing[slot] as number))) !== 0) this.#insert(slot, donor, distance);
			const isFull = this.#found[slot] === this.#size;
			const farthest = this.#distances[(slot + 1) * this.#size - 1] as number;
			limit = Math.max(limit, isFull ? farthest : Infinity);
		}
		return limit;
	};

	#insert(slot: number, donor: number, distance: number): void {
		const [distances, donors, start] = [this.#distances, this.#donors, slot * this.#size];
		const count = this.#found[slot] as number;
		const isFull = count === this.#size;
		let at = start + (isFull ? count - 1 : count);
		const isNearer = (i: number): boolean =>
			distance < (distances[i] as number) || (distance === distances[i] && donor < (donors[i] as number));
		if (isFull && !isNearer(at)) return;
		for (; at > start && isNearer(at - 1); at -= 1) {
			distances[at] = distances[at - 1] as number;
			donors[at] = donors[at - 1] as number;
		}
		distances[at] = distance;
		donors[at] = donor;
		if (!isFull) this.#found[slot] = count + 1;
	}
}
