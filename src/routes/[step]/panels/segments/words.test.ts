import { describe, expect, it } from 'vitest';
import { mapWords, whyTitle } from './words.ts';

describe('mapWords', () => {
	it('speaks of money only where there is some', () => {
		expect(Object.values(mapWords(true)).join(' ')).toMatch(/spend/);
		expect(Object.values(mapWords(false)).join(' ')).not.toMatch(/spend|money|revenue/);
		expect(mapWords(false).choice).toBe('Recency and orders');
	});
});

describe('whyTitle', () => {
	it('tells the recommended number from the one in use', () => {
		expect(whyTitle(4, 4)).toBe('Why four');
		expect(whyTitle(4, 7)).toBe('Why four is recommended, and how your seven compare');
	});
});
