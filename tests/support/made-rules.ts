import fc from 'fast-check';
import { PROFILE_FIELDS } from '#lib/pipeline/segment/rules/profile-fields.ts';
import {
	NUMBER_OPS,
	TIME_UNITS,
	type ActivityCondition,
	type Condition,
	type FieldTest,
	type Measure,
	type NumberTest,
	type Rule,
	type Test,
	type TestType,
	type Window
} from '#lib/pipeline/segment/rules/schema.ts';
import { SUBJECTS_OF_RULES } from '#lib/pipeline/segment/rules/subjects/index.ts';
import type { Subject, SubjectField } from '#lib/pipeline/segment/rules/subjects/subject.ts';
import { MADE_TEXTS } from './rule-world.ts';

/* Random rules about the people of `rule-world.ts`. */

const days = fc.constantFrom(
	'2022-12-31',
	'2023-12-31',
	'2024-02-29',
	'2024-03-01',
	'2024-03-30',
	'2024-06-01'
);
const length = fc.oneof(
	fc.record({ count: fc.constantFrom(1, 2, 12), unit: fc.constantFrom('month' as const, 'year' as const) }),
	fc.record({ count: fc.constantFrom(1, 2, 7, 30), unit: fc.constantFrom(...TIME_UNITS) })
);
const windows: fc.Arbitrary<Window> = fc.oneof(
	fc.record({ kind: fc.constantFrom('last' as const, 'before_last' as const), length }),
	fc.record({ kind: fc.constantFrom('since' as const, 'until' as const), day: days }),
	fc.record({ kind: fc.constant('between' as const), from: days, to: days })
);
const known = fc.record({ op: fc.constantFrom('known' as const, 'unknown' as const) });

/** Some that no column can hold. */
const odd = fc.constantFrom(-1, -0.1, 1e-7, 5e-324, 2 ** 53 - 1, -(2 ** 53), 1e15, 1e21, 1.7e308);
const few = fc.oneof(
	{ weight: 8, arbitrary: fc.noBias(fc.nat(6)) },
	{ weight: 4, arbitrary: fc.noBias(fc.nat(40)).map((tenths) => tenths / 10) },
	{ weight: 1, arbitrary: odd }
);
const money = fc.oneof(
	{ weight: 6, arbitrary: fc.noBias(fc.nat(120)) },
	{ weight: 6, arbitrary: fc.noBias(fc.nat(12_000)).map((cents) => cents / 100) },
	{ weight: 1, arbitrary: odd }
);

function numberTests(numbers: fc.Arbitrary<number>): fc.Arbitrary<NumberTest> {
	return fc.oneof(
		{ weight: 7, arbitrary: fc.record({ op: fc.constantFrom(...NUMBER_OPS), value: numbers }) },
		{ weight: 2, arbitrary: fc.record({ op: fc.constant('between' as const), from: numbers, to: numbers }) },
		{ weight: 1, arbitrary: known }
	);
}

/** A word as somebody may write it. */
function written(words: readonly string[]): fc.Arbitrary<string> {
	const styles = [
		(word: string) => word,
		(word: string) => word.toUpperCase(),
		(word: string) => ` ${word} `,
		(word: string) => word.slice(0, 3),
		(word: string) => word.slice(-3)
	];
	return fc.tuple(fc.constantFrom(...words), fc.constantFrom(...styles)).map(([word, style]) => style(word));
}

/** A test of a type, with words of the field where it has words of its own. */
function testsOf(type: TestType, values?: readonly string[]): fc.Arbitrary<Test> {
	const exact = values ? fc.constantFrom(...values) : written(MADE_TEXTS);
	const word = written(values ?? MADE_TEXTS);
	const tests = {
		number: numberTests(money),
		text: fc.oneof(
			{
				weight: 3,
				arbitrary: fc.record({
					op: fc.constantFrom('is' as const, 'is_not' as const),
					values: fc.array(exact, { minLength: 1, maxLength: 4 })
				})
			},
			{
				weight: 3,
				arbitrary: fc.record({
					op: fc.constantFrom('contains', 'not_contains', 'starts_with', 'ends_with'),
					value: word
				})
			},
			{ weight: 1, arbitrary: known }
		),
		time: fc.oneof(
			{ weight: 3, arbitrary: fc.record({ op: fc.constantFrom('in', 'not_in'), window: windows }) },
			{ weight: 1, arbitrary: known }
		),
		flag: fc.record({ op: fc.constantFrom('yes', 'no') })
	};
	return tests[type].map((test) => ({ type, test }) as Test);
}

