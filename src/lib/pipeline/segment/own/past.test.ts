import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import type { Engine } from '#lib/engine/engine.ts';
import { sql } from '#lib/engine/sql.ts';
import { FIVE_AS_OF, FIVE_PEOPLE, type MadeFile } from '../../../../../tests/support/behaviour-files.ts';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { MADE_ACTIVITIES } from '../../../../../tests/support/made-rules.ts';
import { cleanRows, stepContext } from '../../../../../tests/support/raw-tables.ts';
import { factsOfFiles, withOwn } from '../../../../../tests/support/rule-facts.ts';
import { membersSql } from '../rules/compile.ts';
import type { Condition, Rule } from '../rules/schema.ts';
import type { ClusteringResult } from '../schema.ts';
import { ruleAt, sizesOverTime, type PastRules, type SizesOfDay } from './past.ts';
import type { OwnSegment } from './schema.ts';
import { scopeOfToday } from './scope.ts';
import { problemOf, runOwn } from './step.ts';

const { signal } = new AbortController();
const DAY = '2024-04-15';

const all = (...conditions: Condition[]): Rule => ({ kind: 'group', match: 'all', conditions });
const ordersFrom = (value: number): Condition => ({
	kind: 'feature',
	feature: 'frequency',
	test: { type: 'number', test: { op: 'ge', value } }
});
const isIn = (segment: string, is = true): Condition => ({ kind: 'segment', segment, isIn: is });
const visits: Condition = {
	kind: 'activity',
	subject: 'events',
	among: 'all',
	where: [],
	window: { kind: 'last', length: { count: 30, unit: 'day' } },
	measure: { kind: 'count' },
	per: null,
	test: { op: 'ge', value: 1 }
};
const channel: Condition = {
	kind: 'feature',
	feature: 'preferred_channel',
	test: { type: 'text', test: { op: 'is', values: ['web'] } }
};
const opened: Condition = {
	kind: 'feature',
	feature: 'open_rate',
	test: { type: 'number', test: { op: 'known' } }
};

const own = (id: string, ...conditions: Condition[]): OwnSegment => ({
	kind: 'rule',
	id,
	name: `Rule ${id}`,
	rule: all(...conditions),
	of: null
});

const SEGMENTS: readonly OwnSegment[] = [
	own('g1', isIn('own:g2'), isIn('own:g3', false)),
	own('g2', ordersFrom(2)),
	// The fingerprints of b and e.
	{
		kind: 'list',
		id: 'g3',
		name: 'List',
		members: ['3e23e8160039594a', '3f79bb7b435b0532'],
		origin: 'Pasted'
	},
	{ kind: 'sql', id: 'g4', name: 'Query', sql: 'SELECT customer_id FROM clean.orders' },
	own('g5', visits, channel),
	own('g6', { kind: 'group', match: 'any', conditions: [opened, isIn('group:champion'), isIn('group:new')] }),
	own('g7', isIn('own:g8')),
	own('g8', isIn('own:g7')),
	own('g9', isIn('own:g4', false))
];
const ASKABLE = ['own:g1', 'own:g2', 'own:g3', 'own:g5', 'own:g6'];

/** Two segments by the number of orders. */
const CLUSTERING = {
	clusterCount: 2,
	features: ['frequency'],
	categories: [],
	assignment: { kind: 'nearest', gamma: 0 },
	scaler: { scaling: 'none', centers: [0], scales: [1], lambdas: null },
	projection: null,
	profiles: [
		{ cluster: 0, centroid: [4], autoName: 'Often' },
		{ cluster: 1, centroid: [1], autoName: 'Once' }
	] as unknown as ClusteringResult['profiles']
} as const satisfies PastRules['clustering'];

/** What was known before a day. */
function before(day: string): readonly MadeFile[] {
	return FIVE_PEOPLE.map(({ source, rows }) => {
		const date = source.columns.indexOf('date');
		return { source, rows: date < 0 ? rows : rows.filter((row) => (row[date] ?? '') < day) };
	});
}

async function requestOf(engine: Engine, files: readonly MadeFile[], asOf: string): Promise<PastRules> {
	const clean = await cleanRows(engine, files);
	const facts = withOwn(await factsOfFiles(engine, files, asOf), { segments: [...SEGMENTS] });
	await runOwn(stepContext(engine), facts);
	return { facts, clean, clustering: CLUSTERING, cutPoints: null };
}

/** Of whom a rule holds on the day of the session itself. */
async function today(engine: Engine, { facts, clustering }: PastRules, rule: Rule) {
	const scope = scopeOfToday({ ...facts, clustering });
	const problem = await problemOf(engine, rule, scope, signal);
	if (problem !== null) return { problem, customerIds: [] };
	const people = await engine.columns(membersSql(rule, scope), signal);
	return { problem, customerIds: people.get('customerId') };
}

