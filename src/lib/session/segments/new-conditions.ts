import type { FeatureSummary, FeatureUnit } from '#lib/pipeline/features/schema.ts';
import type {
	ActivityCondition,
	Condition,
	FeatureCondition,
	FieldTest,
	Measure,
	NumberTest,
	ProfileCondition,
	SegmentRef,
	SequenceStep,
	SubjectId,
	Test,
	TestType,
	Window
} from '#lib/pipeline/segment/rules/schema.ts';
import type { SubjectField } from '#lib/pipeline/segment/rules/subjects/subject.ts';

/*
 * The conditions that the builder begins with. Each is whole, so that it counts at once, and says something that is often
 * asked; what it says is then changed in place.
 */

const RECENT: Window = { kind: 'last', length: { count: 30, unit: 'day' } };
const QUARTER: Window = { kind: 'last', length: { count: 90, unit: 'day' } };
const YEAR: Window = { kind: 'last', length: { count: 1, unit: 'year' } };

/** What a feature is asked for when nobody knows how its values lie, by its unit. */
const USUAL: Readonly<Record<FeatureUnit, NumberTest>> = {
	days: { op: 'le', value: 30 },
	orders: { op: 'ge', value: 3 },
	months: { op: 'ge', value: 3 },
	money: { op: 'gt', value: 100 },
	items: { op: 'ge', value: 3 },
	ratio: { op: 'gt', value: 1 },
	share: { op: 'ge', value: 0.5 },
	count: { op: 'ge', value: 1 },
	score: { op: 'ge', value: 50 },
	index: { op: 'gt', value: 1 },
	years: { op: 'ge', value: 30 },
	number: { op: 'ge', value: 1 },
	text: { op: 'known' }
};

/** A feature at or above its usual value; days at or below it. `middle`: the median of the customers, if known. */
export function newFeature(
	{ id, kind, unit }: Pick<FeatureSummary, 'id' | 'kind' | 'unit'>,
	middle: number | null
): FeatureCondition {
	if (kind === 'text') {
		return { kind: 'feature', feature: id, test: { type: 'text', test: { op: 'known' } } };
	}
	const usual = USUAL[unit];
	const value = middle === null || !Number.isFinite(middle) ? null : twoDigits(middle);
	const test: NumberTest = 'value' in usual && value !== null && value !== 0 ? { ...usual, value } : usual;
	return { kind: 'feature', feature: id, test: { type: 'number', test } };
}

/** A number of two leading digits, as people say it. */
function twoDigits(value: number): number {
	return Number(value.toPrecision(2));
}

/** Did something in the last 90 days. */
export function newCount(subject: SubjectId, window: Window | null = QUARTER): ActivityCondition {
	return newActivity(subject, { kind: 'count' }, { op: 'ge', value: 1 }, window);
}

/** Did something more often than so many times a month. */
export function newMonthly(subject: SubjectId, times: number): ActivityCondition {
	return { ...newActivity(subject, { kind: 'count' }, { op: 'gt', value: times }, null), per: 'month' };
}

/** A measure of a field over all records. */
export function newMeasure(
	subject: SubjectId,
	kind: Exclude<Measure['kind'], 'count'>,
	{ id, unit }: Pick<SubjectField, 'id' | 'unit'>
): ActivityCondition {
	const least: NumberTest =
		kind === 'distinct'
			? { op: 'ge', value: 2 }
			: unit === 'money'
				? { op: 'gt', value: 100 }
				: { op: 'ge', value: 1 };
	return newActivity(subject, { kind, field: id }, least, null);
}

/** What their first or last one was: a field of numbers at or above its usual value, else a filter on a text. */
export function newEdge(
	subject: SubjectId,
	among: 'first' | 'last',
	field: Pick<SubjectField, 'id' | 'type' | 'unit'>
): ActivityCondition {
	if (field.type === 'number') return { ...newMeasure(subject, 'sum', field), among };
	return { ...newCount(subject, null), among, where: [newFilter(field)] };
}

function newActivity(
	subject: SubjectId,
	measure: Measure,
	test: NumberTest,
	window: Window | null
): ActivityCondition {
	return { kind: 'activity', subject, among: 'all', where: [], window, measure, per: null, test };
}

/** Any of these was done in the last days: the one condition, or a group of them. */
export function newActive(subjects: readonly SubjectId[], days: number): Condition {
	const window: Window = { kind: 'last', length: { count: days, unit: 'day' } };
	const conditions = subjects.map((subject) => newCount(subject, window));
	const [only] = conditions;
	return conditions.length === 1 && only ? only : { kind: 'group', match: 'any', conditions };
}

/** A test of each type that says something at once. */
export function newTest(type: TestType): Test {
	switch (type) {
		case 'number':
			return { type, test: { op: 'ge', value: 1 } };
		case 'text':
			return { type, test: { op: 'known' } };
		case 'time':
			return { type, test: { op: 'in', window: RECENT } };
		case 'flag':
			return { type, test: { op: 'yes' } };
	}
}

/** A filter on a field. */
export function newFilter({ id, type }: Pick<SubjectField, 'id' | 'type'>): FieldTest {
	return { field: id, test: newTest(type) };
}

/** What is known of the person. */
export function newProfile({ id, type }: Pick<SubjectField, 'id' | 'type'>): ProfileCondition {
	const test: Test = type === 'time' ? { type, test: { op: 'in', window: YEAR } } : newTest(type);
	return { kind: 'profile', field: id, test };
}

/** In a segment. */
export function newSegment(segment: SegmentRef): Condition {
	return { kind: 'segment', segment, isIn: true };
}

/** A step of a sequence: done, any time. */
export function newStep(subject: SubjectId): SequenceStep {
	return { did: true, subject, where: [], which: 'any', times: 1, within: null };
}

/** One thing, and then another within a week; the same thing twice within a month where there is only one. */
export function newSequence(first: SubjectId, second: SubjectId): Condition {
	const within =
		first === second ? ({ count: 30, unit: 'day' } as const) : ({ count: 7, unit: 'day' } as const);
	return {
		kind: 'sequence',
		ordered: true,
		steps: [newStep(first), { ...newStep(second), within }],
		within: null,
		window: null
	};
}
