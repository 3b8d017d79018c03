import { daysBetween, type Day } from '#lib/core/days.ts';
import type { Format } from '#lib/core/format.ts';
import type { UnusualRecord } from '#lib/pipeline/clean/audit/sources.ts';
import type { TableKind } from '#lib/pipeline/import/roles.ts';
import type { DayMark } from '#lib/ui/charts/day-bars.ts';

/** What a file of a kind has on a day. */
const UNITS: Readonly<Partial<Record<TableKind, string>>> = {
	orders: 'orders',
	customers: 'new customers',
	events: 'events',
	sends: 'messages',
	survey: 'answers'
};

/** What the flags of a chart mean. */
export const DAYS_COMPARED = 'Flags mark days far from the same weekday in the weeks around.';

/** Days that many times as busy are told in whole numbers. */
const WHOLE_FROM = 10;
/** Fewer than this are told with a digit, so that 1.4 expected does not read as 1. */
const DIGIT_BELOW = 10;

/** What is counted per day of a kind of file: `orders`, `messages`. */
export function dayUnit(kind: TableKind): string {
	return UNITS[kind] ?? 'rows';
}

/** A day with its weekday: `Fri 18 Feb 2011`, or as the place has it. */
export function weekdayWords(day: Day, format: Format, locale?: string): string {
	const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
	return `${weekday.format(Date.parse(`${day}T00:00:00Z`))} ${format.day(day)}`;
}

/** When it was: “Fri 18 Feb 2011”, or “Fri 24 Dec 2010 to Mon 3 Jan 2011”. */
export function whenWords(
	{ from, to }: Pick<UnusualRecord, 'from' | 'to'>,
	format: Format,
	locale?: string
): string {
	const first = weekdayWords(from, format, locale);
	return from === to ? first : `${first} to ${weekdayWords(to, format, locale)}`;
}

/** What was unusual: “5.1 times the usual orders (149, usually 29)”. */
export function unusualWords(found: UnusualRecord, unit: string, format: Format): string {
	const { value, expected, ratio, measure, from, to } = found;
	const what = measure === 'amount' ? 'money' : unit;
	const amount = (n: number) => {
		if (measure === 'amount') return format.money(n, 0);
		return n > 0 && n < DIGIT_BELOW && !Number.isInteger(n) ? format.decimal(n, 1) : format.count(n);
	};
	if (value === 0) {
		const days = daysBetween(from, to) + 1;
		return `no ${what}${days > 1 ? ` for ${format.days(days)}` : ''}, where ${amount(expected)} would be usual`;
	}
	if (!Number.isFinite(ratio))
		return `${amount(value)}${measure === 'amount' ? '' : ` ${unit}`} on a day that usually has none`;
	const times =
		ratio < 1 ? `${format.percent(ratio)} of` : `${format.decimal(ratio, ratio < WHOLE_FROM ? 1 : 0)} times`;
	return `${times} the usual ${what} (${amount(value)}, usually ${amount(expected)})`;
}

/** The finding of a chart of days: how many are unusual, and the most unusual one. */
export function unusualTitle(unusual: readonly UnusualRecord[], unit: string, format: Format): string | null {
	const most = unusual.reduce<UnusualRecord | null>(
		(a, b) => (a && Math.abs(a.score) >= Math.abs(b.score) ? a : b),
		null
	);
	if (most === null) return null;
	const words = `${whenWords(most, format)}: ${unusualWords(most, unit, format)}`;
	if (unusual.length === 1) return words;
	const what = unusual.every(({ from, to }) => from === to) ? 'unusual days' : 'unusual days or spells';
	return `${format.count(unusual.length)} ${what}. ${words}`;
}

/** Flags for a chart. */
export function unusualMarks(unusual: readonly UnusualRecord[], unit: string, format: Format): DayMark[] {
	return unusual.map((found) => ({
		from: found.from,
		to: found.to,
		text: `${whenWords(found, format)}: ${unusualWords(found, unit, format)}`
	}));
}
