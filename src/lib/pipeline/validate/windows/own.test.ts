import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { daysBetween, type Day } from '#lib/core/days.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { sql } from '#lib/engine/sql.ts';
import type { PastRules } from '#lib/pipeline/segment/own/past.ts';
import type { OwnSegment } from '#lib/pipeline/segment/own/schema.ts';
import { runOwn } from '#lib/pipeline/segment/own/step.ts';
import { leavesOf } from '#lib/pipeline/segment/rules/compile.ts';
import type { Condition, Rule, RuleGroup } from '#lib/pipeline/segment/rules/schema.ts';
import { fileOf } from '../../../../../tests/support/behaviour-files.ts';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { cleanRows, stepContext } from '../../../../../tests/support/raw-tables.ts';
import { factsOfFiles, withOwn } from '../../../../../tests/support/rule-facts.ts';
import {
	causeOf,
	compareOwnDays,
	MOST_RULES,
	ownWindowPeople,
	pastOfOwn,
	placeOf,
	rulesToAsk,
	type OwnRule
} from './own.ts';
import type { OwnWindows } from './schema.ts';

const { signal } = new AbortController();

/**
 * Seven customers, their orders by hand. On 1 March and 1 April, the as-of day:
 *
 *          orders in the last 31 days   orders in all   first seen
 *   stay             1   1                   2   3
 *   gone             1   0                   1   1
 *   back             0   1                   1   2
 *   less             1   0                   3   3
 *   more             0   1                   1   3
 *   away             0   0                   1   1
 *   new                  1                       1      in March
 */
const ORDERS: readonly (readonly [customer: string, day: Day])[] = [
	['stay', '2024-01-10'],
	['stay', '2024-02-10'],
	['stay', '2024-03-10'],
	['gone', '2024-02-05'],
	['back', '2024-01-05'],
	['back', '2024-03-20'],
	['less', '2024-01-02'],
	['less', '2024-01-03'],
	['less', '2024-02-20'],
	['more', '2024-01-20'],
	['more', '2024-03-05'],
	['more', '2024-03-06'],
	['away', '2023-12-24'],
	['new', '2024-03-15']
];
const AS_OF = '2024-04-01';
const THEN = '2024-03-01';
const FILES = [
	fileOf(
		's1',
		'orders',
		['order_id', 'date', 'amount', 'customer'],
		ORDERS.map(([customer, day], i) => [String(i + 1), day, '10', customer])
	)
];

const group = (match: RuleGroup['match'], ...conditions: Condition[]): Rule => ({
	...{ kind: 'group', match, conditions }
});
const recent: Condition = {
	...{ kind: 'activity', subject: 'orders', among: 'all', where: [], measure: { kind: 'count' }, per: null },
	window: { kind: 'last', length: { count: 31, unit: 'day' } },
	test: { op: 'ge', value: 1 }
};
const ordersFrom = (value: number): Condition => ({
	kind: 'feature',
	feature: 'frequency',
	test: { type: 'number', test: { op: 'ge', value } }
});
const own = (id: string, rule: Rule): OwnRule => ({ kind: 'rule', id, name: `Rule ${id}`, rule, of: null });

const RULES = {
	/** Ordered lately, two orders or more. */
	both: own('g1', group('all', recent, ordersFrom(2))),
	/** Not one of: ordered lately. */
	quiet: own('g2', group('none', recent)),
	/** Two orders or more, and either lately or three orders. */
	nested: own('g3', group('all', ordersFrom(2), group('any', recent, ordersFrom(3)))),
	named: own('g4', group('all', { kind: 'segment', segment: 'own:g2', isIn: false }))
};
const LIST: OwnSegment = { kind: 'list', id: 'g5', name: 'List', members: [], origin: 'Pasted' };

