import { describe, expect, it } from 'vitest';
import type { CatalogTable, SqlVocabulary } from '#lib/pipeline/queries/catalog.ts';
import { completeSql, writtenName, writtenTable } from './sql-completions.ts';

const column = (name: string, type = 'VARCHAR') => ({ name, type, words: '' });
const TABLES: CatalogTable[] = [
	{
		schema: 'files',
		name: 'my orders.csv',
		words: 'A file',
		rows: null,
		columns: [column('Order Id'), column('row')]
	},
	{
		schema: 'clean',
		name: 'orders',
		words: 'Orders',
		rows: 3,
		columns: [column('customer_id'), column('amount')]
	},
	{
		schema: 'clean',
		name: 'customers',
		words: 'Customers',
		rows: 2,
		columns: [column('customer_id'), column('idx')]
	}
];
const VOCABULARY: SqlVocabulary = {
	keywords: ['select', 'from', 'row'],
	types: ['double'],
	functions: [{ name: 'sum', type: 'aggregate', parameters: 'arg', words: 'Adds up' }]
};

/** Completes where `|` stands. */
function complete(marked: string) {
	const at = marked.indexOf('|');
	const { from, options } = completeSql(marked.replace('|', ''), at, TABLES, VOCABULARY);
	return { typed: marked.slice(from, at), labels: options.map(({ label }) => label), options };
}

describe('completion', () => {
	it('offers tables behind FROM, quoted where they must be', () => {
		expect(complete('SELECT * FROM cl|').labels).toEqual([
			'files."my orders.csv"',
			'clean.orders',
			'clean.customers',
			'files',
			'clean'
		]);
		expect(complete('FROM clean.orders JOIN |').labels).toContain('clean.customers');
	});
	it('offers the columns of the tables that the query reads, also those behind the cursor', () => {
		expect(complete('SELECT am| FROM clean.orders').labels.slice(0, 2)).toEqual(['customer_id', 'amount']);
		expect(complete('SELECT | FROM files."my orders.csv"').options[1]).toMatchObject({
			label: 'row',
			apply: '"row"'
		});
	});
	it('offers the columns of an alias, of a table and of a table with its schema', () => {
		expect(complete('SELECT o.a| FROM clean.orders AS o').labels).toEqual(['customer_id', 'amount']);
		expect(complete('SELECT o.| FROM clean.orders o WHERE true').labels).toEqual(['customer_id', 'amount']);
		expect(complete('SELECT customers.| FROM clean.customers').labels).toEqual(['customer_id', 'idx']);
		expect(complete('SELECT files."my orders.csv".|').labels).toEqual(['Order Id', 'row']);
	});
	it('offers the tables of a schema, and replaces an open quote', () => {
		expect(complete('FROM files."my|')).toMatchObject({ typed: '"my', labels: ['my orders.csv'] });
		expect(complete('FROM files.|').options[0]?.apply).toBe('"my orders.csv"');
	});
	it('offers functions and keywords elsewhere', () => {
		const { labels, options } = complete('SELECT su|');
		expect(labels).toEqual(expect.arrayContaining(['sum', 'SELECT', 'DOUBLE', 'clean.orders']));
		expect(options.find(({ label }) => label === 'sum')).toMatchObject({
			detail: '(arg), aggregate',
			info: 'Adds up'
		});
	});
	it('offers nothing behind a name that it does not know', () => {
		expect(complete('SELECT x.| FROM clean.orders').labels).toEqual([]);
	});
});

describe('a name', () => {
	it('is quoted where it must be', () => {
		expect([writtenName('amount'), writtenName('Order "Id"'), writtenName('row', ['row'])]).toEqual([
			'amount',
			'"Order ""Id"""',
			'"row"'
		]);
		expect(writtenTable({ schema: 'files', name: 'a.csv' })).toBe('files."a.csv"');
	});
});
