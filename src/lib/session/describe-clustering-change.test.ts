import { describe, expect, it } from 'vitest';
import { applyPreset, PRESETS } from '#lib/pipeline/segment/presets.ts';
import { emptyRecipe } from '#lib/recipe/recipe.ts';
import { clusteringChange } from './describe-clustering-change.ts';

const usual = emptyRecipe('Shop').segment.clustering;

describe('clusteringChange', () => {
	it('names a one-click recipe', () => {
		for (const preset of PRESETS.slice(1)) {
			expect(clusteringChange(usual, applyPreset(usual, preset, []))).toBe(`Grouped by: ${preset.label}`);
		}
		const [rfm, , stages] = PRESETS;
		if (!rfm || !stages) throw new Error('the presets are missing');
		const staged = applyPreset(usual, stages, []);
		expect(clusteringChange(staged, applyPreset(staged, rfm, []))).toBe(`Grouped by: ${rfm.label}`);
	});
	it('names a method, its options by their words, and texts', () => {
		const tree = { ...usual, method: 'hierarchical' };
		expect(clusteringChange(usual, tree)).toBe('Method: Nested groups');
		expect(clusteringChange(tree, { ...tree, options: { linkage: 'average' } })).toBe(
			'What counts as near: The mean distance between their people (average)'
		);
		const dense = { ...usual, method: 'dbscan', options: { eps: 0.5 } };
		expect(clusteringChange(dense, { ...dense, options: {} })).toBe('Distance of neighbours: automatic');
		expect(clusteringChange({ ...dense, options: {} }, dense)).toBe('Distance of neighbours: 0.5');
		const mixed = { ...usual, method: 'k-prototypes', categories: ['gender'] };
		expect(clusteringChange(mixed, { ...mixed, categories: ['gender', 'favourite_category'] })).toMatch(
			/^Compared texts: .*, Favourite category$/
		);
	});
	it('names the number, and nothing where nothing changed', () => {
		expect(clusteringChange(usual, { ...usual, clusterCount: 5 })).toBe('5 segments');
		expect(clusteringChange({ ...usual, clusterCount: 5 }, usual)).toBe('The recommended number of segments');
		expect(clusteringChange(usual, { ...usual, features: ['frequency'] })).toBe('Changed what is compared');
		expect(clusteringChange(usual, { ...usual, features: [], options: {} })).toBeNull();
	});
});
