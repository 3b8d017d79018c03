import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Engine } from '#lib/engine/engine.ts';
import { day, id, sql } from '#lib/engine/sql.ts';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { sequenceHolds, timeOf, type Act } from '../../../../../tests/support/sequence-oracle.ts';
import { sequence } from './conditions/sequence.ts';
import type { Duration, SequenceCondition, SequenceStep } from './schema.ts';
import { sequenceMembers } from './sequence.sql.ts';

const AS_OF = '2024-03-01';
const DAYS_7: Duration = { count: 7, unit: 'day' };
const MONTH: Duration = { count: 1, unit: 'month' };

function step(kind: string, change: Partial<SequenceStep> = {}): SequenceStep {
	const where = kind === 'any' ? [] : [isKind(kind)];
	return { did: true, subject: 'events', where, which: 'any', times: 1, within: null, ...change };
}

function isKind(kind: string): SequenceStep['where'][number] {
	return { field: 'kind', test: { type: 'text', test: { op: 'is', values: [kind] } } };
}

function not(kind: string, change: Partial<SequenceStep> = {}): SequenceStep {
	return step(kind, { ...change, did: false });
}

function inOrder(steps: SequenceStep[], change: Partial<SequenceCondition> = {}): SequenceCondition {
	return { kind: 'sequence', ordered: true, steps, within: null, window: null, ...change };
}

function inAnyOrder(steps: SequenceStep[], change: Partial<SequenceCondition> = {}): SequenceCondition {
	return inOrder(steps, { ...change, ordered: false });
}

/** A journey such as `view 2024-01-01 10:00`; an act at `-` has no time. */
function journey(texts: readonly string[]): Act[] {
	return texts.map((text, record) => {
		const [kind = '', ...time] = text.split(' ');
		return { subject: 'events', kind, time: time[0] === '-' ? null : timeOf(time.join(' ')), record };
	});
}

interface Case {
	/** What it shows. */
	readonly it: string;
	readonly asked: SequenceCondition;
	readonly acts: readonly string[];
	readonly holds: boolean;
}

const VIEW_THEN_BUY_7 = inOrder([step('view'), step('buy', { within: DAYS_7 })]);
const LEFT_7 = inOrder([step('view'), not('buy', { within: DAYS_7 })]);

