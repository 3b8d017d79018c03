import { describe, expect, it } from 'vitest';
import { emptyRecipe } from '#lib/recipe/recipe.ts';
import { comparedOn, compareOn, needsText, obstacleOf, withoutReason } from './compare.ts';

const PLAIN = { available: true, complete: true, kind: 'number', needs: [], isOwn: false } as const;
const FEATURES = [
	{ id: 'frequency', isSensitive: false },
	{ id: 'age_years', isSensitive: true }
];

describe('obstacleOf', () => {
	it('says why customers cannot be compared', () => {
		expect(obstacleOf(PLAIN)).toBeNull();
		expect(obstacleOf({ ...PLAIN, available: false, needs: ['a file of sends'] })).toBe(
			'Needs a file of sends.'
		);
		expect(obstacleOf({ ...PLAIN, kind: 'text' })).toContain('It is a text');
		expect(obstacleOf({ ...PLAIN, complete: false })).toContain('Not everyone has it');
		expect(obstacleOf({ ...PLAIN, complete: false, isOwn: true })).toContain('saved query');
		expect(needsText(['amounts', 'a margin', 'dates'])).toBe('amounts, a margin and dates');
	});
});

describe('compareOn', () => {
	it('asks a reason for what is sensitive, and forgets it with the feature', () => {
		const chosen = ['frequency', 'age_years'];
		expect(withoutReason(chosen, FEATURES, {})).toEqual(['age_years']);
		expect(withoutReason(chosen, FEATURES, { age_years: ' x ' })).toEqual(['age_years']);
		expect(withoutReason(chosen, FEATURES, { age_years: 'clothes by age' })).toEqual([]);
		const recipe = compareOn(chosen, FEATURES, { age_years: ' clothes by age ' })(emptyRecipe('New'));
		expect(recipe.segment.clustering).toMatchObject({ features: chosen, scaler: null });
		expect(recipe.features.sensitive).toEqual({ age_years: 'clothes by age' });
		const without = compareOn(['frequency'], FEATURES, recipe.features.sensitive)(recipe);
		expect(without.features.sensitive).toEqual({});
	});

	it('leaves how features are made alone where nothing sensitive changes', () => {
		const recipe = emptyRecipe('New');
		expect(compareOn(['frequency'], FEATURES, {})(recipe).features).toBe(recipe.features);
	});
});

it('what is compared is what the recipe says, else what was chosen', () => {
	const recipe = (features: string[]) => ({ segment: { clustering: { features } } });
	const clustering = { result: { features: ['recency_days'] } };
	expect(comparedOn({ recipe: recipe(['frequency']), clustering })).toEqual(['frequency']);
	expect(comparedOn({ recipe: recipe([]), clustering })).toEqual(['recency_days']);
	expect(comparedOn({ recipe: recipe([]), clustering: null })).toEqual([]);
});
