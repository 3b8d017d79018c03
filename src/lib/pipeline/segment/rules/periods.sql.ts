import { sql, type Sql } from '#lib/engine/sql.ts';
import type { Window } from './schema.ts';
import { intervalSql } from './test.sql.ts';

/** Minutes of a week of 7 days, and of a month of 365.25 ÷ 12 days. */
const MINUTES = { week: 10_080, month: 43_830 } as const;

/**
 * How many weeks or months a window has, a DOUBLE of at least 1. A window without a beginning has those since the first order of
 * a person, `first_order`, and none goes beyond the as-of day. The last 3 months are 3 months, however many days they have.
 */
export function periodsSql(
	per: 'week' | 'month',
	window: Window | null,
	asOf: Sql
): { readonly periods: Sql; readonly isFromFirstOrder: boolean } {
	const months = per === 'month' && window?.kind === 'last' ? monthsOf(window.length) : null;
	if (months !== null) return { periods: sql`${months}::DOUBLE`, isFromFirstOrder: false };
	const start = startSql(window, asOf);
	const from = start ?? sql`first_order::DATE`;
	const minutes = sql`date_diff('minute', (${from})::TIMESTAMP, least((${endSql(window, asOf)})::TIMESTAMP, ${asOf}::TIMESTAMP))`;
	return {
		periods: sql`greatest(${minutes}::DOUBLE / ${MINUTES[per]}, 1)`,
		isFromFirstOrder: start === null
	};
}

/** The calendar months of a length; null where it is no number of them. */
function monthsOf({ count, unit }: Extract<Window, { kind: 'last' }>['length']): number | null {
	if (unit === 'month') return count;
	return unit === 'year' ? 12 * count : null;
}

function startSql(window: Window | null, asOf: Sql): Sql | null {
	switch (window?.kind) {
		case 'last':
			return sql`${asOf}::TIMESTAMP - ${intervalSql(window.length)}`;
		case 'since':
			return sql`${window.day}::DATE`;
		case 'between':
			return sql`${window.from}::DATE`;
		default:
			return null;
	}
}

function endSql(window: Window | null, asOf: Sql): Sql {
	switch (window?.kind) {
		case 'before_last':
			return sql`${asOf}::TIMESTAMP - ${intervalSql(window.length)}`;
		case 'until':
			return sql`${window.day}::DATE + 1`;
		case 'between':
			return sql`${window.to}::DATE + 1`;
		default:
			return asOf;
	}
}
