import type { Condition, Rule } from '../schema.ts';
import { deedFirst } from './deeds.ts';

/**
 * The same rule as a sentence says it, of the same customers: brackets around one condition are gone (but for `none`), `none` of
 * nothing is everyone, a whole that is one pair of brackets is what stands in them, what a verb says of records is the first of
 * their tests, and zero has no sign. A rule that comes from a sentence is so already.
 */
export function normalise(rule: Rule): Rule {
	const conditions = rule.conditions.map(simple);
	const [only] = conditions;
	if (rule.match === 'none') return { ...rule, match: only ? 'none' : 'all', conditions };
	if (conditions.length !== 1) return { ...rule, conditions };
	if (only?.kind === 'group') return only;
	return { ...rule, match: 'all', conditions };
}

function simple(condition: Condition): Condition {
	if (condition.kind !== 'group') return withoutSigns(withDeedsFirst(condition));
	const { match, conditions } = condition;
	const inside = conditions.map(simple);
	const [only] = inside;
	if (match === 'none') return { ...condition, match: only ? 'none' : 'all', conditions: inside };
	return only && inside.length === 1 ? only : { ...condition, conditions: inside };
}

/** Tests of records hold in any order. */
function withDeedsFirst(condition: Condition): Condition {
	if (condition.kind === 'activity' && condition.measure.kind === 'count' && condition.among === 'all') {
		return { ...condition, where: deedFirst(condition.subject, condition.where) };
	}
	if (condition.kind !== 'sequence') return condition;
	const steps = condition.steps.map((step) =>
		step.which === 'any' ? { ...step, where: deedFirst(step.subject, step.where) } : step
	);
	return { ...condition, steps };
}

/** Minus zero as zero, wherever it stands. */
function withoutSigns<T>(value: T): T {
	if (value === 0) return 0 as T;
	if (Array.isArray(value)) return value.map(withoutSigns) as T;
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutSigns(each)])) as T;
}