const TRUTH: readonly Case[] = [
	{
		it: 'exactly 7 days later is within 7 days',
		asked: VIEW_THEN_BUY_7,
		acts: ['view 2024-01-01 10:00', 'buy 2024-01-08 10:00'],
		holds: true
	},
	{
		it: '7 days and one second is not',
		asked: VIEW_THEN_BUY_7,
		acts: ['view 2024-01-01 10:00', 'buy 2024-01-08 10:00:01'],
		holds: false
	},
	{
		it: 'at the same time counts as after, whichever stands first in the file',
		asked: VIEW_THEN_BUY_7,
		acts: ['buy 2024-01-01 10:00', 'view 2024-01-01 10:00'],
		holds: true
	},
	{
		it: 'one second before is not after',
		asked: VIEW_THEN_BUY_7,
		acts: ['buy 2024-01-01 09:59:59', 'view 2024-01-01 10:00'],
		holds: false
	},
	{
		it: 'the first view is too old, a later one is not',
		asked: VIEW_THEN_BUY_7,
		acts: ['view 2024-01-01', 'view 2024-01-20', 'buy 2024-01-21'],
		holds: true
	},
	{
		it: 'one record is not two steps, though both match it',
		asked: inOrder([step('any'), step('buy')]),
		acts: ['buy 2024-01-01'],
		holds: false
	},
	{
		it: 'two records of one time can be two steps that both match either',
		asked: inOrder([step('buy'), step('buy')]),
		acts: ['buy 2024-01-01', 'buy 2024-01-01'],
		holds: true
	},
	{
		it: 'a record does not come back as a later step at its own time',
		asked: inOrder([step('view'), step('buy'), step('view')]),
		acts: ['view 2024-01-01', 'buy 2024-01-01'],
		holds: false
	},
	{
		it: 'three times needs three records, two of one time are not enough',
		asked: inOrder([step('view', { times: 3 })]),
		acts: ['view 2024-01-01', 'view 2024-01-01'],
		holds: false
	},
	{
		it: 'repeats are each within 7 days of the one before, not of the first',
		asked: inOrder([step('view', { times: 3, within: DAYS_7 })]),
		acts: ['view 2024-01-01', 'view 2024-01-07', 'view 2024-01-13'],
		holds: true
	},
	{
		it: 'the sequence as a whole is then longer than 7 days',
		asked: inOrder([step('view', { times: 3 })], { within: DAYS_7 }),
		acts: ['view 2024-01-01', 'view 2024-01-07', 'view 2024-01-13'],
		holds: false
	},
	{
		it: 'the first order is asked for, and the view comes before it',
		asked: inOrder([step('view'), step('buy', { which: 'first' })]),
		acts: ['buy 2024-01-01', 'view 2024-01-02', 'buy 2024-01-03'],
		holds: false
	},
	{
		it: 'the last order is asked for, and the view comes before it',
		asked: inOrder([step('view'), step('buy', { which: 'last' })]),
		acts: ['buy 2024-01-01', 'view 2024-01-02', 'buy 2024-01-03'],
		holds: true
	},
	{
		it: 'not bought within 7 days, and bought one second later',
		asked: LEFT_7,
		acts: ['view 2024-01-01 10:00', 'buy 2024-01-08 10:00:01'],
		holds: true
	},
	{
		it: 'bought exactly 7 days later is bought',
		asked: LEFT_7,
		acts: ['view 2024-01-01 10:00', 'buy 2024-01-08 10:00'],
		holds: false
	},
	{
		it: 'not bought yet, but the 7 days are not over',
		asked: LEFT_7,
		acts: ['view 2024-02-23 00:00:01'],
		holds: false
	},
	{
		it: 'the 7 days end with the day before the as-of day',
		asked: LEFT_7,
		acts: ['view 2024-02-23 00:00'],
		holds: true
	},
	{
		it: 'not bought between two views: the second pair will do',
		asked: inOrder([step('view'), not('buy'), step('view')]),
		acts: ['view 2024-01-01', 'buy 2024-01-02', 'view 2024-01-03', 'view 2024-01-04'],
		holds: true
	},
	{
		it: 'bought at the time of the second view is bought in between',
		asked: inOrder([step('view'), not('buy'), step('view')]),
		acts: ['view 2024-01-01', 'view 2024-01-03', 'buy 2024-01-03'],
		holds: false
	},
	{
		it: 'never bought again: the order itself does not count against it',
		asked: inOrder([step('buy'), not('buy')]),
		acts: ['buy 2024-01-01', 'buy 2024-01-05'],
		holds: true
	},
	{
		it: 'two orders of one time: the other one does count',
		asked: inOrder([step('buy'), not('buy')]),
		acts: ['buy 2024-01-05', 'buy 2024-01-05'],
		holds: false
	},
	{
		it: 'in any order, within 7 days of each other',
		asked: inAnyOrder([step('view'), step('buy')], { within: DAYS_7 }),
		acts: ['buy 2024-01-01', 'view 2024-01-08'],
		holds: true
	},
	{
		it: 'in any order, and what must not be done stands elsewhere in the window',
		asked: inAnyOrder([step('view'), step('buy'), not('cart')], {
			window: { kind: 'since', day: '2024-01-01' }
		}),
		acts: ['view 2024-01-01', 'buy 2024-01-02', 'cart 2024-02-20'],
		holds: false
	},
	{
		it: 'what must not be done stands before the window',
		asked: inAnyOrder([step('view'), step('buy'), not('cart')], {
			window: { kind: 'since', day: '2024-01-01' }
		}),
		acts: ['cart 2023-12-31 23:59:59', 'view 2024-01-01', 'buy 2024-01-02'],
		holds: true
	},
	{
		it: 'both ends of a window count whole',
		asked: inOrder([step('view'), step('buy')], {
			window: { kind: 'between', from: '2024-01-01', to: '2024-01-02' }
		}),
		acts: ['view 2024-01-01 00:00', 'buy 2024-01-02 23:59:59'],
		holds: true
	},
	{
		it: 'what was not done is looked for beyond the window',
		asked: inOrder([step('view'), not('buy', { within: DAYS_7 })], {
			window: { kind: 'until', day: '2024-01-02' }
		}),
		acts: ['view 2024-01-02', 'buy 2024-01-05'],
		holds: false
	},
	{
		it: 'an order on the as-of day is not seen',
		asked: inOrder([step('view'), step('buy')]),
		acts: ['view 2024-02-29 23:59:59', 'buy 2024-03-01 00:00'],
		holds: false
	},
	{
		it: 'a month before 29 February is 29 January',
		asked: inOrder([step('view'), step('buy', { within: MONTH })]),
		acts: ['view 2024-01-28 23:59', 'buy 2024-02-29'],
		holds: false
	},
	{
		it: 'a month before 31 January is the last day of December',
		asked: inOrder([step('view'), step('buy', { within: MONTH })]),
		acts: ['view 2023-12-31 10:00', 'buy 2024-01-31 10:00'],
		holds: true
	},
	{
		it: 'records without a time take no part',
		asked: inOrder([step('view'), not('buy')]),
		acts: ['view 2024-01-01', 'buy -', 'view -'],
		holds: true
	},
	{
		it: 'viewed, carted, not bought within 7 days of the view',
		asked: inOrder([step('view'), step('cart'), not('buy')], { within: DAYS_7 }),
		acts: ['view 2024-01-01', 'cart 2024-01-05', 'buy 2024-01-09'],
		holds: true
	},
	{
		it: 'the same with two views: of the later one the 7 days are not without an order, of the earlier they are',
		asked: inOrder([step('view'), step('cart'), not('buy')], { within: DAYS_7 }),
		acts: ['view 2024-01-01', 'view 2024-01-04', 'cart 2024-01-05', 'buy 2024-01-09'],
		holds: true
	}
];

