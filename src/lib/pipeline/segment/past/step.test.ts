import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '#lib/engine/engine.ts';
import { sql } from '#lib/engine/sql.ts';
import type { CleanResult } from '#lib/pipeline/clean/schema.ts';
import { DEFAULT_FEATURES } from '#lib/pipeline/features/schema.ts';
import { runFeatures } from '#lib/pipeline/features/step.ts';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { cleanRows, makeSource, stepContext } from '../../../../../tests/support/raw-tables.ts';
import { runRfm } from '../rfm/step.ts';
import type { ClusteringResult, RfmParams } from '../schema.ts';
import type { BaseRate, Horizon, PastDay } from './schema.ts';
import {
	goBack,
	groupPast,
	latestSeenDay,
	movedIds,
	movementSince,
	ordersByMonth,
	pastIds,
	type PastRequest
} from './step.ts';

const { signal } = new AbortController();
const SOURCE = makeSource(['Order', 'Day', 'Price', 'Customer'], {
	order_id: 'Order',
	date: 'Day',
	amount: 'Price',
	customer: 'Customer'
});
const PARAMS: RfmParams = { scheme: 'quintiles', cutPoints: null, groups: null };
const DAY = '2024-03-01';

/** Five customers before the day, and one who comes later. */
const BEFORE = [
	['1', '2024-01-01', '10', 'a'],
	['2', '2024-02-29 23:59:59', '10', 'a'],
	['3', '2024-01-10', '20', 'b'],
	['4', '2024-01-20', '30', 'c'],
	['5', '2024-02-01', '40', 'd'],
	['6', '2024-02-10', '50', 'e']
];
/** At the start of the day; at the end of the 30th day and the start of the 31st; a credit note alone; day 90 and 91. */
const AFTER = [
	['7', '2024-03-01', '7', 'b'],
	['8', '2024-03-30 23:59:59', '8', 'c'],
	['9', '2024-03-31', '9', 'd'],
	['C9', '2024-03-05', '-3', 'e'],
	['10', '2024-05-29 12:00', '11', 'a'],
	['11', '2024-05-30', '100', 'e'],
	['12', '2024-03-02', '60', 'f']
];

function request(clean: CleanResult, more: Partial<PastRequest> = {}): PastRequest {
	return {
		day: DAY,
		params: PARAMS,
		featureParams: DEFAULT_FEATURES,
		clean,
		clustering: null,
		cutPoints: null,
		...more
	};
}

function cleaned(engine: Engine, rows: readonly string[][]): Promise<CleanResult> {
	return cleanRows(engine, [{ source: SOURCE, rows }], { net_returns: true });
}

function seen(past: PastDay, horizon: Horizon) {
	const outcome = past.outcomes.find((each) => each.horizon === horizon);
	if (!outcome?.seen) throw new Error(`${horizon} days are not seen`);
	return outcome.seen;
}

const plain = ({ customers, buyers, value }: BaseRate) => [customers, buyers, value?.value];

/** A clustering of two segments by the number of orders: one order, and two. */
const CLUSTERING = {
	features: ['frequency'],
	categories: [],
	assignment: { kind: 'nearest', gamma: 0 },
	scaler: { scaling: 'none', centers: [0], scales: [1], lambdas: null },
	projection: null,
	profiles: [
		{ cluster: 0, centroid: [2] },
		{ cluster: 1, centroid: [1] }
	] as unknown as ClusteringResult['profiles']
} as const satisfies PastRequest['clustering'];

