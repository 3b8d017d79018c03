import { join, sql } from '#lib/engine/sql.ts';
import { moneyKind } from '../source.ts';
import { cancelled, cancelledByNumber, cancelledByStatus } from './cancelled.ts';
import { missingCustomer } from './missing-customer.ts';
import { notASale } from './not-a-sale.ts';
import type { RowFix } from './operation.ts';
import { priceNotPositive } from './price-not-positive.ts';
import { quantityNotPositive } from './quantity-not-positive.ts';
import { refunded, refundRow } from './refunded.ts';
import { unreadable } from './unreadable.ts';

export const netReturns: RowFix = {
	id: 'net_returns',
	kind: 'fix',
	changes: 'rows',
	label: 'Take credit notes off',
	explanation:
		'Returns that stand on rows of their own lower what the customer spent. They never count as orders, nor as the last visit.',
	defaultOn: false,
	exemptFrom: [cancelled.id, refunded.id, quantityNotPositive.id, priceNotPositive.id],
	applies: ({ source }) => moneyKind(source) !== null,
	condition: (context) => {
		const { source } = context;
		const ways = [sql`money < 0`, cancelledByNumber(context), refundRow(source)];
		const signs = ways.filter((way) => way !== null);
		const calledOff = cancelledByStatus(context);
		return join(
			[
				sql`(${join(signs, ' OR ')})`,
				sql`money <> 0`,
				sql`NOT (${unreadable.condition(context)})`,
				sql`NOT (${missingCustomer.condition(context)})`,
				...(calledOff ? [sql`NOT (${calledOff})`] : []),
				...(notASale.applies(context) ? [sql`NOT is_no_sale`] : [])
			],
			' AND '
		);
	}
};
