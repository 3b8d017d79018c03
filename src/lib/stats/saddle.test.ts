import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromColumns, type Matrix } from '#lib/core/matrix.ts';
import { seeded, type Random } from '#lib/core/random.ts';
import { kmeans } from './kmeans.ts';
import { saddle } from './saddle.ts';
import { spreadColumns } from './spread-ties.ts';

const ROWS = 900;

/** So many equal values at a place of a line. */
const at = (place: number, count: number): number[] => Array.from({ length: count }, () => place);

function normal(random: Random): number {
	return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function made(rowOf: (random: Random, row: number) => readonly number[]): Matrix {
	const random = seeded(5);
	const rows = Array.from({ length: ROWS }, (_, row) => rowOf(random, row));
	return fromColumns((rows[0] ?? []).map((_, c) => rows.map((row) => row[c] ?? 0)));
}

const onCircle = (angle: number, radius: number) => [radius * Math.cos(angle), radius * Math.sin(angle)];

function saddleOf(data: Matrix, clusterCount: number): number {
	const { labels } = kmeans(data, { clusterCount, seed: 1, initCount: 10 });
	return saddle(data, { labels, clusterCount }, 18);
}

describe('the saddle', () => {
	it('is what the definition gives by hand', () => {
		const line = fromColumns([[...at(0, 40), ...at(5.1, 9), ...at(10, 50)]]);
		const labels = Array.from(line.values, (value) => Number(value > 5));
		// The means are 0 and 9.25…, so that 5.1 lies in the middle quarter of the way.
		expect(saddle(line, { labels, clusterCount: 2 }, 5)).toBeCloseTo((Math.sqrt(10) + 0.8224) ** 2 / 40, 12);
	});
	it('is 1 where fewer than two clusters are large enough, and where means are one', () => {
		const line = fromColumns([[...at(0, 40), ...at(10, 4)]]);
		const labels = Array.from(line.values, (value) => Number(value > 5));
		expect(saddle(line, { labels, clusterCount: 2 }, 5)).toBe(1);
		const alike = fromColumns([at(3, 20)]);
		expect(
			saddle(alike, { labels: Array.from({ length: 20 }, (_, row) => row % 2), clusterCount: 2 }, 5)
		).toBe(1);
	});
	it('is near 0 between groups, also where some of them are split further', () => {
		const groups = made((random, row) => [5 * (row % 3) + normal(random), 5 * (row % 2) + normal(random)]);
		for (const clusterCount of [6, 7, 8]) expect(saddleOf(groups, clusterCount)).toBeLessThan(0.3);
	});
	it.each<[string, (random: Random) => readonly number[]]>([
		['a disc', (random) => onCircle(2 * Math.PI * random(), Math.sqrt(random()))],
		['half a circle', (random) => onCircle(Math.PI * random(), 1)],
		['a long tail', (random) => [Math.exp(normal(random)), Math.exp(normal(random))]],
		['six columns of one cloud', (random) => Array.from({ length: 6 }, () => normal(random))]
	])('is high between slices of %s', (_, rowOf) => {
		const data = made(rowOf);
		for (const clusterCount of [2, 3, 4, 6, 8]) expect(saddleOf(data, clusterCount)).toBeGreaterThan(0.5);
	});
	it('stays within 0 and 1, and does not change with the order or the scale', () => {
		const table = fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })), {
			minLength: 12,
			maxLength: 60
		});
		fc.assert(
			fc.property(table, (rows) => {
				const labels = rows.map((_, row) => row % 3);
				const of = (order: readonly (readonly number[])[], own: readonly number[], by = 1) =>
					saddle(
						fromColumns([0, 1].map((c) => order.map((row) => by * (row[c] as number)))),
						{ labels: own, clusterCount: 3 },
						2
					);
				const value = of(rows, labels);
				expect(value).toBeGreaterThan(0);
				expect(value).toBeLessThanOrEqual(1);
				expect(of(rows, labels, 4)).toBe(value);
				expect(of(rows.toReversed(), labels.toReversed())).toBe(value);
			}),
			{ seed: 1 }
		);
	});
});

describe('spread columns', () => {
	it('fill the steps of a count, and leave yes and no as they are', () => {
		const counts = Array.from({ length: 60 }, (_, row) => 1 + (row % 3));
		const flags = counts.map((count) => Number(count === 1));
		const { values } = spreadColumns(fromColumns([counts, flags]));
		const spread = Float64Array.from({ length: 60 }, (_, row) => values[2 * row] as number);
		expect(Array.from(spread, Math.round)).toEqual(counts);
		expect([...spread.sort()]).toEqual(
			Array.from({ length: 60 }, (_, i) => expect.closeTo(0.5 + (i + 0.5) / 20, 12))
		);
		expect(Array.from({ length: 60 }, (_, row) => values[2 * row + 1])).toEqual(flags);
	});
});
