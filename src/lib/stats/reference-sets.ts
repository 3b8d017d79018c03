import { columnOf, fromColumns, type Matrix } from '#lib/core/matrix.ts';
import type { Random } from '#lib/core/random.ts';
import { cholesky } from './cholesky.ts';
import { correlationMatrix } from './correlation-matrix.ts';
import { peakQuantile, singlePeak, type SinglePeak } from './single-peak.ts';

/** What rows look like apart from their groups: the single peak of each column, and how columns go together. */
export interface GroupFree {
	readonly columns: readonly SinglePeak[];
	/** Lower Cholesky factor of the normal correlation behind the ranks, d × d by rows. */
	readonly factor: Float64Array;
}

/** What is left of correlations that no normal cloud has, such as those of equal columns: the first that works. */
const SHARES = [1, 0.9999, 0.999, 0.99, 0.95, 0.9, 0.7, 0.4, 0];

/**
 * Learns what rows would be like without groups: each column with one peak at most (`singlePeak`), and ranks that go
 * together as those of the rows do, through one normal cloud (a Gaussian copula). So a uniform table, a cloud, a ridge and
 * a long tail stay what they are, and of separate groups only their spread is left. O(d·n log n + n·d²).
 *
 * @param data at least two rows
 */
export function fitGroupFree(data: Matrix): GroupFree {
	const columns = Array.from({ length: data.columnCount }, (_, c) => columnOf(data, c));
	return { columns: columns.map(singlePeak), factor: rankFactor(data) };
}

/** Draws rows without groups. O(n·d² + d·n log n). */
export function drawGroupFree({ columns, factor }: GroupFree, rowCount: number, random: Random): Matrix {
	const size = columns.length;
	const clouds = columns.map(() => new Float64Array(rowCount));
	const own = new Float64Array(size);
	for (let row = 0; row < rowCount; row += 1) {
		for (let c = 0; c < size; c += 1) own[c] = normal(random);
		clouds.forEach((cloud, c) => {
			let value = 0;
			for (let i = 0; i <= c; i += 1) value += (factor[c * size + i] as number) * (own[i] as number);
			cloud[row] = value;
		});
	}
	return fromColumns(clouds.map((cloud, c) => withRanksOf(cloud, columns[c] as SinglePeak, random)));
}

/** Two uniform numbers to a normal one (Box & Muller 1958). */
function normal(random: Random): number {
	return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Values of the peak in the ranks of the cloud. */
function withRanksOf(cloud: Float64Array, peak: SinglePeak, random: Random): Float64Array {
	const shares = cloud.map(() => random()).sort();
	const out = new Float64Array(cloud.length);
	orderOf(cloud).forEach((row, rank) => {
		out[row] = peakQuantile(peak, shares[rank] as number);
	});
	return out;
}

function orderOf(values: Float64Array): Int32Array {
	return Int32Array.from(values, (_, row) => row).sort(
		(a, b) => (values[a] as number) - (values[b] as number) || a - b
	);
}

/** The correlation of the normal cloud that gives Spearman's correlation ρ is 2 sin(π·ρ / 6) (Pearson 1907); 0 where a column does not vary. */
function rankFactor(data: Matrix): Float64Array {
	const { values, columnCount } = correlationMatrix(data, 'spearman');
	const normals = values.map((value) => (Number.isNaN(value) ? 0 : 2 * Math.sin((Math.PI * value) / 6)));
	for (const share of SHARES) {
		const factor = factorOf(normals.map((value, at) => (at % (columnCount + 1) === 0 ? 1 : value * share)));
		if (factor !== null) return factor;
	}
	throw new RangeError('no factor of the identity');
}

function factorOf(matrix: Float64Array): Float64Array | null {
	try {
		return cholesky(matrix);
	} catch (error) {
		if (error instanceof RangeError) return null;
		throw error;
	}
}
