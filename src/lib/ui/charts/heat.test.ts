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
	const corners = (path: string) => path.split('Q').length - 1;
	const loops = (path: string) => path.split('M').length - 1;
	const block = (rows: number[], columns: number[]) =>
		rows.flatMap((row) => columns.map((col) => ({ row, col })));

	it('has four corners around a rectangle of any size', () => {
		expect(corners(outlinePath(layout, block([1], [1])))).toBe(4);
		expect(corners(outlinePath(layout, block([0], [3, 4])))).toBe(4);
		expect(corners(outlinePath(layout, block([0, 1, 2], [1, 2])))).toBe(4);
	});

	it('follows corners that go in, and goes round a hole', () => {
		const angle = [...block([0], [0, 1]), { row: 1, col: 0 }];
		expect(corners(outlinePath(layout, angle))).toBe(6);
		const frame = block([0, 1, 2], [0, 1, 2]).filter(({ row, col }) => row !== 1 || col !== 1);
		expect(loops(outlinePath(layout, frame))).toBe(2);
		expect(corners(outlinePath(layout, frame))).toBe(8);
	});

	it('draws a loop for each part, and nothing for nobody', () => {
		expect(loops(outlinePath(layout, [...block([0], [0]), ...block([4], [4])]))).toBe(2);
		expect(outlinePath(layout, [])).toBe('');
	});
});

describe('cellKey', () => {
	it('names a cell by row and column', () => {
		expect(cellKey({ row: 2, col: 3 })).toBe('2:3');
	});
});
