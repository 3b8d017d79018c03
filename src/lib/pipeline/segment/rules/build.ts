import type {
	ActivityCondition,
	Condition,
	FeatureCondition,
	FieldTest,
	NUMBER_OPS,
	Rule,
	SequenceStep,
	Window
} from './schema.ts';

type NumberOp = (typeof NUMBER_OPS)[number];

/** A rule of which all conditions hold. */
export function all(...conditions: Condition[]): Rule {
	return { kind: 'group', match: 'all', conditions };
}

/** A feature compared with a number. */
export function feature(name: string, op: NumberOp, value: number): FeatureCondition {
	return { kind: 'feature', feature: name, test: { type: 'number', test: { op, value } } };
}

/** A feature between two numbers, both included, whichever of them is the smaller. */
export function between(name: string, one: number, other: number): FeatureCondition {
	const [from, to] = one < other ? [one, other] : [other, one];
	return { kind: 'feature', feature: name, test: { type: 'number', test: { op: 'between', from, to } } };
}

/** A feature whose text is this one. */
export function featureIs(name: string, value: string): FeatureCondition {
	return { kind: 'feature', feature: name, test: { type: 'text', test: { op: 'is', values: [value] } } };
}

/** A feature whose text is another, or that has none. */
export function featureIsNot(name: string, value: string): FeatureCondition {
	return { kind: 'feature', feature: name, test: { type: 'text', test: { op: 'is_not', values: [value] } } };
}

/** The so many days before the as-of day. */
export function lastDays(count: number): Window {
	return { kind: 'last', length: { count, unit: 'day' } };
}

/** How many records of a subject there are. */
export function counted(
	subject: ActivityCondition['subject'],
	where: FieldTest[],
	window: Window,
	op: NumberOp,
	value: number
): ActivityCondition {
	return {
		kind: 'activity',
		subject,
		among: 'all',
		where,
		window,
		measure: { kind: 'count' },
		per: null,
		test: { op, value }
	};
}

/** A step of a sequence that was done, or not within so many days. */
export function step(
	did: boolean,
	subject: SequenceStep['subject'],
	where: FieldTest[],
	withinDays: number | null = null
): SequenceStep {
	const within = withinDays === null ? null : { count: withinDays, unit: 'day' as const };
	return { did, subject, where, which: 'any', times: 1, within };
}

/** A view of a product. */
export const PRODUCT_VIEW: FieldTest = {
	field: 'kind',
	test: { type: 'text', test: { op: 'is', values: ['view'] } }
};

/** A click in a message. */
export const CLICKED: FieldTest = {
	field: 'action',
	test: { type: 'text', test: { op: 'is', values: ['clicked'] } }
};
