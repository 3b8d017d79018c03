import { addDays, daysBetween, type Day } from '#lib/core/days.ts';
import { median } from './quantile.ts';

/** What a day adds up to. */
export interface DayValue {
	readonly day: Day;
	readonly value: number;
}

/** A day, or a stretch of days without anything, that is far from what its surroundings lead one to expect. */
export interface UnusualDays {
	readonly from: Day;
	/** The same as `from`, except for a stretch without anything. */
	readonly to: Day;
	/** Of all its days together. */
	readonly value: number;
	readonly expected: number;
	/** value ÷ expected; Infinity where nothing is expected, such as on a day on which a shop is never open. */
	readonly ratio: number;
	/** Robust z: positive for too much, negative for too little. */
	readonly score: number;
}

/** `count`: how many there were. `total`: an amount in a unit of its own, such as money. */
export type DayScale = 'count' | 'total';

const WEEK = 7;
/** With fewer days there is nothing to compare with. */
const LEAST_DAYS = 4 * WEEK;
/** Weeks on either side that tell the local level: half a quarter in all. */
const LEVEL_WEEKS = 3;
/** Weeks on either side that tell what a weekday is like: half a year in all, so that new opening days are learnt. */
const WEEKDAY_WEEKS = 13;
/**
 * Robust z from which on a day is unusual. Iglewicz & Hoaglin (1993) take 3.5 for independent normal values; days of a
 * shop have heavier tails, and there are hundreds of them.
 */
const LEAST_SCORE = 5;
/** What is less than twice the usual, or more than half of it, is within what shops live with. */
const LEAST_FACTOR = 2;
/** Standard deviation of a normal distribution in units of its median absolute deviation. */
const MAD_SCALE = 1.4826;
/** Totals vary by a tenth of their level at least. */
const LEAST_VARIATION = 0.1;

/**
 * Days that are far from usual, in rising order. Days may come in any order; those of the span that are left out count
 * as 0. Fewer than four weeks have no unusual days.
 *
 * The usual of a day is its local level times what its weekday is like. The level is the running median, over the weeks
 * around, of the mean of seven days; as each holds every weekday once, weekdays do not move it, and one odd day moves one
 * week of seven. The factor of a weekday is the running median of its days relative to their level. Both are compared
 * on the scale 2√(x + 3/8) of Anscombe (1948, Biometrika 35), on which a Poisson count varies by 1 whatever its mean,
 * and which unlike log(1 + x) does not blow up the differences between few and none. The score is the difference in
 * units of 1.4826 × the median absolute deviation of all days with something to expect, but at least 1: no shop is
 * steadier than chance, so a small one is not all alarms. Totals have no natural unit: they are compared on 2√x.
 *
 * Days without anything that follow each other are one finding, judged by what was expected of them together. The first
 * and the last day may be cut, and are never too low. Where the level is 0, or most days with something come on no
 * weekday of their own, there is no usual, and nothing is unusual. O(n) medians of at most 27 numbers.
 */
export function unusualDays(days: readonly DayValue[], scale: DayScale = 'count'): UnusualDays[] {
	const series = fillDays(days);
	if (series === null || series.values.length < LEAST_DAYS) return [];
	const { first, values } = series;
	const levels = localLevels(values);
	const expected = expectedValues(values, levels);
	if (!isRegular(values, expected)) return [];
	const compare = comparer(values, expected, levels, scale);
	return stretches(values).flatMap(({ start, end }) => {
		const found = levels[start] === 0 && start === end ? null : judge(values, expected, compare, start, end);
		if (found === null) return [];
		const [from, to] = [addDays(first, found.start), addDays(first, found.end)];
		const { value, usual, score } = found;
		return [{ from, to, value, expected: usual, ratio: usual > 0 ? value / usual : Infinity, score }];
	});
}

interface Stretch {
	readonly start: number;
	readonly end: number;
}

interface Judged extends Stretch {
	readonly value: number;
	readonly usual: number;
	readonly score: number;
}

function fillDays(days: readonly DayValue[]): { readonly first: Day; readonly values: Float64Array } | null {
	const [one] = days;
	if (one === undefined) return null;
	const first = days.reduce((least, { day }) => (day < least ? day : least), one.day);
	const last = days.reduce((most, { day }) => (day > most ? day : most), one.day);
	const values = new Float64Array(daysBetween(first, last) + 1);
	for (const { day, value } of days) values[daysBetween(first, day)]! += value;
	return { first, values: values.map((value) => Math.max(0, value)) };
}

