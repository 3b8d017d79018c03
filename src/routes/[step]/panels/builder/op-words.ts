import type {
	NumberTest,
	SequenceStep,
	Test,
	TextTest,
	TimeTest,
	TimeUnit,
	Window
} from '#lib/pipeline/segment/rules/schema.ts';

/** A choice of a list. */
interface Option<Value extends string> {
	readonly value: Value;
	readonly label: string;
}

/** How numbers are compared. */
export const NUMBER_OPTIONS: readonly Option<NumberTest['op']>[] = [
	{ value: 'gt', label: 'more than' },
	{ value: 'ge', label: 'at least' },
	{ value: 'eq', label: 'exactly' },
	{ value: 'ne', label: 'not' },
	{ value: 'le', label: 'at most' },
	{ value: 'lt', label: 'less than' },
	{ value: 'between', label: 'between' },
	{ value: 'known', label: 'known' },
	{ value: 'unknown', label: 'not known' }
];

/** How texts are compared. */
export const TEXT_OPTIONS: readonly Option<TextTest['op']>[] = [
	{ value: 'is', label: 'is' },
	{ value: 'is_not', label: 'is not' },
	{ value: 'contains', label: 'contains' },
	{ value: 'not_contains', label: 'does not contain' },
	{ value: 'starts_with', label: 'starts with' },
	{ value: 'ends_with', label: 'ends with' },
	{ value: 'known', label: 'is known' },
	{ value: 'unknown', label: 'is not known' }
];

/** How times are compared. */
export const TIME_OPTIONS: readonly Option<TimeTest['op']>[] = [
	{ value: 'in', label: 'is' },
	{ value: 'not_in', label: 'is not' },
	{ value: 'known', label: 'is known' },
	{ value: 'unknown', label: 'is not known' }
];

/** Yes or no. */
export const FLAG_OPTIONS: readonly Option<'yes' | 'no'>[] = [
	{ value: 'yes', label: 'yes' },
	{ value: 'no', label: 'no' }
];

/** When something happened. */
export const WINDOW_OPTIONS: readonly Option<Window['kind']>[] = [
	{ value: 'last', label: 'in the last' },
	{ value: 'before_last', label: 'more than … ago' },
	{ value: 'since', label: 'since' },
	{ value: 'until', label: 'until' },
	{ value: 'between', label: 'between' }
];

/** The lengths of time that are counted in. */
export const UNIT_OPTIONS: readonly Option<TimeUnit>[] = [
	{ value: 'minute', label: 'minutes' },
	{ value: 'hour', label: 'hours' },
	{ value: 'day', label: 'days' },
	{ value: 'week', label: 'weeks' },
	{ value: 'month', label: 'months' },
	{ value: 'year', label: 'years' }
];

/** Which of the records a step of a sequence is about. */
export const WHICH_OPTIONS: readonly Option<SequenceStep['which']>[] = [
	{ value: 'any', label: 'any' },
	{ value: 'first', label: 'their first' },
	{ value: 'last', label: 'their last' }
];

const MOST_TIMES = 20;

/** How often a step of a sequence was done. */
export const TIMES_OPTIONS: readonly Option<string>[] = Array.from({ length: MOST_TIMES }, (_, i) => ({
	value: String(i + 1),
	label: i === 0 ? 'once' : `${i + 1} times`
}));

/** The test of a number by another operator, with as much of the old one as still fits. */
export function withNumberOp(test: NumberTest, op: NumberTest['op']): NumberTest {
	const value = 'value' in test ? test.value : 'from' in test ? test.from : 1;
	if (op === 'known' || op === 'unknown') return { op };
	if (op === 'between')
		return { op, from: value, to: 'to' in test ? test.to : Math.max(value * 2, value + 1) };
	return { op, value };
}

/** The test of a time by another operator. */
export function withTimeOp(test: TimeTest, op: TimeTest['op']): TimeTest {
	if (op === 'known' || op === 'unknown') return { op };
	return {
		op,
		window: 'window' in test ? test.window : { kind: 'last', length: { count: 30, unit: 'day' } }
	};
}

/** The window of another kind, with as much of the old one as still fits. `today`: the as-of day, or a day before it. */
export function withWindowKind(window: Window, kind: Window['kind'], today: string, earlier: string): Window {
	const length = 'length' in window ? window.length : ({ count: 30, unit: 'day' } as const);
	switch (kind) {
		case 'last':
		case 'before_last':
			return { kind, length };
		case 'since':
			return { kind, day: dayOf(window) ?? earlier };
		case 'until':
			return { kind, day: dayOf(window) ?? today };
		case 'between':
			return { kind, from: dayOf(window) ?? earlier, to: 'to' in window ? window.to : today };
	}
}

function dayOf(window: Window): string | null {
	if ('day' in window) return window.day;
	return 'from' in window ? window.from : null;
}

/** True where two tests say the same. */
export function isSameTest(a: Test, b: Test): boolean {
	return JSON.stringify(a) === JSON.stringify(b);
}
