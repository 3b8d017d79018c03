import { expect, it } from 'vitest';
import { emptyRecipe } from '#lib/recipe/recipe.ts';
import { planClustering } from './plan-clustering.ts';

const base = emptyRecipe('Shop').segment.clustering;
const none = { method: null, categories: null, clusterCount: null, seed: null };

it('leaves what is not asked for as it is', () => {
	expect(planClustering(base, none)).toEqual(base);
});

it('gives methods that need a text the usual one, unless others are named or in use', () => {
	const categoriesOf = (...args: Parameters<typeof planClustering>) => planClustering(...args).categories;
	expect(categoriesOf(base, { ...none, method: 'stages' })).toEqual(['lifecycle_stage']);
	expect(categoriesOf(base, { ...none, method: 'k-prototypes' })).toEqual(['favourite_category']);
	expect(categoriesOf({ ...base, method: 'stages' }, none)).toEqual(['lifecycle_stage']);
	expect(categoriesOf({ ...base, categories: ['region'] }, { ...none, method: 'stages' })).toEqual([
		'region'
	]);
	const named = { ...none, method: 'k-prototypes', categories: ['region', 'gender'] };
	expect(categoriesOf(base, named)).toEqual(['region', 'gender']);
});

it('drops the options of another method', () => {
	const dense = { ...base, method: 'dbscan', options: { eps: 0.5 } };
	expect(planClustering(dense, { ...none, method: 'dbscan' }).options).toEqual({ eps: 0.5 });
	expect(planClustering(dense, { ...none, method: 'hdbscan' }).options).toEqual({});
});
