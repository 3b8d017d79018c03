import { expect, it } from 'vitest';
import { DEFAULT_FEATURES, type FeatureParams } from '#lib/pipeline/features/schema.ts';
import { featuresChange } from './describe-features-change.ts';

const words = (change: Partial<FeatureParams>, before: FeatureParams = DEFAULT_FEATURES) =>
	featuresChange(before, { ...before, ...change });

it('says what changed in how features are made', () => {
	expect(words({})).toBeNull();
	expect(words({ asOf: '2024-03-01' })).toBe('As of 2024-03-01');
	expect(words({ margin: 0.07 })).toBe('Margin: 7%');
	expect(words({ margin: null }, { ...DEFAULT_FEATURES, margin: 0.3 })).toBe('Margin: not known');
	expect(words({ premiumQuantile: 0.9 })).toBe('Premium from 90%');
	expect(words({ affinityCount: 5 })).toBe('Categories and products of their own: 5 each');
	expect(words({ behaviour: { halfLifeDays: 1, weights: {} } })).toBe('Half-life: 1 day');
	expect(words({ behaviour: { halfLifeDays: 30, weights: { cart: 9 } } })).toBe('Into the cart counts 9');
	expect(words({ loyalty: { weights: { recency: 9 } } })).toMatch(/^Weights of the loyalty score: 9, /);
	expect(words({ sensitive: { age_years: 'clothes by age' } })).toBe('A reason to compare: Age');
	const sensitive = { ...DEFAULT_FEATURES, sensitive: { age_years: 'clothes by age' } };
	expect(words({ sensitive: {} }, sensitive)).toBe('No longer compared: Age');
});
