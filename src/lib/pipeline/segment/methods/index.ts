import { AppError } from '#lib/core/errors.ts';
import { kmeans } from './kmeans/index.ts';
import type { Method } from './method.ts';

/** Every clustering method, in the order in which they are offered. */
export const METHODS: readonly Method[] = [kmeans];

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
