import { expect, it } from 'vitest';
import { TypedNumbers } from './typed-numbers.svelte.ts';

const RANGE = { least: 1, most: 1095, whole: true };

it('keeps what is no number of its range, says why, and leaves the number as it was', () => {
	const typed = new TypedNumbers();
	expect(typed.text('days', 30)).toBe('30');
	for (const [text, found] of [
		['0', '“0”'],
		['', 'nothing'],
		['1096', '“1096”'],
		['2.5', '“2.5”'],
		['soon', '“soon”']
	] as const) {
		expect(typed.type('days', text, 30, RANGE)).toBe(30);
		typed.settle('days', 30, RANGE);
		expect(typed.text('days', 30)).toBe(text);
		expect(typed.error('days', 30, RANGE)).toBe(`Found ${found}, needs a whole number from 1 to 1095.`);
		expect(typed.error('orders', 3, RANGE)).toBeNull();
	}
});

it('gives the number that is typed, and writes it plainly when the field is left', () => {
	const typed = new TypedNumbers();
	expect(typed.type('days', '1,000', 30, RANGE)).toBe(1000);
	expect([typed.text('days', 1000), typed.error('days', 1000, RANGE)]).toEqual(['1,000', null]);
	typed.settle('days', 1000, RANGE);
	expect(typed.text('days', 1000)).toBe('1000');
});

it('forgets what was typed when the number changes elsewhere, or when it is told to', () => {
	const typed = new TypedNumbers();
	typed.type('days', 'x', 30, RANGE);
	expect([typed.text('days', 60), typed.error('days', 60, RANGE)]).toEqual(['60', null]);
	typed.clear();
	expect(typed.error('days', 30, RANGE)).toBeNull();
});
