import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	anchorAt,
	binClass,
	binValues,
	binWhole,
	countInBins,
	cutRows,
	histogramLayout
} from './histogram.ts';

describe('binWhole', () => {
	it('centres each bin on its number', () => {
		const bins = binWhole([1, 1, 2, 3, 3, 3, 5], 32, 5);
		expect(bins.map(({ x0, x1 }) => (x0 + x1) / 2)).toEqual([1, 2, 3, 4, 5]);
		expect(bins.map(({ count }) => count)).toEqual([2, 1, 3, 0, 1]);
	});

	it('counts the tail in the last bin, and keeps its neighbour apart', () => {
		const bins = binWhole([1, 2, 3, 4, 5, 5, 6, 90], 32, 6);
		expect(bins.map(({ count }) => count)).toEqual([1, 1, 1, 1, 2, 2]);
		expect(bins.at(-1)).toMatchObject({ x0: 5.5, x1: 6.5 });
	});

	it('gives all bins equally many numbers and loses nobody', () => {
		const days = fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 80 });
		fc.assert(
			fc.property(days, fc.integer({ min: 4, max: 40 }), (list, most) => {
				const bins = binWhole(list, most, Math.max(...list));
				expect(bins.length).toBeLessThanOrEqual(most);
				expect(new Set(bins.map(({ x0, x1 }) => x1 - x0)).size).toBe(1);
				for (const { x0, x1, count } of bins) {
					expect(count).toBe(list.filter((value) => value > x0 && value < x1).length);
				}
			}),
			{ seed: 31 }
		);
	});

	it('draws one value, or none, as a bin among others', () => {
		expect(binWhole([7, 7], 32, 7).map(({ count }) => count)).toEqual([2, 0, 0, 0]);
		expect(binWhole([], 32, 0).every(({ count }) => count === 0)).toBe(true);
	});
});

describe('binValues', () => {
	it('counts every value once, on both scales', () => {
		const values = fc.array(fc.double({ min: -50, max: 1e5, noNaN: true }), { maxLength: 80 });
		fc.assert(
			fc.property(
				values,
				fc.integer({ min: 1, max: 30 }),
				fc.constantFrom('log', 'linear'),
				(list, count, kind) => {
					const bins = binValues(list, count, kind as 'log' | 'linear');
					expect(bins).toHaveLength(count);
					expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(list.length);
				}
			),
			{ seed: 29 }
		);
	});

	it('puts whole numbers where they belong', () => {
		const bins = binValues([1, 1, 2, 3, 3, 3, 4], 4, 'linear');
		expect(bins.map(({ count }) => count)).toEqual([2, 1, 3, 1]);
		expect([bins[0]?.x0, bins[3]?.x1]).toEqual([1, 4]);
	});

	it('widens a single value to a bin', () => {
		expect(binValues([5, 5], 1, 'linear')[0]).toEqual({ x0: 4.5, x1: 5.5, count: 2 });
	});
});

describe('countInBins', () => {
	it('counts what lies beyond the ends in the end bins and leaves out what is no number', () => {
		expect(countInBins([-5, 0.5, 1.5, 99, NaN], [0, 1, 2], 'linear')).toEqual([2, 2]);
		expect(countInBins([0, -3, 5, 500], [1, 10, 100, 1000], 'log')).toEqual([3, 0, 1]);
	});
});

describe('histogramLayout', () => {
	const bins = [
		{ x0: 1, x1: 10, count: 30 },
		{ x0: 10, x1: 100, count: 70 }
	];

	it('places values on their scale, inside the width', () => {
		const { place } = histogramLayout(200, bins, 'log', { hasCuts: false, overlay: null });
		expect([place(1), place(10), place(100)].map(Math.round)).toEqual([0, 100, 200]);
		expect([place(0), place(1e9)]).toEqual([0, 200]);
	});

	it('draws each group as a share of its own', () => {
		const layout = histogramLayout(200, bins, 'log', { hasCuts: false, overlay: [900, 100] });
		expect(layout.overlayHeight(900)).toBeCloseTo(92, 9);
		expect(layout.barHeight(70)).toBeCloseTo((92 * 0.7) / 0.9, 9);
	});

	it('draws nothing for nothing', () => {
		const layout = histogramLayout(200, [], 'linear', { hasCuts: true, overlay: null });
		expect(layout.barHeight(0)).toBe(0);
		expect(layout.place(3)).toBe(0);
	});
});

describe('labels', () => {
	it('stay inside the width', () => {
		expect([anchorAt(0, 200), anchorAt(100, 200), anchorAt(195, 200)]).toEqual(['start', 'middle', 'end']);
	});

	it('move to a second row, then give up', () => {
		const labels = [10, 30, 60, 70, 75].map((x) => ({ x, width: 35 }));
		expect(cutRows(labels)).toEqual([0, 1, 0, 1, null]);
	});

	it('take the shade of the score', () => {
		expect([binClass({ x0: 0, x1: 1, count: 1, score: 5 }), binClass({ x0: 0, x1: 1, count: 1 })]).toEqual([
			'q7',
			'bar'
		]);
	});
});
