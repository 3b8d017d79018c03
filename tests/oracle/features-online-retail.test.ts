import { readFile } from 'node:fs/promises';
import { beforeAll, expect, it } from 'vitest';
import { id, sql, type Sql } from '#lib/engine/sql.ts';
import { DEFAULT_FEATURES } from '#lib/pipeline/features/schema.ts';
import { runFeatures, runLibrary } from '#lib/pipeline/features/step.ts';
import { loadSource } from '#lib/pipeline/import/load.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import { describeEngines } from '../support/engines.ts';
import { cleanWithDetails, makeSource, stepContext } from '../support/raw-tables.ts';

/*
 * Features of Online Retail against plain SQL over the columns of the file, written another way. Only which rows are
 * loaded is taken from the cleaning.
 */

const FILE = new URL('../fixtures/online_retail/orders.csv.gz', import.meta.url);
const AS_OF = '2011-09-01';
const PLAIN = makeSource(
	['InvoiceNo', 'StockCode', 'Description', 'Quantity', 'InvoiceDate', 'UnitPrice', 'CustomerID', 'Country'],
	{
		order_id: 'InvoiceNo',
		sku: 'StockCode',
		product: 'Description',
		quantity: 'Quantity',
		date: 'InvoiceDate',
		unit_price: 'UnitPrice',
		customer: 'CustomerID',
		country: 'Country'
	}
);
const SOURCE: SourceParams = { ...PLAIN, dialect: { ...PLAIN.dialect, compression: 'gzip' } };

/** Lines of before the as-of day that are loaded: c0 … c7 as in the file. */
const LINES = sql`(
	SELECT split_part(c6, '.', 1) AS customer, c0 AS invoice, c1 AS sku, c4::TIMESTAMP AS moment,
		c5::DECIMAL(18,4) AS price, c3::DECIMAL(18,4) * c5::DECIMAL(18,4) AS money
	FROM import.s1 WHERE c4 < ${AS_OF} AND row IN (SELECT row FROM clean.rows WHERE reason IS NULL))`;
const INVOICES = sql`(SELECT customer, invoice, min(moment) AS moment, sum(money) AS money FROM ${LINES} GROUP BY 1, 2)`;

/** For each feature, the value of each customer who has one. */
const CHECKS: readonly (readonly [feature: string, check: Sql])[] = [
	['frequency', sql`SELECT customer, count(DISTINCT invoice) AS value FROM ${LINES} GROUP BY 1`],
	['monetary_total', sql`SELECT customer, sum(money)::DOUBLE AS value FROM ${LINES} GROUP BY 1`],
	[
		'orders_last_90_days',
		sql`SELECT customer, count(CASE WHEN moment >= TIMESTAMP '2011-06-03' THEN 1 END) AS value FROM ${INVOICES} GROUP BY 1`
	],
	[
		'returns_per_order',
		sql`SELECT customer, coalesce(n, 0) / count(*)::DOUBLE AS value FROM ${INVOICES} LEFT JOIN (
				SELECT split_part(c6, '.', 1) AS customer, count(DISTINCT c0) AS n FROM import.s1
				WHERE c4 < ${AS_OF} AND c0 LIKE 'C%' AND c6 <> '' GROUP BY 1
			) USING (customer) GROUP BY customer, n`
	],
	[
		'weekend_order_share',
		sql`SELECT customer, avg(CASE WHEN dayname(moment) IN ('Saturday', 'Sunday') THEN 1.0 ELSE 0 END) AS value FROM ${INVOICES} GROUP BY 1`
	],
	['distinct_products', sql`SELECT customer, count(DISTINCT sku) AS value FROM ${LINES} GROUP BY 1`],
	[
		'premium_share',
		sql`SELECT customer, (sum(CASE WHEN price > cut THEN money ELSE 0 END))::DOUBLE / sum(money)::DOUBLE AS value
			FROM ${LINES}, (SELECT max(price) AS cut FROM (
				SELECT price, row_number() OVER (ORDER BY price) AS n, count(*) OVER () AS lines FROM ${LINES}
			) WHERE n <= ceil(0.8::DOUBLE * lines)) GROUP BY 1`
	],
	[
		'gap_days_median',
		sql`SELECT a.customer, median(date_diff('day', a.moment, b.moment)) AS value FROM
			(SELECT customer, moment, row_number() OVER (PARTITION BY customer ORDER BY moment) AS n FROM (SELECT DISTINCT customer, moment::DATE AS moment FROM ${INVOICES})) a
			JOIN (SELECT customer, moment, row_number() OVER (PARTITION BY customer ORDER BY moment) AS n FROM (SELECT DISTINCT customer, moment::DATE AS moment FROM ${INVOICES})) b
			ON b.customer = a.customer AND b.n = a.n + 1 GROUP BY 1 HAVING count(*) >= 2`
	],
	[
		'order_value_variation',
		sql`SELECT customer, round(stddev_samp(money::DOUBLE) / avg(money::DOUBLE), 6) AS value FROM ${INVOICES} GROUP BY 1 HAVING count(*) > 1`
	],
	[
		'preferred_weekday_share',
		sql`WITH days AS (SELECT customer, dayname(moment) AS day FROM ${INVOICES}),
			everybody AS (SELECT day, count(*)::DOUBLE / (SELECT count(*) FROM days) AS share FROM days GROUP BY 1),
			own AS (SELECT customer, day, count(*) AS n FROM days GROUP BY 1, 2)
			SELECT customer, max((coalesce(n, 0) + 10 * share) / (orders + 10)) AS value
			FROM (SELECT customer, count(*) AS orders FROM days GROUP BY 1) CROSS JOIN everybody LEFT JOIN own USING (customer, day)
			GROUP BY 1`
	]
];

describeEngines('the features of Online Retail', (engine) => {
	const context = () => stepContext(engine());
	let customers = 0;

	beforeAll(async () => {
		const blob = new Blob([new Uint8Array(await readFile(FILE))]);
		const { result } = await loadSource(context(), SOURCE, { blob });
		const clean = await cleanWithDetails(engine(), [SOURCE], {}, [result]);
		const params = { ...DEFAULT_FEATURES, asOf: AS_OF };
		const features = await runFeatures(context(), params, clean);
		customers = features.customers;
		await runLibrary(context(), params, features);
	}, 300_000);

	it.each(CHECKS)('%s is that of plain SQL', async (feature, check) => {
		const [compared] = await engine().rows<{ customers: number; known: number; different: number }>(sql`
			SELECT count(*)::INTEGER AS customers, count(value)::INTEGER AS known,
				count_if((found IS NULL) <> (value IS NULL) OR abs(found - value) > 1e-6 * greatest(1, abs(value)))::INTEGER AS different
			FROM (
				SELECT customer_id, ${id(feature)}::DOUBLE AS found
				FROM features.customers JOIN (SELECT * EXCLUDE (customer_id) FROM features.library) USING (idx)
			) LEFT JOIN (SELECT customer AS customer_id, value::DOUBLE AS value FROM (${check})) USING (customer_id)
			ORDER BY customers`);
		expect(compared).toMatchObject({ customers, different: 0 });
		expect(compared?.known).toBeGreaterThan(1000);
	});
});
