import type { Matrix } from '#lib/core/matrix.ts';
import { startKernel, type Kernel } from './kernels/kernel.ts';
import { kmeansWasm } from './kernels/kmeans.wasm.ts';
import { UNASSIGNED, type Partition } from './nearest.ts';
import type { SeedDistances } from './seeding.ts';

/** A kd-tree of 2^depth leaves. */
export interface Tree {
	/** The column that node i compares; children of i are 2i and 2i + 1, the root is 1. */
	readonly column: Uint8Array;
	/** Rows below go left, all others right. */
	readonly split: Float64Array;
	readonly depth: number;
}

/** What `src/kernels/kmeans.mjs` exports; numbers are addresses, lengths and counts. */
interface Functions {
	readRows(
		columnCount: number,
		rowCount: number,
		rows: number,
		shift: number,
		scale: number,
		columns: number,
		moments: number
	): number;
	assign(
		columnCount: number,
		rowCount: number,
		columns: number,
		stride: number,
		numbers: number,
		shift: number,
		scale: number,
		rows: number,
		weights: number,
		centroids: number,
		spreads: number,
		clusterCount: number,
		labels: number,
		allLabels: number,
		sums: number,
		totals: number,
		members: number,
		reach: number,
		list: number,
		capacity: number
	): number;
	listedRows(): number;
	sendToLeaves(
		columnCount: number,
		rowCount: number,
		rows: number,
		depth: number,
		column: number,
		split: number,
		sums: number,
		counts: number
	): void;
	capDistances(
		columnCount: number,
		rowCount: number,
		rows: number,
		point: number,
		cap: number,
		weights: number,
		out: number
	): number;
	inertia(
		columnCount: number,
		rowCount: number,
		rows: number,
		weights: number,
		labels: number,
		centroids: number
	): number;
}

/** Rows in the memory of a kernel: as they are, and as columns of 32-bit floats of about unit size around zero. */
interface LoadedRows {
	readonly columnCount: number;
	readonly rowCount: number;
	/** Address of the original rows. */
	readonly rows: number;
	/** Address of the columns, and their distance in bytes. */
	readonly columns: number;
	readonly stride: number;
	/** Address of what is taken from each column, and what the rest is multiplied by. */
	readonly shift: number;
	readonly scale: number;
	/** The mean of the population variances of the columns. */
	readonly variance: number;
	/** False where 32 bits cannot hold the values. */
	readonly fits: boolean;
}

/** Where the parts of a partition lie, and for how many rows its list has room. */
type Addresses = Readonly<
	Record<
		'labels' | 'weights' | 'centroids' | 'sums' | 'totals' | 'members' | 'spreads' | 'list' | 'capacity',
		number
	>
>;

/** A kernel with the rows it holds, which the fits that follow mostly ask for again. */
interface Place {
	readonly kernel: Kernel<Functions>;
	/** Where free memory begins. */
	readonly base: number;
	held: { readonly data: WeakRef<Matrix>; readonly rows: LoadedRows; readonly mark: number } | undefined;
}

/** The kernel looks at so many rows a turn. */
const GROUP = 16;
/** A coarse summary, a fine one and the rows they stand for are asked for in turn: a place each, but one for many rows. */
const FEW_ROWS = 16_384;
const MOST_PLACES = { few: 2, many: 1 };
/** Shift and scale follow from about so many rows. */
const SAMPLE_ROWS = 1000;
/** Squares of larger values, and sums of them, leave 32 bits. */
const LARGEST = 1e15;

/** The first list of rows near a border reaches as far as this many times the last movement, and others at most so far … */
const REACH = 2;
const MOST_REACH = 16;
/** … less what 32 bits may be wrong by … */
const ROUNDING = 1e-5;
/** … and is given up where it has more than half of the rows and so many. */
const LIST_MARGIN = 1024 + 2 * GROUP;