/** Random rules of conditions that can be worked out by hand. */
const { rule: MADE_RULES } = fc.letrec<{ rule: RuleGroup; condition: Condition }>((tie) => ({
	condition: fc.oneof(
		{ maxDepth: 2, withCrossShrink: true },
		fc.constant(recent),
		fc.integer({ min: 1, max: 4 }).map(ordersFrom),
		tie('rule')
	),
	rule: fc.record({
		kind: fc.constant('group' as const),
		match: fc.constantFrom('all' as const, 'any' as const, 'none' as const),
		conditions: fc.array(tie('condition'), { minLength: 1, maxLength: 3 })
	})
}));

const KNOWN_THEN = ['stay', 'gone', 'back', 'less', 'more', 'away'];

/** Whether a condition holds of a customer on a day, straight from the orders. */
function holds(condition: Condition, customer: string, on: Day): boolean {
	if (condition.kind === 'group') {
		const each = condition.conditions.map((one) => holds(one, customer, on));
		if (condition.match === 'all') return !each.includes(false);
		return condition.match === 'any' ? each.includes(true) : !each.includes(true);
	}
	const days = ORDERS.flatMap(([who, day]) => (who === customer && day < on ? [day] : []));
	if (condition.kind === 'activity') return days.some((day) => daysBetween(day, on) <= 31);
	if (condition.kind !== 'feature' || !('value' in condition.test.test)) throw new Error('not by hand');
	return days.length >= Number(condition.test.test.value);
}

interface OnBothDays {
	readonly was: boolean;
	readonly is: boolean;
	/** By place: the condition, and every bracket around it, says something else on the other day. */
	readonly moved: readonly boolean[];
}

function onBothDays(condition: Condition, customer: string): OnBothDays {
	const [was, is] = [holds(condition, customer, THEN), holds(condition, customer, AS_OF)];
	if (condition.kind !== 'group') return { was, is, moved: [was !== is] };
	const parts = condition.conditions.flatMap((each) => onBothDays(each, customer).moved);
	return { was, is, moved: parts.map((moved) => moved && was !== is) };
}

async function requestOf(
	engine: Engine,
	segments: readonly OwnSegment[],
	files = FILES,
	asOf: Day = AS_OF
): Promise<{ readonly request: PastRules; readonly rules: readonly OwnRule[] }> {
	const clean = await cleanRows(engine, files);
	const facts = withOwn(await factsOfFiles(engine, files, asOf), { segments: [...segments] });
	const result = await runOwn(stepContext(engine), facts);
	return {
		request: { facts, clean, clustering: null, cutPoints: null },
		rules: rulesToAsk(facts.params.own, result)
	};
}

