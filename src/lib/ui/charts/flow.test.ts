import { describe, expect, it } from 'vitest';
import { BAR_WIDTH, flowLayout, type FlowEnd, type FlowLink } from './flow.ts';

const LEFT: FlowEnd[] = [
	{ name: 'Champions', index: 0, count: 40 },
	{ name: 'Loyal', index: 1, count: 60 }
];
const RIGHT: FlowEnd[] = [
	{ name: 'Champions', index: 0, count: 45 },
	{ name: 'Loyal', index: 1, count: 54 },
	{ name: 'Gone', index: null, count: 1 }
];
const LINKS: FlowLink[] = [
	{ from: 0, to: 0, count: 30, isStay: true },
	{ from: 0, to: 1, count: 10, isStay: false },
	{ from: 1, to: 0, count: 15, isStay: false },
	{ from: 1, to: 1, count: 44, isStay: true },
	{ from: 1, to: 2, count: 1, isStay: false }
];
const layoutOf = (width: number) => flowLayout(width, LEFT, RIGHT, LINKS, String);

describe('flowLayout', () => {
	it('has one scale on both sides, and bars that do not meet', () => {
		const { left, right, height } = layoutOf(900);
		const scale = (left[0]?.height ?? 0) / 40;
		left.forEach((bar, i) => expect(bar.height).toBeCloseTo((LEFT[i]?.count ?? 0) * scale));
		right.forEach((bar, i) => expect(bar.height).toBeCloseTo(Math.max((RIGHT[i]?.count ?? 0) * scale, 2)));
		for (const bars of [left, right]) {
			bars.slice(1).forEach((bar, i) => {
				const above = bars[i];
				expect(bar.y).toBeGreaterThan((above?.y ?? 0) + (above?.height ?? 0));
				expect(bar.labelY - (above?.labelY ?? 0)).toBeGreaterThanOrEqual(22);
			});
			expect((bars.at(-1)?.y ?? 0) + (bars.at(-1)?.height ?? 0)).toBeLessThanOrEqual(height);
		}
	});

	it('gives the movers first, the most people first, then who stayed', () => {
		const order = layoutOf(900).ribbons.map(({ link }) => `${link.from}${link.to}`);
		expect(order).toEqual(['10', '01', '12', '11', '00']);
	});

	it('starts and ends ribbons in their bars, one below the other', () => {
		const { ribbons, left, leftX } = layoutOf(900);
		const champions = left[0];
		const tops = ribbons
			.filter(({ link }) => link.from === 0)
			.sort((a, b) => a.link.to - b.link.to)
			.map(({ path }) => /^M([\d.]+),([\d.]+)C/.exec(path)?.slice(1).map(Number));
		expect(tops[0]).toEqual([expect.closeTo(leftX + BAR_WIDTH, 0), expect.closeTo(champions?.y ?? 0, 0)]);
		expect(tops[1]?.[1]).toBeCloseTo((champions?.y ?? 0) + (champions?.height ?? 0) * 0.75, 0);
	});

	it('cuts names where there is no room, and never counts', () => {
		const long = 'High days to the expected next order, high spend in 90 days';
		const ends = [{ name: long, index: 0, count: 1234 }, ...LEFT];
		for (const width of [326, 900]) {
			const { left, right, leftX, rightX } = flowLayout(width, ends, ends, [], String);
			expect(left[0]?.name).toMatch(/^High days.*…$/);
			expect(left[1]?.name).toBe('Champions');
			expect((left[0]?.labelWidth ?? 0) + (right[0]?.labelWidth ?? 0)).toBeLessThan(width);
			expect(leftX).toBeLessThan(width * 0.3);
			expect(rightX).toBeGreaterThan(width * 0.7);
		}
	});

	it('keeps labels beside the bars where there is room, else above them', () => {
		expect(layoutOf(900)).toMatchObject({ isNarrow: false });
		expect(layoutOf(900).leftX).toBeGreaterThan(60);
		const narrow = layoutOf(320);
		expect(narrow).toMatchObject({ isNarrow: true, leftX: 0, rightX: 310 });
		for (const bars of [narrow.left, narrow.right])
			bars.forEach((bar, i) => {
				const above = bars[i - 1];
				expect(bar.labelY).toBeLessThan(bar.y);
				expect(bar.labelY - 13).toBeGreaterThan((above?.y ?? 0) + (above?.height ?? 0));
			});
	});
});