/** The place asked for last comes first. */
const places: { readonly few: Place[]; readonly many: Place[] } = { few: [], many: [] };

/**
 * A partition in the memory of the k-means kernel: `nearest` and `inertiaOf` do the same there as they do on a plain one,
 * several times faster. Its arrays are valid until the next one is made in the same thread. Null where the kernel cannot
 * run, for a single centroid, and for values so far apart that 32 bits cannot hold them. Rows that were loaded last are not
 * loaded again: a matrix must not be changed after it was first given.
 */
export function kernelPartition(
	data: Matrix,
	weights: Float64Array | undefined,
	start: Float64Array
): Partition | null {
	const clusterCount = start.length / data.columnCount;
	if (clusterCount < 2 || data.rowCount === 0) return null;
	const place = placeOf(data);
	if (place === null) return null;
	const rows = hold(place, data);
	return rows.fits ? partitionOn(place.kernel, rows, data, weights, start) : null;
}

/**
 * Sends every row to a leaf of the tree and adds it there, as `summarize` does; false where the kernel cannot run.
 * @param sums one per leaf and column, changed in place
 * @param counts one per leaf, changed in place
 */
export function kernelLeaves(data: Matrix, tree: Tree, sums: Float64Array, counts: Float64Array): boolean {
	const place = placeOf(data);
	if (place === null) return false;
	const { rows } = hold(place, data);
	const { run, arena } = place.kernel;
	const at = {
		column: arena.alloc(tree.column.length),
		split: arena.alloc(tree.split.length * 8),
		sums: arena.alloc(sums.length * 8),
		counts: arena.alloc(counts.length * 8)
	};
	arena.u8(at.column, tree.column.length).set(tree.column);
	arena.f64(at.split, tree.split.length).set(tree.split);
	arena.f64(at.sums, sums.length).fill(0);
	arena.f64(at.counts, counts.length).fill(0);
	const { columnCount, rowCount } = data;
	run.sendToLeaves(columnCount, rowCount, rows, tree.depth, at.column, at.split, at.sums, at.counts);
	sums.set(arena.f64(at.sums, sums.length));
	counts.set(arena.f64(at.counts, counts.length));
	return true;
}

/**
 * Distances for seeding in the memory of the kernel; null where the kernel cannot run. Valid until the next of this, or the
 * next partition, is made in the same thread.
 */
export function kernelDistances(data: Matrix, weights: Float64Array | undefined): SeedDistances | null {
	const place = data.rowCount === 0 ? null : placeOf(data);
	if (place === null) return null;
	const { rows } = hold(place, data);
	const { run, arena } = place.kernel;
	const { rowCount, columnCount } = data;
	const padded = Math.ceil(rowCount / GROUP) * GROUP;
	const weightsAt = arena.alloc(padded * 8);
	const addresses = [0, 1, 2].map(() => arena.alloc(padded * 8));
	// Rows that fill up the last group weigh nothing.
	const padding = arena.f64(weightsAt, padded);
	padding.fill(0, rowCount);
	if (weights === undefined) padding.fill(1, 0, rowCount);
	else padding.set(weights);
	const [first, second, third] = addresses as [number, number, number];
	arena.f64(first, padded).fill(Infinity);
	const view = (address: number): Float64Array => arena.f64(address, rowCount);
	return {
		arrays: [view(first), view(second), view(third)],
		cap: (row, from, to) =>
			run.capDistances(
				columnCount,
				padded,
				rows,
				rows + row * columnCount * 8,
				addresses[from] as number,
				weightsAt,
				addresses[to] as number
			)
	};
}

/** The place that holds the rows, or else the one asked for least recently; null where the kernel cannot run. */
function placeOf(data: Matrix): Place | null {
	const size = data.rowCount > FEW_ROWS ? 'many' : 'few';
	const known = places[size];
	const holding = known.findIndex(({ held }) => held?.data.deref() === data);
	const last = known.length === MOST_PLACES[size] ? known.length - 1 : -1;
	const at = holding >= 0 ? holding : last;
	const place = known[at] ?? newPlace();
	if (at >= 0) known.splice(at, 1);
	if (place !== null) known.unshift(place);
	return place;
}

