import fc from 'fast-check';
import { beforeEach, expect, it } from 'vitest';
import type { Engine } from '#lib/engine/engine.ts';
import { sql } from '#lib/engine/sql.ts';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import type { RuleFeature } from '../rules/scope.ts';
import { knownSegments, type KnownSegment } from './overlap.sql.ts';
import {
	compareSegments,
	hasBit,
	measureSegments,
	overlapOf,
	peopleInMasks,
	sharedPairs,
	type OverlapContext
} from './step.ts';

/** Six customers: days since the last order, orders, spend, and a number that is below 0 for some and missing for one. */
const PEOPLE = [
	{ recency: 1, frequency: 9, money: 100, score: -2 },
	{ recency: 3, frequency: 4, money: 50, score: -1 },
	{ recency: 10, frequency: 1, money: 25.5, score: 0 },
	{ recency: 30, frequency: 2, money: 10, score: 1 },
	{ recency: 90, frequency: 1, money: 5, score: 2 },
	{ recency: 300, frequency: 1, money: 0, score: NaN }
];

async function writePeople(engine: Engine): Promise<void> {
	const column = (key: keyof (typeof PEOPLE)[number]) => Float64Array.from(PEOPLE, (each) => each[key]);
	await engine.insert('features', 'customers', {
		idx: Int32Array.from(PEOPLE, (_, i) => i),
		customer_id: PEOPLE.map((_, i) => `p${i}`),
		recency_days: column('recency'),
		frequency: column('frequency'),
		monetary_total: column('money'),
		score: column('score')
	});
}

async function writeMembers(
	engine: Engine,
	members: readonly (readonly number[])[]
): Promise<KnownSegment[]> {
	const rows = members.flatMap((rows, place) => rows.map((row) => ({ segment: `g${place + 1}`, row })));
	await engine.insert('segment', 'own', {
		segment: rows.map(({ segment }) => segment),
		idx: Int32Array.from(rows, ({ row }) => row)
	});
	return members.map((_, place) => ({
		ref: `own:g${place + 1}`,
		name: `Segment ${place + 1}`,
		members: sql`SELECT idx FROM segment.own WHERE segment = ${`g${place + 1}`}`
	}));
}

function contextOf(engine: Engine, hasMoney = true): OverlapContext {
	return { engine, signal: new AbortController().signal, hasMoney };
}

/** In which segments each person is, and nobody twice. */
function bruteForce(members: readonly (readonly number[])[]): Map<number, number[]> {
	const masks = PEOPLE.map((_, row) =>
		members.reduce((mask, rows, place) => (rows.includes(row) ? mask | (1 << place) : mask), 0)
	);
	const found = new Map<number, number[]>();
	masks.forEach((mask, row) => {
		if (mask !== 0) found.set(mask, [...(found.get(mask) ?? []), row]);
	});
	return found;
}

const anyMembers = fc.array(fc.array(fc.integer({ min: 0, max: PEOPLE.length - 1 }), { maxLength: 8 }), {
	minLength: 1,
	maxLength: 8
});

const FEATURES: RuleFeature[] = ['recency_days', 'score'].map((id) => ({
	id,
	label: id,
	kind: 'number',
	table: ['features', 'customers'],
	needs: []
}));