async function writeActs(engine: Engine, people: readonly (readonly Act[])[]): Promise<void> {
	const rows = people.flatMap((acts, person) => acts.map((act) => ({ ...act, person })));
	await engine.insert('segment', 'acts', {
		person: Int32Array.from(rows, ({ person }) => person),
		subject: rows.map(({ subject }) => subject),
		kind: rows.map(({ kind }) => kind),
		ms: Float64Array.from(rows, ({ time }) => time ?? NaN),
		record: Int32Array.from(rows, ({ record }) => record)
	});
	await engine.exec(sql`
		CREATE OR REPLACE TABLE segment.people AS
		SELECT i::INTEGER AS idx, 'p' || i AS customer_id FROM range(${people.length}) t(i)`);
}

async function asked(engine: Engine, condition: SequenceCondition, asOf = AS_OF): Promise<number[]> {
	const members = sequenceMembers(condition, {
		asOf: day(asOf),
		customers: id('segment', 'people'),
		recordsOf: (subject) => sql`
			SELECT 'p' || person AS customer_id, make_timestamp((ms * 1000)::BIGINT) AS at, record, kind
			FROM segment.acts WHERE subject = ${subject}`
	});
	const rows = await engine.rows<{ idx: number }>(
		sql`SELECT idx::INTEGER AS idx FROM (${members}) ORDER BY idx`
	);
	return rows.map(({ idx }) => idx);
}

describeEngines('sequences', (engine) => {
	for (const { it: sentence, asked: condition, acts, holds } of TRUTH) {
		it(sentence, async () => {
			await writeActs(engine(), [journey(acts)]);
			expect(sequenceHolds(condition, journey(acts), AS_OF)).toBe(holds);
			expect(await asked(engine(), condition)).toEqual(holds ? [0] : []);
		});
	}

	it('agrees with trying every choice of records, over random journeys', { timeout: 120_000 }, async () => {
		const property = fc.asyncProperty(
			fc.array(people(), { minLength: 40, maxLength: 40 }),
			sequences(),
			async (all, condition) => {
				await writeActs(engine(), all);
				const expected = all.flatMap((acts, i) => (sequenceHolds(condition, acts, AS_OF) ? [i] : []));
				expect(await asked(engine(), condition)).toEqual(expected);
			}
		);
		await fc.assert(property, { seed: 47, numRuns: 150 });
	});
});

