import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { sql } from '#lib/engine/sql.ts';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { cleanRows, makeSource } from '../../../../../tests/support/raw-tables.ts';
import { readCsv } from '../../../../../tests/support/read-csv.ts';

const FILE = new URL('../../../../../tests/fixtures/online_retail/orders.csv.gz', import.meta.url);
const DAYS = ['2010-12-01', '2010-12-02', '2010-12-03', '2010-12-05'];

/** The header, and the rows of the first four days of trading. */
function firstDays(): { columns: string[]; rows: string[][]; dayOf: (row: readonly string[]) => string } {
	const text = gunzipSync(readFileSync(FILE)).toString('utf8');
	const end = text.indexOf('2010-12-06');
	const [columns = [], ...rows] = readCsv(text.slice(0, text.lastIndexOf('\n', end) + 1));
	const date = columns.indexOf('InvoiceDate');
	return { columns, rows, dayOf: (row) => row[date]?.slice(0, 10) ?? '' };
}

describeEngines('overlapping exports of Online Retail', (engine) => {
	it.each([
		[1, 2, 3],
		[1, 3, 2],
		[2, 1, 3],
		[2, 3, 1],
		[3, 1, 2],
		[3, 2, 1]
	])('of days 1-2, 2-3 and 3-4 add up to the four days (versions %i, %i, %i)', async (...versions) => {
		const { columns, rows, dayOf } = firstDays();
		const mapping = {
			order_id: 'InvoiceNo',
			date: 'InvoiceDate',
			quantity: 'Quantity',
			unit_price: 'UnitPrice',
			customer: 'CustomerID',
			product: 'Description'
		};
		const contents = async () =>
			engine().rows(sql`
				SELECT customer_id::VARCHAR AS customer, order_id::VARCHAR AS id, ordered_at::VARCHAR AS ordered_at,
					amount::DOUBLE AS amount, line_count::INTEGER AS lines, item_count::DOUBLE AS items
				FROM clean.orders ORDER BY order_id, customer_id`);
		const whole = await cleanRows(engine(), [{ source: makeSource(columns, mapping), rows }]);
		const expected = await contents();
		expect(new Set(rows.map(dayOf))).toEqual(new Set(DAYS));
		expect(expected.length).toBeGreaterThan(200);
		const files = versions.map((version, i) => ({
			source: { ...makeSource(columns, mapping, { id: `s${i + 1}` }), series: 's1', version },
			rows: rows.filter((row) => DAYS.slice(i, i + 2).includes(dayOf(row)))
		}));
		const { customers, orders, revenue, rowsLoaded, ...result } = await cleanRows(engine(), files);
		expect({ customers, orders, revenue, rowsLoaded }).toEqual({
			customers: whole.customers,
			orders: whole.orders,
			revenue: whole.revenue,
			rowsLoaded: whole.rowsLoaded
		});
		expect(result.reasons.filter(({ reason }) => reason !== 'superseded')).toEqual(whole.reasons);
		expect(await contents()).toEqual(expected);
	});
});
