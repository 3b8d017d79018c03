import { sql } from '#lib/engine/sql.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import { wordRule } from './word-rule.ts';

/** Words of a status column for an order that waits for money, or was never placed. */
const UNPAID = [
	'(?:wc-)?on[- _]?hold',
	'holded',
	'(?:wc-)?pending[- _]payment',
	'awaiting[- _]payment',
	'payment[- _](?:pending|review|required|due)',
	'unpaid|not[- _]paid|incomplete|uncaptured',
	'requires[- _](?:payment[- _]method|action|confirmation|capture)',
	'(?:wc-)?(?:checkout-)?draft|auto-draft|trash'
].join('|');

/** Where a bare `pending` means that the money never came; shops write it also for orders that are paid on delivery. */
const PENDING_IS_UNPAID = ['woocommerce', 'paypal', 'stripe'] as const;

function pendingIsUnpaid({ platform }: SourceParams): boolean {
	return PENDING_IS_UNPAID.some((name) => platform?.startsWith(name) === true);
}

export const unpaid = wordRule({
	id: 'unpaid',
	label: 'Not paid yet',
	explanation: 'The status says that the order is on hold, a draft or waits for its payment.',
	defaultOn: true,
	roles: ['status'],
	says: (text, _, source) =>
		sql`regexp_full_match(${text}, ${pendingIsUnpaid(source) ? `${UNPAID}|(?:wc-)?pending` : UNPAID})`
});
