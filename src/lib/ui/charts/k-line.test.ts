import { describe, expect, it } from 'vitest';
import { kLineLayout, labelSide, type KPoint } from './k-line.ts';

const inertia: KPoint[] = [5005, 3746, 2994, 2577, 2272, 2064, 1882, 1727, 1602].map((value, i) => ({
	k: i + 2,
	value
}));

describe('kLineLayout', () => {
	it('spreads the values of k over the width', () => {
		const layout = kLineLayout(320, inertia);
		expect(layout.placeK(2)).toBe(46);
		expect(layout.placeK(10)).toBe(308);
		expect(layout.placeK(3) - layout.placeK(2)).toBeCloseTo(layout.step, 9);
	});

	it('takes round ends around the values', () => {
		const layout = kLineLayout(320, inertia);
		expect(layout.ticks.length).toBeGreaterThanOrEqual(3);
		expect(layout.ticks.length).toBeLessThanOrEqual(6);
		for (const { value } of inertia) {
			expect(layout.placeValue(value)).toBeGreaterThanOrEqual(layout.top - 1e-9);
			expect(layout.placeValue(value)).toBeLessThanOrEqual(layout.bottom + 1e-9);
		}
	});

	it('marks both ends of the axis', () => {
		const silhouette = [0.448, 0.353, 0.362, 0.322].map((value, i) => ({ k: i + 2, value }));
		const { ticks } = kLineLayout(320, silhouette);
		expect([ticks[0], ticks.at(-1)]).toEqual([0.3, 0.5]);
		expect(kLineLayout(320, silhouette, [0.5, 1]).ticks).toEqual([0.5, 0.6, 0.7, 0.8, 0.9, 1]);
	});

	it('takes ends given', () => {
		const layout = kLineLayout(320, inertia, [0, 10_000]);
		expect(layout.placeValue(0)).toBe(layout.bottom);
		expect(layout.placeValue(10_000)).toBe(layout.top);
	});

	it('leaves a gap where a value is not defined', () => {
		const path = kLineLayout(320, [
			{ k: 2, value: 0.4 },
			{ k: 3, value: NaN },
			{ k: 4, value: 0.3 },
			{ k: 5, value: 0.2 }
		]).path;
		expect(path.split('M')).toHaveLength(3);
	});

	it('has room for errors, and for what values are held against', () => {
		const points = [
			{ k: 2, value: 0.4, error: 0.1, reference: 0.7 },
			{ k: 3, value: 0.5, error: 0.3, reference: 0.2 }
		];
		const layout = kLineLayout(320, points);
		expect(layout.placeValue(0.8)).toBeGreaterThanOrEqual(layout.top - 1e-9);
		expect(layout.placeValue(0.2)).toBeLessThanOrEqual(layout.bottom + 1e-9);
		expect(layout.referencePath).toMatch(/^M.*L/);
		expect(kLineLayout(320, inertia).referencePath).toBe('');
	});

	it('draws one point and equal values', () => {
		expect(kLineLayout(320, [{ k: 2, value: 0.4 }]).placeValue(0.4)).not.toBeNaN();
		expect(
			kLineLayout(320, [
				{ k: 2, value: 0 },
				{ k: 3, value: 0 }
			]).placeValue(0)
		).not.toBeNaN();
	});
});

describe('labelSide', () => {
	it('keeps the label off the line', () => {
		expect(labelSide(inertia, 4)).toBe('above');
		expect(
			labelSide(
				[
					{ k: 2, value: 1 },
					{ k: 3, value: 2 }
				],
				2
			)
		).toBe('below');
	});
});
