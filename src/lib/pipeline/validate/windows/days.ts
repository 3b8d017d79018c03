import { addDays, daysBetween, type Day } from '#lib/core/days.ts';

/** So many days have to be known before a day that segments are asked of. */
const SHORTEST_HISTORY_DAYS = 28;
/** Month starts that are looked back on. */
const MOST_MONTHS = 12;

/**
 * The first days of the last months before the as-of day, the oldest first: at most twelve, and only those before which
 * four weeks of orders are known.
 */
export function monthStarts(asOf: Day, firstOrder: Day): Day[] {
	const found: Day[] = [];
	let day = firstOfMonth(addDays(asOf, -1));
	while (found.length < MOST_MONTHS && daysBetween(firstOrder, day) >= SHORTEST_HISTORY_DAYS) {
		found.unshift(day);
		day = firstOfMonth(addDays(day, -1));
	}
	return found;
}

/** The first day of the month after that of a day. */
export function nextMonth(day: Day): Day {
	return firstOfMonth(addDays(firstOfMonth(day), 31));
}

function firstOfMonth(day: Day): Day {
	return `${day.slice(0, 7)}-01`;
}
