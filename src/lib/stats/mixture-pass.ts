import type { Matrix } from '#lib/core/matrix.ts';
import { startKernel, type Kernel } from './kernels/kernel.ts';
import { mixtureWasm } from './kernels/mixture.wasm.ts';
import { clusterSizes, type Labeling } from './labeling.ts';
import { momentCount, triangle, type Covariance, type Densities, type Moments } from './mixture-model.ts';

/** One pass over all rows. `sums` has the moments, `logLikelihood` is the mean of a row. */
export interface PassResult {
	readonly sums: Float64Array;
	readonly logLikelihood: number;
}

/** The expectation of a mixture over fixed rows; the sums are valid until the next pass. */
export type Pass = (densities: Densities) => PassResult;

/** What `pass` of the kernel calls covariances. */
const KINDS = { spherical: 0, diag: 1, tied: 2, full: 3 } as const;
/** Rows of the kernel's blocks. */
const BLOCK = 64;
const F64_BYTES = 8;
/** Squares of larger values are not numbers in 32 bits. */
const LARGEST = 1e15;

interface MixtureFunctions {
	/** Bytes that `pass` needs beside the rows. */
	readonly roomFor: (columnCount: number, componentCount: number) => number;
	readonly pass: (
		kind: number,
		columnCount: number,
		componentCount: number,
		blockCount: number,
		rowCounts: number,
		points: number,
		components: number,
		componentBytes: number,
		moments: number,
		momentBytes: number,
		room: number
	) => number;
}

/** The rows in the memory of a kernel, in blocks of columns with rows of one cluster each, for passes of any kind. */
export interface KernelRows {
	readonly kernel: Kernel<MixtureFunctions>;
	readonly points: number;
	readonly blockCount: number;
	/** Where it says how many rows each block has. */
	readonly rowCounts: number;
	readonly rowCount: number;
	readonly columnCount: number;
}

/**
 * The rows in a kernel of their own, those of a cluster together; null where the kernel cannot run, or values are too large.
 */
export function kernelRows(
	{ values, rowCount, columnCount }: Matrix,
	{ labels, clusterCount }: Labeling
): KernelRows | null {
	if (!values.every((value) => Math.abs(value) <= LARGEST)) return null;
	const kernel = startKernel<MixtureFunctions>(mixtureWasm);
	if (kernel === null) return null;
	const sizes = clusterSizes({ labels, clusterCount });
	// Per cluster the place of its next row: clusters begin with a block.
	const next = new Int32Array(clusterCount);
	const counts: number[] = [];
	for (let cluster = 0; cluster < clusterCount; cluster += 1) {
		next[cluster] = counts.length * BLOCK;
		for (let left = sizes[cluster] as number; left > 0; left -= BLOCK) counts.push(Math.min(left, BLOCK));
	}
	const rowCounts = kernel.arena.alloc(counts.length * 4);
	const length = counts.length * BLOCK * columnCount;
	const points = kernel.arena.alloc(length * F64_BYTES);
	kernel.arena.i32(rowCounts, counts.length).set(counts);
	const blocks = kernel.arena.f64(points, length);
	for (let row = 0; row < rowCount; row += 1) {
		const place = next[labels[row] as number]!++;
		const to = (place - (place % BLOCK)) * columnCount + (place % BLOCK);
		for (let c = 0; c < columnCount; c += 1) blocks[to + c * BLOCK] = values[row * columnCount + c] as number;
	}
	return { kernel, points, blockCount: counts.length, rowCounts, rowCount, columnCount };
}

/** Passes of the kernel. Memory is the kernel's until the caller releases it. */
export function kernelPass(rows: KernelRows, covariance: Covariance, clusterCount: number): Pass {
	const { kernel, points, blockCount, rowCounts, rowCount, columnCount } = rows;
	const { run, arena } = kernel;
	const isTriangular = covariance === 'full' || covariance === 'tied';
	const width = columnCount + (isTriangular ? triangle(columnCount) : columnCount) + 1;
	const even = columnCount + (columnCount % 2);
	const momentWidth = 1 + even * { tied: 1, diag: 2, spherical: 2, full: 1 + even }[covariance];
	const components = arena.alloc(clusterCount * width * F64_BYTES);
	const moments = arena.alloc(clusterCount * momentWidth * F64_BYTES);
	const room = arena.alloc(run.roomFor(columnCount, clusterCount));
	const sums = new Float64Array(clusterCount * momentCount(covariance, columnCount));
	return ({ packed }) => {
		arena.f64(components, packed.length).set(packed);
		const own = arena.f64(moments, clusterCount * momentWidth).fill(0);
		const logLikelihood = run.pass(
			...([KINDS[covariance], columnCount, clusterCount, blockCount, rowCounts, points] as const),
			...([components, width * F64_BYTES, moments, momentWidth * F64_BYTES, room] as const)
		);
		for (let j = 0; j < clusterCount; j += 1) {
			const mean = packed.subarray(j * width, j * width + columnCount);
			const about = own.subarray(j * momentWidth, (j + 1) * momentWidth);
			writeMoments(about, mean, covariance, sums.subarray((j * sums.length) / clusterCount));
		}
		return { sums, logLikelihood: logLikelihood / rowCount };
	};
}

