import { describe, expect, it } from 'vitest';
import {
	cellKey,
	cellOrigin,
	heatClass,
	heatLayout,
	outlinePath,
	shownLabel,
	type HeatLabel
} from './heat.ts';
import { textWidth } from './labels.ts';

const rows: HeatLabel[] = [
	'Last 21 days',
	'22 to 51 days',
	'52 to 97 days',
	'98 to 164 days',
	'From 165 days'
].map((title) => ({ title, note: 'about 3 weeks', short: { title: '≤ 164 d' } }));
const columns: HeatLabel[] = [1, 2, 3, 4, 5].map((n) => ({ title: `${n} orders` }));

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
		const layout = heatLayout(560, rows, columns);
		const last = cellOrigin(layout, { row: 4, col: 4 });
		expect(last.x + layout.cellWidth).toBeCloseTo(560, 9);
		expect(last.y + layout.cellHeight).toBe(layout.height);
		expect(cellOrigin(layout, { row: 0, col: 1 }).x - layout.labelWidth).toBeCloseTo(layout.cellWidth + 3, 9);
	});

	it('gives labels less room where it is narrow', () => {
		expect(heatLayout(324, rows, columns).labelWidth).toBeLessThan(heatLayout(560, rows, columns).labelWidth);
	});

	it.each([250, 300, 324, 330, 439, 440, 480, 545, 700, 1100])(
		'leaves every row label room beside the cells at %i pixels',
		(width) => {
			const long = [...rows, { title: '1,098 to 1,164 days', short: { title: '≤ 1,164 d' } }];
			const layout = heatLayout(width, long, columns);
			for (const label of long) {
				const { title, note = '' } = shownLabel(label, layout.isNarrow);
				expect(textWidth(title, 13)).toBeLessThan(layout.labelWidth);
				expect(textWidth(note, 12)).toBeLessThan(layout.labelWidth);
			}
		}
	);

	it('takes the short labels where column titles would run into each other', () => {
		expect(heatLayout(545, rows, columns).isNarrow).toBe(false);
		const wordy = columns.map(({ title }) => ({ title: `${title} or more`, short: { title: '5+' } }));
		expect(heatLayout(545, rows, wordy).isNarrow).toBe(true);
	});
});

describe('outlinePath', () => {
	const layout = heatLayout(560, rows, columns);
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
