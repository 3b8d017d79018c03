import { DEFAULT_FEATURES } from '#lib/pipeline/features/schema.ts';
import { expect, it } from 'vitest';
import type { Engine } from '#lib/engine/engine.ts';
import { sql } from '#lib/engine/sql.ts';
import { describeEngines } from '../../../../tests/support/engines.ts';
import { cleanRows, makeSource, stepContext } from '../../../../tests/support/raw-tables.ts';
import { CUSTOMERS, featureMatrix, featureNotices, LIBRARY, runFeatures, runLibrary } from './step.ts';

const COLUMNS = ['Order', 'Day', 'Pieces', 'Price', 'Customer'];
const SOURCE = makeSource(COLUMNS, {
	order_id: 'Order',
	date: 'Day',
	quantity: 'Pieces',
	unit_price: 'Price',
	customer: 'Customer'
});

/** Five customers: two lines in one order, four months, a credit note, one order late on the last day, a zero-led id. */
const ROWS = [
	['1', '2024-01-10 09:00', '2', '10', '5'],
	['1', '2024-01-10 09:00', '1', '4', '5'],
	['2', '2024-01-05', '1', '3', '07'],
	['3', '2024-02-05', '1', '3', '07'],
	['4', '2024-02-25', '2', '3', '07'],
	['5', '2024-04-05', '4', '3', '07'],
	['6', '2024-03-31 23:59:59', '1', '50', '40'],
	['C6', '2024-04-02', '-1', '20', '40'],
	['7', '2024-04-30 23:30', '3', '1.25', '100'],
	['8', '2024-01-01', '1', '8', '1000'],
	['9', '2024-01-02', '1', '8', '1000']
];

/** What each definition must say of the five, as of 2024-05-01; rows are customers 5, 07, 40, 100, 1000. */
const EXPECTED: Readonly<Record<string, readonly number[]>> = {
	recency_days: [112, 26, 31, 1, 120],
	frequency: [1, 4, 1, 1, 2],
	tenure_days: [112, 117, 31, 1, 121],
	monetary_total: [24, 24, 30, 3.75, 16],
	monetary_mean: [24, 6, 30, 3.75, 8],
	active_months: [1, 3, 1, 1, 1],
	gap_days_mean: [NaN, 91 / 3, NaN, NaN, 1],
	lines_per_order: [2, 1, 1, 1, 1],
	items_per_order: [3, 2, 1, 3, 1]
};

async function features(engine: Engine, rows: readonly string[][], asOf: string | null) {
	const clean = await cleanRows(engine, [{ source: SOURCE, rows }], { net_returns: true });
	return runFeatures(stepContext(engine), { ...DEFAULT_FEATURES, asOf }, clean);
}

async function tablesOf(engine: Engine): Promise<string[]> {
	const rows = await engine.rows<{ name: string }>(
		sql`SELECT table_name::VARCHAR AS name FROM duckdb_tables() WHERE schema_name = 'features' ORDER BY name`
	);
	return rows.map(({ name }) => name);
}

/** An engine whose second statement is cancelled. */
function cancelling(engine: Engine, controller: AbortController): Engine {
	let count = 0;
	return {
		rows: (query, signal) => engine.rows(query, signal),
		exec: (query, signal) => {
			count += 1;
			if (count === 2) controller.abort(new Error('cancelled'));
			return engine.exec(query, signal);
		}
	} as Engine;
}

