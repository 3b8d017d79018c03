import { describe, expect, it } from 'vitest';
import type { FeatureSummary } from '#lib/pipeline/features/schema.ts';
import { methodById } from '#lib/pipeline/segment/methods/index.ts';
import { emptyRecipe } from '#lib/recipe/recipe.ts';
import { compareOn } from '../features/compare.ts';
import { mostTexts, startTexts, textFeatures, textObstacle, useKmeans, useMethod } from './choose-method.ts';

const text = (id: string, change: Partial<FeatureSummary> = {}) =>
	({
		id,
		kind: 'text',
		available: true,
		needs: [],
		isSensitive: false,
		...change
	}) as unknown as FeatureSummary;
const KNOWN = [
	text('expected_order_on'),
	text('region', { available: false, needs: ['a region column'] }),
	text('gender', { isSensitive: true }),
	text('language'),
	text('lifecycle_stage'),
	{ ...text('frequency'), kind: 'number' as const }
];
const [kmeans, mixed, stages] = ['kmeans', 'k-prototypes', 'stages'].map(methodById);

describe('texts of a method', () => {
	it('are features of texts but days, with what some need', () => {
		expect(textFeatures(KNOWN).map(({ id }) => id)).toEqual([
			'region',
			'gender',
			'language',
			'lifecycle_stage'
		]);
		expect(KNOWN.slice(1, 3).map(textObstacle)).toEqual(['Needs a region column.', null]);
	});
	it('start with those in use, else with a usual one that is not sensitive', () => {
		if (!kmeans || !mixed || !stages) throw new Error('a method is missing');
		expect([kmeans, mixed, stages].map(mostTexts)).toEqual([0, 5, 1]);
		expect(startTexts(kmeans, ['language'], KNOWN)).toEqual([]);
		expect(startTexts(mixed, [], KNOWN)).toEqual(['lifecycle_stage']);
		expect(startTexts(mixed, [], KNOWN.slice(0, 4))).toEqual(['language']);
		expect(startTexts(stages, [], KNOWN)).toEqual(['lifecycle_stage']);
		expect(startTexts(stages, ['gender', 'language'], KNOWN)).toEqual(['gender']);
		expect(startTexts(mixed, [], [])).toEqual([]);
	});
});

describe('useMethod', () => {
	const choice = { method: 'k-prototypes', options: { gamma: 2 }, categories: ['gender'] };
	const recipe = useMethod(choice, KNOWN, { gender: ' sizes differ ', region: 'unused' })(
		emptyRecipe('Shop')
	);
	it('sets the method with its texts and the reasons for sensitive ones', () => {
		expect(recipe.segment.clustering).toMatchObject(choice);
		expect(recipe.features.sensitive).toEqual({ gender: 'sizes differ' });
	});
	it('keeps those reasons when other numbers are compared', () => {
		expect(compareOn(['frequency'], KNOWN, {})(recipe).features.sensitive).toEqual({
			gender: 'sizes differ'
		});
	});
	it('has a way back', () => {
		const back = useKmeans(recipe).segment.clustering;
		expect([back.method, back.options, back.categories]).toEqual(['kmeans', {}, []]);
	});
});