function newPlace(): Place | null {
	const kernel = startKernel<Functions>(kmeansWasm);
	return kernel === null ? null : { kernel, base: kernel.arena.mark(), held: undefined };
}

/** The rows in the kernel, loaded when it holds others. */
function hold(place: Place, data: Matrix): LoadedRows {
	const { arena } = place.kernel;
	if (place.held?.data.deref() !== data) {
		place.held = undefined;
		arena.release(place.base);
		const rows = load(place.kernel, data);
		place.held = { data: new WeakRef(data), rows, mark: arena.mark() };
	}
	arena.release(place.held.mark);
	return place.held.rows;
}

function load({ run, arena }: Kernel<Functions>, data: Matrix): LoadedRows {
	const { values, rowCount, columnCount } = data;
	const padded = Math.ceil(rowCount / GROUP) * GROUP;
	const rows = arena.alloc(padded * columnCount * 8);
	const stride = padded * 4;
	// One more holds what values of the row may be wrong by.
	const columns = arena.alloc(stride * (columnCount + 1));
	const shift = arena.alloc(columnCount * 8);
	const moments = arena.alloc(columnCount * 16);
	const { centre, scale } = roughMoments(data);
	const copy = arena.f64(rows, padded * columnCount);
	copy.set(values);
	// Rows that fill up the last group lie on the centre, where they add nothing to the moments.
	for (let at = values.length; at < copy.length; at += 1) copy[at] = centre[at % columnCount] as number;
	arena.f64(shift, columnCount).set(centre);
	const sums = arena.f64(moments, columnCount * 2).fill(0);
	const largest = run.readRows(columnCount, padded, rows, shift, scale, columns, moments);
	let variance = 0;
	for (let at = 0; at < sums.length; at += 2) {
		const mean = (sums[at] as number) / rowCount;
		variance += (sums[at + 1] as number) / rowCount - mean * mean;
	}
	variance /= columnCount;
	const fits = largest < LARGEST && Number.isFinite(variance);
	return { columnCount, rowCount, rows, columns, stride, shift, scale, variance, fits };
}

/** The mean of each column over some rows, and a power of two that brings their spread near 1. */
function roughMoments({ values, rowCount, columnCount }: Matrix): { centre: Float64Array; scale: number } {
	const centre = new Float64Array(columnCount);
	const step = Math.ceil(rowCount / SAMPLE_ROWS);
	let squares = 0;
	let taken = 0;
	for (let row = 0; row < rowCount; row += step, taken += 1) {
		for (let c = 0; c < columnCount; c += 1) centre[c]! += values[row * columnCount + c] as number;
	}
	for (let c = 0; c < columnCount; c += 1) centre[c]! /= taken;
	for (let row = 0; row < rowCount; row += step) {
		for (let c = 0; c < columnCount; c += 1) {
			squares += ((values[row * columnCount + c] as number) - (centre[c] as number)) ** 2;
		}
	}
	const spread = Math.sqrt(squares / (taken * columnCount));
	return { centre, scale: spread > 0 ? 2 ** -Math.round(Math.log2(spread)) : 1 };
}

