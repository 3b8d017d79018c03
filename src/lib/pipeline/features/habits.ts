import { id, join, sql, type Sql } from '#lib/engine/sql.ts';
import { orders } from './bases/orders.ts';
import { hasTime } from './time-of-day.sql.ts';
import { numberPart, type FeaturePart } from './definitions/definition.ts';

/*
 * When somebody buys, by a few orders alone, is mostly chance. So each customer has a Dirichlet prior with the shares of
 * everybody: ten orders more that are spread as all orders are (Gelman et al., Bayesian Data Analysis, §3.4). The expected
 * share of a weekday or an hour is then (own + 10 × share of everybody) ÷ (own orders + 10).
 */

/** How many orders the prior counts for. */
const STRENGTH = 10;

/** Kinds of moments, of which an order has one: how each is called, and how many orders of a customer have it. */
export interface Habit {
	readonly names: readonly string[];
	/** In the order of the names; the last is the number of all. */
	readonly parts: readonly FeaturePart[];
}

/** Monday to Sunday. */
export const WEEKDAYS = habitOf(
	'weekday',
	['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
	sql`isodow(ordered_at) - 1`
);

/** Six hours each; orders without a time of day have none. */
export const DAYPARTS = habitOf(
	'daypart',
	['night', 'morning', 'afternoon', 'evening'],
	sql`hour(ordered_at) // 6`,
	hasTime(sql`ordered_at`)
);

/** 00:00 to 23:00; orders without a time of day have none. */
export const HOURS = habitOf(
	'hour',
	Array.from({ length: 24 }, (_, hour) => `${`${hour}`.padStart(2, '0')}:00`),
	sql`hour(ordered_at)`,
	hasTime(sql`ordered_at`)
);

/** The name of the moment with the largest expected share; the first of equals. */
export function preferredText(habit: Habit): Sql {
	const names = habit.names.map((name) => sql`${name}`);
	const expected = expectedOrders(habit);
	return sql`CASE WHEN ${everybody(habit)} > 0 THEN [${join(names, ', ')}][list_position(${expected}, list_max(${expected}))] END`;
}

/** The largest expected share. */
export function preferredShare(habit: Habit): Sql {
	return sql`list_max(${expectedOrders(habit)}) / (${ownOrders(habit)} + ${STRENGTH})`;
}

/** A list: of each moment, the own orders and those of the prior. */
function expectedOrders(habit: Habit): Sql {
	const expected = habit.parts.slice(0, -1).map((part) => {
		const own = id(part.id);
		return sql`${own} + ${STRENGTH} * (sum(${own}) OVER () / nullif(${everybody(habit)}, 0))`;
	});
	return sql`[${join(expected, ', ')}]`;
}

function ownOrders({ parts }: Habit): Sql {
	return id(parts.at(-1)?.id ?? '');
}

function everybody(habit: Habit): Sql {
	return sql`(sum(${ownOrders(habit)}) OVER ())`;
}

function habitOf(name: string, names: readonly string[], place: Sql, isTold = sql`true`): Habit {
	const counted = sql`NOT is_return AND ${isTold}`;
	const parts = names.map((_, i) =>
		numberPart(`${name}_${i}`, orders, () => sql`count_if(${place} = ${i} AND ${counted})`)
	);
	return { names, parts: [...parts, numberPart(`${name}_all`, orders, () => sql`count_if(${counted})`)] };
}
