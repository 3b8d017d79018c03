import { sql, type Sql } from '#lib/engine/sql.ts';

/** True for a moment with a time of day: midnight to the microsecond is what a date without one reads as. */
export function hasTime(moment: Sql): Sql {
	return sql`${moment} <> date_trunc('day', ${moment})`;
}
