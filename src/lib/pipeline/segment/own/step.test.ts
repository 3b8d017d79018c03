import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import type { Engine } from '#lib/engine/engine.ts';
import { sql } from '#lib/engine/sql.ts';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { stepContext } from '../../../../../tests/support/raw-tables.ts';
import { factsOfFiles, withOwn } from '../../../../../tests/support/rule-facts.ts';
import type { Condition, Rule } from '../rules/schema.ts';
import { DEFAULT_OWN, OwnParams, type OwnResult, type OwnSegment } from './schema.ts';
import type { RuleFacts } from './scope.ts';
import { runOwn } from './step.ts';
import { notInOrder } from './yours.ts';

const GUARD: OwnParams['guard'] = { floor: 2, activeDays: 10, mostSegments: 30, overrides: {} };

function rule(id: string, ...conditions: Condition[]): OwnSegment {
	const all: Rule = { kind: 'group', match: 'all', conditions };
	return { kind: 'rule', id, name: `Rule ${id}`, rule: all, of: null };
}

function query(id: string, text: string): OwnSegment {
	return { kind: 'sql', id, name: `Query ${id}`, sql: text };
}

function list(id: string, ...people: string[]): OwnSegment {
	const members = people.map(fingerprint).toSorted();
	return { kind: 'list', id, name: `List ${id}`, members, origin: 'Pasted' };
}

function fingerprint(customerId: string): string {
	return createHash('sha256').update(customerId).digest('hex').slice(0, 16);
}

function frequencyFrom(value: number): Condition {
	return { kind: 'feature', feature: 'frequency', test: { type: 'number', test: { op: 'ge', value } } };
}

function isIn(segment: string, is = true): Condition {
	return { kind: 'segment', segment, isIn: is };
}

/** The customer ids of each own segment, and of each segment of the priority order. */
async function peopleIn(engine: Engine, table: 'own' | 'assigned'): Promise<Record<string, string>> {
	const from = table === 'own' ? sql`segment.own` : sql`segment.assigned`;
	const rows = await engine.rows<{ segment: string; people: string }>(sql`
		SELECT o.segment::VARCHAR AS segment, string_agg(f.customer_id, ' ' ORDER BY f.idx)::VARCHAR AS people
		FROM ${from} o JOIN features.customers f ON f.idx = o.idx GROUP BY o.segment ORDER BY o.segment`);
	return Object.fromEntries(rows.map(({ segment, people }) => [segment, people]));
}

