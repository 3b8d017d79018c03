import { cholesky } from '#lib/stats/cholesky.ts';
import type { MethodDetails } from './method-details.ts';
import type { Assignment } from './schema.ts';

/** The details with clusters numbered by `order`, as `rankClusters` gives it. */
export function renumberDetails(details: MethodDetails, order: readonly number[]): MethodDetails {
	const moved = <Value>(values: readonly Value[]): Value[] =>
		order.flatMap((before) => (before < values.length ? [values[before] as Value] : []));
	switch (details.kind) {
		case 'mixture':
			return {
				...details,
				weights: moved(details.weights),
				means: moved(details.means),
				covariances: moved(details.covariances)
			};
		case 'density':
			return { ...details, persistence: moved(details.persistence) };
		case 'stages':
			return {
				...details,
				stages: details.stages.map((stage) => ({
					...stage,
					clusters: stage.clusters.map((before) => order.indexOf(before)).sort((a, b) => a - b)
				}))
			};
		case 'kmeans':
		case 'tree':
		case 'prototypes':
			return details;
	}
}

/** How customers of another day are given to the clusters, numbered by `order`. */
export function assignmentOf(details: MethodDetails, order: readonly number[]): Assignment {
	const renumbered = renumberDetails(details, order);
	if (renumbered.kind === 'prototypes') return { kind: 'nearest', gamma: renumbered.gamma };
	if (renumbered.kind === 'stages') return { kind: 'nearest', gamma: null };
	if (renumbered.kind !== 'mixture') return { kind: 'nearest', gamma: 0 };
	return {
		kind: 'mixture',
		logWeights: renumbered.weights.map(Math.log),
		means: renumbered.means.map((mean) => [...mean]),
		choleskys: renumbered.covariances.map((covariance) => [...cholesky(covariance)])
	};
}
