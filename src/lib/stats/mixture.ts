import type { Matrix } from '#lib/core/matrix.ts';
import { clusterSizes, type Labeling } from './labeling.ts';
import {
	densitiesOf,
	mixtureOf,
	parameterCount,
	type Covariance,
	type Densities,
	type MixtureModel,
	type Moments
} from './mixture-model.ts';
import {
	kernelPass,
	kernelRows,
	momentsOfLabels,
	plainPass,
	responsibilities,
	scatterOf,
	type KernelRows,
	type Pass
} from './mixture-pass.ts';

export { COVARIANCES, type Covariance, type MixtureModel } from './mixture-model.ts';

/** Rows that mixtures are fitted to, made ready once for several of them. */
export interface MixtureData {
	/** The rows less the mean of their columns. */
	readonly centred: Matrix;
	readonly center: Float64Array;
	/** The rows in the memory of the kernel; null where it cannot run. */
	readonly kernel: KernelRows | null;
	/** The clusters that mixtures start from. */
	readonly start: Labeling;
	readonly scatter: Float64Array;
}

export interface MixtureOptions {
	readonly covariance: Covariance;
	/** It has settled when a pass adds less than this to the mean log-likelihood: 1e-3 by default, as scikit-learn. */
	readonly tolerance?: number;
	/** 100 by default. */
	readonly maxIterations?: number;
	/** Added to every variance: 1e-6 by default. */
	readonly regularization?: number;
	/** Told after each pass how many were done. */
	readonly onIteration?: (iterations: number) => void;
}

export interface MixtureFit {
	readonly model: MixtureModel;
	/** Mean log-likelihood of a row, by the model before the last step: scikit-learn's `lower_bound_`. */
	readonly logLikelihood: number;
	readonly iterations: number;
	readonly converged: boolean;
}

/** What a mixture says of rows. */
export interface Posterior {
	/** The most responsible component of each row, the lower number of equal ones; every component has rows. */
	readonly labels: Uint8Array;
	/** Its responsibility, 0 to 1. */
	readonly confidence: Float64Array;
	/** Mean log-likelihood of a row: scikit-learn's `score`. */
	readonly logLikelihood: number;
}

/**
 * Makes rows ready for mixtures. Rows of the same starting cluster stand together, so that the kernel can pass over
 * components that owe them nothing. O(n·d²).
 *
 * @param start a hard clustering, commonly that of k-means; every cluster should have rows
 * @param plain without the kernel
 */
export function mixtureData(data: Matrix, start: Labeling, { plain = false } = {}): MixtureData {
	const { values, rowCount, columnCount } = data;
	const center = new Float64Array(columnCount);
	for (let at = 0; at < values.length; at += 1)
		center[at % columnCount]! += (values[at] as number) / rowCount;
	const centred = {
		values: values.map((value, at) => value - (center[at % columnCount] as number)),
		rowCount,
		columnCount
	};
	const kernel = plain ? null : kernelRows(centred, start);
	return { centred, center, kernel, start, scatter: scatterOf(centred) };
}

/**
 * A mixture of Gaussians by expectation maximization (Dempster, Laird & Rubin 1977) from a hard clustering, with the
 * start, the steps and the stop rule of scikit-learn's `GaussianMixture`. O(n·k·d²) per pass. With the kernel and without
 * it the log-likelihoods agree to 1e-7.
 *
 * @throws RangeError when a covariance is not positive definite even with the regularization, or not finite
 */
export function fitMixture(data: MixtureData, options: MixtureOptions): MixtureFit {
	const { covariance, tolerance = 1e-3, maxIterations = 100, regularization = 1e-6, onIteration } = options;
	const { centred, kernel, start, scatter } = data;
	const { rowCount, columnCount } = centred;
	const mark = kernel?.kernel.arena.mark() ?? 0;
	const { clusterCount } = start;
	const first = momentsOfLabels(centred, start.labels, covariance, clusterCount);
	const pass: Pass =
		kernel === null
			? plainPass(centred, covariance, clusterCount)
			: kernelPass(kernel, covariance, clusterCount);
	const modelOf = (sums: Float64Array): MixtureModel => {
		const width = sums.length / clusterCount;
		const moments: Moments = { sums, width, rowCount, columnCount, scatter };
		return mixtureOf(moments, covariance, regularization);
	};
	let model = modelOf(first);
	let [logLikelihood, gain, iterations] = [-Infinity, Infinity, 0];
	while (iterations < maxIterations && !(Math.abs(gain) < tolerance)) {
		const { sums, logLikelihood: after } = pass(densitiesOf(model));
		gain = after - logLikelihood;
		logLikelihood = after;
		model = modelOf(sums);
		iterations += 1;
		onIteration?.(iterations);
	}
	kernel?.kernel.arena.release(mark);
	const converged = Math.abs(gain) < tolerance;
	return { model: moved(model, data.center, 1), logLikelihood, iterations, converged };
}

/** Labels, responsibilities and likelihood of the rows by a mixture that was fitted to them. O(n·k·d²). */
export function posterior({ centred, center }: MixtureData, model: MixtureModel): Posterior {
	const { values, rowCount, columnCount } = centred;
	const densities = densitiesOf(moved(model, center, -1));
	const shares = new Float64Array(model.weights.length);
	const labels = new Uint8Array(rowCount);
	const confidence = new Float64Array(rowCount);
	let sum = 0;
	for (let row = 0; row < rowCount; row += 1) {
		const x = values.subarray(row * columnCount, (row + 1) * columnCount);
		sum += responsibilities(x, densities, shares);
		let most = 0;
		for (let j = 1; j < shares.length; j += 1) if ((shares[j] as number) > (shares[most] as number)) most = j;
		labels[row] = most;
		confidence[row] = shares[most] as number;
	}
	const said = { labels, confidence, logLikelihood: sum / rowCount };
	giveEachARow(centred, densities, shares, said);
	return said;
}

/** A component that is nobody's most responsible one gets the row it is most responsible for, so that none is empty. */
function giveEachARow(
	{ values, rowCount, columnCount }: Matrix,
	densities: Densities,
	shares: Float64Array,
	{ labels, confidence }: Posterior
): void {
	const sizes = clusterSizes({ labels, clusterCount: shares.length });
	for (let j = 0; j < shares.length; j += 1) {
		if (sizes[j] !== 0) continue;
		let [most, chosen] = [-1, 0];
		for (let row = 0; row < rowCount; row += 1) {
			if (sizes[labels[row] as number] === 1) continue;
			responsibilities(values.subarray(row * columnCount, (row + 1) * columnCount), densities, shares);
			if ((shares[j] as number) > most) [most, chosen] = [shares[j] as number, row];
		}
		sizes[labels[chosen] as number]! -= 1;
		[labels[chosen], confidence[chosen], sizes[j]] = [j, most, 1];
	}
}

/** Bayesian information criterion of a mixture (Schwarz 1978); less is better. */
export function mixtureBic(
	{ covariance, weights, means }: MixtureModel,
	logLikelihood: number,
	rowCount: number
): number {
	const columnCount = means.length / weights.length;
	const parameters = parameterCount(covariance, weights.length, columnCount);
	return parameters * Math.log(rowCount) - 2 * rowCount * logLikelihood;
}

function moved(model: MixtureModel, center: Float64Array, direction: 1 | -1): MixtureModel {
	const means = model.means.map((mean, at) => mean + direction * (center[at % center.length] as number));
	return { ...model, means };
}