function partitionOn(
	kernel: Kernel<Functions>,
	loaded: LoadedRows,
	data: Matrix,
	weights: Float64Array | undefined,
	start: Float64Array
): Partition {
	const { run, arena } = kernel;
	const { columnCount, rowCount, rows, variance } = loaded;
	const clusterCount = start.length / columnCount;
	const capacity = Math.ceil((rowCount / 2 + LIST_MARGIN) / GROUP) * GROUP;
	const at: Addresses = {
		labels: arena.alloc(Math.ceil(rowCount / GROUP) * GROUP),
		weights: weights === undefined ? 0 : arena.alloc(rowCount * 8),
		centroids: arena.alloc(start.length * 8),
		sums: arena.alloc(start.length * 8),
		totals: arena.alloc(clusterCount * 8),
		members: arena.alloc(clusterCount * 4),
		spreads: arena.alloc(clusterCount * (columnCount + 1) * 16),
		list: arena.alloc(capacity * (9 + 4 * columnCount)),
		capacity
	};
	// Memory has its final size from here on, so that views of it stay valid.
	if (weights !== undefined) arena.f64(at.weights, rowCount).set(weights);
	const centroids = arena.f64(at.centroids, start.length);
	centroids.set(start);
	const members = arena.i32(at.members, clusterCount).fill(0);
	return {
		...{ data, weights, centroids, members, variance },
		labels: arena.u8(at.labels, rowCount).fill(UNASSIGNED),
		sums: arena.f64(at.sums, start.length).fill(0),
		totals: arena.f64(at.totals, clusterCount).fill(0),
		reach: new Float64Array(0),
		drift: 0,
		kernel: {
			nearest: nearestOn(run, loaded, at, centroids, members),
			inertia: () => run.inertia(columnCount, rowCount, rows, at.weights, at.labels, at.centroids)
		}
	};
}

/**
 * Each pass over all rows lists those near a border, as far as centroids that keep moving as they last did will come in two
 * passes; the passes that follow look at these rows alone, until the centroids have moved that far.
 */
function nearestOn(
	run: Functions,
	{ columnCount, rowCount, rows, columns, stride, shift, scale }: LoadedRows,
	at: Addresses,
	centroids: Float64Array,
	members: Int32Array
): () => number {
	const before = new Float64Array(centroids.length).fill(NaN);
	const list = {
		columns: at.list + 5 * at.capacity,
		stride: 4 * at.capacity,
		numbers: at.list + at.capacity,
		labels: at.list
	};
	const all = { columns, stride, numbers: 0, labels: at.labels };
	let listed = -1;
	/** How far centroids may yet move before the list is too short. */
	let left = 0;
	let passes = REACH;
	return () => {
		const moved = twoLargestMoves(before, centroids, columnCount);
		before.set(centroids);
		left -= moved;
		const isShort = listed >= 0 && left > 0;
		const reach = isShort || !(moved > 0) ? 0 : passes * moved;
		const among = isShort ? list : all;
		// prettier-ignore
		const changed = run.assign(
			columnCount, isShort ? listed : rowCount, among.columns, among.stride, among.numbers, shift, scale, rows,
			at.weights, at.centroids, at.spreads, members.length, among.labels, at.labels, at.sums, at.totals, at.members,
			reach * scale, at.list, at.capacity
		);
		if (!isShort) {
			listed = run.listedRows();
			left = reach * (1 - ROUNDING);
			// A list of a share s of all rows lasts s/(share needed per pass) passes; all together it costs least at √(that share).
			if (listed > 0) passes = Math.min(MOST_REACH, Math.sqrt((passes * rowCount) / listed));
		}
		// An empty cluster is given a row outside this loop.
		if (members.includes(0)) listed = -1;
		return changed;
	};
}

/** The sum of the two largest distances between centroids and where they were: what a border can move at most. */
function twoLargestMoves(before: Float64Array, after: Float64Array, columnCount: number): number {
	let [largest, second] = [0, 0];
	for (let cluster = 0; cluster < after.length; cluster += columnCount) {
		let sum = 0;
		for (let at = cluster; at < cluster + columnCount; at += 1) {
			sum += ((after[at] as number) - (before[at] as number)) ** 2;
		}
		if (!(sum <= largest)) [largest, second] = [sum, largest];
		else if (sum > second) second = sum;
	}
	return Math.sqrt(largest) + Math.sqrt(second);
}
