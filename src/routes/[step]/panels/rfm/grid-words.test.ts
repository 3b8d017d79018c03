import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import type { CellRate } from '#lib/pipeline/segment/past/schema.ts';
import { wilson } from '#lib/stats/wilson.ts';
import {
	againCells,
	gridTitle,
	placeOf,
	scoresAt,
	seenCells,
	shareCells,
	thresholdsOf
} from './grid-words.ts';

const format = createFormat('en-GB', 'GBP');
const CELLS = [
	{ r: 3, f: 1, customers: 60, revenue: 300 },
	{ r: 1, f: 3, customers: 40, revenue: 700 }
];

function rate(r: number, f: number, buyers: number, customers: number): CellRate {
	return { r, f, customers, buyers, share: wilson(buyers, customers), value: null };
}

it('puts the best recency at the top and the best frequency at the right', () => {
	expect(placeOf(3, { r: 3, f: 1 })).toEqual({ row: 0, col: 0 });
	expect(placeOf(5, { r: 1, f: 5 })).toEqual({ row: 4, col: 4 });
	for (const levels of [3, 5])
		for (const r of [1, 2, 3])
			for (const f of [1, 3]) expect(scoresAt(levels, placeOf(levels, { r, f }))).toEqual({ r, f });
});

it('shares out the revenue, or the customers', () => {
	const shares = (metric: 'revenue' | 'customers', revenue: number | null) =>
		shareCells({ cells: CELLS, levels: 3 }, metric, { customers: 100, revenue }).map(({ share }) => share);
	expect(shares('revenue', 1000)).toEqual([0.3, 0.7]);
	expect(shares('customers', 1000)).toEqual([0.6, 0.4]);
	expect(shares('revenue', null)).toEqual([0.6, 0.4]);
});

describe('who bought again', () => {
	const cells = againCells([rate(3, 1, 30, 120), rate(3, 2, 6, 20), rate(1, 3, 0, 0)], 3, format);

	it('has its interval, and says where it rests on few', () => {
		expect(cells.map(({ share }) => share)).toEqual([0.25, 0.3, NaN]);
		expect(cells.map(({ notes }) => notes?.[0])).toEqual([
			'95% interval 18% to 33%',
			'95% interval 15% to 52% (few)',
			'Nobody was here on that day'
		]);
	});

	it('is told by the cells with enough people alone', () => {
		expect(gridTitle(cells, 'again', true, format)).toBe(
			'Too few people in each cell to say who bought again'
		);
		const enough = againCells([rate(3, 1, 30, 120), rate(2, 2, 80, 100), rate(1, 3, 9, 9)], 3, format);
		expect(gridTitle(enough, 'again', true, format)).toBe('From 25% to 80% bought again within 60 days');
	});
});

it('knows the cells of a past day once its 60 days are over, and only of the same grid', () => {
	const cells = [rate(1, 1, 1, 2)];
	const base = { customers: 2, buyers: 1, share: wilson(1, 2), value: null };
	const seen = { everyone: base, groups: [], segments: null, cells, messaged: null };
	const past = (isOver: boolean) => ({
		levels: 5,
		axes: ['r', 'f'] as const,
		outcomes: ([30, 60, 90] as const).map((horizon) => ({
			horizon,
			until: '2011-08-01',
			seen: isOver && horizon === 60 ? seen : null
		}))
	});
	expect(seenCells(past(true), { levels: 5, axes: ['r', 'f'] })).toBe(cells);
	expect(seenCells(past(false), { levels: 5, axes: ['r', 'f'] })).toBeNull();
	expect(seenCells(past(true), { levels: 3, axes: ['r', 'f', 'm'] })).toBeNull();
});

it('says which part one cell has', () => {
	const titled = (metric: 'revenue' | 'customers', hasMoney = true) => {
		const cells = shareCells({ cells: CELLS, levels: 3 }, metric, {
			customers: 100,
			revenue: hasMoney ? 1000 : null
		});
		return gridTitle(cells, metric, hasMoney, format);
	};
	expect(titled('revenue')).toBe('One cell carries 70% of the revenue');
	expect(titled('customers')).toBe('One cell holds 60% of the customers');
	expect(titled('revenue', false)).toBe('One cell holds 60% of the customers');
	const even = { row: 0, col: 0, share: 0.04, customers: 4 };
	expect(gridTitle([even], 'revenue', true, format)).toBe('No cell stands out');
});

it('has rising thresholds for every grid', () => {
	for (const thresholds of [
		thresholdsOf('again', 25),
		thresholdsOf('revenue', 25),
		thresholdsOf('customers', 9)
	]) {
		expect(thresholds).toHaveLength(6);
		expect([...thresholds].sort((a, b) => a - b)).toEqual(thresholds);
	}
});
