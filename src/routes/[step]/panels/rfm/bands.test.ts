import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import {
	averageBands,
	daysBands,
	frequencyBands,
	scoreBands,
	scoreRanges,
	type ScoredCustomers
} from './bands.ts';

const format = createFormat('en-GB');

/** Customers by recency score and days, or by frequency score and orders. */
function scored(rows: readonly (readonly [score: number, value: number])[]): ScoredCustomers {
	const scores = Int32Array.from(rows, ([score]) => score);
	const values = Float64Array.from(rows, ([, value]) => value);
	const features = new Map([
		['recency_days', values],
		['frequency', values]
	]);
	return { features, rScore: scores, fScore: scores };
}

describe('scoreRanges', () => {
	it('finds the lowest and highest value of each score', () => {
		const scores = Int32Array.of(1, 2, 1, 2, 5);
		const ranges = scoreRanges(scores, Float64Array.of(1, 2, 1, 4, 9));
		expect([...ranges]).toEqual([
			[1, { min: 1, max: 1, count: 2 }],
			[2, { min: 2, max: 4, count: 2 }],
			[5, { min: 9, max: 9, count: 1 }]
		]);
		expect(scoreRanges(new Int32Array(0), new Float64Array(0)).size).toBe(0);
	});

	it('holds every customer', () => {
		const rows = fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 900 })));
		fc.assert(
			fc.property(rows, (list) => {
				const { rScore, features } = scored(list);
				const ranges = scoreRanges(rScore, features.get('recency_days') ?? new Float64Array(0));
				expect([...ranges.values()].reduce((sum, { count }) => sum + count, 0)).toBe(list.length);
				for (const [score, value] of list) {
					expect(ranges.get(score)?.min).toBeLessThanOrEqual(value);
					expect(ranges.get(score)?.max).toBeGreaterThanOrEqual(value);
				}
			}),
			{ seed: 41 }
		);
	});
});

describe('frequencyBands', () => {
	const titles = (rows: Parameters<typeof scored>[0]) =>
		frequencyBands(scored(rows), 5, format).map(({ title }) => title);

	it('says what each score really has where ties are split', () => {
		const rows = [
			[1, 1],
			[2, 1],
			[3, 1],
			[3, 2],
			[4, 2],
			[4, 4],
			[5, 4],
			[5, 30]
		] as const;
		expect(titles(rows)).toEqual(['1 order', '1 order', '1 to 2', '2 to 4', '4 or more']);
	});

	it('says where ties leave a score empty', () => {
		expect(
			titles([
				[1, 1],
				[3, 2],
				[4, 3],
				[5, 7]
			])
		).toEqual(['1 order', 'nobody', '2 orders', '3 orders', '7 orders']);
		expect(titles([])).toEqual(['nobody', 'nobody', 'nobody', 'nobody', 'nobody']);
	});

	it('has short forms, and nothing before there are customers', () => {
		const rows = [
			[1, 1],
			[3, 2],
			[4, 3],
			[4, 4],
			[5, 7],
			[5, 9]
		] as const;
		const short = frequencyBands(scored(rows), 5, format).map(
			(band) => `${band.short.title} ${band.short.note}`
		);
		expect(short).toEqual(['1 order', '– nobody', '2 orders', '3–4 orders', '7+ orders']);
		expect(frequencyBands(null, 5, format)).toEqual([]);
	});
});

describe('daysBands', () => {
	const bands = (rows: Parameters<typeof scored>[0]) =>
		daysBands(scored(rows), 5, format).map(({ title, note }) => [title, note]);

	it('says the days exactly, and a rounded length as about', () => {
		const rows = [
			[5, 1],
			[5, 38],
			[4, 39],
			[4, 60],
			[3, 61],
			[3, 164],
			[2, 165],
			[2, 900],
			[1, 1098],
			[1, 1164]
		];
		expect(bands(rows as [number, number][])).toEqual([
			['Last 38 days', 'about 5 weeks'],
			['39 to 60 days', 'to about 9 weeks'],
			['61 to 164 days', 'to about 5 months'],
			['165 to 900 days', 'to about 2.5 years'],
			['From 1,098 days', 'over 3 years']
		]);
	});

	it('says single days, short spans and empty scores', () => {
		expect(
			bands([
				[5, 1],
				[4, 2],
				[3, 3],
				[3, 5],
				[1, 9]
			])
		).toEqual([
			['Last day', undefined],
			['2 days', undefined],
			['3 to 5 days', undefined],
			['nobody', 'score 2'],
			['9 days', undefined]
		]);
	});

	it('has short forms that hold for every customer of the score', () => {
		const rows = [
			[5, 1],
			[5, 21],
			[4, 22],
			[4, 51],
			[3, 60],
			[2, 70],
			[2, 80],
			[1, 165],
			[1, 270]
		] as const;
		const short = daysBands(scored(rows), 5, format).map((band) => band.short.title);
		expect(short).toEqual(['≤ 21 d', '≤ 51 d', '60 d', '≤ 80 d', '≥ 165 d']);
		expect(daysBands(null, 5, format)).toEqual([]);
	});
});

it('names scores that stand for nothing else', () => {
	expect(averageBands(3).map(({ title }) => title)).toEqual(['Score 1', 'Score 2', 'Score 3']);
	expect(scoreBands('Recency', 2)).toEqual([
		{ title: 'Recency 1', short: { title: '1' } },
		{ title: 'Recency 2', short: { title: '2' } }
	]);
});

it('has as many bands as there are scores', () => {
	const three = scored([
		[1, 300],
		[2, 90],
		[3, 10]
	]);
	expect(daysBands(three, 3, format).map(({ title }) => title)).toEqual([
		'Last 10 days',
		'90 days',
		'300 days'
	]);
	expect(frequencyBands(three, 3, format)).toHaveLength(3);
});
