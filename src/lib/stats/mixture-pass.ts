import type { Matrix } from '#lib/core/matrix.ts';
import { startKernel, type Kernel } from './kernels/kernel.ts';
import { mixtureWasm } from './kernels/mixture.wasm.ts';
import { momentCount, triangle, type Covariance, type Densities, type Moments } from './mixture-model.ts';

/** One pass over all rows. `sums` has the moments, `logLikelihood` is the mean of a row. */
export interface PassResult {
	readonly sums: Float64Array;
	readonly logLikelihood: number;
}

/** The expectation of a mixture over fixed rows; the sums are valid until the next pass. */
export type Pass = (densities: Densities) => PassResult;

/** What `pass` of the kernel calls covariances. */
const KINDS = { spherical: 0, diag: 0, tied: 1, full: 2 } as const;
/** Rows of the kernel's blocks. */
const BLOCK = 64;
const F64_BYTES = 8;

interface MixtureFunctions {
	readonly pass: (
		kind: number,
		columnCount: number,
		componentCount: number,
		home: number,
		rowCount: number,
		points: number,
		stride: number,
		components: number,
		componentBytes: number,
		monomialCount: number,
		moments: number,
		scratch: number
	) => number;
}

/** Columns of the rows in the memory of a kernel, in whole blocks, for passes of any kind. */
export interface KernelRows {
	readonly kernel: Kernel<MixtureFunctions>;
	readonly points: number;
	readonly stride: number;
	readonly rowCount: number;
	readonly columnCount: number;
}

/** The rows ordered by a labeling, in a kernel of their own; null where the kernel cannot run. */
export function kernelRows(
	{ values, rowCount, columnCount }: Matrix,
	order: ArrayLike<number>
): KernelRows | null {
	const kernel = startKernel<MixtureFunctions>(mixtureWasm);
	if (kernel === null) return null;
	const width = Math.ceil(rowCount / BLOCK) * BLOCK;
	const points = kernel.arena.alloc(width * columnCount * F64_BYTES);
	const columns = kernel.arena.f64(points, width * columnCount);
	for (let at = 0; at < rowCount; at += 1) {
		const row = (order[at] as number) * columnCount;
		for (let c = 0; c < columnCount; c += 1) columns[c * width + at] = values[row + c] as number;
	}
	return { kernel, points, stride: width * F64_BYTES, rowCount, columnCount };
}

/**
 * Passes of the kernel. Memory is the kernel's until the caller releases it.
 * @param totals the moments of all rows: the largest component gets what the others leave of them
 */
export function kernelPass(
	rows: KernelRows,
	covariance: Covariance,
	clusterCount: number,
	totals: Float64Array
): Pass {
	const { kernel, points, stride, rowCount, columnCount } = rows;
	const monomialCount = momentCount(covariance, columnCount);
	const isTriangular = covariance === 'full' || covariance === 'tied';
	const width = columnCount + (isTriangular ? triangle(columnCount) : columnCount) + 1;
	const components = kernel.arena.alloc(clusterCount * width * F64_BYTES);
	const moments = kernel.arena.alloc(clusterCount * monomialCount * F64_BYTES);
	const blocks = (clusterCount + monomialCount) * BLOCK * F64_BYTES;
	const scratch = kernel.arena.alloc(blocks + columnCount * 4 * F64_BYTES + clusterCount * 4);
	return ({ packed, largest }) => {
		kernel.arena.f64(components, packed.length).set(packed);
		const sums = kernel.arena.f64(moments, clusterCount * monomialCount).fill(0);
		const logLikelihood = kernel.run.pass(
			...([KINDS[covariance], columnCount, clusterCount, largest, rowCount, points, stride] as const),
			...([components, width * F64_BYTES, monomialCount, moments, scratch] as const)
		);
		for (let m = 0; m < monomialCount; m += 1) {
			let rest = totals[m] as number;
			for (let j = 0; j < clusterCount; j += 1) rest -= sums[j * monomialCount + m] as number;
			sums[largest * monomialCount + m] = rest;
		}
		return { sums, logLikelihood: logLikelihood / rowCount };
	};
}

/** The moments of all rows: those of all components together. */
export function totalsOf(sums: Float64Array, clusterCount: number): Float64Array {
	const width = sums.length / clusterCount;
	return Float64Array.from({ length: width }, (_, m) => {
		let total = 0;
		for (let at = m; at < sums.length; at += width) total += sums[at] as number;
		return total;
	});
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
				if ((shares[j] as number) > 0) addMoments(sums, j * width, x, shares[j] as number, covariance);
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
	x: Float64Array,
	share: number,
	covariance: Covariance
): void {
	let at = start;
	sums[at++]! += share;
	for (let t = 0; t < x.length; t += 1) sums[at++]! += share * (x[t] as number);
	if (covariance === 'tied') return;
	for (let t = 0; t < x.length; t += 1) {
		const own = share * (x[t] as number);
		for (let s = covariance === 'full' ? 0 : t; s <= t; s += 1) sums[at++]! += own * (x[s] as number);
	}
}

/** The moments of rows that belong to one component each, wholly. */
export function momentsOfLabels(
	{ values, rowCount, columnCount }: Matrix,
	labels: ArrayLike<number>,
	covariance: Covariance,
	clusterCount: number
): Float64Array {
	const width = momentCount(covariance, columnCount);
	const sums = new Float64Array(clusterCount * width);
	for (let row = 0; row < rowCount; row += 1) {
		const x = values.subarray(row * columnCount, (row + 1) * columnCount);
		addMoments(sums, (labels[row] as number) * width, x, 1, covariance);
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