describeEngines('own rules on a past day', (engine) => {
	let asked: Awaited<ReturnType<typeof requestOf>>;
	let found: OwnWindows;
	beforeAll(async () => {
		asked = await requestOf(engine(), [...Object.values(RULES), LIST]);
		found = await compareOwnDays(engine(), asked.request, asked.rules, [THEN], signal);
	});
	const people = (rule: OwnRule, side: 'stayed' | 'left' | 'entered', place?: number) =>
		ownWindowPeople(
			engine(),
			asked.request,
			rule,
			THEN,
			{ side, ...(place === undefined ? {} : { cause: causeOf(rule, place) }) },
			signal
		);

	it('have the people that they have by hand, among the customers of both days', async () => {
		expect(found.rules).toEqual(['own:g1', 'own:g2', 'own:g3', 'own:g4']);
		expect(found.now.segments?.map(({ customers }) => customers)).toEqual([3, 3, 4, 4]);
		expect(found.days).toMatchObject([{ day: THEN, customers: 6, problems: [null, null, null, null] }]);
		const counts = found.days[0]!.segments.map((each) => [each?.customers, each?.now, each?.stayed]);
		// Of g1 that day: stay, less; today: stay, back, more. Of g3 that day: stay, less; today also back and more.
		expect(counts).toEqual([
			[2, 3, 1],
			[3, 3, 1],
			[2, 4, 2],
			[3, 3, 1]
		]);
		expect(found.days[0]!.segments.map((each) => each?.jaccard)).toEqual([1 / 4, 1 / 5, 2 / 4, 1 / 5]);
		const sides = ['stayed', 'left', 'entered'] as const;
		const of = async (rule: OwnRule) => {
			const ids: (readonly string[])[] = [];
			for (const side of sides) ids.push(await people(rule, side));
			return ids;
		};
		expect((await of(RULES.both)).map((ids) => ids.toSorted())).toEqual([
			['stay'],
			['less'],
			['back', 'more']
		]);
		expect((await of(RULES.quiet)).map((ids) => ids.toSorted())).toEqual([
			['away'],
			['back', 'more'],
			['gone', 'less']
		]);
	});

	it('say which conditions moved whom', async () => {
		const causes = found.days[0]!.segments.map((each) => each?.causes);
		// Less stopped ordering; back and more ordered again, and for both it was the second order.
		expect(causes[0]).toEqual([
			{ id: 'g1:0', customers: 3, left: 1 },
			{ id: 'g1:1', customers: 2, left: 0 }
		]);
		expect(causes[1]).toEqual([{ id: 'g2:0', customers: 4, left: 2 }]);
		// Less stays by three orders, so that nobody left. Back came in lately, more lately and by three orders.
		expect(causes[2]).toEqual([
			{ id: 'g3:0', customers: 2, left: 0 },
			{ id: 'g3:1', customers: 2, left: 0 },
			{ id: 'g3:2', customers: 1, left: 0 }
		]);
		expect(await people(RULES.both, 'left', 0)).toEqual(['less']);
		expect(await people(RULES.both, 'left', 1)).toEqual([]);
		expect(await people(RULES.nested, 'entered', 2)).toEqual(['more']);
	});

	it('count what people of the day did in its month', () => {
		const months = found.days[0]!.segments.map((each) => each?.month);
		expect(months[0]).toEqual({ buyers: 1, spent: 10 });
		expect(months[1]).toEqual({ buyers: 2, spent: 30 });
	});

	it('are counted as by hand, whatever the brackets, and are the same people on the as-of day itself', async () => {
		const segments = fc
			.sample(MADE_RULES, { seed: 5, numRuns: MOST_RULES })
			.map((rule, i) => own(`g${i + 1}`, rule));
		const made = await requestOf(engine(), segments);
		const { days } = await compareOwnDays(engine(), made.request, made.rules, [THEN, AS_OF], signal);
		const [past, same] = days.map((day) => day.segments.map((each) => each!));
		for (const [i, { rule, id }] of segments.entries()) {
			const told = KNOWN_THEN.map((customer) => onBothDays(rule, customer));
			const count = (holds: (each: OnBothDays) => boolean) => told.filter(holds).length;
			expect(past![i]).toMatchObject({
				customers: count(({ was }) => was),
				now: count(({ is }) => is),
				stayed: count(({ was, is }) => was && is)
			});
			const causes = leavesOf(rule).map((_, place) => ({
				id: `${id}:${place}`,
				customers: count(({ was, is, moved }) => was !== is && moved[place] === true),
				left: count(({ was, is, moved }) => was && !is && moved[place] === true)
			}));
			expect(past![i]!.causes.toSorted((one, other) => placeOf(one.id) - placeOf(other.id))).toEqual(
				causes.filter(({ customers }) => customers > 0)
			);
			// Whoever left or came in was moved by something.
			expect(told.every(({ was, is, moved }) => was === is || moved.includes(true))).toBe(true);
			const { customers, now, jaccard } = same![i]!;
			expect([customers, same![i]!.causes, jaccard]).toEqual([now, [], customers === 0 ? null : 1]);
		}
		expect(past!.filter(({ causes }) => causes.length > 1).length).toBeGreaterThan(3);
		asked = await requestOf(engine(), [...Object.values(RULES), LIST]);
	});

	it('leave no table behind, and stop when aborted', async () => {
		const tables = () =>
			engine().rows<{ name: string }>(sql`
				SELECT schema_name || '.' || table_name AS name FROM duckdb_tables()
				WHERE schema_name IN ('features', 'segment') ORDER BY name`);
		const kept = await tables();
		const abort = new AbortController();
		const seen: number[] = [];
		const work = compareOwnDays(
			engine(),
			asked.request,
			asked.rules,
			[THEN, '2024-02-01'],
			abort.signal,
			({ days }) => {
				seen.push(days.length);
				abort.abort();
			}
		);
		await expect(work).rejects.toMatchObject({ name: 'AbortError' });
		expect(seen).toEqual([1]);
		expect(await tables()).toEqual(kept);
	});

	it('say why they cannot be asked of a day, and let the others be asked', async () => {
		const { request, rules } = await requestOf(engine(), [
			RULES.both,
			{ kind: 'sql', id: 'g7', name: 'Query', sql: 'SELECT customer_id FROM clean.orders' },
			own('g8', group('all', { kind: 'segment', segment: 'own:g7', isIn: true }))
		]);
		const { days } = await compareOwnDays(engine(), request, rules, [THEN, '2023-12-01'], signal);
		expect(days.map(({ problems }) => problems)).toEqual([
			['Nobody had ordered before that day.', 'Nobody had ordered before that day.'],
			[null, 'Query is SQL of your own, whose people are known of today alone.']
		]);
		expect(days[1]!.segments.map((each) => each?.jaccard)).toEqual([1 / 4, undefined]);
	});
});

