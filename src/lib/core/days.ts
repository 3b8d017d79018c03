/** Calendar days as ISO text (`2011-08-31`). No time zone takes part: a day is what the file says. */
export type Day = string;

const MS_PER_DAY = 86_400_000;

/** True for a real calendar day written as `yyyy-mm-dd`. */
export function isDay(text: string): text is Day {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
	const ms = Date.parse(`${text}T00:00:00Z`);
	return Number.isFinite(ms) && dayFromMs(ms) === text;
}

/** The day some days later (or earlier, when negative). */
export function addDays(day: Day, days: number): Day {
	return dayFromMs(Date.parse(`${day}T00:00:00Z`) + days * MS_PER_DAY);
}

/** Whole days from the first day to the second. */
export function daysBetween(from: Day, to: Day): number {
	return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / MS_PER_DAY);
}

/** The UTC day of a number of milliseconds since 1970. */
export function dayFromMs(ms: number): Day {
	return new Date(ms).toISOString().slice(0, 10);
}
