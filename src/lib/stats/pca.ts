import type { Matrix } from '#lib/core/matrix.ts';
import { columnMoments } from './moments.ts';

/** Principal components by falling variance. */
export interface Pca {
	/** Variance along each component (divided by n − 1). */
	readonly eigenvalues: Float64Array;
	/** The share of each in the variance of all; zeros where nothing varies. */
	readonly explained: Float64Array;
	/** d × d: one unit vector per row; of each the loading with the largest absolute value is positive. */
	readonly loadings: Matrix;
	readonly means: Float64Array;
}

/**
 * Principal component analysis: the eigenvectors of the covariance matrix (divided by n − 1), as scikit-learn's `PCA`
 * but for its sign rule. Cyclic Jacobi rotations, exact to rounding for the few columns it is made for. O(n·d² + d³).
 * Fewer than two rows give eigenvalues 0.
 */
export function pca(data: Matrix): Pca {
	const size = data.columnCount;
	const { means } = columnMoments(data);
	const { values, vectors } = symmetricEigen(covariance(data, means), size);
	const order = Array.from(values.keys()).sort(
		(a, b) => (values[b] as number) - (values[a] as number) || a - b
	);
	const loadings = new Float64Array(size * size);
	order.forEach((from, to) =>
		loadings.set(withSign(vectors.subarray(from * size, (from + 1) * size)), to * size)
	);
	const eigenvalues = Float64Array.from(order, (i) => Math.max(0, values[i] as number));
	const total = eigenvalues.reduce((sum, value) => sum + value, 0);
	return {
		eigenvalues,
		explained: eigenvalues.map((value) => (total === 0 ? 0 : value / total)),
		loadings: { values: loadings, rowCount: size, columnCount: size },
		means
	};
}

/** Below this, a share that is asked for is reached but for rounding. */
const SHARE_TOLERANCE = 1e-9;

/**
 * How many of the first components hold a share of the variance: the fewest whose shares add up to it; at least one, and
 * one where nothing varies.
 *
 * @param explained shares by falling size, as of `pca`
 */
export function componentCount(explained: ArrayLike<number>, share: number): number {
	let held = 0;
	for (let count = 1; count <= explained.length; count += 1) {
		held += explained[count - 1] as number;
		if (held >= share - SHARE_TOLERANCE) return count;
	}
	return explained[0] === 0 ? 1 : Math.max(1, explained.length);
}

/** The rows along the first components: (row − mean) · loading. O(n·d·count). Columns beyond d are zeros. */
export function projectRows(
	data: Matrix,
	{ loadings, means }: { readonly loadings: Matrix; readonly means: ArrayLike<number> },
	count: number
): Matrix {
	const { values, rowCount, columnCount } = data;
	const scores = new Float64Array(rowCount * count);
	for (let row = 0; row < rowCount; row += 1) {
		for (let component = 0; component < Math.min(count, columnCount); component += 1) {
			let sum = 0;
			for (let c = 0; c < columnCount; c += 1) {
				const centred = (values[row * columnCount + c] as number) - (means[c] as number);
				sum += centred * (loadings.values[component * columnCount + c] as number);
			}
			scores[row * count + component] = sum;
		}
	}
	return { values: scores, rowCount, columnCount: count };
}

function covariance({ values, rowCount, columnCount }: Matrix, means: Float64Array): Float64Array {
	const out = new Float64Array(columnCount * columnCount);
	if (rowCount < 2) return out;
	for (let start = 0; start < values.length; start += columnCount) {
		for (let a = 0; a < columnCount; a += 1) {
			const first = (values[start + a] as number) - (means[a] as number);
			for (let b = a; b < columnCount; b += 1) {
				out[a * columnCount + b]! += first * ((values[start + b] as number) - (means[b] as number));
			}
		}
	}
	for (let a = 0; a < columnCount; a += 1) {
		for (let b = a; b < columnCount; b += 1) {
			out[a * columnCount + b]! /= rowCount - 1;
			out[b * columnCount + a] = out[a * columnCount + b] as number;
		}
	}
	return out;
}

/** Eigenvalues and eigenvectors (one per row) of a symmetric matrix, by cyclic Jacobi rotations (Golub & Van Loan §8.5). */
function symmetricEigen(
	symmetric: Float64Array,
	size: number
): { values: Float64Array; vectors: Float64Array } {
	const a = symmetric.slice();
	const vectors = new Float64Array(size * size);
	for (let i = 0; i < size; i += 1) vectors[i * size + i] = 1;
	for (let sweep = 0; sweep < 60 && offDiagonal(a, size) > 0; sweep += 1) {
		for (let p = 0; p < size; p += 1) for (let q = p + 1; q < size; q += 1) rotate(a, vectors, size, p, q);
	}
	return { values: Float64Array.from({ length: size }, (_, i) => a[i * size + i] as number), vectors };
}

/** What is left off the diagonal; 0 once it is below rounding. */
function offDiagonal(a: Float64Array, size: number): number {
	let [off, on] = [0, 0];
	a.forEach((value, at) => {
		if (at % (size + 1) === 0) on += value * value;
		else off += value * value;
	});
	return off <= 1e-34 * on ? 0 : off;
}

function rotate(a: Float64Array, vectors: Float64Array, size: number, p: number, q: number): void {
	const apq = a[p * size + q] as number;
	if (apq === 0) return;
	const theta = ((a[q * size + q] as number) - (a[p * size + p] as number)) / (2 * apq);
	const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
	const cosine = 1 / Math.sqrt(t * t + 1);
	const sine = t * cosine;
	for (let i = 0; i < size; i += 1) turn(a, i * size + p, i * size + q, cosine, sine);
	for (let i = 0; i < size; i += 1) turn(a, p * size + i, q * size + i, cosine, sine);
	for (let i = 0; i < size; i += 1) turn(vectors, p * size + i, q * size + i, cosine, sine);
}

function turn(values: Float64Array, at: number, other: number, cosine: number, sine: number): void {
	const [x, y] = [values[at] as number, values[other] as number];
	values[at] = cosine * x - sine * y;
	values[other] = sine * x + cosine * y;
}

function withSign(vector: Float64Array): Float64Array {
	let largest = 0;
	for (const value of vector) if (Math.abs(value) > Math.abs(largest)) largest = value;
	return largest < 0 ? vector.map((value) => -value) : vector;
}
