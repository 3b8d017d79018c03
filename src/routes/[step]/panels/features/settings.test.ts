import { expect, it } from 'vitest';
import { decayPath, leftAfter, readNumber, toPercent } from './settings.ts';

it('a field takes its numbers, and says which', () => {
	expect(readNumber(' 45,5 ', { low: 0, high: 100 })).toEqual({ value: 45.5 });
	expect(readNumber('', { low: 0, high: 100, isOptional: true })).toEqual({ value: null });
	expect(readNumber('', { low: 0, high: 100 })).toEqual({ error: 'Needs a number from 0 to 100.' });
	expect(readNumber('2.5', { low: 1, high: 20, isWhole: true })).toEqual({
		error: 'Needs a whole number from 1 to 20.'
	});
	expect(['0x10', '1e1', '1,000', '1.2.3'].map((text) => readNumber(text, { low: 0, high: 1000 }))).toEqual(
		Array(4).fill({ error: 'Needs a number from 0 to 1000.' })
	);
	expect(readNumber('abc', { low: 1, high: 20 })).toHaveProperty('error');
	expect(readNumber('120', { low: 0, high: 100 })).toHaveProperty('error');
	expect(toPercent(0.55)).toBe(55);
	expect(toPercent(0.07)).toBe(7);
});

it('half is left after a half-life', () => {
	expect(leftAfter(30, 30)).toBe(0.5);
	expect(leftAfter(60, 30)).toBe(0.25);
	const path = decayPath(30, 120, { width: 240, height: 80 });
	expect(path.startsWith('M0.0 0.0')).toBe(true);
	expect(path).toContain('L60.0 40.0');
	expect(path.endsWith('L240.0 75.0')).toBe(true);
});
