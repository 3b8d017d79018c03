import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betweenNeighbours, lineOfStack, stepsOfKey } from './cut-lines.ts';
import { histogramLayout } from './histogram.ts';

describe('betweenNeighbours', () => {
	it('stops a line at the lines beside it', () => {
		expect(betweenNeighbours([21, 51, 97], 1, 10)).toBe(21);
		expect(betweenNeighbours([21, 51, 97], 1, 60)).toBe(60);
		expect(betweenNeighbours([21, 51, 97], 1, 200)).toBe(97);
	});

	it('stops the outer lines at the ends', () => {
		expect(betweenNeighbours([21, 51], 0, -4, [0, 365])).toBe(0);
		expect(betweenNeighbours([21, 51], 1, 999, [0, 365])).toBe(365);
	});

	it('keeps lines in rising order, whatever is moved', () => {
		const lines = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 5 });
		fc.assert(
			fc.property(lines, fc.nat(), fc.integer({ min: -50, max: 500 }), (list, at, value) => {
				const values = list.sort((a, b) => a - b);
				const index = at % values.length;
				const moved = values.with(index, betweenNeighbours(values, index, value));
				expect(moved).toEqual([...moved].sort((a, b) => a - b));
			}),
			{ seed: 7 }
		);
	});
});

it('drags the end of a stack that is free to move', () => {
	expect(lineOfStack([1, 1, 1, 4], 1, 1)).toBe(2);
	expect(lineOfStack([1, 1, 1, 4], 1, -1)).toBe(0);
	expect(lineOfStack([1, 1, 1, 4], 1, 0)).toBe(1);
	expect(lineOfStack([1, 2, 3, 4], 2, -1)).toBe(2);
});

it('knows the keys of a slider', () => {
	expect(['ArrowLeft', 'ArrowUp', 'PageUp', 'PageDown', 'Home', 'End', 'a'].map(stepsOfKey)).toEqual([
		-1,
		1,
		10,
		-10,
		-Infinity,
		Infinity,
		null
	]);
});

it('reads the value under a place of a histogram', () => {
	const bins = [
		{ x0: 1, x1: 10, count: 3 },
		{ x0: 10, x1: 100, count: 5 }
	];
	for (const kind of ['linear', 'log'] as const) {
		const layout = histogramLayout(300, bins, kind, { hasCuts: true, overlay: null });
		for (const value of [1, 7, 10, 55, 100])
			expect(layout.valueAt(layout.place(value))).toBeCloseTo(value, 9);
		expect(layout.valueAt(-20)).toBeCloseTo(1, 9);
		expect(layout.valueAt(900)).toBeCloseTo(100, 9);
	}
});
