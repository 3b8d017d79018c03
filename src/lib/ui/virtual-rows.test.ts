import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pagesOf, rowWindow, TALLEST_PX } from './virtual-rows.ts';

const ROW_PX = 40;
const VIEW_PX = 400;

function at(rowCount: number, scrollPx: number) {
	return rowWindow({ rowCount, rowPx: ROW_PX, viewPx: VIEW_PX, scrollPx });
}

describe('rowWindow', () => {
	it('shows all of a short list', () => {
		expect(at(4, 0)).toEqual({ contentPx: 160, first: 0, count: 4, hiddenPx: 0 });
		expect(at(0, 0)).toEqual({ contentPx: 0, first: 0, count: 0, hiddenPx: 0 });
	});

	it('moves pixel by pixel while the list fits', () => {
		expect(at(1000, 50)).toEqual({ contentPx: 40_000, first: 1, count: 11, hiddenPx: 10 });
	});

	it('scales a list that is taller than a browser can be', () => {
		const rowCount = 1_000_000;
		const bottom = at(rowCount, TALLEST_PX - VIEW_PX);
		expect(bottom.contentPx).toBe(TALLEST_PX);
		expect(bottom.first + bottom.count).toBe(rowCount);
		expect(at(rowCount, 0).first).toBe(0);
	});

	it('always fills the view, and reaches every row', () => {
		fc.assert(
			fc.property(fc.nat(2_000_000), fc.double({ min: 0, max: 1, noNaN: true }), (rowCount, share) => {
				const content = at(rowCount, 0).contentPx;
				const { first, count, hiddenPx } = at(rowCount, share * Math.max(0, content - VIEW_PX));
				expect(first + count).toBeLessThanOrEqual(rowCount);
				expect(hiddenPx).toBeGreaterThanOrEqual(0);
				expect(hiddenPx).toBeLessThan(ROW_PX);
				expect(count * ROW_PX - hiddenPx).toBeGreaterThanOrEqual(Math.min(VIEW_PX, rowCount * ROW_PX) - 1e-3);
			}),
			{ seed: 7 }
		);
	});
});

describe('pagesOf', () => {
	it('names every page that the rows touch', () => {
		expect(pagesOf(95, 10, 100)).toEqual([0, 1]);
		expect(pagesOf(100, 100, 100)).toEqual([1]);
		expect(pagesOf(0, 0, 100)).toEqual([]);
	});
});
