import { expect, it } from 'vitest';
import { fileTable } from '#lib/pipeline/clean/profile/tables.ts';
import { makeSource } from '../../../tests/support/raw-tables.ts';
import { fileColumnKey, type StepOnFile } from './profile-key.ts';

const source = makeSource(['Order', 'City', 'Total'], { order_id: 'Order', city: 'City' });
const table = fileTable(source, { loadedColumns: null }, 'clean');
const raw = fileTable(source, { loadedColumns: null }, 'raw');

function step(id: string, columns: readonly string[], sql: string, rowsSetAside = 0): StepOnFile {
	const result = { source: 's1', rowsChanged: 1, rowsSetAside, rowsFailing: 0, words: '', added: [], sql };
	return { id, columns, result };
}

const keysOf = (of: typeof table, steps: readonly StepOnFile[]) =>
	of.columns.map((column) => fileColumnKey(of, column, steps, [1]));
const trimCity = step('r1', ['City'], 'SELECT s.* REPLACE (trim(s.c1) AS c1) FROM t s');

it('knows columns that no step touches as they came, and again when a step is taken back', () => {
	expect(keysOf(table, [])).toEqual(keysOf(raw, [trimCity]));
	const [order, city, total] = keysOf(table, [trimCity]);
	expect([order, total]).toEqual([keysOf(table, [])[0], keysOf(table, [])[2]]);
	expect(city).not.toBe(keysOf(table, [])[1]);
});

it('forgets a column that a step writes, whatever it names', () => {
	const writesTotal = step('r2', ['City'], 'SELECT s.* REPLACE (1 AS c2) FROM t s');
	expect(keysOf(table, [writesTotal])[2]).not.toBe(keysOf(table, [])[2]);
	expect(keysOf(table, [writesTotal])[0]).toBe(keysOf(table, [])[0]);
});

it('tells apart every column when a step sets rows aside, and by all steps before it', () => {
	const aside = step('r2', ['Total'], 'SELECT s.* FROM t s', 5);
	const [order] = keysOf(table, [trimCity, aside]);
	expect(order).not.toBe(keysOf(table, [aside])[0]);
	expect(order).not.toBe(keysOf(table, [])[0]);
});

it('depends on the order number where blanks have their value from the first row of an order', () => {
	const first = makeSource(
		['Order', 'City'],
		{ order_id: 'Order', city: 'City' },
		{ orderFieldsOnFirstRow: true }
	);
	const below = fileTable(first, { loadedColumns: null }, 'clean');
	const trimOrder = step('r1', ['Order'], 'SELECT s.* REPLACE (trim(s.c0) AS c0) FROM t s');
	expect(keysOf(below, [trimOrder])[1]).not.toBe(keysOf(below, [])[1]);
});
