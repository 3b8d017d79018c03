import { isDay } from '#lib/core/days.ts';
import type { Format } from '#lib/core/format.ts';
import type { CleanParams } from '#lib/pipeline/clean/schema.ts';

interface Option {
	readonly value: string;
	readonly label: string;
}

/** The days of the week, by their ISO number. */
export const WEEKDAYS: readonly Option[] = [
	'Monday',
	'Tuesday',
	'Wednesday',
	'Thursday',
	'Friday',
	'Saturday',
	'Sunday'
].map((label, i) => ({ value: String(i + 1), label }));

/** The currencies to choose from: whatever was found, and the chosen one even if it was not. */
export function currencyOptions(found: readonly string[], chosen: string | null): Option[] {
	const all = [...new Set([...(chosen === null ? [] : [chosen]), ...found])].sort();
	return [
		{ value: '', label: found.length > 0 ? 'As the files have it' : 'The files name none' },
		...all.map((currency) => ({ value: currency, label: currency }))
	];
}

/** Time zones by the names of their places; “as written” first. */
export function zoneOptions(zones: readonly string[]): Option[] {
	const all = zones.includes('UTC') ? zones : ['UTC', ...zones];
	return [
		{ value: '', label: 'As written in the files' },
		...all.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))
	];
}

/** What holds now, in one line. */
export function settingsWords({ settings, dates }: CleanParams, format: Format): string {
	const { currency, timeZone, firstWeekday } = settings;
	return [
		currency === null ? 'Amounts as the files have them' : `Only ${currency} counts`,
		timeZone === null ? 'times as written' : `times in ${timeZone.replaceAll('_', ' ')}`,
		`weeks from ${WEEKDAYS[firstWeekday - 1]?.label ?? 'Monday'}`,
		daysWords(dates, format)
	]
		.filter((words) => words !== '')
		.join(', ')
		.concat('.');
}

function daysWords({ from, to }: CleanParams['dates'], format: Format): string {
	if (from !== null && to !== null) return `only ${format.day(from)} to ${format.day(to)}`;
	if (from !== null) return `only from ${format.day(from)} on`;
	return to === null ? '' : `only up to ${format.day(to)}`;
}

/** A year that is still being typed is a year before the Gregorian calendar. */
export function isPlausibleDay(text: string): boolean {
	return isDay(text) && text >= '1583-01-01';
}

/** Why no day can lie in a stretch; undefined when one can. */
export function datesProblem({ from, to }: CleanParams['dates']): string | undefined {
	if (from === null || to === null || from <= to) return undefined;
	return 'The first day is after the last.';
}
