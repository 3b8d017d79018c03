import { describe, expect, it } from 'vitest';
import { fruitSlices } from './fruit.ts';

const dotCount = (dots: string) => dots.split('M').length - 1;

describe('fruitSlices', () => {
	it('is the same picture every time', () => {
		expect(fruitSlices([0.15, 0.28, 0.16, 0.41])).toEqual(fruitSlices([0.15, 0.28, 0.16, 0.41]));
	});

	it('puts dots in proportion to the share', () => {
		const [small, large] = fruitSlices([0.25, 0.75]);
		const ratio = dotCount(large?.dots ?? '') / dotCount(small?.dots ?? '');
		expect(ratio).toBeGreaterThan(2.6);
		expect(ratio).toBeLessThan(3.6);
	});

	it('takes amounts as well as shares', () => {
		expect(fruitSlices([1, 3])).toEqual(fruitSlices([0.25, 0.75]));
	});

	it('draws a whole fruit for one group, and nothing for none', () => {
		expect(fruitSlices([1])[0]?.outline).toContain('A218 218');
		expect(fruitSlices([])).toEqual([]);
		expect(fruitSlices([0, 0])).toEqual([]);
	});

	it('leaves out the outline of a group too thin to draw', () => {
		expect(fruitSlices([0.001, 0.999])[0]?.outline).toBe('');
	});

	it('has only finite coordinates', () => {
		const text = fruitSlices([0.5, 0.5, 0.02, 0.3]).map(({ outline, dots }) => outline + dots);
		expect(text.join('')).not.toMatch(/NaN|Infinity/);
	});
});
