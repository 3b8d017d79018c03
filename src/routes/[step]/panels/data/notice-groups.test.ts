import { describe, expect, it } from 'vitest';
import { notice } from '#lib/core/errors.ts';
import { alsoIn, groupNotices } from './notice-groups.ts';

describe('groupNotices', () => {
	it('says the same thing once for all files of a layout', () => {
		const groups = groupNotices(
			['a.csv', 'b.csv', 'c.csv', 'd.csv'].map((fileName) => notice('import.no-amount', { fileName }))
		);
		expect(groups).toHaveLength(1);
		expect(groups[0]?.files).toEqual(['a.csv', 'b.csv', 'c.csv', 'd.csv']);
		expect(alsoIn(groups[0] ?? { words: { kind: 'info', title: '', text: '' }, files: [] })).toBe(
			'The same in b.csv, c.csv and 1 more.'
		);
	});

	it('keeps different findings apart, and puts care first', () => {
		const groups = groupNotices([
			notice('import.nul-cells', { fileName: 'a.csv', count: 3 }),
			notice('import.nul-cells', { fileName: 'b.csv', count: 4 }),
			notice('clean.other-currencies', { currency: 'GBP', rows: 5 })
		]);
		expect(groups.map(({ words }) => words.kind)).toEqual(['care', 'info', 'info']);
		expect(groups.map((group) => alsoIn(group))).toEqual(['', '', '']);
	});
});