it('says what cannot be asked', () => {
	const problems = (condition: SequenceCondition) => sequence.problems(condition, {} as never);
	const buy = (change: Partial<SequenceStep> = {}) => step('any', { subject: 'orders', ...change });
	expect(problems(inOrder([buy(), buy({ times: 2, within: MONTH })]))).toEqual([]);
	expect(problems(inOrder([buy({ did: false }), buy()]))).toHaveLength(1);
	expect(problems(inOrder([buy({ times: 20 }), buy({ times: 20 }), buy()]))).toHaveLength(1);
	expect(problems(inOrder([buy({ which: 'first', times: 2 })]))).toHaveLength(1);
	expect(problems(inOrder([buy(), buy({ did: false, times: 2 })]))).toHaveLength(1);
	expect(problems(inOrder([buy(), buy({ did: false, within: MONTH }), buy()]))).toHaveLength(1);
	expect(problems(inAnyOrder([buy(), buy({ within: MONTH })]))).toHaveLength(1);
	expect(problems(inOrder([step('wave', { subject: 'events' })]))).toHaveLength(1);
	expect(sequence.needs(inOrder([step('view', { subject: 'events' })]))).toContain('events');
});

/** Times that meet, lie a length apart, or at the ends of months. */
const TIMES = [
	'2024-01-28 10:00',
	'2024-01-29 05:00',
	'2024-01-31 05:00',
	'2024-01-31 10:00',
	'2024-02-01',
	'2024-02-02',
	'2024-02-08',
	'2024-02-09 00:00:01',
	'2024-02-22',
	'2024-02-23',
	'2024-02-29 05:00',
	'2024-02-29 10:00',
	'2024-03-01'
];

function people(): fc.Arbitrary<Act[]> {
	const act = fc.record({
		subject: fc.constantFrom('events', 'events', 'orders'),
		kind: fc.constantFrom('view', 'buy', 'cart'),
		time: fc.oneof(
			{ weight: 15, arbitrary: fc.constantFrom(...TIMES).map(timeOf) },
			{ weight: 1, arbitrary: fc.constant(null) }
		)
	});
	return fc
		.array(act, { minLength: 1, maxLength: 6 })
		.map((acts) => acts.map((each, record) => ({ ...each, record })));
}

function lengths(): fc.Arbitrary<Duration | null> {
	return fc.constantFrom<Duration | null>(
		null,
		null,
		{ count: 1, unit: 'day' },
		DAYS_7,
		{ count: 2, unit: 'week' },
		MONTH
	);
}

function sequences(): fc.Arbitrary<SequenceCondition> {
	const one = (did: fc.Arbitrary<boolean>) =>
		fc.record({
			did,
			subject: fc.constantFrom<SequenceStep['subject']>('events', 'events', 'orders'),
			kinds: fc.constantFrom<string[]>([], ['view'], ['buy'], ['view', 'buy'], ['cart', 'view']),
			which: fc.constantFrom<SequenceStep['which']>('any', 'any', 'any', 'first', 'last'),
			times: fc.constantFrom(1, 1, 1, 2, 3),
			within: lengths()
		});
	return fc
		.record({
			first: one(fc.constant(true)),
			others: fc.array(one(fc.constantFrom(true, true, false)), { maxLength: 3 }),
			ordered: fc.constantFrom(true, true, true, false),
			within: lengths(),
			window: fc.constantFrom<SequenceCondition['window']>(
				null,
				null,
				{ kind: 'last', length: MONTH },
				{ kind: 'until', day: '2024-02-08' },
				{ kind: 'before_last', length: DAYS_7 }
			)
		})
		.map(({ first, others, ordered, within, window }) => {
			const steps = [first, ...others].map(({ kinds, ...each }, i, all) => {
				const isBetween = !each.did && all.slice(i + 1).some(({ did }) => did);
				return {
					...each,
					where: kinds.length === 0 ? [] : [{ ...isKind('view'), test: textIs(kinds) }],
					within: ordered && !isBetween ? each.within : null,
					times: each.did ? each.times : 1
				};
			});
			return { kind: 'sequence', ordered, steps, within, window };
		});
}

function textIs(values: string[]): SequenceStep['where'][number]['test'] {
	return { type: 'text', test: { op: 'is', values } };
}
