import { addDays, daysBetween, type Day } from '#lib/core/days.ts';

/** Rows of one day. Days without rows may be left out. */
export interface DayCount {
	readonly day: Day;
	readonly rows: number;
}

/** A stretch of days, both ends included. */
export interface DayRange {
	readonly from: Day;
	readonly to: Day;
}

/** One bar: a day, or as many days as one bar has room for. */
export interface DayBar extends DayRange {
	/** Rows per day, on average over the bar's days. */
	readonly rowsPerDay: number;
	readonly rows: number;
}

/** A day or a stretch of days that is pointed out, and what to say about it. */
export interface DayMark extends DayRange {
	readonly text: string;
}

/** Narrowest bar with its gap, in pixels. */
const LEAST_BAR = 2;
const WEEK = 7;
/** A Monday. */
const SOME_MONDAY = '2024-01-01';

/** How many days one bar takes in: one where there is room, else as few whole weeks as fit. */
export function daysPerBar(days: readonly DayCount[], width: number): number {
	const span = spanOf(days);
	if (span === null) return 1;
	const dayCount = daysBetween(span.from, span.to) + 1;
	const least = (dayCount * LEAST_BAR) / Math.max(width, 1);
	return least <= 1 ? 1 : Math.ceil(least / WEEK) * WEEK;
}

/**
 * The bars of a width, from the first day to the last. `days` rise. Long spans take whole weeks into one bar, which
 * start on `firstWeekday` (ISO: 1 is Monday, 7 Sunday); the first and the last bar may hold fewer days.
 */
export function dayBars(days: readonly DayCount[], width: number, firstWeekday = 1): DayBar[] {
	const span = spanOf(days);
	if (span === null) return [];
	const perBar = daysPerBar(days, width);
	const start = perBar === 1 ? span.from : startOfWeek(span.from, firstWeekday);
	const rows = new Array<number>(Math.floor(daysBetween(start, span.to) / perBar) + 1).fill(0);
	for (const { day, rows: count } of days) {
		const bar = Math.floor(daysBetween(start, day) / perBar);
		rows[bar] = (rows[bar] as number) + count;
	}
	return rows.map((count, bar) => {
		const first = addDays(start, bar * perBar);
		const last = addDays(first, perBar - 1);
		const from = first < span.from ? span.from : first;
		const to = last > span.to ? span.to : last;
		return { from, to, rows: count, rowsPerDay: count / (daysBetween(from, to) + 1) };
	});
}

/** The marks that lie on a bar, wholly or in part. */
export function marksOn(bar: DayRange, marks: readonly DayMark[]): DayMark[] {
	return marks.filter(({ from, to }) => from <= bar.to && bar.from <= to);
}

/** The days with rows that lie on a mark, in rising order: what each has alone, where a bar takes in several days. */
export function markedDays(days: readonly DayCount[], marks: readonly DayMark[]): DayCount[] {
	return days.filter(({ day, rows }) => rows > 0 && marksOn({ from: day, to: day }, marks).length > 0);
}

/** The last day up to this one on which a week starts. */
export function startOfWeek(day: Day, firstWeekday: number): Day {
	const weekday = (((daysBetween(SOME_MONDAY, day) % WEEK) + WEEK) % WEEK) + 1;
	return addDays(day, -((weekday - firstWeekday + WEEK) % WEEK));
}

/** The first and the last day; null without days. */
export function spanOf(days: readonly DayCount[]): DayRange | null {
	const first = days[0];
	const last = days.at(-1);
	return first === undefined || last === undefined ? null : { from: first.day, to: last.day };
}

/**
 * The longest stretch without rows that stands out: at least `least` days, and at least twice as long as any
 * other, so that weekends of a shop that closes on them are no finding. Null when nothing stands out.
 */
export function longestGap(days: readonly DayCount[], least = 4): DayRange | null {
	const open = days.filter(({ rows }) => rows > 0);
	const gaps = open.slice(1).map(({ day }, i) => {
		const before = (open[i] as DayCount).day;
		return { from: addDays(before, 1), to: addDays(day, -1), length: daysBetween(before, day) - 1 };
	});
	const [longest, second] = gaps.sort((a, b) => b.length - a.length || (a.from < b.from ? -1 : 1));
	if (longest === undefined || longest.length < least) return null;
	if (second !== undefined && longest.length < 2 * second.length) return null;
	return { from: longest.from, to: longest.to };
}

/** A month on the axis: its first day, or the first day of the data. */
export interface MonthTick {
	readonly day: Day;
	/** True for the first tick, and for January where months are left out. */
	readonly withYear: boolean;
}

/** Months apart that axes use. */
const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60];

/** Ticks at months with at least `gap` pixels between them, when the span is `width` pixels wide. */
export function monthTicks({ from, to }: DayRange, width: number, gap = 44): MonthTick[] {
	const perDay = width / Math.max(daysBetween(from, to), 1);
	// The first day carries the year, and so does January where months are left out: such a text is longer.
	const roomOfYear = gap + 24;
	const step = MONTH_STEPS.find((months) => months * 30.4 * perDay >= (months > 1 ? roomOfYear : gap)) ?? 120;
	const later = monthsBetween(from, to)
		.filter((day) => monthNumber(day) % step === 0 && daysBetween(from, day) * perDay >= roomOfYear)
		.map((day) => ({ day, withYear: monthNumber(day) % 12 === 0 && step > 1 }));
	return [{ day: from, withYear: true }, ...later];
}

function monthNumber(day: Day): number {
	return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
}

function monthsBetween(from: Day, to: Day): Day[] {
	const months: Day[] = [];
	let [year, month] = [Number(from.slice(0, 4)), Number(from.slice(5, 7))];
	for (;;) {
		const day = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-01`;
		if (day > to) return months;
		months.push(day);
		[year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
	}
}
