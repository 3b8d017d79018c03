import { describe, expect, it } from 'vitest';
import { DEFINITIONS } from '#lib/pipeline/features/definitions/index.ts';
import { methodById } from './methods/index.ts';
import { applyPreset, missingFor, presetOf, PRESETS } from './presets.ts';
import type { ClusteringParams } from './schema.ts';

const params: ClusteringParams = {
	...{
		method: 'dbscan',
		options: { eps: 1 },
		features: ['tenure_days'],
		categories: [],
		seed: 7,
		initCount: 10
	},
	...{ scaling: 'log1p-standard', scaler: null, componentShare: null, clusterCount: 5 }
};
const known = DEFINITIONS.map(({ id, label, complete }) => ({
	id,
	label,
	complete,
	available: true,
	needs: []
}));

describe('one-click clusterings', () => {
	it.each(PRESETS.map((preset) => ({ id: preset.id, preset })))('$id uses what there is', ({ preset }) => {
		expect(missingFor(preset, known)).toEqual([]);
		const applied = applyPreset(params, preset, known);
		expect(applied).toMatchObject({ seed: 7, clusterCount: 'auto', options: {} });
		expect(presetOf(applied, known)?.id).toBe(preset.id);
		expect(presetOf(params, known)).toBeNull();
		const usesTexts = methodById(preset.method).categories !== 'none';
		expect(usesTexts).toBe(preset.categories.length > 0);
	});
	it('say what the files lack, and do without money', () => {
		const poor = known.map((each) =>
			['monetary_total', 'carts_left'].includes(each.id)
				? { ...each, available: false, needs: ['events that fill a cart'] }
				: each
		);
		const preset = PRESETS[1];
		if (preset === undefined) throw new Error('no preset');
		expect(missingFor(preset, poor)).toEqual([
			{ feature: 'carts_left', label: 'Carts left in 90 days', needs: ['events that fill a cart'] }
		]);
		expect(applyPreset(params, preset, poor).features).toEqual(['recency_days', 'frequency', 'carts_left']);
	});
});
