import { describe, expect, it } from 'vitest';
import { everyoneX, intervalsLayout, NAME_START, type IntervalItem } from './intervals.ts';
import { cutText, textWidth } from './labels.ts';

const item = (value: number, low: number, high: number): IntervalItem => ({
	id: String(value),
	name: 'Potential loyalists',
	index: 0,
	customers: 10,
	value,
	low,
	high
});
const texts = { value: ({ value }: IntervalItem) => `${value}`, count: () => 'of 1,234 (few)' };

describe('intervalsLayout', () => {
	it('holds zero, everyone and every interval', () => {
		const layout = intervalsLayout(900, [item(0.4, 0.3, 0.5), item(0.7, 0.6, 0.8)], 0.9, texts, 1);
		expect(layout.place(0)).toBe(layout.left);
		expect(layout.place(0.9)).toBe(layout.right);
		expect(layout.place(0.8)).toBeLessThan(layout.right);
		expect(layout.ticks).toEqual([0, 0.2, 0.4, 0.6, 0.8]);
		expect(layout.right).toBeLessThan(layout.valueX);
		expect(layout.valueX).toBeLessThan(layout.countX);
	});

	it('cuts an interval that would leave the rest no room, and stays below the end of the axis', () => {
		const layout = intervalsLayout(900, [item(10, -500, 2000), item(20, 15, 25)], 12, texts);
		expect(layout.place(2000)).toBe(layout.right);
		expect(layout.place(-500)).toBe(layout.left);
		expect(layout.place(20) - layout.place(0)).toBeCloseTo((layout.right - layout.left) / 9, 9);
		const shares = intervalsLayout(900, [item(0.9, 0.5, 1)], 0.5, texts, 1);
		expect(shares.place(5)).toBe(shares.right);
		expect(shares.ticks.at(-1)).toBe(1);
	});

	it('puts names above the lines where it is narrow', () => {
		const layout = intervalsLayout(330, [item(1, 0, 2)], 1, texts);
		expect(layout.isNarrow).toBe(true);
		expect(layout.left).toBe(0);
		expect(layout.rowHeight).toBeGreaterThan(40);
	});

	it('leaves names no room that figures or lines need', () => {
		const long = { ...item(1, 0, 2), name: 'High days to the expected next order, high spend in 90 days' };
		const narrow = intervalsLayout(311, [long], 1, texts);
		const figures = textWidth('1', 13) + textWidth('of 1,234 (few)', 12);
		expect(NAME_START + narrow.nameRoom).toBeLessThan(narrow.countX - figures);
		expect(textWidth(cutText(long.name, narrow.nameRoom, 13), 13)).toBeLessThanOrEqual(narrow.nameRoom);
		const wide = intervalsLayout(760, [long], 1, texts);
		expect(wide.nameRoom).toBeLessThan(textWidth(long.name, 13));
		expect(wide.right - wide.left).toBeGreaterThan(300);
		const short = intervalsLayout(760, [item(1, 0, 2)], 1, texts);
		expect(cutText('Potential loyalists', short.nameRoom, 13)).toBe('Potential loyalists');
	});

	it('draws nobody', () => {
		const layout = intervalsLayout(
			500,
			[{ ...item(0, 0, 0), value: NaN, low: NaN, high: NaN }],
			NaN,
			texts,
			1
		);
		expect(layout.ticks.length).toBeGreaterThan(0);
		expect(intervalsLayout(500, [], NaN, texts).height).toBeGreaterThan(0);
	});
});

describe('everyoneX', () => {
	it('stays inside', () => {
		expect(everyoneX(100, 'all customers 38%', 600)).toBe(100);
		expect(everyoneX(0, 'all customers 38%', 600)).toBeGreaterThan(40);
		expect(everyoneX(600, 'all customers 38%', 600)).toBeLessThan(560);
	});
});