function fieldTests(fields: readonly SubjectField[]): fc.Arbitrary<FieldTest> {
	return fc
		.constantFrom(...fields)
		.chain(({ id, type, values }) => testsOf(type, values).map((test) => ({ field: id, test })));
}

const activities: fc.Arbitrary<ActivityCondition> = fc
	.constantFrom(...SUBJECTS_OF_RULES)
	.chain((subject) => measuresOf(subject).chain((measure) => activitiesOf(subject, measure)));

function measuresOf({ fields }: Subject): fc.Arbitrary<Measure> {
	const numeric = fields.filter(({ type }) => type === 'number').map(({ id }) => id);
	const count = fc.constant({ kind: 'count' as const });
	const distinct = fc.record({
		kind: fc.constant('distinct' as const),
		field: fc.constantFrom(...fields.map(({ id }) => id))
	});
	if (numeric.length === 0) return fc.oneof(count, distinct);
	const kind = fc.constantFrom('sum' as const, 'mean' as const, 'min' as const, 'max' as const);
	return fc.oneof(count, distinct, fc.record({ kind, field: fc.constantFrom(...numeric) }));
}

function activitiesOf({ id, fields }: Subject, measure: Measure): fc.Arbitrary<ActivityCondition> {
	const isCount = measure.kind === 'count' || measure.kind === 'distinct';
	return fc.record({
		kind: fc.constant('activity' as const),
		subject: fc.constant(id),
		among: fc.constantFrom('all' as const, 'all' as const, 'all' as const, 'first' as const, 'last' as const),
		where: fc.oneof(
			{ weight: 2, arbitrary: fc.constant<FieldTest[]>([]) },
			{ weight: 1, arbitrary: fc.array(fieldTests(fields), { maxLength: 2 }) }
		),
		window: fc.option(windows, { freq: 2 }),
		measure: fc.constant(measure),
		per: fc.constantFrom(null, null, null, null, 'week' as const, 'month' as const),
		test: numberTests(isCount ? few : money)
	});
}

const leaves: fc.Arbitrary<Condition> = fc.oneof(
	{ weight: 6, arbitrary: activities },
	{
		weight: 2,
		arbitrary: fieldTests(PROFILE_FIELDS).map((test) => ({ kind: 'profile' as const, ...test }))
	},
	{
		weight: 1,
		arbitrary: fc.record({
			kind: fc.constant('feature' as const),
			feature: fc.constantFrom('monetary_total', 'recency_days'),
			test: testsOf('number')
		})
	},
	{
		weight: 1,
		arbitrary: testsOf('text').map((test) => ({ kind: 'feature' as const, feature: 'favourite', test }))
	},
	{
		weight: 1,
		arbitrary: fc.record({
			kind: fc.constant('segment' as const),
			segment: fc.constant('group:champion'),
			isIn: fc.boolean()
		})
	}
);

/** Any condition about what people did. */
export const MADE_ACTIVITIES: fc.Arbitrary<Condition> = activities;

/** Rules with brackets in brackets, four deep at most. */
export const MADE_RULES: fc.Arbitrary<Rule> = bracketsOf(4);

function bracketsOf(depth: number): fc.Arbitrary<Rule> {
	const inner: fc.Arbitrary<Condition> =
		depth === 1
			? leaves
			: fc.oneof({ weight: 3, arbitrary: leaves }, { weight: 1, arbitrary: bracketsOf(depth - 1) });
	return fc.record({
		kind: fc.constant('group' as const),
		match: fc.constantFrom('all' as const, 'any' as const, 'none' as const),
		conditions: fc.array(inner, { maxLength: 3 })
	});
}
