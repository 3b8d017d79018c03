import { expect, it } from 'vitest';
import type { Engine } from '#lib/engine/engine.ts';
import { id, sql } from '#lib/engine/sql.ts';
import { describeEngines } from '../../../../tests/support/engines.ts';
import { cleanRows, makeSource } from '../../../../tests/support/raw-tables.ts';
import { DEFAULT_FEATURES, type FeatureParams, type FeatureSummary } from './schema.ts';
import { buildFeatures, knownDefinitions, LIBRARY } from './step.ts';

type Value = number | string | null;

const SOURCE = makeSource(
	['Order', 'Day', 'Pieces', 'Price', 'Customer', 'Product', 'Category', 'Off', 'Code'],
	{
		order_id: 'Order',
		date: 'Day',
		quantity: 'Pieces',
		unit_price: 'Price',
		customer: 'Customer',
		product: 'Product',
		category: 'Category',
		discount: 'Off',
		coupon: 'Code'
	}
);

const ROWS = [
	['1', '2024-01-10 09:00', '2', '10', '5', 'Kettle', 'Kitchen', '', ''],
	['1', '2024-01-10 09:00', '1', '4', '5', 'Cup', 'Kitchen', '1', ''],
	['2', '2024-01-05 10:00', '1', '3', '07', 'Cup', 'Kitchen', '', 'SPRING'],
	['3', '2024-02-05 10:30', '1', '3', '07', 'Pen', 'Office', '', ''],
	['4', '2024-02-25 20:00', '2', '3', '07', 'Pen', 'Office', '2', ''],
	['5', '2024-04-05', '4', '3', '07', 'Cup', 'Kitchen', '0', ''],
	['6', '2024-03-31 23:59:59', '1', '50', '40', 'Kettle', 'Kitchen', '', ''],
	['C6', '2024-04-02', '-1', '20', '40', 'Kettle', 'Kitchen', '', ''],
	['7', '2024-04-30 23:30', '3', '1.25', '100', 'Pen', 'Office', '', ''],
	['8', '2024-01-01', '1', '8', '1000', 'Lamp', '', '', ''],
	['9', '2024-01-02', '1', '8', '1000', 'Lamp', '', '', '']
];
const AS_OF = '2024-05-01';

/** What the definitions must say of the customers 5, 07, 40, 100 and 1000, worked out by hand. */
const EXPECTED: Readonly<Record<string, readonly Value[]>> = {
	orders_last_30_days: [0, 1, 0, 1, 0],
	orders_last_90_days: [0, 3, 1, 1, 0],
	orders_last_365_days: [1, 4, 1, 1, 2],
	revenue_last_30_days: [0, 12, -20, 3.75, 0],
	revenue_last_90_days: [0, 21, 30, 3.75, 0],
	revenue_last_365_days: [24, 24, 30, 3.75, 16],
	order_value_last: [24, 12, 50, 3.75, 8],
	order_value_least: [24, 3, 50, 3.75, 8],
	order_value_most: [24, 12, 50, 3.75, 8],
	order_value_variation: [null, 0.707107, null, null, 0],
	historic_margin: [12, 12, 15, 1.875, 8],
	discount_share: [1, 0.5, 0, 0, 0],
	discount_depth: [1 / 25, 2 / 26, 0, 0, 0],
	returns_per_order: [0, 0, 1, 0, 0],
	gap_days_median: [null, 31, null, null, null],
	gap_days_trend: [null, 9, null, null, null],
	expected_order_days: [-81, 5, 0, 30, -89],
	expected_order_on: ['2024-02-10', '2024-05-06', '2024-05-01', '2024-05-31', '2024-02-02'],
	rhythm_source: ['everybody', 'own', 'everybody', 'everybody', 'everybody'],
	overdue_ratio: [112 / 31, 26 / 31, 1, 1 / 31, 120 / 31],
	lifecycle_stage: ['cooling', 'active', 'new', 'new', 'cooling'],
	distinct_categories: [1, 2, 1, 1, 0],
	distinct_products: [2, 2, 1, 1, 1],
	favourite_category: ['Kitchen', 'Kitchen', 'Kitchen', 'Office', null],
	favourite_category_share: [1, 15 / 24, 1, 1, 0],
	favourite_product: ['Kettle', 'Cup', 'Kettle', 'Pen', 'Lamp'],
	// Eight of the ten prices are at most 8.
	premium_share: [20 / 24, 0, 1, 0, 0],
	weekend_order_share: [0, 0.25, 1, 0, 0],
	// Two of nine orders are on each of Monday, Tuesday, Friday and Sunday, one on a Wednesday.
	preferred_weekday: ['Monday', 'Friday', 'Sunday', 'Tuesday', 'Monday'],
	preferred_weekday_share: [
		20 / 9 / 11,
		(2 + 20 / 9) / 14,
		(1 + 20 / 9) / 11,
		(1 + 20 / 9) / 11,
		(1 + 20 / 9) / 12
	],
	// Of six orders with a time of day, three are in the morning, three in the evening; 07 has one without.
	preferred_daypart: ['morning', 'morning', 'evening', 'evening', 'morning'],
	preferred_daypart_share: [6 / 11, 7 / 13, 6 / 11, 6 / 11, 1 / 2],
	preferred_hour: ['10:00', '10:00', '23:00', '23:00', '10:00'],
	category_share_kitchen: [1, 15 / 24, 1, 0, 0],
	category_share_office: [0, 9 / 24, 0, 1, 0],
	category_index_kitchen: [101.75 / 89, (15 / 24) * (101.75 / 89), 101.75 / 89, 0, 0],
	category_index_office: [0, (9 / 24) * (101.75 / 12.75), 0, 101.75 / 12.75, 0],
	product_share_kettle: [20 / 24, 0, 1, 0, 0],
	product_share_cup: [4 / 24, 15 / 24, 0, 0, 0],
	product_share_lamp: [0, 0, 0, 0, 1],
	product_share_pen: [0, 9 / 24, 0, 1, 0],
	product_index_kettle: [(20 / 24) * (117.75 / 70), 0, 117.75 / 70, 0, 0],
	product_index_cup: [(4 / 24) * (117.75 / 19), (15 / 24) * (117.75 / 19), 0, 0, 0],
	product_index_lamp: [0, 0, 0, 0, 117.75 / 16],
	product_index_pen: [0, (9 / 24) * (117.75 / 12.75), 0, 117.75 / 12.75, 0]
};