describeEngines('overlap of segments', (engine) => {
	beforeEach(() => writePeople(engine()));

	it('counts who is in exactly which segments, with their money', async () => {
		const segments = await writeMembers(engine(), [[0, 1, 2], [1, 2, 3], [5]]);
		const overlap = await overlapOf(contextOf(engine()), segments);
		expect(overlap.intersections).toEqual([
			{ mask: 3, customers: 2, revenue: 75.5 },
			{ mask: 1, customers: 1, revenue: 100 },
			{ mask: 2, customers: 1, revenue: 10 },
			{ mask: 4, customers: 1, revenue: 0 }
		]);
		expect(overlap.segments.map(({ name, customers, revenue }) => [name, customers, revenue])).toEqual([
			['Segment 1', 3, 175.5],
			['Segment 2', 3, 85.5],
			['Segment 3', 1, 0]
		]);
		expect(overlap.union).toEqual({ customers: 5, revenue: 185.5 });
		expect(sharedPairs(overlap)).toEqual([
			{ a: 0, b: 1, share: 2 / 3 },
			{ a: 1, b: 0, share: 2 / 3 }
		]);
	});

	it('equals brute force for any segments, and exclusive parts add up to the union', async () => {
		await fc.assert(
			fc.asyncProperty(anyMembers, async (members) => {
				const segments = await writeMembers(engine(), members);
				const { intersections, union, segments: sizes } = await overlapOf(contextOf(engine()), segments);
				const expected = bruteForce(members);
				expect(new Map(intersections.map(({ mask, customers }) => [mask, customers]))).toEqual(
					new Map([...expected].map(([mask, rows]) => [mask, rows.length]))
				);
				expect(intersections.reduce((sum, { customers }) => sum + customers, 0)).toBe(union.customers);
				expect(union.customers).toBe(new Set(members.flat()).size);
				expect(sizes.map(({ customers }) => customers)).toEqual(members.map((rows) => new Set(rows).size));
			}),
			{ seed: 7, numRuns: 25 }
		);
	});

	it('names exactly the people of an intersection', async () => {
		await fc.assert(
			fc.asyncProperty(anyMembers, async (members) => {
				const segments = await writeMembers(engine(), members);
				for (const [mask, rows] of bruteForce(members)) {
					const ids = await peopleInMasks(contextOf(engine()), segments, [mask]);
					expect(ids).toEqual(rows.map((row) => `p${row}`));
				}
			}),
			{ seed: 11, numRuns: 8 }
		);
	});

	it('has no money where there are no amounts', async () => {
		const segments = await writeMembers(engine(), [[0], []]);
		const { union, segments: sizes } = await overlapOf(contextOf(engine(), false), segments);
		expect(union).toEqual({ customers: 1, revenue: null });
		expect(sizes[1]).toMatchObject({ customers: 0, revenue: null });
	});

	it('refuses more segments than there are bits', async () => {
		const segments = await writeMembers(
			engine(),
			Array.from({ length: 9 }, () => [0])
		);
		await expect(overlapOf(contextOf(engine()), segments)).rejects.toThrow(RangeError);
	});

	it('compares two segments by people, Jaccard and what differs most', async () => {
		const pair = await writeMembers(engine(), [
			[0, 1, 2],
			[2, 3, 5]
		]);
		const [a, b] = pair as [KnownSegment, KnownSegment];
		const comparison = await compareSegments(contextOf(engine()), [a, b], FEATURES);
		expect(comparison).toMatchObject({
			onlyA: { customers: 2, revenue: 150 },
			both: { customers: 1, revenue: 25.5 },
			onlyB: { customers: 2, revenue: 10 },
			jaccard: 1 / 5
		});
		const [score, recency] = ['score', 'recency_days'].map((feature) =>
			comparison.differences.find((each) => each.feature === feature)
		);
		// Raw, for it goes below 0: means −1 and 0.5; everyone: −2, −1, 0, 1, 2 deviate by √2.
		expect(score).toMatchObject({ medianA: -1, medianB: 0.5, knownA: 3, knownB: 2 });
		expect(score?.difference).toBeCloseTo(-1.5 / Math.SQRT2, 9);
		const logs = PEOPLE.map((each) => Math.log1p(each.recency));
		const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
		const all = mean(logs);
		const spread = Math.sqrt(mean(logs.map((value) => (value - all) ** 2)));
		const of = (rows: readonly number[]) => mean(rows.map((row) => logs[row] ?? NaN));
		expect(recency?.difference).toBeCloseTo((of([0, 1, 2]) - of([2, 3, 5])) / spread, 9);
		expect(recency).toMatchObject({ medianA: 3, medianB: 30 });
		const sizes = comparison.differences.map(({ difference }) => Math.abs(difference));
		expect(sizes).toEqual(sizes.toSorted((x, y) => y - x));
	});

	it('compares those in one of the two alone, unless they are too few', async () => {
		const [a, b] = (await writeMembers(engine(), [
			[0, 1, 2],
			[2, 3, 5]
		])) as [KnownSegment, KnownSegment];
		const whole = await compareSegments(contextOf(engine()), [a, b], FEATURES);
		expect(whole.isWhole).toBe(true);
		const parted = await compareSegments(contextOf(engine()), [a, b], FEATURES, 2);
		expect(parted).toMatchObject({
			isWhole: false,
			onlyA: whole.onlyA,
			both: whole.both,
			jaccard: whole.jaccard
		});
		const [onlyA, onlyB] = (await writeMembers(engine(), [
			[0, 1],
			[3, 5]
		])) as [KnownSegment, KnownSegment];
		const { differences } = await compareSegments(contextOf(engine()), [onlyA, onlyB], FEATURES);
		expect(parted.differences).toEqual(differences);
		expect(parted.differences).not.toEqual(whole.differences);
	});

	it('turns every difference around when the two change places', async () => {
		const [a, b] = (await writeMembers(engine(), [
			[0, 3],
			[1, 4, 5]
		])) as [KnownSegment, KnownSegment];
		const there = await compareSegments(contextOf(engine()), [a, b], FEATURES);
		const back = await compareSegments(contextOf(engine()), [b, a], FEATURES);
		expect(back.jaccard).toBe(there.jaccard);
		expect(back.onlyA).toEqual(there.onlyB);
		for (const [i, { difference }] of there.differences.entries())
			expect(back.differences[i]?.difference).toBeCloseTo(-difference, 12);
	});

	it('has no Jaccard for two empty segments, and no difference to an empty one', async () => {
		const [a, b] = (await writeMembers(engine(), [[], []])) as [KnownSegment, KnownSegment];
		const { jaccard, differences } = await compareSegments(contextOf(engine()), [a, b], FEATURES);
		expect(jaccard).toBeNull();
		expect(differences).toEqual([]);
	});

	it('measures segments, also empty ones, and the spread of everyone', async () => {
		const segments = await writeMembers(engine(), [[0, 1], []]);
		const { segments: numbers, spread } = await measureSegments(contextOf(engine()), segments);
		expect(numbers[0]).toMatchObject({ ref: 'own:g1', customers: 2, revenue: 150 });
		expect(numbers[0]?.frequency).toBeCloseTo((Math.log(10) + Math.log(5)) / 2, 9);
		expect(numbers[1]).toEqual({
			ref: 'own:g2',
			customers: 0,
			revenue: 0,
			recency: null,
			frequency: null,
			money: null
		});
		expect(spread.recency).toBeGreaterThan(0);
		const { segments: without } = await measureSegments(contextOf(engine(), false), segments);
		expect(without[0]).toMatchObject({ customers: 2, revenue: null, money: null });
	});

	it('leaves out segments whose people are not known', () => {
		const problem = { ref: 'saved:big', name: 'Big', members: null, problem: 'It gives nothing.' };
		expect(knownSegments([problem])).toEqual([]);
		expect(hasBit(5, 2)).toBe(true);
		expect(hasBit(5, 1)).toBe(false);
	});
});
