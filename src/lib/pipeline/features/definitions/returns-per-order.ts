import { sql } from '#lib/engine/sql.ts';
import { orderDetails } from '../bases/order-details.ts';
import { returns } from '../bases/returns.ts';
import { numberPart, type FeatureDefinition } from './definition.ts';

const returnCount = numberPart('return_count', returns, () => sql`count(*)`);
const wholeReturnCount = numberPart('whole_return_count', returns, () => sql`count_if(is_whole_order)`);
const refundedOrderCount = numberPart('refunded_order_count', orderDetails, () => sql`count_if(is_refunded)`);

export const returnsPerOrder: FeatureDefinition = {
	id: 'returns_per_order',
	label: 'Returns per order',
	family: 'money',
	unit: 'ratio',
	kind: 'number',
	meaning: 'How often something comes back: 0.5 is one return for every two orders.',
	formula:
		'(credit notes + refunds on rows of their own + orders of which money was given back) ÷ orders, with those that were given back as a whole counted as orders too',
	needs: ['returns'],
	caution: 'Rows that are set aside for another reason, such as duplicates, do not count.',
	complete: true,
	base: null,
	uses: ['frequency'],
	parts: [returnCount, wholeReturnCount, refundedOrderCount],
	absent: 0,
	sql: () => sql`(return_count + refunded_order_count) / (frequency + whole_return_count)`
};
