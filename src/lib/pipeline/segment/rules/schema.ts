import { z } from 'zod';
import { isDay } from '#lib/core/days.ts';

/** Names the people of a segment: an RFM group, a cluster of a clustering of k, an own segment, or a saved query. */
export const SegmentRef = z
	.string()
	.regex(
		/^(group:[a-z][a-z0-9_]*|cluster:\d+:\d+|own:g\d+|saved:[a-z][a-z0-9_]*)$/,
		'a segment such as group:champion, cluster:4:0, own:g1 or saved:big_spenders'
	);
export type SegmentRef = z.infer<typeof SegmentRef>;

const DayText = z.string().refine(isDay, 'expected a day such as 2024-01-31');

export const TIME_UNITS = ['minute', 'hour', 'day', 'week', 'month', 'year'] as const;
export const TimeUnit = z.enum(TIME_UNITS);
export type TimeUnit = z.infer<typeof TimeUnit>;

/** A length of time. Months and years are those of the calendar; all others are so many hours. */
export const Duration = z.object({ count: z.int().min(1).max(1000), unit: TimeUnit });
export type Duration = z.infer<typeof Duration>;

/**
 * When something happened. `last`: from so long before the start of the as-of day; `before_last`: earlier than that. Days
 * of the others count whole, both ends included. Nothing on or after the as-of day is ever seen.
 */
export const Window = z.discriminatedUnion('kind', [
	z.object({ kind: z.literal('last'), length: Duration }),
	z.object({ kind: z.literal('before_last'), length: Duration }),
	z.object({ kind: z.literal('since'), day: DayText }),
	z.object({ kind: z.literal('until'), day: DayText }),
	z.object({ kind: z.literal('between'), from: DayText, to: DayText })
]);
export type Window = z.infer<typeof Window>;

export const NUMBER_OPS = ['eq', 'ne', 'lt', 'le', 'gt', 'ge'] as const;

/** A number, such as a feature or a count. `between` includes both ends. */
export const NumberTest = z.discriminatedUnion('op', [
	z.object({ op: z.enum(NUMBER_OPS), value: z.number() }),
	z.object({ op: z.literal('between'), from: z.number(), to: z.number() }),
	z.object({ op: z.enum(['known', 'unknown']) })
]);
export type NumberTest = z.infer<typeof NumberTest>;

const Word = z.string().min(1).max(200);

/** A text, without regard to capitals and to spaces around it. */
export const TextTest = z.discriminatedUnion('op', [
	z.object({ op: z.enum(['is', 'is_not']), values: z.array(Word).min(1).max(100) }),
	z.object({ op: z.enum(['contains', 'not_contains', 'starts_with', 'ends_with']), value: Word }),
	z.object({ op: z.enum(['known', 'unknown']) })
]);
export type TextTest = z.infer<typeof TextTest>;

/** A day or a time. */
export const TimeTest = z.discriminatedUnion('op', [
	z.object({ op: z.enum(['in', 'not_in']), window: Window }),
	z.object({ op: z.enum(['known', 'unknown']) })
]);
export type TimeTest = z.infer<typeof TimeTest>;

/**
 * A test of one value. What has no value passes `unknown` and the negative tests (`ne`, `is_not`, `not_contains`, `not_in`,
 * `no`), which are the exact complements of the positive ones, and no other.
 */
export const Test = z.discriminatedUnion('type', [
	z.object({ type: z.literal('number'), test: NumberTest }),
	z.object({ type: z.literal('text'), test: TextTest }),
	z.object({ type: z.literal('time'), test: TimeTest }),
	z.object({ type: z.literal('flag'), test: z.object({ op: z.enum(['yes', 'no']) }) })
]);
export type Test = z.infer<typeof Test>;
export type TestType = Test['type'];

/** A test of a field of a subject, or of a person. */
export const FieldTest = z.object({ field: z.string().min(1).max(60), test: Test });
export type FieldTest = z.infer<typeof FieldTest>;

/**
 * What people did or what happened to them; a registry says what each is and which fields it has (`subjects/`). `sends` are
 * messages: what came back of them, such as opens and clicks, is looked at only where a test or the measure is of the field
 * `action`, and then all records are. Of a person and a campaign, messages are the records with the action `sent`; where there
 * is none before the as-of day, those with `delivered`; and without these too, the first record.
 */
export const SUBJECTS = ['orders', 'lines', 'events', 'sends', 'answers'] as const;
export const SubjectId = z.enum(SUBJECTS);
export type SubjectId = z.infer<typeof SubjectId>;

/** What is counted of the records that are looked at. `distinct` counts the different values of a field, texts as tests compare them. */
export const Measure = z.discriminatedUnion('kind', [
	z.object({ kind: z.literal('count') }),
	z.object({ kind: z.enum(['sum', 'mean', 'min', 'max', 'distinct']), field: z.string().min(1).max(60) })
]);
export type Measure = z.infer<typeof Measure>;

/**
 * A count, sum or other measure over the records of a subject. `among` `first` and `last`: only the earliest or latest record of
 * the person in the window is looked at, and the filters are about it; of `sends` with a test of `action`, records of any action. `per`: the measure is divided by how many weeks (7
 * days) or months (365.25/12 days; of the last months just as many) the window has up to the as-of day, where it has no
 * beginning those from the day of the person's first order, at least one. Somebody without records has a count, also of
 * different values, and a sum of 0, and of the others no value.
 */
export const ActivityCondition = z.object({
	kind: z.literal('activity'),
	subject: SubjectId,
	among: z.enum(['all', 'first', 'last']),
	/** All must hold of a record. */
	where: z.array(FieldTest).max(20),
	/** Null: at any time before the as-of day. */
	window: Window.nullable(),
	measure: Measure,
	per: z.enum(['week', 'month']).nullable(),
	test: NumberTest
});
export type ActivityCondition = z.infer<typeof ActivityCondition>;

