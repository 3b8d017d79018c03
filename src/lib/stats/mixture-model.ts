import { cholesky } from './cholesky.ts';

/**
 * What the covariances of the components are: each its own (`full`), each its own without correlations (`diag`), one for
 * all (`tied`), or each one variance for all columns (`spherical`).
 */
export type Covariance = 'full' | 'diag' | 'tied' | 'spherical';
export const COVARIANCES = ['full', 'tied', 'diag', 'spherical'] as const satisfies readonly Covariance[];

/** A mixture of Gaussians. */
export interface MixtureModel {
	readonly covariance: Covariance;
	/** One per component; they add up to 1. */
	readonly weights: Float64Array;
	/** k × d by rows. */
	readonly means: Float64Array;
	/** Per component: d × d by rows. */
	readonly covariances: readonly Float64Array[];
}

/** Sums over rows of responsibility times monomial, component by component: what the next model is made of. */
export interface Moments {
	/** Per component `width` numbers: the sums of 1, of x, and the second moments that the covariance asks for. */
	readonly sums: Float64Array;
	readonly width: number;
	readonly rowCount: number;
	readonly columnCount: number;
	/** The lower triangle of Σ x·xᵀ over all rows, by rows: what `tied` is made of. */
	readonly scatter: Float64Array;
}

/** What is added to each sum of responsibilities, so that no component is of nothing (as scikit-learn). */
const LEAST_SHARE = 10 * 2 ** -52;

/** How many monomials a component's moments have: 1, x and the second moments. */
export function momentCount(covariance: Covariance, columnCount: number): number {
	const second = { tied: 0, diag: columnCount, spherical: columnCount, full: triangle(columnCount) };
	return 1 + columnCount + second[covariance];
}

/** Numbers of the lower triangle of a square of this side. */
export function triangle(side: number): number {
	return (side * (side + 1)) / 2;
}

/**
 * The most likely mixture for given responsibilities (the M-step; Bishop 2006, §9.2.2, and scikit-learn's
 * `_estimate_gaussian_parameters`). O(k·d²).
 *
 * @param regularization added to every variance
 */
export function mixtureOf(moments: Moments, covariance: Covariance, regularization: number): MixtureModel {
	const { sums, width, rowCount, columnCount } = moments;
	const clusterCount = sums.length / width;
	const shares = Float64Array.from(
		{ length: clusterCount },
		(_, j) => (sums[j * width] as number) + LEAST_SHARE
	);
	const means = new Float64Array(clusterCount * columnCount);
	for (let at = 0; at < means.length; at += 1) {
		const j = Math.floor(at / columnCount);
		means[at] = (sums[j * width + 1 + (at % columnCount)] as number) / (shares[j] as number);
	}
	const covariances = covariancesOf(moments, covariance, shares, means);
	for (const matrix of new Set(covariances)) {
		for (let c = 0; c < columnCount; c += 1) matrix[c * columnCount + c]! += regularization;
	}
	return { covariance, weights: shares.map((share) => share / rowCount), means, covariances };
}

function covariancesOf(
	moments: Moments,
	covariance: Covariance,
	shares: Float64Array,
	means: Float64Array
): Float64Array[] {
	const { columnCount } = moments;
	if (covariance === 'tied') {
		const shared = tiedCovariance(moments, shares, means);
		return Array.from(shares, () => shared);
	}
	const of = covariance === 'full' ? fullCovariance : diagonalCovariance;
	const covariances = Array.from(shares, (share, j) => {
		const mean = means.subarray(j * columnCount, (j + 1) * columnCount);
		return of(moments, j, share, mean);
	});
	if (covariance === 'spherical') covariances.forEach((matrix) => levelDiagonal(matrix, columnCount));
	return covariances;
}

function fullCovariance(
	{ sums, width, columnCount }: Moments,
	j: number,
	share: number,
	mean: Float64Array
): Float64Array {
	const matrix = new Float64Array(columnCount ** 2);
	// Σ r (x − m)(x − m)ᵀ, where the shares add up to a little less than `share`.
	const rest = 2 - (sums[j * width] as number) / share;
	for (let t = 0, at = j * width + 1 + columnCount; t < columnCount; t += 1) {
		for (let s = 0; s <= t; s += 1, at += 1) {
			const moment = (sums[at] as number) / share - (mean[t] as number) * (mean[s] as number) * rest;
			matrix[t * columnCount + s] = matrix[s * columnCount + t] = t === s ? Math.max(0, moment) : moment;
		}
	}
	return matrix;
}