/** The median over the weeks around of the mean of seven days, for every day. */
function localLevels(values: Float64Array): Float64Array {
	const weekMeans = new Float64Array(values.length - WEEK + 1);
	for (let i = 0; i < weekMeans.length; i += 1) {
		for (let day = i; day < i + WEEK; day += 1) weekMeans[i]! += (values[day] as number) / WEEK;
	}
	return values.map((_, i) => {
		const centre = Math.min(Math.max(i - 3, 0), weekMeans.length - 1);
		return median(everyWeek(weekMeans, centre, LEVEL_WEEKS));
	});
}

/** What the weekday makes of the level, for every day. */
function expectedValues(values: Float64Array, levels: Float64Array): Float64Array {
	const relative = values.map((value, i) => (levels[i] === 0 ? NaN : value / (levels[i] as number)));
	return values.map((_, i) => {
		const known = everyWeek(relative, i, WEEKDAY_WEEKS).filter((share) => !Number.isNaN(share));
		return known.length === 0 ? 0 : median(known) * (levels[i] as number);
	});
}

/** False where most days with something come as they please, as newsletters do: then no day is usual. */
function isRegular(values: Float64Array, expected: Float64Array): boolean {
	const busy = [...values.keys()].filter((i) => (values[i] as number) > 0);
	return busy.filter((i) => (expected[i] as number) > 0).length * 2 > busy.length;
}

/** The values of a day and of the same weekday in the weeks before and after, as far as there are any. */
function everyWeek(values: Float64Array, centre: number, weeks: number): number[] {
	const found: number[] = [];
	for (let week = -weeks; week <= weeks; week += 1) {
		const value = values[centre + week * WEEK];
		if (value !== undefined) found.push(value);
	}
	return found;
}

/** How far a value is from the usual, as a robust z. */
function comparer(
	values: Float64Array,
	expected: Float64Array,
	levels: Float64Array,
	scale: DayScale
): (value: number, usual: number) => number {
	const offset = scale === 'count' ? 3 / 8 : 0;
	const stable = (value: number) => 2 * Math.sqrt(value + offset);
	const residuals = [...values.keys()]
		.filter((i) => (expected[i] as number) > 0)
		.map((i) => stable(values[i] as number) - stable(expected[i] as number));
	const least = scale === 'count' ? 1 : LEAST_VARIATION * Math.sqrt(median(levels));
	const middle = residuals.length === 0 ? 0 : median(residuals);
	const spread = median(residuals.length === 0 ? [0] : residuals.map((r) => Math.abs(r - middle)));
	const unit = Math.max(least, MAD_SCALE * spread);
	return (value, usual) => (unit === 0 ? 0 : (stable(value) - stable(usual)) / unit);
}

/** Every day by itself, those without anything that follow each other as one. */
function stretches(values: Float64Array): Stretch[] {
	const found: Stretch[] = [];
	values.forEach((value, i) => {
		const before = found.at(-1);
		if (value === 0 && before !== undefined && values[before.end] === 0)
			found[found.length - 1] = { start: before.start, end: i };
		else found.push({ start: i, end: i });
	});
	return found;
}

/** The stretch without the days at its ends on which nothing is expected anyway; null when it is within the usual. */
function judge(
	values: Float64Array,
	expected: Float64Array,
	compare: (value: number, usual: number) => number,
	start: number,
	end: number
): Judged | null {
	const indices = Array.from({ length: end - start + 1 }, (_, i) => start + i);
	const usual = indices.reduce((sum, i) => sum + (expected[i] as number), 0);
	const value = values[start] as number;
	const score = compare(value, usual);
	const isLow = score <= -LEAST_SCORE && value * LEAST_FACTOR <= usual;
	const isHigh = score >= LEAST_SCORE && value >= usual * LEAST_FACTOR;
	const isCut = start === 0 || end === values.length - 1;
	if (!isHigh && (!isLow || isCut)) return null;
	const open = value > 0 ? indices : indices.filter((i) => (expected[i] as number) > 0);
	return { start: open[0] ?? start, end: open.at(-1) ?? end, value, usual, score };
}
