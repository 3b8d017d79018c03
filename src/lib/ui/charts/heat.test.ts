import { describe, expect, it } from 'vitest';
import { cellKey, cellOrigin, heatClass, heatLayout, outlinePath } from './heat.ts';

describe('heatClass', () => {
	it('rises with the share, from 1 to 7', () => {
		expect([0, 0.004, 0.008, 0.022, 0.037, 0.048, 0.17, 0.42].map((share) => heatClass(share))).toEqual([
			1, 1, 2, 3, 4, 5, 6, 7
		]);
	});

	it('takes thresholds of its own', () => {
		expect(heatClass(0.5, [0.1, 0.5])).toBe(3);
	});
});

describe('heatLayout', () => {
	it('fills the width and keeps cells apart', () => {
		const layout = heatLayout(560, 5, 5, false);
		const last = cellOrigin(layout, { row: 4, col: 4 });
		expect(last.x + layout.cellWidth).toBeCloseTo(560, 9);
		expect(last.y + layout.cellHeight).toBe(layout.height);
		expect(cellOrigin(layout, { row: 0, col: 1 }).x - layout.labelWidth).toBeCloseTo(layout.cellWidth + 3, 9);
	});

	it('gives labels less room where it is narrow', () => {
		expect(heatLayout(324, 5, 5, false).labelWidth).toBeLessThan(heatLayout(560, 5, 5, false).labelWidth);
	});
});

describe('outlinePath', () => {
	const layout = heatLayout(560, 5, 5, false);
	const sides = (path: string) => path.split('M').length - 1;

	it('has four sides for a cell and six pieces for two side by side', () => {
		expect(sides(outlinePath(layout, [{ row: 1, col: 1 }]))).toBe(4);
		const pair = [
			{ row: 0, col: 3 },
			{ row: 0, col: 4 }
		];
		expect(sides(outlinePath(layout, pair))).toBe(6);
	});

	it('leaves out the sides inside a block', () => {
		const block = [0, 1].flatMap((row) => [0, 1].map((col) => ({ row, col })));
		expect(sides(outlinePath(layout, block))).toBe(8);
		expect(cellKey({ row: 2, col: 3 })).toBe('2:3');
	});
});