describeEngines('own segments', (engine) => {
	let facts: RuleFacts;
	const run = (own: Partial<OwnParams>): Promise<OwnResult> =>
		runOwn(stepContext(engine()), withOwn(facts, { guard: GUARD, ...own }));
	const problems = async (...segments: OwnSegment[]) =>
		(await run({ segments })).segments.map(({ problem }) => problem);

	beforeAll(async () => {
		facts = await factsOfFiles(engine());
	});

	it('asks rules, SQL and lists, in the order in which they need each other', async () => {
		const segments = [
			rule('g1', isIn('own:g2'), isIn('own:g3', false)),
			rule('g2', frequencyFrom(2)),
			list('g3', 'b', 'nobody', 'e'),
			query('g4', "SELECT DISTINCT customer_id FROM clean.events WHERE event = 'visit';")
		];
		const result = await run({ segments });
		expect(await peopleIn(engine(), 'own')).toEqual({ g1: 'a c', g2: 'a b c', g3: 'b e', g4: 'b c d' });
		expect(result.segments).toEqual([
			{ id: 'g1', customers: 2, revenue: 60, problem: null, notFound: 0 },
			{ id: 'g2', customers: 3, revenue: 91, problem: null, notFound: 0 },
			{ id: 'g3', customers: 2, revenue: 81, problem: null, notFound: 1 },
			{ id: 'g4', customers: 3, revenue: 61, problem: null, notFound: 0 }
		]);
	});

	it('gives nobody without segments', async () => {
		const result = await run({});
		expect([result.segments, result.assigned]).toEqual([[], []]);
		expect(await peopleIn(engine(), 'own')).toEqual({});
	});

	it('says why a segment cannot be asked, and asks the others', async () => {
		const found = await problems(
			rule('g1', isIn('own:g2')),
			rule('g2', isIn('own:g1')),
			rule('g3', isIn('own:g9')),
			rule('g4', {
				kind: 'feature',
				feature: 'shoe_size',
				test: { type: 'number', test: { op: 'gt', value: 40 } }
			}),
			query('g5', 'SELECT frequency FROM features.customers'),
			query('g6', 'SELECT customer_id FROM features.customer'),
			query('g7', 'SELECT customer_id::INTEGER AS customer_id FROM features.customers'),
			rule('g8', frequencyFrom(3))
		);
		expect(found.slice(0, 2)).toEqual([
			'It names itself, by way of Rule g2.',
			'It names itself, by way of Rule g1.'
		]);
		expect(found.slice(2, 7).every((problem) => (problem?.length ?? 0) > 10)).toBe(true);
		expect(found[4]).toContain('customer_id');
		expect(found[7]).toBeNull();
		expect(await peopleIn(engine(), 'own')).toEqual({ g8: 'a' });
	});

	it('asks nothing of a segment that could not be asked', async () => {
		const segments = [
			rule('g1', isIn('own:g2', false)),
			rule('g2', isIn('own:g3')),
			rule('g3', isIn('own:g3')),
			rule('g4', isIn('own:g1', false))
		];
		const unasked = 'Rule g2 cannot be asked. Rule g3 cannot be asked. It names itself.';
		expect(await problems(...segments)).toEqual([
			unasked,
			'Rule g3 cannot be asked. It names itself.',
			'It names itself.',
			`Rule g1 cannot be asked. ${unasked}`
		]);
		expect(await peopleIn(engine(), 'own')).toEqual({});
	});

	it.each([
		'DROP TABLE clean.orders',
		'SELECT customer_id FROM features.customers; DELETE FROM clean.orders',
		"SELECT customer_id FROM features.customers) UNION (SELECT customer_id FROM read_csv('in/s1')",
		"COPY clean.orders TO 'out.csv'",
		"SELECT query('DROP TABLE clean.orders') AS customer_id",
		"SELECT content AS customer_id FROM read_text('/etc/hostname')",
		'SELECT 1) ; DROP TABLE clean.orders; --'
	])('refuses %s', async (text) => {
		const [problem] = await problems(query('g1', text));
		expect(problem?.length).toBeGreaterThan(10);
		const rows = await engine().rows<{ orders: number }>(
			sql`SELECT count(*)::INTEGER AS orders FROM clean.orders ORDER BY orders`
		);
		expect(rows).toEqual([{ orders: 10 }]);
	});

	it('gives everybody to the first segment of the order that they are in', async () => {
		const segments = [rule('g1', frequencyFrom(2)), list('g2', 'a', 'b', 'e'), rule('g3', isIn('own:g7'))];
		const priority = ['own:g2', 'own:g9', 'own:g3', 'own:g1', 'group:none', 'cluster:4:0'];
		const { assigned, yours, reach } = await run({ segments, priority });
		expect(yours).toEqual({ customers: 4, reached: 4 });
		expect(notInOrder(priority, { reach })).toEqual([]);
		expect(assigned).toEqual([
			{ segment: 'own:g2', customers: 3, assigned: 3, active: 2, givenTo: [] },
			{
				segment: 'own:g1',
				customers: 3,
				assigned: 1,
				active: 0,
				givenTo: [{ segment: 'own:g2', customers: 2 }]
			}
		]);
		expect(await peopleIn(engine(), 'assigned')).toEqual({ 'own:g2': 'a b e', 'own:g1': 'c' });
	});

	it('counts whom the order misses, and names the segments that have no place in it', async () => {
		const segments = [
			list('g1', 'a', 'b'),
			list('g2', 'b', 'c', 'd'),
			list('g3', 'd'),
			query('g4', 'SELECT 1')
		];
		const { yours, reach } = await run({ segments, priority: ['own:g1'] });
		expect(yours).toEqual({ customers: 4, reached: 2 });
		expect(notInOrder(['own:g1'], { reach })).toEqual(['own:g2', 'own:g3']);
		expect((await run({ segments, priority: [] })).yours).toEqual({ customers: 4, reached: 0 });
		expect((await run({})).yours).toEqual({ customers: 0, reached: 0 });
	});

	it('gives people once where a segment stands in the order twice', async () => {
		const segments = [list('g1', 'a', 'b'), list('g2', 'b', 'c')];
		const once = ['own:g1', 'own:g2'];
		const { assigned } = await run({ segments, priority: once });
		const again = await run({ segments, priority: ['own:g1', 'own:g2', 'own:g1', 'own:g2'] });
		expect(again.assigned).toEqual(assigned);
		expect(await peopleIn(engine(), 'assigned')).toEqual({ 'own:g1': 'a b', 'own:g2': 'c' });
		expect(OwnParams.parse({ ...DEFAULT_OWN, priority: [...once, ...once] }).priority).toEqual(once);
	});

	it('counts who ordered, did or clicked something in the last days', async () => {
		const segments = [query('g1', 'SELECT customer_id FROM features.customers')];
		const reachWithin = async (activeDays: number) => {
			const { reach } = await run({ segments, guard: { ...GUARD, activeDays } });
			return reach.find(({ segment }) => segment === 'own:g1');
		};
		// d ordered three days before the day, e two; a looked around the day before it.
		expect(await reachWithin(1)).toEqual({ segment: 'own:g1', customers: 5, active: 1 });
		expect(await reachWithin(2)).toEqual({ segment: 'own:g1', customers: 5, active: 2 });
		expect(await reachWithin(3)).toEqual({ segment: 'own:g1', customers: 5, active: 3 });
		expect(await reachWithin(11)).toEqual({ segment: 'own:g1', customers: 5, active: 4 });
		expect(await reachWithin(365)).toEqual({ segment: 'own:g1', customers: 5, active: 5 });
		const groups = (await run({})).reach.filter(({ segment }) => segment.startsWith('group:'));
		expect(groups.reduce((sum, { customers }) => sum + customers, 0)).toBe(5);
	});

	it('shares people out so that files are disjoint and nobody is lost, whatever the segments', async () => {
		const people = ['a', 'b', 'c', 'd', 'e'];
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.subarray(people), { minLength: 1, maxLength: 4 }),
				fc.func(fc.nat()),
				async (groups, key) => {
					const segments = groups.map((group, i) => list(`g${i + 1}`, ...group));
					const priority = segments.map(({ id }) => `own:${id}`).toSorted((x, y) => key(x) - key(y));
					const { assigned } = await run({ segments, priority });
					const shared = await peopleIn(engine(), 'assigned');
					const given = Object.values(shared).flatMap((names) => names.split(' '));
					expect(new Set(given).size).toBe(given.length);
					expect(given.toSorted()).toEqual(
						people.filter((person) => groups.some((each) => each.includes(person)))
					);
					for (const [i, { segment, customers, assigned: count, givenTo }] of assigned.entries()) {
						expect(segment).toBe(priority[i]);
						const members = groups[Number(segment.slice(5)) - 1] ?? [];
						expect(givenTo.reduce((sum, each) => sum + each.customers, count)).toBe(customers);
						const before = priority.slice(0, i).flatMap((ref) => groups[Number(ref.slice(5)) - 1] ?? []);
						expect(count).toBe(members.filter((person) => !before.includes(person)).length);
					}
				}
			),
			{ seed: 7, numRuns: 12 }
		);
	});
});
