import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anchorAt, binClass, binValues, countInBins, cutRows, histogramLayout } from './histogram.ts';

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
