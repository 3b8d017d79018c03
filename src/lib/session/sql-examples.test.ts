import { expect, it } from 'vitest';
import { sql } from '#lib/engine/sql.ts';
import { readCatalog } from '#lib/pipeline/queries/catalog.ts';
import { fileViews } from '#lib/pipeline/queries/files.sql.ts';
import { QueryName } from '#lib/pipeline/queries/schema.ts';
import { runQuery } from '#lib/pipeline/queries/workspace.ts';
import { describeEngines } from '../../../tests/support/engines.ts';
import { cleanRows, makeSource } from '../../../tests/support/raw-tables.ts';
import { exampleQueries, laterTables, lookQuery, suggestedName } from './sql-examples.ts';

describeEngines('examples', (engine) => {
	it('run on the tables there are', async () => {
		const columns = ['Customer', 'Date', 'Total', 'Product', 'Quantity', 'Email', 'Country'];
		const source = makeSource(columns, {
			customer: 'Customer',
			date: 'Date',
			amount: 'Total',
			product: 'Product',
			quantity: 'Quantity',
			email: 'Email',
			country: 'Country'
		});
		const rows = [
			['a', '2024-01-05', '10', 'Tea', '1', 'a@example.org', 'UK'],
			['b', '2024-02-05', '20', 'Tea', '2', '', 'UK']
		];
		const clean = await cleanRows(engine(), [{ source, rows }]);
		for (const view of fileViews([source], clean)) await engine().exec(view);
		const tables = await readCatalog(engine());
		const examples = exampleQueries(tables);
		expect(examples.map(({ title }) => title)).toEqual([
			'Top 20 customers',
			'Orders by month',
			'Orders by country',
			'Best-selling products',
			'Customers without an email',
			'Customers with one large order',
			'Average order of each customer',
			'Why rows are set aside',
			'Columns of s1.csv'
		]);
		for (const { title, sql: text } of examples) {
			const { rowCount } = await runQuery(engine(), text);
			expect([title, rowCount > 0]).toEqual([title, true]);
		}
		for (const table of tables) await runQuery(engine(), lookQuery(table));
		expect(exampleQueries([])).toEqual([]);
	});

	it('tell which tables are made later', async () => {
		await engine().exec(sql`CREATE OR REPLACE TABLE features.customers AS SELECT 1 AS idx`);
		const tables = await readCatalog(engine());
		expect(laterTables('SELECT * FROM Features.customers', tables)).toEqual(['features.customers']);
		expect(laterTables('FROM clean.customers', tables)).toEqual([]);
	});
});

it('suggests names that a query may have', () => {
	expect(suggestedName('Top 20 customers', [])).toBe('top_20_customers');
	expect(suggestedName('20 größte Kunden!', ['gro_te_kunden'])).toMatch(/^gr/);
	expect(suggestedName('a', ['a', 'a_2'])).toBe('a_3');
	for (const title of ['', '123', '§$%', 'x'.repeat(99), '日本']) {
		expect(QueryName.safeParse(suggestedName(title, ['query'])).success).toBe(true);
	}
});
