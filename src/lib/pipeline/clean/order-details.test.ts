import { expect, it } from 'vitest';
import { sql } from '#lib/engine/sql.ts';
import { describeEngines } from '../../../../tests/support/engines.ts';
import { cleanRows, makeSource } from '../../../../tests/support/raw-tables.ts';

const COLUMNS = ['Order', 'Day', 'Who', 'Total', 'Off', 'Back', 'Code', 'Where'];
const SHOP = makeSource(
	COLUMNS,
	{
		order_id: 'Order',
		date: 'Day',
		customer: 'Who',
		order_total: 'Total',
		discount: 'Off',
		refund: 'Back',
		coupon: 'Code',
		channel: 'Where'
	},
	{ orderFieldsOnFirstRow: true }
);
const TILL = makeSource(
	['Day', 'Who', 'Paid'],
	{ date: 'Day', customer: 'Who', amount: 'Paid' },
	{ id: 's2' }
);

describeEngines('clean.order_details', (engine) => {
	const read = () =>
		engine().rows(sql`
			SELECT source::VARCHAR AS source, row::INTEGER AS row, customer_id::VARCHAR AS customer, is_return::BOOLEAN AS is_return,
				channel::VARCHAR AS channel, store::VARCHAR AS store, coupon::VARCHAR AS coupon,
				discount::DOUBLE AS discount, refund::DOUBLE AS refund, is_order_discount::BOOLEAN AS is_order_discount
			FROM clean.order_details ORDER BY source, row`);

	it('says of every loaded row what its file tells, with what stands once per order on all its rows', async () => {
		await cleanRows(
			engine(),
			[
				{
					source: SHOP,
					rows: [
						['1', '2024-01-02', 'a', '10', '2,000.50', '', ' SPRING ', 'web'],
						['1', '', '', '', '', '', '', ''],
						['', '', '', '5', '1', '', '', ''],
						['3', '2024-01-03', 'b', '8', '', '3', '', '']
					]
				},
				{ source: TILL, rows: [['2024-01-04', 'a', '-3']] }
			],
			{ net_returns: true }
		);
		const shop = { source: 's1', isReturn: false, store: null, isOrderDiscount: true };
		expect(await read()).toEqual([
			{ ...shop, row: 1, customer: 'a', channel: 'web', coupon: 'SPRING', discount: 2000.5, refund: null },
			{ ...shop, row: 2, customer: 'a', channel: 'web', coupon: 'SPRING', discount: null, refund: null },
			{ ...shop, row: 4, customer: 'b', channel: null, coupon: null, discount: null, refund: 3 },
			{
				...{ source: 's2', row: 1, customer: 'a', isReturn: true, channel: null, store: null, coupon: null },
				...{ discount: null, refund: null, isOrderDiscount: false }
			}
		]);
	});

	it('is there, and empty, without a file of orders', async () => {
		const people = { ...makeSource(['Who'], { customer: 'Who' }), kind: 'customers' as const };
		await cleanRows(engine(), [{ source: people, rows: [['a']] }]);
		expect(await read()).toEqual([]);
	});
});