describeEngines('runFeatures', (engine) => {
	const { signal } = new AbortController();

	it('computes every definition for five customers', async () => {
		const result = await features(engine(), ROWS, null);
		expect(result).toMatchObject({
			asOf: '2024-05-01',
			customers: 5,
			orders: 9,
			revenue: 97.75,
			ordersAfter: 0
		});
		expect(result.features.map(({ id }) => id)).toEqual(Object.keys(EXPECTED));
		expect(result.features.every(({ available, needs }) => available && needs.length === 0)).toBe(true);
		for (const [id, values] of Object.entries(EXPECTED)) {
			const { values: found } = await featureMatrix(engine(), [id], signal);
			expect([id, ...found]).toEqual([id, ...values]);
		}
	});

	it('sorts customers as numbers, and gives the columns in the order asked', async () => {
		await features(engine(), ROWS, null);
		const ids = await engine().rows(
			sql`SELECT idx::INTEGER AS idx, customer_id::VARCHAR AS id FROM features.customers ORDER BY idx`
		);
		expect(ids).toEqual(['5', '07', '40', '100', '1000'].map((id, idx) => ({ idx, id })));
		const matrix = await featureMatrix(engine(), ['monetary_total', 'frequency'], signal);
		expect(matrix).toMatchObject({ rowCount: 5, columnCount: 2 });
		expect([...matrix.values.slice(0, 4)]).toEqual([24, 1, 24, 4]);
	});

	it('sees nothing from the as-of day on', async () => {
		const columns = ['recency_days', 'frequency', 'monetary_total', 'tenure_days', 'active_months'];
		const asOf = '2024-04-01';
		const earlier = ROWS.filter(([, day = '']) => day < asOf);
		const before = await features(engine(), earlier, asOf);
		const known = await featureMatrix(engine(), columns, signal);
		const after = await features(engine(), ROWS, asOf);
		expect(await featureMatrix(engine(), columns, signal)).toEqual(known);
		expect(after).toEqual({ ...before, ordersAfter: 2 });
		expect(featureNotices(after)).toEqual([
			{ code: 'features.orders-after-as-of', details: { orders: 2, asOf } }
		]);
		expect(featureNotices(before)).toEqual([]);
	});

	it('leaves out what the files cannot tell', async () => {
		const source = makeSource(['day', 'who'], { date: 'day', customer: 'who' });
		const clean = await cleanRows(engine(), [{ source, rows: [['2024-01-01', 'a']] }]);
		const result = await runFeatures(stepContext(engine()), DEFAULT_FEATURES, clean);
		expect(result.revenue).toBeNull();
		expect(result.features.filter(({ available }) => !available)).toMatchObject([
			{ id: 'monetary_total', available: false, needs: ['amounts in an orders file'] },
			{ id: 'monetary_mean', available: false, needs: ['amounts in an orders file'] },
			{ id: 'items_per_order', available: false, needs: ['a column of quantities in an orders file'] }
		]);
		await expect(featureMatrix(engine(), ['monetary_total'], signal)).rejects.toMatchObject({
			code: 'features.unavailable',
			details: { feature: 'monetary_total', needs: ['amounts in an orders file'] }
		});
		await expect(featureMatrix(engine(), ['idx'], signal)).rejects.toMatchObject({
			code: 'features.unavailable'
		});
	});

	it('describes the same customers in both tables, and leaves nothing else behind', async () => {
		const asOf = '2024-02-01';
		const params = { ...DEFAULT_FEATURES, asOf };
		const core = await features(engine(), ROWS, asOf);
		await runLibrary(stepContext(engine()), params, core);
		expect(await tablesOf(engine())).toEqual(['customers', 'library']);
		const tables = [CUSTOMERS, LIBRARY];
		const { values } = await featureMatrix(engine(), ['frequency', 'weekend_order_share'], signal, tables);
		expect([...values]).toEqual([1, 0, 1, 0, 2, 0]);
	});

	it('leaves nothing behind when it is cancelled', async () => {
		const core = await features(engine(), ROWS, null);
		await engine().exec(sql`DROP TABLE IF EXISTS features.library`);
		const controller = new AbortController();
		const context = {
			...stepContext(engine()),
			signal: controller.signal,
			engine: cancelling(engine(), controller)
		};
		await expect(runLibrary(context, DEFAULT_FEATURES, core)).rejects.toThrow();
		expect(await tablesOf(engine())).toEqual(['customers']);
	});

	it('says so when nobody had ordered yet', async () => {
		await expect(features(engine(), ROWS, '2024-01-01')).rejects.toMatchObject({
			code: 'features.no-customers',
			details: { asOf: '2024-01-01', firstOrder: '2024-01-01' }
		});
	});
});