describe('the past of the segments that the user made', () => {
	const segments = [RULES.both, RULES.quiet, LIST];
	const window = { customers: 30, now: 30, stayed: 20, jaccard: 0.5, month: { buyers: 15, spent: null } };
	const bare = { drift: [], distance: null, typical: [], causes: [] };
	const windows: OwnWindows = {
		...{ asOf: AS_OF, features: [], rules: ['own:g1', 'own:g2'], now: { customers: 9, segments: [] } },
		days: [
			{
				...{ day: THEN, customers: 40, segments: [{ ...window, ...bare }, null] },
				problems: [null, 'It needs visits.']
			}
		]
	};

	it('is their overlap, or why nothing is known of it', () => {
		const past = pastOfOwn(segments, ['big'], windows);
		expect(past.get('own:g1')).toMatchObject({ jaccard: 0.5, days: [THEN], problem: null });
		expect(past.get('own:g1')?.buyers?.value).toBe(0.5);
		expect(past.get('own:g2')).toEqual({
			...{ jaccard: null, distance: null, days: [], buyers: null, problem: 'It needs visits.' }
		});
		expect(past.get('own:g5')?.problem).toContain('A list stays as it is');
		expect(past.get('saved:big')?.problem).toContain('today’s tables');
	});

	it('is nothing before it has been asked', () => {
		expect(pastOfOwn(segments, [], null).get('own:g1')).toEqual({
			...{ jaccard: null, distance: null, days: [], buyers: null, problem: null }
		});
	});

	it('is asked of so many rules, and the others say so', () => {
		const many = Array.from({ length: MOST_RULES + 2 }, (_, i) => own(`g${i + 1}`, group('all', recent)));
		const results = many.map(({ id }) => ({ id, customers: 1, revenue: null, problem: null, notFound: 0 }));
		const first = rulesToAsk({ segments: many }, { segments: results });
		expect(first).toEqual(many.slice(0, MOST_RULES));
		const rules = first.map(({ id }) => `own:${id}`);
		const last = pastOfOwn(many, [], { ...windows, rules, days: [] }).get(`own:g${MOST_RULES + 1}`);
		expect(last?.problem).toContain(`first ${MOST_RULES}`);
	});
});
