import type { ClusteringParams } from '#lib/pipeline/segment/schema.ts';
import { SCALING_WORDS } from './scaling-words.ts';

/** What an edit did to how customers are compared; null where it is the same. */
export function clusteringChange(before: ClusteringParams, after: ClusteringParams): string | null {
	if (before.clusterCount !== after.clusterCount) {
		return after.clusterCount === 'auto'
			? 'The recommended number of segments'
			: `${after.clusterCount} segments`;
	}
	if (after.scaler !== null && before.scaler !== after.scaler) return 'Kept the scale for later imports';
	if (before.scaling !== after.scaling) return `Scale: ${SCALING_WORDS[after.scaling].label}`;
	if (before.componentShare !== after.componentShare) {
		return after.componentShare === null
			? 'Compared on the features themselves'
			: `Compared on components that hold ${Math.round(after.componentShare * 100)}%`;
	}
	if (before.features !== after.features) return 'Changed what is compared';
	if (before.scaler !== after.scaler) return 'Let the kept scale go';
	return before.seed === after.seed ? null : `Seed ${after.seed}`;
}
