import { AppError } from '#lib/core/errors.ts';
import { methodById } from '#lib/pipeline/segment/methods/index.ts';
import type { Method } from '#lib/pipeline/segment/methods/method.ts';
import type { ClusteringParams } from '#lib/pipeline/segment/schema.ts';
import type { Options } from './options.ts';

/** What a method takes where nobody says which texts it should. */
const USUAL_CATEGORY: Readonly<Record<Exclude<Method['categories'], 'none'>, string>> = {
	compared: 'favourite_category',
	stages: 'lifecycle_stage'
};

/**
 * The clustering that the options ask for; what they leave open is as in `base`. Options of another method do not count.
 * @throws `usage` when texts are named and the method compares numbers alone
 */
export function planClustering(
	base: ClusteringParams,
	{
		method: asked,
		categories,
		clusterCount,
		seed
	}: Pick<Options, 'method' | 'categories' | 'clusterCount' | 'seed'>
): ClusteringParams {
	const method = methodById(asked ?? base.method);
	if (categories !== null && method.categories === 'none') {
		const problem = `--categories is given, and the method ${method.id} compares numbers alone; --method k-prototypes or stages is needed.`;
		throw new AppError('usage', { problem });
	}
	return {
		...base,
		method: method.id,
		options: method.id === base.method ? base.options : {},
		categories: [...(categories ?? categoriesFor(method, base.categories))],
		clusterCount: clusterCount ?? base.clusterCount,
		seed: seed ?? base.seed
	};
}

function categoriesFor({ categories: use }: Method, inUse: readonly string[]): readonly string[] {
	return use === 'none' || inUse.length > 0 ? inUse : [USUAL_CATEGORY[use]];
}