function diagonalCovariance(
	{ sums, width, columnCount }: Moments,
	j: number,
	share: number,
	mean: Float64Array
): Float64Array {
	const matrix = new Float64Array(columnCount ** 2);
	for (let t = 0; t < columnCount; t += 1) {
		const moment = (sums[j * width + 1 + columnCount + t] as number) / share - (mean[t] as number) ** 2;
		matrix[t * columnCount + t] = Math.max(0, moment);
	}
	return matrix;
}

function tiedCovariance(
	{ scatter, rowCount, columnCount }: Moments,
	shares: Float64Array,
	means: Float64Array
): Float64Array {
	const matrix = new Float64Array(columnCount ** 2);
	for (let t = 0, at = 0; t < columnCount; t += 1) {
		for (let s = 0; s <= t; s += 1, at += 1) {
			let between = 0;
			for (let j = 0; j < shares.length; j += 1) {
				const product = (means[j * columnCount + t] as number) * (means[j * columnCount + s] as number);
				between += (shares[j] as number) * product;
			}
			const moment = ((scatter[at] as number) - between) / rowCount;
			matrix[t * columnCount + s] = matrix[s * columnCount + t] = t === s ? Math.max(0, moment) : moment;
		}
	}
	return matrix;
}

/** One variance for all columns: their mean. */
function levelDiagonal(matrix: Float64Array, columnCount: number): void {
	let trace = 0;
	for (let c = 0; c < columnCount; c += 1) trace += matrix[c * columnCount + c] as number;
	for (let c = 0; c < columnCount; c += 1) matrix[c * columnCount + c] = trace / columnCount;
}

/** Components ready to be compared with rows: log density = constant − |factor · (x − mean)|². */
export interface Densities {
	/** Whether factors are lower triangles by rows, or diagonals. */
	readonly isTriangular: boolean;
	/** Per component its mean, its factor and its constant, one after the other. */
	readonly packed: Float64Array;
	/** Numbers of one component. */
	readonly width: number;
}

/**
 * The log densities of a model, weights included. O(k·d³).
 * @throws RangeError when a covariance is not positive definite, or not finite
 */
export function densitiesOf({ covariance, weights, means, covariances }: MixtureModel): Densities {
	const columnCount = means.length / weights.length;
	const isTriangular = covariance === 'full' || covariance === 'tied';
	const factorSize = isTriangular ? triangle(columnCount) : columnCount;
	const width = columnCount + factorSize + 1;
	const packed = new Float64Array(weights.length * width);
	weights.forEach((weight, j) => {
		const factor = inverseOfLower(cholesky(covariances[j] as Float64Array), columnCount);
		let constant = Math.log(weight) - (columnCount / 2) * Math.log(2 * Math.PI);
		let at = j * width;
		for (let c = 0; c < columnCount; c += 1) packed[at++] = means[j * columnCount + c] as number;
		for (let t = 0; t < columnCount; t += 1) {
			constant += Math.log(factor[t * columnCount + t] as number);
			for (let s = isTriangular ? 0 : t; s <= t; s += 1)
				packed[at++] = (factor[t * columnCount + s] as number) * Math.SQRT1_2;
		}
		if (!Number.isFinite(constant)) throw new RangeError(`the covariance of component ${j} is not finite`);
		packed[at] = constant;
	});
	return { isTriangular, packed, width };
}

function inverseOfLower(lower: Float64Array, size: number): Float64Array {
	const inverse = new Float64Array(size * size);
	for (let column = 0; column < size; column += 1) {
		inverse[column * size + column] = 1 / (lower[column * size + column] as number);
		for (let row = column + 1; row < size; row += 1) {
			let sum = 0;
			for (let i = column; i < row; i += 1)
				sum -= (lower[row * size + i] as number) * (inverse[i * size + column] as number);
			inverse[row * size + column] = sum / (lower[row * size + row] as number);
		}
	}
	return inverse;
}

/** Free numbers of a mixture: what the Bayesian information criterion charges for. */
export function parameterCount(covariance: Covariance, clusterCount: number, columnCount: number): number {
	const shapes = {
		full: clusterCount * triangle(columnCount),
		tied: triangle(columnCount),
		diag: clusterCount * columnCount,
		spherical: clusterCount
	};
	return shapes[covariance] + clusterCount * columnCount + clusterCount - 1;
}