/** A feature of the library: a number or a text. */
export const FeatureCondition = z.object({
	kind: z.literal('feature'),
	feature: z.string().min(1).max(120),
	test: Test
});
export type FeatureCondition = z.infer<typeof FeatureCondition>;

/** What a customers file says of the person: the newest entry that has a value. */
export const ProfileCondition = z.object({ kind: z.literal('profile') }).extend(FieldTest.shape);
export type ProfileCondition = z.infer<typeof ProfileCondition>;

/** Being in another segment, or not. */
export const SegmentCondition = z.object({
	kind: z.literal('segment'),
	segment: SegmentRef,
	isIn: z.boolean()
});
export type SegmentCondition = z.infer<typeof SegmentCondition>;

/**
 * A step of a sequence. Of `sends`, messages alone unless a test of the step itself is of `action`. `did` false: no such record; it has no `times`. `which`: of all of the person's records that match,
 * only the earliest or the latest, which cannot be done more than once. `times`: so many records, one after the other. `within`:
 * each at most so long after the record before it, which may have the same time; exactly so long counts. Lengths count
 * back from the later record, as those of windows do: a month before 31 March is the last day of February.
 */
export const SequenceStep = z.object({
	did: z.boolean(),
	subject: SubjectId,
	where: z.array(FieldTest).max(20),
	which: z.enum(['any', 'first', 'last']),
	times: z.int().min(1).max(20),
	within: Duration.nullable()
});
export type SequenceStep = z.infer<typeof SequenceStep>;

/**
 * Things in a row. Every record is one step at most; records without a time take no part.
 *
 * Ordered: each step at the time of the one before or later. A step that was not done is looked for between its neighbours, both
 * their times included, and after the last one until `within` of the step after the record before it, else until `within` of the
 * sequence after the first record, else the as-of day; that time must be over: one that ends at the start of the as-of day is. What
 * is itself a step of the sequence does not count against a step that was not done. Only at the end has such a step a `within`.
 *
 * Unordered: the steps in any order, and of the ones not done nothing in the window. Steps have no `within`.
 *
 * `within`: from the first record to the last. `window`: when all that was done happened; in order, what was not done after
 * the last step is looked for beyond it.
 */
export const SequenceCondition = z.object({
	kind: z.literal('sequence'),
	ordered: z.boolean(),
	/** The first is one that was done. */
	steps: z.array(SequenceStep).min(1).max(6),
	within: Duration.nullable(),
	window: Window.nullable()
});
export type SequenceCondition = z.infer<typeof SequenceCondition>;

/** People whose newest cart is at one of these stages (`carts/`). */
export const CartCondition = z.object({
	kind: z.literal('cart'),
	stages: z.array(z.string().min(1).max(40)).min(1).max(10),
	/** The value of the cart. */
	value: NumberTest.nullable(),
	/** Any category in the cart passes; a negative test: none fails. */
	category: TextTest.nullable()
});
export type CartCondition = z.infer<typeof CartCondition>;

/** People with an order that was reached by this path of channels (`journeys/`). */
export const JourneyCondition = z.object({
	kind: z.literal('journey'),
	path: z.array(z.string().min(1).max(60)).min(1).max(12)
});
export type JourneyCondition = z.infer<typeof JourneyCondition>;

/** People who are active in several channels, in one, or in none that is known. */
export const ENGAGEMENTS = ['omni', 'single', 'none'] as const;
export const ChannelsCondition = z.object({
	kind: z.literal('channels'),
	engagement: z.enum(ENGAGEMENTS)
});
export type ChannelsCondition = z.infer<typeof ChannelsCondition>;

/** Conditions in brackets. `none`: not one of them holds. Without conditions `any` is nobody, the others everyone. */
export interface RuleGroup {
	readonly kind: 'group';
	readonly match: 'all' | 'any' | 'none';
	readonly conditions: readonly Condition[];
}

export type Condition =
	| RuleGroup
	| FeatureCondition
	| ActivityCondition
	| ProfileCondition
	| SegmentCondition
	| SequenceCondition
	| CartCondition
	| JourneyCondition
	| ChannelsCondition;

export const Condition: z.ZodType<Condition> = z.lazy(() =>
	z.discriminatedUnion('kind', [
		RuleGroup as typeof RuleGroup & z.ZodObject<{ kind: z.ZodLiteral<'group'> }>,
		FeatureCondition,
		ActivityCondition,
		ProfileCondition,
		SegmentCondition,
		SequenceCondition,
		CartCondition,
		JourneyCondition,
		ChannelsCondition
	])
);

const RuleGroup = z.object({
	kind: z.literal('group'),
	match: z.enum(['all', 'any', 'none']),
	conditions: z.array(Condition).max(30)
});

/** How deep brackets may stand in brackets. */
export const MOST_DEPTH = 6;

/** Who is in a segment: a group of conditions on customers as known at the start of the as-of day. */
export const Rule: z.ZodType<RuleGroup> = RuleGroup.refine((rule) => depthOf(rule) <= MOST_DEPTH, {
	message: `at most ${MOST_DEPTH} brackets in brackets`
});
export type Rule = RuleGroup;

/** The levels of brackets of a rule, from 1. */
export function depthOf({ conditions }: RuleGroup): number {
	return 1 + conditions.reduce((most, each) => Math.max(most, each.kind === 'group' ? depthOf(each) : 0), 0);
}

/** The rule that holds of everyone. */
export const EVERYONE: Rule = { kind: 'group', match: 'all', conditions: [] };
