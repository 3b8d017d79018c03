import { join, list, sql, type Sql } from '#lib/engine/sql.ts';
import { hasRole, type SourceContext } from '../source.ts';
import type { Rule } from './operation.ts';

/** Words of a status column for an order that never became a sale, in lower case. */
const STATUSES = [
	'cancelled',
	'canceled',
	'void',
	'voided',
	'failed',
	'declined',
	'rejected',
	'denied',
	'refused',
	'expired',
	'abandoned',
	'blocked',
	'wc-cancelled',
	'wc-failed'
] as const;

/** Share of the order ids without `C` that must be plain digits; a few adjustment entries (A563185) do not count. */
const PLAIN_SHARE = 0.99;

/** Condition for `C` before digits, in a column whose other ids are plain digits; null in any other column. */
export function cancelledByNumber({ source, facts }: SourceContext): Sql | null {
	const { digits, cancelled: cancelledIds } = facts.orderIds;
	if (!hasRole(source, 'order_id') || cancelledIds === 0 || digits === 0) return null;
	const others = (facts.ids.order_id?.filled ?? 0) - cancelledIds;
	return digits >= others * PLAIN_SHARE
		? sql`CASE WHEN left(order_id, 1) IN ('C', 'c') THEN regexp_full_match(order_id, '[Cc][0-9]+') END`
		: null;
}

/** Condition for a status that says so; null without a status column. */
export function cancelledByStatus({ source }: SourceContext): Sql | null {
	return hasRole(source, 'status') ? sql`lower(trim(status_text)) IN ${list(STATUSES)}` : null;
}

export const cancelled: Rule = {
	id: 'cancelled',
	kind: 'rule',
	label: 'Cancelled, voided or failed',
	explanation:
		'The status says that the order was called off, or its number is C before the digits of an order.',
	defaultOn: true,
	applies: (context) => cancelledByNumber(context) !== null || cancelledByStatus(context) !== null,
	condition: (context) => {
		const ways = [cancelledByNumber(context), cancelledByStatus(context)].filter((way) => way !== null);
		return join(
			ways.map((way) => sql`(${way})`),
			' OR '
		);
	},
	detail: (context) => {
		if (cancelledByStatus(context) === null) return sql`order_id`;
		return sql`coalesce(nullif(trim(status_text), ''), order_id)`;
	}
};
