import { beforeAll, expect, it } from 'vitest';
import { DEFAULT_FEATURES } from '#lib/pipeline/features/schema.ts';
import { id, sql } from '#lib/engine/sql.ts';
import { describeEngines } from '../../../../tests/support/engines.ts';
import { cleanRows, makeSource, stepContext } from '../../../../tests/support/raw-tables.ts';
import type { CleanResult } from '../clean/schema.ts';
import { runFeatures } from '../features/step.ts';
import type { SavedQuery } from './schema.ts';
import { ownFeatures } from './schema.ts';
import { runQueries } from './step.ts';

const source = makeSource(['who', 'day', 'money', 'shop'], { customer: 'who', date: 'day', amount: 'money' });
const rows = [
	['1', '2024-01-01', '10', 'north'],
	['1', '2024-01-05', '30', 'south'],
	['2', '2024-01-03', '20', 'north'],
	['3', '2024-01-04', '5', 'south']
];

const query = (q: Partial<SavedQuery> & Pick<SavedQuery, 'sql' | 'use'>): SavedQuery => ({
	id: 'q1',
	name: 'mine',
	title: 'Mine',
	missing: 'none',
	...q
});

describeEngines('saved queries', (engine) => {
	let clean: CleanResult;
	beforeAll(async () => {
		clean = await cleanRows(engine(), [{ source, rows }]);
	});
	const run = (queries: readonly SavedQuery[]) =>
		runQueries(stepContext(engine()), queries, [source], clean, ['frequency']);

	it('a segment has the customers with orders in the result, each once', async () => {
		const text = `SELECT customer_id FROM clean.orders WHERE amount >= 10
			UNION ALL SELECT '1' UNION ALL SELECT 'nobody' -- the end`;
		expect(await run([query({ use: 'segment', sql: text })])).toEqual([
			{ id: 'q1', rows: 2, columns: ['customer_id'], problem: null }
		]);
		const found = await engine().rows(
			sql`SELECT customer_id::VARCHAR AS customer_id FROM ${id('saved', 'mine')} ORDER BY 1`
		);
		expect(found).toEqual([{ customerId: '1' }, { customerId: '2' }]);
	});

	it('a feature is a number per customer, and customers without one cannot be compared on it', async () => {
		const text =
			'SELECT customer_id, max(amount) AS "Biggest (€)", min(amount) AS least, 1 = 1 AS yes FROM clean.orders WHERE amount > 5 GROUP BY ALL';
		const queries = [query({ use: 'feature', sql: text, name: 'order_size' })];
		const results = await run(queries);
		expect(results[0]).toMatchObject({
			rows: 2,
			columns: ['order_size_biggest', 'order_size_least'],
			problem: null
		});
		const own = ownFeatures(queries, results);
		const features = await runFeatures(stepContext(engine()), DEFAULT_FEATURES, clean, own);
		expect(features.features.filter(({ isOwn }) => isOwn)).toMatchObject([
			{
				id: 'order_size_biggest',
				family: 'own',
				label: 'Mine: biggest',
				available: true,
				needs: [],
				complete: false,
				isOwn: true
			},
			{
				id: 'order_size_least',
				label: 'Mine: least',
				available: true,
				needs: [],
				complete: false,
				isOwn: true
			}
		]);
		const values = await engine().rows(
			sql`SELECT customer_id::VARCHAR AS customer_id, order_size_biggest::DOUBLE AS biggest FROM features.customers ORDER BY idx`
		);
		expect(values).toEqual([
			{ customerId: '1', biggest: 30 },
			{ customerId: '2', biggest: 20 },
			{ customerId: '3', biggest: null }
		]);
	});

	it('a feature may give 0 to everyone else, so that all can be compared on it', async () => {
		const text = `SELECT customer_id, count(*) AS n FROM clean.orders WHERE amount > 5 GROUP BY ALL
			UNION ALL SELECT '3', NULL`;
		const queries = [
			query({ use: 'feature', sql: text, name: 'big_orders', title: 'Big orders', missing: 'zero' })
		];
		const own = ownFeatures(queries, await run(queries));
		const features = await runFeatures(stepContext(engine()), DEFAULT_FEATURES, clean, own);
		expect(features.features.filter(({ isOwn }) => isOwn)).toMatchObject([
			{ id: 'big_orders', label: 'Big orders', complete: true }
		]);
		const values = await engine().rows(
			sql`SELECT big_orders::DOUBLE AS n FROM features.customers ORDER BY idx`
		);
		expect(values).toEqual([{ n: 2 }, { n: 1 }, { n: 0 }]);
	});

	it('a table can be read by later queries, and by none before it', async () => {
		const table = query({ use: 'table', sql: 'SELECT customer_id FROM clean.orders', name: 'bought' });
		const reader = query({ id: 'q2', use: 'segment', sql: 'FROM saved.bought', name: 'buyers' });
		expect(await run([table, reader])).toMatchObject([
			{ rows: 4, columns: ['customer_id'] },
			{ rows: 3, problem: null }
		]);
		const [first, second] = await run([reader, table]);
		expect(first?.problem).toContain('bought');
		expect(second).toMatchObject({ rows: 4, problem: null });
		expect(await run([])).toEqual([]);
		await expect(engine().rows(sql`SELECT 1 AS one FROM saved.bought ORDER BY 1`)).rejects.toThrow();
	});

	it.each([
		[
			'feature',
			'SELECT customer_id, amount FROM clean.orders',
			'Found 1 rows of customers who have a row already.'
		],
		['feature', 'SELECT customer_id FROM clean.orders', 'Found no number beside customer_id.'],
		['segment', 'SELECT amount FROM clean.orders', 'a column customer_id is needed'],
		['table', 'SELECT nothing FROM clean.orders', 'nothing']
	] as const)('a %s of “%s” says what is wrong', async (use, text, words) => {
		const [result] = await run([query({ use, sql: text })]);
		expect(result?.problem).toContain(words);
	});

	it('a feature cannot have the name of another', async () => {
		const text = 'SELECT customer_id, count(*) AS n FROM clean.orders GROUP BY customer_id';
		const [result] = await run([query({ use: 'feature', sql: text, name: 'frequency' })]);
		expect(result?.problem).toContain('There is a feature frequency already.');
	});
});
