import { describe, expect, it } from 'vitest';
import type { SweepOutput } from './compute.ts';
import { SweepCache } from './sweep-cache.ts';

function sweep(sample: number): SweepOutput {
	return {
		scaler: { scaling: 'none', centers: [], scales: [], lambdas: null },
		projection: null,
		fits: [],
		silhouetteSample: sample,
		notices: []
	};
}

describe('SweepCache', () => {
	it('gives back what was kept', () => {
		const cache = new SweepCache();
		const kept = cache.keep('a', sweep(1));
		expect(cache.get('a')).toBe(kept);
		expect(cache.get('b')).toBeUndefined();
	});
	it('forgets the one unused for longest', () => {
		const cache = new SweepCache();
		for (const key of ['a', 'b', 'c', 'd']) cache.keep(key, sweep(1));
		cache.get('a');
		cache.keep('e', sweep(1));
		expect(['a', 'b', 'c', 'd', 'e'].filter((key) => cache.get(key) !== undefined)).toEqual([
			'a',
			'c',
			'd',
			'e'
		]);
	});
	it('forgets everything when cleared', () => {
		const cache = new SweepCache();
		cache.keep('a', sweep(1));
		cache.clear();
		expect(cache.get('a')).toBeUndefined();
	});
});
