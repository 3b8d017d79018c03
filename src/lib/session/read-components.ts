import { featureMatrix } from '#lib/pipeline/features/step.ts';
import type { Components } from '#lib/pipeline/segment/compute.ts';
import type { ClusteringResult } from '#lib/pipeline/segment/schema.ts';
import type { Runner } from '#lib/recipe/runner.ts';

/** The principal components of what a clustering compared, and where every customer lies along them. */
export async function readComponents(
	{ engine, compute }: Pick<Runner, 'engine' | 'compute'>,
	{ features, scaler }: Pick<ClusteringResult, 'features' | 'scaler'>
): Promise<Components> {
	const { signal } = new AbortController();
	const data = await featureMatrix(engine, features, signal);
	return compute.components({ data, scaler }, signal, () => undefined);
}
