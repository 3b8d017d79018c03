import { addDays, daysBetween, type Day } from '#lib/core/days.ts';
import { HORIZONS, type DriversLack, type Horizon, type LookBack, type Outcome } from './schema.ts';

/** What the files tell of time: the first and last day of orders, the day all ages are measured from, the last send. */
export interface History {
	readonly firstOrder: Day;
	readonly lastOrder: Day;
	readonly asOf: Day;
	readonly lastSend: Day | null;
}

/** The day after the last one that outcomes are known of. */
export function endOf({ lastOrder, asOf, lastSend }: History, outcome: Outcome): Day {
	const last = outcome === 'response' ? (lastSend ?? lastOrder) : lastOrder;
	const after = addDays(last, 1);
	return after < asOf ? after : asOf;
}

/** How long customers can be followed: as long as there is at least as much history before, the longest last. */
export function horizonsOf(history: History, outcome: Outcome): Horizon[] {
	const days = daysBetween(history.firstOrder, endOf(history, outcome));
	return HORIZONS.filter((horizon) => days >= 2 * horizon);
}

/**
 * The past day to look from, and the day its outcomes end before.
 * @param asked null, or longer than the history allows: the longest that it does
 */
export function lookBack(
	history: History,
	outcome: Outcome,
	asked: Horizon | null
): LookBack | Extract<DriversLack, { kind: 'history' }> {
	const possible = horizonsOf(history, outcome);
	const horizon = asked !== null && possible.includes(asked) ? asked : possible.at(-1);
	const until = endOf(history, outcome);
	if (horizon === undefined) {
		const { firstOrder: first } = history;
		const last = addDays(until, -1);
		return { kind: 'history', first, last, days: daysBetween(first, until), needed: 2 * HORIZONS[0] };
	}
	return { outcome, horizon, day: addDays(until, -horizon), until };
}
