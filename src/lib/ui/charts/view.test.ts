import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisX, axisY, isWhole, panned, shownX, shownY, WHOLE, zoomed } from './view.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('zoomed', () => {
	it('keeps the place under the pointer where it is', () => {
		const near = zoomed(WHOLE, 4, { x: 0.25, y: 0.75 });
		expect(axisX(near, 0.25)).toBeCloseTo(0.25, 12);
		expect(axisY(near, 0.25)).toBeCloseTo(0.75, 12);
		expect(near.x1 - near.x0).toBeCloseTo(0.25, 12);
	});

	it('never shows what is beyond the plot, and comes back to all of it', () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(fc.double({ min: 0.2, max: 5, noNaN: true }), share, share)), (steps) => {
				const view = steps.reduce((now, [factor, x, y]) => zoomed(now, factor, { x, y }), WHOLE);
				expect(Math.min(view.x0, view.y0)).toBeGreaterThanOrEqual(0);
				expect(Math.max(view.x1, view.y1)).toBeLessThanOrEqual(1 + 1e-12);
				expect(view.x1 - view.x0).toBeGreaterThanOrEqual(1 / 64 - 1e-12);
				expect(isWhole(zoomed(view, 1e-9))).toBe(true);
			}),
			{ seed: 3 }
		);
	});
});

describe('panned', () => {
	it('moves by what is shown and stops at the edge', () => {
		const near = zoomed(WHOLE, 2);
		expect(panned(near, 0.25, 0).x0).toBeCloseTo(0.375, 12);
		expect(panned(near, 9, -9)).toEqual({ x0: 0.5, y0: 0, x1: 1, y1: 0.5 });
	});
});

describe('places', () => {
	it('lead to the screen and back', () => {
		const view = zoomed(WHOLE, 3, { x: 0.2, y: 0.9 });
		expect(shownX(view, axisX(view, 0.3))).toBeCloseTo(0.3, 12);
		expect(shownY(view, axisY(view, 0.3))).toBeCloseTo(0.3, 12);
		expect(shownY(WHOLE, 1)).toBe(0);
	});
});
