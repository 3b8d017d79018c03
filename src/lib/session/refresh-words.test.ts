import { describe, expect, it } from 'vitest';
import { changeWords } from './refresh-words.ts';

const changes = (isNew: boolean, ...names: string[]) => names.map((name) => ({ name, isNew }));

describe('changeWords', () => {
	it.each([
		[changes(false, 'orders.csv'), 'orders.csv changed on disk.'],
		[changes(true, 'june.csv'), 'june.csv is new on disk.'],
		[changes(false, 'a.csv', 'b.csv'), 'a.csv and b.csv changed on disk.'],
		[changes(true, 'a.csv', 'b.csv'), 'a.csv and b.csv are new on disk.'],
		[[...changes(true, 'a.csv'), ...changes(false, 'b.csv', 'c.csv')], '3 files changed on disk.']
	])('says what happened', (found, words) => {
		expect(changeWords(found)).toBe(words);
	});
});
