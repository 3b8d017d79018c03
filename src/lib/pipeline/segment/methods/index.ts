import { AppError } from '#lib/core/errors.ts';
import { dbscan } from './dbscan/index.ts';
import { hdbscan } from './hdbscan/index.ts';
import { hierarchical } from './hierarchical/index.ts';
import { kPrototypes } from './k-prototypes/index.ts';
import { kmeans } from './kmeans/index.ts';
import type { Method } from './method.ts';
import { mixture } from './mixture/index.ts';
import { stages } from './stages/index.ts';

/** Every clustering method, in the order in which they are offered. */
export const METHODS: readonly Method[] = [
	kmeans,
	mixture,
	hierarchical,
	kPrototypes,
	dbscan,
	hdbscan,
	stages
];

/**
 * The method of a recipe.
 * @throws `recipe.invalid` when there is none by that id
 */
export function methodById(id: string): Method {
	const method = METHODS.find((candidate) => candidate.id === id);
	if (method !== undefined) return method;
	const known = METHODS.map((candidate) => candidate.id).join(', ');
	throw new AppError('recipe.invalid', {
		issues: [`segment.clustering.method: “${id}” is none of ${known}`]
	});
}
