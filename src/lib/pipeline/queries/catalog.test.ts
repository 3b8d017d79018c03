import { expect, it } from 'vitest';
import { sql } from '#lib/engine/sql.ts';
import { describeEngines } from '../../../../tests/support/engines.ts';
import { cleanRows, makeSource } from '../../../../tests/support/raw-tables.ts';
import { readCatalog, readVocabulary } from './catalog.ts';
import { fileViews } from './files.sql.ts';
import { TABLE_WORDS } from './table-words.ts';

describeEngines('the catalog', (engine) => {
	it('shows files, saved queries and the tables that have words, and none of the inner ones', async () => {
		const source = {
			...makeSource(['Customer', 'Date', 'Total'], { customer: 'Customer', date: 'Date', amount: 'Total' }),
			fileName: 'orders.csv'
		};
		const clean = await cleanRows(engine(), [{ source, rows: [['a', '2024-01-05', '10']] }]);
		for (const view of fileViews([source], clean)) await engine().exec(view);
		await engine().exec(sql`CREATE TABLE saved.big_spenders AS SELECT 'a' AS customer_id`);
		await engine().exec(sql`CREATE TABLE saved._result AS SELECT 1 AS n`);
		await engine().exec(sql`CREATE TABLE clean.identity_inner AS SELECT 1 AS n`);
		const tables = await readCatalog(engine());
		const names = tables.map(({ schema, name }) => `${schema}.${name}`);
		expect(names.slice(0, 4)).toEqual([
			'files.orders.csv',
			'saved.big_spenders',
			'clean.customers',
			'clean.orders'
		]);
		expect(names.filter((name) => name.startsWith('clean.') && !(name in TABLE_WORDS))).toEqual([]);
		expect(tables[0]?.columns.map(({ name }) => name)).toEqual([
			'Customer',
			'Date',
			'Total',
			'row',
			'set_aside_by'
		]);
		expect(tables.find(({ name }) => name === 'orders')).toMatchObject({ rows: 1 });
	});

	it('describes only columns that there are', async () => {
		for (const table of await readCatalog(engine())) {
			const described = Object.keys(TABLE_WORDS[`${table.schema}.${table.name}`]?.columns ?? {});
			const names = table.columns.map(({ name }) => name);
			expect([
				table.name,
				described.filter((name) => !names.includes(name) && table.name !== 'contacts')
			]).toEqual([table.name, []]);
		}
	});

	it('knows the words of the engine', async () => {
		const { keywords, types, functions } = await readVocabulary(engine());
		expect(keywords).toEqual(expect.arrayContaining(['select', 'qualify', 'from']));
		expect(types).toEqual(expect.arrayContaining(['double', 'varchar']));
		expect(functions.find(({ name }) => name === 'date_trunc')).toMatchObject({ type: 'scalar' });
		expect(functions.find(({ name }) => name === 'sum')).toMatchObject({ type: 'aggregate' });
		expect(functions.find(({ name }) => name === 'range')).toBeDefined();
	});
});
