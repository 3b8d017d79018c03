import { list, sql, type Sql } from '#lib/engine/sql.ts';
import { markOf } from './marks.ts';
import { netReturns } from './operations/net-returns.ts';
import { refunded } from './operations/refunded.ts';

/** Rows with any other reason, such as a duplicate or a test order, are not counted at all. */
const REASONS = [refunded.id, ...netReturns.exemptFrom];

/**
 * True for a row of `clean.rows` that gives money back, loaded or set aside for just that: of a credit note (negative money, a
 * number of `C` before digits, a refund by its kind), or of an order whose status says that all of it was refunded.
 */
export function isGivenBack(): Sql {
	const marked = sql`(marks & ${markOf(netReturns) | markOf(refunded)}) <> 0`;
	return sql`${marked} AND (reason IS NULL OR reason IN ${list([...new Set(REASONS)])})`;
}

/** True for a row of these that stands for an order of its own, which is no order because it was given back as a whole. */
export function isWholeOrder(): Sql {
	return sql`reason = ${refunded.id} AND (marks & ${markOf(netReturns)}) = 0`;
}