/** The moments of a component, of those of what rows differ from its old mean, as the kernel writes them. */
function writeMoments(
	about: Float64Array,
	mean: Float64Array,
	covariance: Covariance,
	out: Float64Array
): void {
	const even = mean.length + (mean.length % 2);
	const share = about[0] as number;
	const first = (t: number): number => about[1 + t] as number;
	let at = 0;
	out[at++] = share;
	for (let t = 0; t < mean.length; t += 1) out[at++] = first(t) + share * (mean[t] as number);
	if (covariance === 'tied') return;
	for (let t = 0; t < mean.length; t += 1) {
		for (let s = covariance === 'full' ? 0 : t; s <= t; s += 1) {
			const second = about[1 + even + (covariance === 'full' ? t * even + s : t)] as number;
			const [a, b] = [mean[t] as number, mean[s] as number];
			out[at++] = second + a * first(s) + b * first(t) + share * a * b;
		}
	}
}

/** Passes without the kernel, row by row. */
export function plainPass(data: Matrix, covariance: Covariance, clusterCount: number): Pass {
	const width = momentCount(covariance, data.columnCount);
	const sums = new Float64Array(clusterCount * width);
	const shares = new Float64Array(clusterCount);
	return (densities) => {
		sums.fill(0);
		let logLikelihood = 0;
		for (let row = 0; row < data.rowCount; row += 1) {
			const x = data.values.subarray(row * data.columnCount, (row + 1) * data.columnCount);
			logLikelihood += responsibilities(x, densities, shares);
			for (let j = 0; j < clusterCount; j += 1)
				if ((shares[j] as number) > 0)
					addMoments(sums, j * width, data, row, shares[j] as number, covariance);
		}
		return { sums, logLikelihood: logLikelihood / data.rowCount };
	};
}

/** Writes how much of a row each component is responsible for; answers the log-likelihood of the row. */
export function responsibilities(x: Float64Array, densities: Densities, shares: Float64Array): number {
	const { packed, width, isTriangular } = densities;
	let most = -Infinity;
	for (let j = 0; j < shares.length; j += 1) {
		const own = (isTriangular ? densityTriangle : densityDiagonal)(packed, j * width, x);
		shares[j] = own;
		if (own > most) most = own;
	}
	let sum = 0;
	for (let j = 0; j < shares.length; j += 1) sum += shares[j] = Math.exp((shares[j] as number) - most);
	for (let j = 0; j < shares.length; j += 1) shares[j]! /= sum;
	return most + Math.log(sum);
}

function densityTriangle(packed: Float64Array, component: number, x: Float64Array): number {
	let factor = component + x.length;
	let squares = 0;
	for (let t = 0; t < x.length; t += 1) {
		let y = 0;
		for (let s = 0; s <= t; s += 1)
			y += ((x[s] as number) - (packed[component + s] as number)) * (packed[factor++] as number);
		squares += y * y;
	}
	return (packed[factor] as number) - squares;
}

function densityDiagonal(packed: Float64Array, component: number, x: Float64Array): number {
	const factor = component + x.length;
	let squares = 0;
	for (let t = 0; t < x.length; t += 1) {
		const y = ((x[t] as number) - (packed[component + t] as number)) * (packed[factor + t] as number);
		squares += y * y;
	}
	return (packed[factor + x.length] as number) - squares;
}

function addMoments(
	sums: Float64Array,
	start: number,
	{ values, columnCount }: Matrix,
	row: number,
	share: number,
	covariance: Covariance
): void {
	const from = row * columnCount;
	const first = start + 1;
	sums[start]! += share;
	for (let t = 0; t < columnCount; t += 1) sums[first + t]! += share * (values[from + t] as number);
	if (covariance === 'tied') return;
	let second = first + columnCount;
	if (covariance !== 'full') {
		for (let t = 0; t < columnCount; t += 1) {
			const x = values[from + t] as number;
			sums[second + t]! += share * x * x;
		}
		return;
	}
	for (let t = 0; t < columnCount; t += 1) {
		const own = share * (values[from + t] as number);
		for (let s = 0; s <= t; s += 1) sums[second + s]! += own * (values[from + s] as number);
		second += t + 1;
	}
}

/** The moments of rows that belong to one component each, wholly. */
export function momentsOfLabels(
	data: Matrix,
	labels: ArrayLike<number>,
	covariance: Covariance,
	clusterCount: number
): Float64Array {
	const width = momentCount(covariance, data.columnCount);
	const sums = new Float64Array(clusterCount * width);
	for (let row = 0; row < data.rowCount; row += 1) {
		addMoments(sums, (labels[row] as number) * width, data, row, 1, covariance);
	}
	return sums;
}

/** The lower triangle of Σ x·xᵀ: see `Moments`. */
export function scatterOf({ values, rowCount, columnCount }: Matrix): Moments['scatter'] {
	const scatter = new Float64Array(triangle(columnCount));
	for (let row = 0; row < rowCount; row += 1) {
		for (let t = 0, at = 0; t < columnCount; t += 1) {
			const own = values[row * columnCount + t] as number;
			for (let s = 0; s <= t; s += 1) scatter[at++]! += own * (values[row * columnCount + s] as number);
		}
	}
	return scatter;
}
