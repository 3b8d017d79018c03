import type { Format } from '#lib/core/format.ts';
import type { FeatureUnit } from '#lib/pipeline/features/schema.ts';
import type { ActivitySpread } from '#lib/pipeline/segment/rules/activity-spread.ts';
import type { ActivityCondition, Window } from '#lib/pipeline/segment/rules/schema.ts';
import type { SubjectField } from '#lib/pipeline/segment/rules/subjects/subject.ts';
import { featureAmount } from '../feature-words.ts';

/**
 * What a number per week or month is: `Per month: orders ÷ the months since somebody’s first order, at least one month.`
 * @param counted what is divided
 */
export function periodWords(
	per: NonNullable<ActivityCondition['per']>,
	window: Window | null,
	counted: string
): string {
	return `Per ${per}: ${counted} ÷ ${divisor(per, window)}.`;
}

function divisor(per: 'week' | 'month', window: Window | null): string {
	const atLeast = `at least one ${per}`;
	if (window === null) return `the ${per}s since somebody’s first order, ${atLeast}`;
	if (window.kind === 'until' || window.kind === 'before_last')
		return `the ${per}s from somebody’s first order to the end of that time, ${atLeast}`;
	const months = per === 'month' && window.kind === 'last' ? monthsOf(window.length) : null;
	if (months !== null) return String(months);
	return `the ${per}s of that time, ${atLeast}`;
}

function monthsOf({ count, unit }: Extract<Window, { kind: 'last' }>['length']): number | null {
	if (unit === 'month') return count;
	return unit === 'year' ? 12 * count : null;
}

/** How what is measured lies, to choose a number by; empty where nobody has a value. */
export function usualWords(
	{ told, quartiles, max }: ActivitySpread,
	unit: FeatureUnit | SubjectField['unit'],
	format: Format
): string {
	if (told === 0) return '';
	const words = (value: number) => {
		const known = unit === 'time' || unit === 'flag' ? 'number' : unit;
		return featureAmount({ id: '', unit: known }, value, format);
	};
	const [low, middle, high] = quartiles.map(words);
	const end = words(max) === high ? '' : ` The most is ${words(max)}.`;
	if (low === high) return `At least half of your customers have ${middle}.${end}`;
	return `Half of your customers lie between ${low} and ${high}; the middle is ${middle}.${end}`;
}
