import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import { daysBands } from './bands.ts';
import { scoreBins, wholeCuts, type Scored } from './bins.ts';

const format = createFormat('en-GB');

function whole(values: readonly number[], cuts: readonly number[], reversed = false): Scored {
	return {
		values: Float64Array.from(values),
		cuts,
		kind: 'whole',
		reversed,
		write: (value) => format.count(value)
	};
}

/** One order from most people, and a long tail. */
const ORDERS = [...Array<number>(40).fill(1), ...Array<number>(30).fill(2), 3, 3, 3, 3, 4, 4, 5, 6, 6, 40];

describe('scoreBins of whole numbers', () => {
	const shown = scoreBins(whole(ORDERS, [1, 1, 2, 3.4]));

	it('gives each number of orders a bin of its own in the shade of its score', () => {
		const first = shown.bins.slice(0, 4);
		expect(first.map(({ x0, x1, score }) => [(x0 + x1) / 2, score])).toEqual([
			[1, 1],
			[2, 3],
			[3, 4],
			[4, 5]
		]);
	});

	it('says what the last bin holds, and keeps the one before apart', () => {
		expect(shown.bins.slice(-2).map(({ text, count }) => [text, count])).toEqual([
			['5', 1],
			['6 or more', 3]
		]);
		expect(shown.bins.reduce((sum, { count }) => sum + count, 0)).toBe(ORDERS.length);
		expect([5, 6].map(shown.formatX)).toEqual(['5', '6+']);
	});

	it('has whole ticks, and plain ends without a tail', () => {
		const three = scoreBins(whole([1, 1, 2, 3], [1, 1, 2, 2]));
		expect(three.ticks).toEqual([1, 2, 3, 4]);
		expect(three.bins.map(({ text }) => text)).toEqual(['1', '2', '3', '4']);
		expect(three.formatX(4)).toBe('4');
	});

	it('turns the scores of recency round', () => {
		const days = scoreBins(whole([1, 2, 3, 4, 5], [1, 2, 3, 4], true));
		expect(days.bins.map(({ score }) => score)).toEqual([5, 4, 3, 2, 1]);
	});
});

describe('whole cut-points', () => {
	it('are the highest values below the cuts', () => {
		expect(wholeCuts(Float64Array.of(1, 1, 2, 3, 9), [1, 1.6, 2.9, 4])).toEqual([1, 1, 2, 3]);
	});

	it('agree with the bands of the grid, also between whole days', () => {
		const values = [3, 20, 35, 40, 61, 62, 90, 95, 130, 200];
		const cuts = [37.6, 61.8, 90.4, 151.7];
		const rScore = Int32Array.from(values, (days) => 5 - cuts.filter((cut) => cut < days).length);
		const features = new Map([['recency_days', Float64Array.from(values)]]);
		const bands = daysBands({ features, rScore, fScore: rScore }, 5, format).map(({ title }) => title);
		expect(bands).toEqual(['Last 35 days', '40 to 61 days', '62 to 90 days', '95 to 130 days', '200 days']);
		expect(wholeCuts(Float64Array.from(values), cuts)).toEqual([35, 61, 90, 130]);
	});
});

it('draws amounts on a logarithmic axis, and three scores in the same shades as five', () => {
	const money: Scored = { ...whole([10, 20, 300], [15, 150]), kind: 'log' };
	const { xScale, bins } = scoreBins(money);
	expect(xScale).toBe('log');
	expect([...new Set(bins.map(({ score }) => score))]).toEqual([1, 3, 5]);
});
