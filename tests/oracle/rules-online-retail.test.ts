import { readFile } from 'node:fs/promises';
import { beforeAll, expect, it } from 'vitest';
import type { Day } from '#lib/core/days.ts';
import { day, sql, type Sql } from '#lib/engine/sql.ts';
import { DEFAULT_FEATURES } from '#lib/pipeline/features/schema.ts';
import { CUSTOMERS, runFeatures } from '#lib/pipeline/features/step.ts';
import { loadSource } from '#lib/pipeline/import/load.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import { DEFAULT_CARTS } from '#lib/pipeline/segment/carts/schema.ts';
import { DEFAULT_JOURNEYS } from '#lib/pipeline/segment/journeys/schema.ts';
import { problemOf } from '#lib/pipeline/segment/own/step.ts';
import { membersSql } from '#lib/pipeline/segment/rules/compile.ts';
import type { ActivityCondition, Condition, Rule, Window } from '#lib/pipeline/segment/rules/schema.ts';
import type { RuleScope } from '#lib/pipeline/segment/rules/scope.ts';
import { describeEngines } from '../support/engines.ts';
import { cleanWithDetails, makeSource, stepContext } from '../support/raw-tables.ts';

/*
 * Rules asked of Online Retail against plain SQL over the columns of the file, written by hand. Only which rows are loaded is
 * taken from the cleaning.
 */

