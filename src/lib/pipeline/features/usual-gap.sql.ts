import { sql, type Sql } from '#lib/engine/sql.ts';

/**
 * The days that usually pass between two orders of a customer: their own median, else, with fewer than three days with an order,
 * the median of the medians of everybody; NULL where nobody has one. Over the columns of `gap_days_median`.
 */
export function usualGap(): Sql {
	return sql`coalesce(gap_days_median, median(gap_days_median) OVER ())`;
}
