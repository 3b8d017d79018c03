/** One stretch of a time zone: from `startsAt` (milliseconds since 1970, UTC) on, clocks are so many seconds ahead of UTC. */
export interface ZoneStretch {
	readonly startsAt: number;
	readonly offsetSeconds: number;
}

const FIRST_YEAR = 1970;
const LAST_YEAR = 2100;
/** No zone has changed its clocks twice within a week since 1970. */
const STEP_MS = 7 * 86_400_000;
const SECOND_MS = 1000;

/**
 * The stretches of a time zone from 1970 to 2100, ascending; the first also holds for all time before. Asked of the
 * runtime, which has the IANA time zone database, because the engine has none.
 * @param timeZone an IANA name, such as `Europe/Vienna`
 * @throws RangeError for a name that the runtime does not know
 */
export function zoneStretches(timeZone: string): ZoneStretch[] {
	const offsetAt = offsetReader(timeZone);
	const end = Date.UTC(LAST_YEAR, 0, 1);
	let at = Date.UTC(FIRST_YEAR, 0, 1);
	let offset = offsetAt(at);
	const stretches: ZoneStretch[] = [{ startsAt: at, offsetSeconds: offset }];
	while (at < end) {
		const next = Math.min(at + STEP_MS, end);
		const later = offsetAt(next);
		if (later !== offset) {
			const startsAt = changeBetween(at, next, (time) => offsetAt(time) !== offset);
			stretches.push({ startsAt, offsetSeconds: later });
			offset = later;
		}
		at = next;
	}
	return stretches;
}

/** The first whole second in (from, to] for which the condition holds; it must hold at `to`, and never stop holding. */
function changeBetween(from: number, to: number, isAfter: (time: number) => boolean): number {
	let [low, high] = [from / SECOND_MS, to / SECOND_MS];
	while (high - low > 1) {
		const middle = Math.floor((low + high) / 2);
		if (isAfter(middle * SECOND_MS)) high = middle;
		else low = middle;
	}
	return high * SECOND_MS;
}

/** Reads how many seconds clocks are ahead of UTC at a time: what they show, less the time. */
function offsetReader(timeZone: string): (time: number) => number {
	const clock = new Intl.DateTimeFormat('en-US', {
		timeZone,
		calendar: 'gregory',
		hourCycle: 'h23',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
		hour: 'numeric',
		minute: 'numeric',
		second: 'numeric'
	});
	return (time) => {
		const shown = new Map(clock.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
		const part = (type: Intl.DateTimeFormatPartTypes) => shown.get(type) ?? 0;
		const wall = Date.UTC(
			part('year'),
			part('month') - 1,
			part('day'),
			part('hour'),
			part('minute'),
			part('second')
		);
		return (wall - time) / SECOND_MS;
	};
}