const FILE = new URL('../fixtures/online_retail/orders.csv.gz', import.meta.url);
const AS_OF: Day = '2011-09-01';
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
	SELECT split_part(c6, '.', 1) AS customer, c0 AS invoice, c1 AS sku, c2 AS name, c4::TIMESTAMP AS moment,
		c3::DECIMAL(18,4) AS pieces, c5::DECIMAL(18,4) AS price, c3::DECIMAL(18,4) * c5::DECIMAL(18,4) AS money
	FROM import.s1 WHERE c4 < ${AS_OF} AND row IN (SELECT row FROM clean.rows WHERE reason IS NULL))`;
const INVOICES = sql`(SELECT customer, invoice, min(moment) AS moment, sum(money) AS money FROM ${LINES} GROUP BY 1, 2)`;

function orders(changes: Partial<ActivityCondition>): ActivityCondition {
	return {
		...{ kind: 'activity', subject: 'orders', among: 'all', where: [], window: null },
		...{ measure: { kind: 'count' }, per: null, test: { op: 'ge', value: 1 } },
		...changes
	} as ActivityCondition;
}

function lines(changes: Partial<ActivityCondition>): ActivityCondition {
	return orders({ subject: 'lines', ...changes });
}

function ruleOf(match: Rule['match'], ...conditions: Condition[]): Rule {
	return { kind: 'group', match, conditions };
}

function last(count: number, unit: 'day' | 'week' | 'month'): Window {
	return { kind: 'last', length: { count, unit } };
}

/** What each rule says, and a SELECT of the customers of whom it holds. */
const CHECKS: readonly (readonly [words: string, rule: Rule, check: Sql])[] = [
	[
		'more than 3 orders a month and more than 500 spent',
		ruleOf(
			'all',
			orders({ per: 'month', test: { op: 'gt', value: 3 } }),
			orders({ measure: { kind: 'sum', field: 'amount' }, test: { op: 'gt', value: 500 } })
		),
		sql`SELECT customer FROM ${INVOICES} GROUP BY 1
			HAVING count(*) > 3 * greatest(1.0, date_diff('day', min(moment)::DATE, DATE '2011-09-01') * 12 / 365.25) AND sum(money) > 500`
	],
	[
		'active in the last 30 days',
		ruleOf('all', orders({ window: last(30, 'day') })),
		sql`SELECT DISTINCT customer FROM ${LINES} WHERE moment >= TIMESTAMP '2011-08-02 00:00:00'`
	],
	[
		'more than 1000 spent in the last 3 months, each month on average 500 at most',
		ruleOf(
			'all',
			orders({
				window: last(3, 'month'),
				measure: { kind: 'sum', field: 'amount' },
				test: { op: 'gt', value: 1000 }
			}),
			orders({
				window: last(3, 'month'),
				measure: { kind: 'sum', field: 'amount' },
				per: 'month',
				test: { op: 'le', value: 500 }
			})
		),
		sql`SELECT customer FROM ${LINES} WHERE moment >= TIMESTAMP '2011-06-01' GROUP BY 1
			HAVING sum(money) > 1000 AND sum(money) <= 1500`
	],
	[
		'at least 3 orders, and none in the last 90 days',
		ruleOf(
			'all',
			orders({ test: { op: 'ge', value: 3 } }),
			ruleOf('none', orders({ window: last(90, 'day') }))
		),
		sql`SELECT customer FROM ${INVOICES} GROUP BY 1 HAVING count(*) >= 3 AND max(moment) < TIMESTAMP '2011-06-03'`
	],
	[
		'bought a product with Christmas in its name in December 2010',
		ruleOf(
			'all',
			lines({
				window: { kind: 'between', from: '2010-12-01', to: '2010-12-31' },
				where: [{ field: 'product', test: { type: 'text', test: { op: 'contains', value: 'Christmas ' } } }]
			})
		),
		sql`SELECT DISTINCT customer FROM ${LINES} WHERE name LIKE '%CHRISTMAS%' AND moment < TIMESTAMP '2011-01-01'`
	],
	[
		'at least 100 different products or a mean order of 1000',
		ruleOf(
			'any',
			lines({ measure: { kind: 'distinct', field: 'sku' }, test: { op: 'ge', value: 100 } }),
			orders({ measure: { kind: 'mean', field: 'amount' }, test: { op: 'ge', value: 1000 } })
		),
		sql`SELECT customer FROM ${LINES} GROUP BY 1
			HAVING count(DISTINCT lower(sku)) >= 100 OR sum(money) >= 1000 * count(DISTINCT invoice)`
	],
	[
		'the first order was worth more than 500',
		ruleOf(
			'all',
			orders({
				among: 'first',
				where: [{ field: 'amount', test: { type: 'number', test: { op: 'gt', value: 500 } } }]
			})
		),
		sql`SELECT customer FROM (
				SELECT customer, money, row_number() OVER (PARTITION BY customer ORDER BY moment, invoice) AS place FROM ${INVOICES}
			) WHERE place = 1 AND money > 500`
	],
	[
		'the last order before June has 100 items at least',
		ruleOf(
			'all',
			orders({
				among: 'last',
				window: { kind: 'until', day: '2011-05-31' },
				where: [{ field: 'item_count', test: { type: 'number', test: { op: 'ge', value: 100 } } }]
			})
		),
		sql`WITH placed AS (
				SELECT customer, invoice, min(moment) AS moment, sum(pieces) AS pieces FROM ${LINES} GROUP BY 1, 2
			), early AS (SELECT * FROM placed WHERE moment < TIMESTAMP '2011-06-01')
			SELECT e.customer FROM early e
			WHERE pieces >= 100 AND NOT EXISTS (
				SELECT 1 FROM early o WHERE o.customer = e.customer AND (o.moment, o.invoice) > (e.moment, e.invoice))`
	],
	[
		'fewer than 2 orders a week in the last 8 weeks, of a unit price of 10 to 12.75, or lights of one kind',
		ruleOf(
			'any',
			ruleOf(
				'all',
				orders({ window: last(8, 'week'), per: 'week', test: { op: 'lt', value: 2 } }),
				lines({
					where: [
						{ field: 'unit_price', test: { type: 'number', test: { op: 'between', from: 10, to: 12.75 } } }
					]
				})
			),
			lines({ where: [{ field: 'sku', test: { type: 'text', test: { op: 'is', values: [' 85123a '] } } }] })
		),
		sql`SELECT customer FROM ${LINES} GROUP BY 1
			HAVING (count(DISTINCT CASE WHEN moment >= TIMESTAMP '2011-07-07' THEN invoice END) < 16
					AND bool_or(price BETWEEN 10 AND 12.75)) OR bool_or(upper(sku) = '85123A')`
	],
	[
		'nobody who bought in 2010, and no line of more than 5 pieces',
		ruleOf(
			'none',
			orders({ window: { kind: 'until', day: '2010-12-31' } }),
			lines({ measure: { kind: 'max', field: 'quantity' }, test: { op: 'gt', value: 5 } })
		),
		sql`SELECT customer FROM ${LINES} GROUP BY 1 HAVING min(moment) >= TIMESTAMP '2011-01-01' AND max(pieces) <= 5`
	]
];

describeEngines('rules asked of Online Retail', (engine) => {
	const { signal } = new AbortController();
	let scope: RuleScope;

	beforeAll(async () => {
		const blob = new Blob([new Uint8Array(await readFile(FILE))]);
		const { result } = await loadSource(stepContext(engine()), SOURCE, { blob });
		const clean = await cleanWithDetails(engine(), [SOURCE], {}, [result]);
		const params = { ...DEFAULT_FEATURES, asOf: AS_OF };
		await runFeatures(stepContext(engine()), params, clean);
		scope = {
			...{ asOf: day(AS_OF), customers: CUSTOMERS, features: new Map(), segments: new Map() },
			...{ featureParams: params, carts: DEFAULT_CARTS, journeys: DEFAULT_JOURNEYS }
		};
	}, 300_000);

	it.each(CHECKS)('%s: as plain SQL says', async (_, rule, check) => {
		expect(await problemOf(engine(), rule, scope, signal)).toBeNull();
		const [compared] = await engine().rows<{ found: number; missed: number; wrong: number }>(sql`
			SELECT count_if(is_found)::INTEGER AS found, count_if(is_right AND NOT is_found)::INTEGER AS missed,
				count_if(is_found AND NOT is_right)::INTEGER AS wrong
			FROM (
				SELECT customer_id IN (SELECT customer_id FROM (${membersSql(rule, scope)})) AS is_found,
					customer_id IN (SELECT customer FROM (${check})) AS is_right
				FROM features.customers
			) ORDER BY found`);
		expect(compared).toMatchObject({ missed: 0, wrong: 0 });
		expect(compared?.found).toBeGreaterThan(10);
	});
});
