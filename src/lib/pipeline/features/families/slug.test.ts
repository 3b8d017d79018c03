import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slugsOf, type Named } from './slug.ts';

const named = (...names: string[]): Named[] => names.map((name) => ({ value: name, name }));

describe('slugsOf', () => {
	it('makes words of names', () => {
		expect([...slugsOf(named('Home & Décor', 'KITCHEN', ' 12 mugs! ')).values()]).toEqual([
			'home_decor',
			'kitchen',
			'12_mugs'
		]);
	});

	it('marks every name whose words are not its own, so that none stands for another', () => {
		const both = slugsOf(named('Home Decor', 'Home & Decor', 'Pens'));
		expect(both.get('Home Decor')).toMatch(/^home_decor_[a-z0-9]+$/);
		expect(both.get('Home & Decor')).toMatch(/^home_decor_[a-z0-9]+$/);
		expect(both.get('Pens')).toBe('pens');
		expect(slugsOf(named('茶')).get('茶')).toMatch(/^[a-z0-9]+$/);
	});

	it('tells values of one name apart', () => {
		const slugs = slugsOf([
			{ value: '1', name: 'Mug' },
			{ value: '2', name: 'Mug' }
		]);
		expect(new Set(slugs.values()).size).toBe(2);
	});

	it('gives safe and different words, the same whatever the order', () => {
		const names = fc.uniqueArray(fc.string({ unit: 'binary', maxLength: 80 }), { maxLength: 30 });
		fc.assert(
			fc.property(names, (all) => {
				const slugs = slugsOf(named(...all));
				expect(new Set(slugs.values()).size).toBe(slugs.size);
				for (const slug of slugs.values()) expect(slug).toMatch(/^[a-z0-9]+(_[a-z0-9]+)*$/);
				const reversed = slugsOf(named(...all.toReversed()));
				for (const [value, slug] of reversed) expect(slugs.get(value) ?? slug).toBe(slug);
			}),
			{ seed: 6, numRuns: 300 }
		);
	});
});
