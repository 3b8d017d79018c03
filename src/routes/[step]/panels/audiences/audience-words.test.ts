import { expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import { agreedWords, audiencesFinding, saveAllWords } from './audience-words.ts';

const format = createFormat('en', null);

it('says what is on the page, and which files share people', () => {
	const offered = { customers: 3000, natural: 4, groups: 10, own: 0, assigned: 0 };
	expect(audiencesFinding(offered, format)).toEqual({
		title: '14 segments of 3,000 customers, a file each.',
		sub: '4 natural and 10 groups: each kind has everyone once.'
	});
	expect(audiencesFinding({ ...offered, own: 3, assigned: 2 }, format)).toEqual({
		title: '17 segments of 3,000 customers, a file each.',
		sub: '4 natural and 10 groups: each kind has everyone once. 3 of your own: somebody may be in several. 2 files after priority: nobody is in two.'
	});
	const one = { customers: 1, natural: 0, groups: 1, own: 0, assigned: 0 };
	expect(audiencesFinding(one, format)).toEqual({
		title: 'One segment of 1 customer, a file each.',
		sub: '1 group: each kind has everyone once.'
	});
});

it('says what the file of all holds', () => {
	expect(saveAllWords(3000, false, format)).toBe('Save all 3,000 customers, one file');
	expect(saveAllWords(1, false, format)).toBe('Save all 1 customer, one file');
	expect(saveAllWords(null, false, format)).toBe('Save all customers, one file');
	expect(saveAllWords(1800, true, format)).toBe('Save all 1,800 customers who agreed, one file');
	expect(saveAllWords(null, true, format)).toBe('Save all who agreed, one file');
});

it('says how many may be written to', () => {
	expect(agreedWords(102, 1180, format)).toBe('102 of 1,180 have agreed to e-mail');
	expect(agreedWords(1, 3, format)).toBe('1 of 3 has agreed to e-mail');
});
