import { addDays, daysBetween, type Day } from '#lib/core/days.ts';
import { HORIZONS } from '#lib/pipeline/segment/past/schema.ts';
import type { HoldoutPlan } from './schema.ts';

/** So many days of orders have to be known before the day on which segments are found. */
const SHORTEST_HISTORY_DAYS = 60;

/** Days of orders that any check needs: before the first day, and the shortest horizon twice. */
export const SHORTEST_CHECK_DAYS = SHORTEST_HISTORY_DAYS + 2 * Math.min(...HORIZONS);

/**
 * The longest horizon for which there is an earlier day with history before it, a later one after its horizon, and the same
 * horizon after that, all before the as-of day; null where the history is too short for any.
 */
export function planHoldout(firstOrder: Day | null, lastOrder: Day | null, asOf: Day): HoldoutPlan | null {
	if (firstOrder === null || lastOrder === null) return null;
	const dayAfter = addDays(lastOrder, 1);
	const end = dayAfter < asOf ? dayAfter : asOf;
	for (const horizon of HORIZONS.toSorted((a, b) => b - a)) {
		const checkDay = addDays(end, -horizon);
		const fitDay = addDays(checkDay, -horizon);
		if (daysBetween(firstOrder, fitDay) >= SHORTEST_HISTORY_DAYS) return { fitDay, checkDay, horizon };
	}
	return null;
}