async function sizesToday(engine: Engine): Promise<Record<string, number>> {
	const rows = await engine.rows<{ segment: string; customers: number }>(sql`
		SELECT 'own:' || segment AS segment, count(*)::INTEGER AS customers FROM segment.own WHERE segment <> 'g4' GROUP BY ALL
		UNION ALL SELECT 'group:' || rfm_group, count(*)::INTEGER FROM segment.rfm GROUP BY ALL ORDER BY segment`);
	return Object.fromEntries(rows.map(({ segment, customers }) => [segment, customers]));
}

const bySegment = (refs: readonly string[], { sizes }: SizesOfDay) =>
	Object.fromEntries(refs.flatMap((ref, i) => (sizes[i]?.customers ? [[ref, sizes[i].customers]] : [])));

/** Rules about what people did, and those of the segments. */
const RULES: readonly Rule[] = [
	...fc.sample(MADE_ACTIVITIES, { seed: 74, numRuns: 8 }).map((condition) => all(condition)),
	...ASKABLE.map((ref) => all(isIn(ref))),
	all(isIn('group:champion'), isIn('own:g5', false))
];

describeEngines('rules of past days', (engine) => {
	let request: PastRules;
	beforeAll(async () => {
		request = await requestOf(engine(), FIVE_PEOPLE, FIVE_AS_OF);
	});

	it('hold today of whom they hold', async () => {
		let told = 0;
		for (const rule of RULES) {
			const { everyone, problem, customerIds } = await ruleAt(engine(), request, rule, FIVE_AS_OF, signal);
			expect(everyone).toBe(5);
			expect({ problem, customerIds }).toEqual(await today(engine(), request, rule));
			if (problem === null) told += 1;
		}
		expect(told).toBeGreaterThan(RULES.length / 2);
		const refs = [...ASKABLE, ...request.facts.rfm.table.map((group) => `group:${group.id}`)];
		const [sizes] = await sizesOverTime(engine(), request, refs, [FIVE_AS_OF], signal);
		expect(sizes && bySegment(refs, sizes)).toEqual(await sizesToday(engine()));
	});

	it('knows groups, lists and rules of a day, and no SQL', async () => {
		const refs = [
			'own:g1',
			'own:g2',
			'own:g3',
			'own:g4',
			'own:g7',
			'own:g9',
			'cluster:2:0',
			'cluster:2:1',
			'own:g99'
		];
		const days = ['2024-01-01', '2024-02-01', DAY, FIVE_AS_OF];
		const seen: string[] = [];
		const found = await sizesOverTime(engine(), request, refs, days, signal, ({ day }) => {
			seen.push(day);
		});
		expect(seen).toEqual(days);
		expect(found.map(({ everyone }) => everyone)).toEqual([0, 1, 3, 5]);
		// By hand: a and c have two orders before 15 April, b has two too and is listed; e comes later.
		expect(found[2]?.sizes.map(({ customers }) => customers)).toEqual([
			2,
			3,
			1,
			null,
			null,
			null,
			0,
			3,
			null
		]);
		expect(found[3]?.sizes.map(({ customers }) => customers)).toEqual([
			2,
			3,
			2,
			null,
			null,
			null,
			1,
			4,
			null
		]);
		expect(found[2]?.sizes.map(({ problem }) => problem)).toEqual([
			...[null, null, null],
			'Query is SQL of your own, whose people are known of today alone.',
			'It names itself, by way of Rule g8.',
			'Query is SQL of your own, whose people are known of today alone.',
			...[null, null],
			'The segment is not there any more.'
		]);
		expect(found[0]?.sizes[0]).toEqual({ customers: 0, problem: null });
	});

	it('leaves the tables of the session as they are, and none of its own', async () => {
		const tables = () =>
			engine().rows<{ name: string; rows: number }>(sql`
				SELECT schema_name || '.' || table_name AS name, estimated_size::INTEGER AS rows FROM duckdb_tables()
				WHERE schema_name IN ('features', 'segment') ORDER BY name`);
		const kept = await tables();
		await ruleAt(engine(), request, all(isIn('cluster:2:0'), isIn('own:g1')), DAY, signal);
		expect(await tables()).toEqual(kept);
	});

	it('stops between days', async () => {
		const abort = new AbortController();
		const days: string[] = [];
		const sizes = sizesOverTime(engine(), request, ['own:g2'], [DAY, FIVE_AS_OF], abort.signal, ({ day }) => {
			days.push(day);
			abort.abort();
		});
		await expect(sizes).rejects.toMatchObject({ name: 'AbortError' });
		expect(days).toEqual([DAY]);
	});

	it('do not see what came later', async () => {
		const seen = [];
		for (const rule of RULES) seen.push(await ruleAt(engine(), request, rule, DAY, signal));
		const [sizes] = await sizesOverTime(engine(), request, ASKABLE, [DAY], signal);
		const earlier = await requestOf(engine(), before(DAY), DAY);
		for (const [i, rule] of RULES.entries()) {
			expect(await ruleAt(engine(), earlier, rule, DAY, signal)).toEqual(seen[i]);
			expect(seen[i]).toMatchObject(await today(engine(), earlier, rule));
		}
		expect(await sizesOverTime(engine(), earlier, ASKABLE, [DAY], signal)).toEqual([sizes]);
	});
});