const { signal } = new AbortController();

async function libraryOf(
	engine: Engine,
	rows: readonly string[][],
	params: Partial<FeatureParams> = {},
	operations: Readonly<Record<string, boolean>> = { net_returns: true }
): Promise<FeatureSummary[]> {
	await cleanRows(engine, [{ source: SOURCE, rows }], operations);
	const all = { ...DEFAULT_FEATURES, margin: 0.5, ...params };
	const known = await knownDefinitions(engine, AS_OF, all, signal);
	const request = { table: LIBRARY, wanted: known, known, own: [], asOf: AS_OF, params: all };
	return buildFeatures(engine, request, signal);
}

async function valuesOf(
	engine: Engine,
	feature: string,
	kind: FeatureSummary['kind'] = 'number'
): Promise<Value[]> {
	const type = kind === 'text' ? sql`VARCHAR` : sql`DOUBLE`;
	const rows = await engine.rows<{ value: Value }>(
		sql`SELECT ${id(feature)}::${type} AS value FROM features.library ORDER BY idx`
	);
	return rows.map(({ value }) => value);
}

describeEngines('features of orders', (engine) => {
	it('say of five customers what can be worked out by hand', async () => {
		const summaries = await libraryOf(engine(), ROWS);
		for (const [feature, values] of Object.entries(EXPECTED)) {
			const summary = summaries.find((each) => each.id === feature);
			expect(summary).toMatchObject({ id: feature, available: true, needs: [] });
			const same = values.map((value) => (typeof value === 'number' ? expect.closeTo(value, 9) : value));
			expect([feature, ...(await valuesOf(engine(), feature, summary?.kind))]).toEqual([feature, ...same]);
			expect([feature, summary?.complete]).toEqual([feature, !values.includes(null)]);
		}
		const affinity = summaries.filter((each) => /^(category|product)_(share|index)/.test(each.id));
		expect(affinity.map((each) => each.id)).toEqual(
			Object.keys(EXPECTED).filter((each) => /^(category|product)_(share|index)/.test(each))
		);
		expect(affinity[2]).toMatchObject({
			label: 'Category Kitchen: against everybody',
			formula: 'share of the category Kitchen ÷ its share of everybody’s money (87.5 %)'
		});
	});

	it('count credit notes that are set aside as returns, and orders that were given back as a whole', async () => {
		await libraryOf(engine(), ROWS, {}, {});
		expect(await valuesOf(engine(), 'returns_per_order')).toEqual([0, 0, 1, 0, 0]);
		const source = makeSource(['Order', 'Day', 'Total', 'Who', 'State', 'Back'], {
			...{ order_id: 'Order', date: 'Day', order_total: 'Total', customer: 'Who', status: 'State' }
		});
		const rows = [
			['1', '2024-01-01', '10', 'a', 'paid', ''],
			['2', '2024-01-02', '10', 'a', 'refunded', ''],
			['3', '2024-01-03', '10', 'a', 'paid', '4'],
			['4', '2024-01-04', '10', 'b', 'cancelled', ''],
			['5', '2024-01-05', '10', 'b', 'paid', '']
		];
		const returnsOf = async (mapping: object) => {
			await cleanRows(engine(), [
				{ source: { ...source, mapping: { ...source.mapping, ...mapping } }, rows }
			]);
			const known = await knownDefinitions(engine(), AS_OF, DEFAULT_FEATURES, signal);
			const wanted = known.filter((each) => each.id === 'returns_per_order');
			const request = { table: LIBRARY, wanted, known, own: [], asOf: AS_OF, params: DEFAULT_FEATURES };
			await buildFeatures(engine(), request, signal);
			return valuesOf(engine(), 'returns_per_order');
		};
		expect(await returnsOf({})).toEqual([1 / 3, 0]);
		// A file that tells the money that was given back keeps its orders; only the amount speaks.
		expect(await returnsOf({ refund: 'Back' })).toEqual([1 / 3, 0]);
	});

	it('go by what was set: the margin, the quantile of premium and the number of categories', async () => {
		const params = { margin: null, premiumQuantile: 0.95, affinityCount: 1 };
		const summaries = await libraryOf(engine(), ROWS, params);
		expect(summaries.find((each) => each.id === 'historic_margin')).toMatchObject({
			available: false,
			needs: [expect.stringContaining('your margin')]
		});
		expect(await valuesOf(engine(), 'premium_share')).toEqual([0, 0, 0, 0, 0]);
		expect(summaries.map((each) => each.id).filter((each) => each.includes('_share_'))).toEqual([
			'category_share_kitchen',
			'product_share_kettle'
		]);
	});

	it('say nothing of rhythms where nobody has bought on three days', async () => {
		const summaries = await libraryOf(engine(), ROWS.slice(-3));
		expect(await valuesOf(engine(), 'expected_order_on', 'text')).toEqual([null, null]);
		expect(summaries.find((each) => each.id === 'overdue_ratio')).toMatchObject({ complete: false });
	});
});