describeEngines('goBack', (engine) => {
	let clean: CleanResult;
	beforeAll(async () => {
		clean = await cleaned(engine(), [...BEFORE, ...AFTER]);
	});

	it('counts what five customers did, to the minute', async () => {
		const past = await goBack(engine(), request(clean), signal);
		expect(past).toMatchObject({ day: DAY, customers: 5, linesOf: 'day', segmentsLack: [] });
		expect(past.outcomes.map(({ until }) => until)).toEqual(['2024-03-31', '2024-04-30', '2024-05-30']);
		expect(plain(seen(past, 30).everyone)).toEqual([5, 2, (7 + 8 - 3) / 5]);
		expect(plain(seen(past, 60).everyone)).toEqual([5, 3, (7 + 8 + 9 - 3) / 5]);
		expect(plain(seen(past, 90).everyone)).toEqual([5, 4, (7 + 8 + 9 + 11 - 3) / 5]);
		// SciPy 1.10: stats.t.interval(0.95, 4, 2.4, stats.sem([0, 7, 8, 0, -3])), binomtest(2, 5).proportion_ci(method='wilson')
		const { share, value } = seen(past, 30).everyone;
		expect(value?.low).toBeCloseTo(-3.593521251096, 9);
		expect(value?.high).toBeCloseTo(8.393521251096, 9);
		expect(share.low).toBeCloseTo(0.117620774233, 9);
		expect(share.high).toBeCloseTo(0.769275718724, 9);
	});

	it('shares everyone out to groups and to cells', async () => {
		const { outcomes } = await goBack(engine(), request(clean), signal);
		for (const { seen: found } of outcomes) {
			if (!found) throw new Error('the horizon is seen');
			expect(found.cells).toHaveLength(25);
			for (const rates of [found.groups, found.cells]) {
				const sum = (of: 'customers' | 'buyers') => rates.reduce((total, rate) => total + rate[of], 0);
				expect([sum('customers'), sum('buyers')]).toEqual([found.everyone.customers, found.everyone.buyers]);
			}
		}
	});

	it('gives today’s segments by their centres, and says what they lack', async () => {
		const past = await goBack(engine(), request(clean, { clustering: CLUSTERING }), signal);
		expect(seen(past, 90).segments?.map(plain)).toEqual([
			[1, 1, 11],
			[4, 3, (7 + 8 + 9 - 3) / 4]
		]);
		expect(await pastIds(engine(), { kind: 'segment', cluster: 0 }, past.axes, signal)).toEqual(['a']);
		const own = { ...CLUSTERING, features: ['my_number'] };
		const without = await goBack(engine(), request(clean, { clustering: own }), signal);
		expect(without.segmentsLack).toEqual(['My number']);
		const shadowed = { clustering: CLUSTERING, ownFeatures: ['frequency'] };
		const ofToday = await goBack(engine(), request(clean, shadowed), signal);
		expect(seen(ofToday, 90).segments).toBeNull();
		expect(seen(without, 90).segments).toBeNull();
	});

	it('says what is not over yet, and what is short', async () => {
		const past = await goBack(engine(), request(clean, { day: '2024-04-01' }), signal);
		expect(past.outcomes.map((outcome) => outcome.seen !== null)).toEqual([true, true, false]);
		expect(past.notices).toEqual([
			{
				code: 'past.short-after',
				details: { day: '2024-04-01', lastOrder: '2024-05-30', horizons: [90] }
			}
		]);
		const early = await goBack(engine(), request(clean, { day: '2024-01-11' }), signal);
		expect(early.notices).toEqual([
			{
				code: 'past.short-before',
				details: { day: '2024-01-11', firstOrder: '2024-01-01', days: 10, needed: 90 }
			}
		]);
		await expect(goBack(engine(), request(clean, { day: '2024-01-01' }), signal)).rejects.toMatchObject({
			code: 'features.no-customers'
		});
	});

	it('uses today’s lines or the user’s own where it is told to', async () => {
		const cutPoints = { recencyDays: [10, 20, 30, 40], frequency: [1, 2, 3, 4], monetaryTotal: [1, 2, 3, 4] };
		const now = await goBack(engine(), request(clean, { cutPoints }), signal);
		expect(now).toMatchObject({ linesOf: 'now', cutPoints });
		const given = { scheme: 'fixed', cutPoints, groups: null };
		const fixed = await goBack(engine(), request(clean, { params: given, cutPoints: null }), signal);
		expect(fixed).toMatchObject({ linesOf: 'given', cutPoints });
		expect(fixed.outcomes).toEqual(now.outcomes);
	});

	it('is moved by nothing that comes after it', async () => {
		const later = [
			['20', '2024-05-30', '500', 'a'],
			['21', '2024-07-01', '500', 'c'],
			['22', '2024-06-15', '500', 'g']
		];
		const past = await goBack(engine(), request(clean), signal);
		const other = await cleaned(engine(), [...BEFORE, ...AFTER, ...later]);
		expect(await goBack(engine(), request(other), signal)).toEqual(past);
		clean = await cleaned(engine(), [...BEFORE, ...AFTER]);
	});

	it('touches nothing of the session', async () => {
		const context = stepContext(engine());
		await runRfm(context, PARAMS, await runFeatures(context, DEFAULT_FEATURES, clean));
		const all = () =>
			engine().rows(sql`
				SELECT customer_id::VARCHAR AS id, recency_days::DOUBLE AS days, rfm_group::VARCHAR AS "group"
				FROM features.customers JOIN segment.rfm USING (idx) ORDER BY idx`);
		const before = await all();
		await goBack(engine(), request(clean), signal);
		expect(await all()).toEqual(before);
		expect(before).toHaveLength(6);
	});

	it('tells who went where until today, and who they are', async () => {
		const context = stepContext(engine());
		const rfm = await runRfm(context, PARAMS, await runFeatures(context, DEFAULT_FEATURES, clean));
		const past = await goBack(engine(), request(clean), signal);
		const ids = past.table.map(({ id }) => id);
		expect(rfm.table.map(({ id }) => id)).toEqual(ids);
		const { counts } = await movementSince(engine(), 'now', 'group', ids, signal);
		const rowSums = counts.map((row) => row.reduce((sum, count) => sum + count, 0));
		expect(rowSums).toEqual([...seen(past, 30).groups.map(({ customers }) => customers), 1]);
		expect(counts.map((row) => row.at(-1))).toEqual(counts.map(() => 0));
		const found: string[] = [];
		for (const [from, row] of counts.entries()) {
			for (const [to, count] of row.entries()) {
				if (count === 0) continue;
				const filter = { kind: 'cell', by: 'group', from: from === ids.length ? null : from, to } as const;
				const people = await movedIds(engine(), 'now', filter, ids, signal);
				expect(people).toHaveLength(count);
				found.push(...people);
				if (filter.from === null) expect(people).toEqual(['f']);
			}
		}
		expect(found.sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
	});

	it('compares two past days', async () => {
		await goBack(engine(), request(clean, { day: '2024-01-15', clustering: CLUSTERING }), signal);
		await groupPast(engine(), request(clean, { clustering: CLUSTERING }), 'to', signal);
		const { counts } = await movementSince(engine(), 'to', 'segment', ['0', '1'], signal);
		expect(counts).toEqual([
			[0, 0, 0],
			[1, 1, 0],
			[0, 3, 0]
		]);
		const moved = { kind: 'cell', by: 'segment', from: 1, to: 0 } as const;
		expect(await movedIds(engine(), 'to', moved, ['0', '1'], signal)).toEqual(['a']);
	});

	it('counts messages where there are any', async () => {
		const sends = {
			...makeSource(
				['When', 'Who', 'What'],
				{ date: 'When', customer: 'Who', campaign: 'What' },
				{ id: 's2' }
			),
			kind: 'sends' as const
		};
		const rows = [
			['2024-03-01', 'a', 'Spring'],
			['2024-03-20', 'a', 'Spring'],
			['2024-04-15', 'b', 'Spring'],
			['2024-02-29', 'c', 'Spring'],
			['2024-03-10', 'f', 'Spring']
		];
		const both = await cleanRows(engine(), [
			{ source: SOURCE, rows: [...BEFORE, ...AFTER] },
			{ source: sends, rows }
		]);
		const past = await goBack(engine(), request(both), signal);
		expect(past.outcomes.map((outcome) => outcome.seen?.messaged)).toEqual([1, 2, 2]);
	});

	it('gives the orders of each month', async () => {
		clean = await cleaned(engine(), [...BEFORE, ...AFTER]);
		expect(await ordersByMonth(engine(), signal)).toEqual([
			{ month: '2024-01-01', orders: 3 },
			{ month: '2024-02-01', orders: 3 },
			{ month: '2024-03-01', orders: 4 },
			{ month: '2024-05-01', orders: 2 }
		]);
	});
});

describe('latestSeenDay', () => {
	it('leaves room for the horizon, and for an order before it', () => {
		const history = { firstOrder: '2010-12-01', lastOrder: '2011-08-31' };
		expect(latestSeenDay(history, 60)).toBe('2011-07-03');
		expect(latestSeenDay(history, 1)).toBe('2011-08-31');
		expect(latestSeenDay({ ...history, firstOrder: '2011-07-03' }, 60)).toBeNull();
		expect(latestSeenDay({ ...history, lastOrder: null }, 60)).toBeNull();
	});
});
