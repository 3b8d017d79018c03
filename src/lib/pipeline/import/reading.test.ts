import { describe, expect, test } from 'vitest';
import { describeEngines } from '../../../../tests/support/engines.ts';
import { dateSql, numberSql, readingMacros } from '../clean/typing.ts';
import { id, sql } from '#lib/engine/sql.ts';
import { dateReadings } from './date-order.ts';
import { numberReadings } from './decimal-mark.ts';
import {
	decideDateOrder,
	decideDecimalMark,
	detectReading,
	needsDate,
	undecided,
	type ReadSource
} from './reading.ts';
import type { ColumnMapping, SourceParams } from './schema.ts';
import { columnKind } from './value-kind.ts';

/** Columns and records as inspection sees them. */
function sample(names: readonly string[], ...records: readonly (readonly string[])[]) {
	const columns = names.map((name, index) => {
		const cells = records.map((record) => record[index] ?? '');
		const filled = cells.filter((cell) => cell !== '').length / Math.max(1, cells.length);
		return { name, index, kind: columnKind(cells), filled };
	});
	return { columns, records };
}

describe('detectReading', () => {
	const readingOf = (dates: readonly string[], prices: readonly string[] = []) => {
		const { columns, records } = sample(['date', 'price'], ...dates.map((day, i) => [day, prices[i] ?? '']));
		return detectReading(columns, records, { date: 'date', unit_price: 'price' }, 'orders');
	};

	test('reads the order of days and the decimal mark', () => {
		expect(readingOf(['01/02/2025 08:26', '13/02/2025 9:05'], ['12,50', '1.234'])).toEqual({
			dateOrder: 'dmy',
			decimalMark: ',',
			orderFieldsOnFirstRow: false,
			isUtc: false
		});
	});

	test('leaves open what the sample cannot tell', () => {
		expect(readingOf(['01/02/2025'], ['1.234'])).toMatchObject({ dateOrder: null, decimalMark: null });
		expect(readingOf(['13/02/2025', '02/13/2025'], ['1,50', '1.50'])).toMatchObject({
			dateOrder: null,
			decimalMark: null
		});
	});

	test('asks every numeric column where no column is a number by its role', () => {
		const { columns, records } = sample(['date', 'a', 'b'], ['2025-03-01', '7', '1,5']);
		expect(detectReading(columns, records, { date: 'date' }, 'orders').decimalMark).toBe(',');
		expect(detectReading(columns, records, { date: 'date', amount: 'a' }, 'orders').decimalMark).toBe('.');
	});

	test('looks at the dates and the money of the kind of file', () => {
		const { columns, records } = sample(
			['since', 'born', 'spent'],
			['2025-03-01', '31.12.1980', '1.234,50'],
			['2025-03-02', '01.02.1990', '0']
		);
		const mapping = { created_at: 'since', birth_date: 'born', total_spent: 'spent' };
		expect(detectReading(columns, records, mapping, 'customers')).toMatchObject({
			dateOrder: 'dmy',
			decimalMark: ','
		});
		expect(detectReading(columns, records, mapping, 'report').dateOrder).toBeNull();
	});

	test('knows times in UTC by the name of their column', () => {
		const { columns, records } = sample(['Created (UTC)'], ['2025-03-01 10:00']);
		expect(detectReading(columns, records, { date: 'Created (UTC)' }, 'orders').isUtc).toBe(true);
	});

	test('sees that the columns of the order stand on its first row', () => {
		const { columns, records } = sample(
			['order', 'customer', 'date'],
			['1', 'a', '2025-03-01'],
			['1', '', ''],
			['2', 'b', '2025-03-02']
		);
		const mapping = { order_id: 'order', customer: 'customer', date: 'date' };
		const onFirstRow = (rows: readonly (readonly string[])[]) =>
			detectReading(columns, rows, mapping, 'orders').orderFieldsOnFirstRow;
		expect(onFirstRow(records)).toBe(true);
		expect(onFirstRow(records.map(([order = '']) => [order, 'a', '2025-03-01']))).toBe(false);
		expect(detectReading(columns, records, mapping, 'events').orderFieldsOnFirstRow).toBe(false);
	});
});

describe('undecided', () => {
	const openOf = (mapping: ColumnMapping, kind: SourceParams['kind'] = 'orders') =>
		undecided({
			kind,
			mapping,
			reading: { dateOrder: null, decimalMark: null, orderFieldsOnFirstRow: false, isUtc: false }
		});

	test('asks only what the columns need', () => {
		expect(openOf({ customer: 'a' })).toEqual([]);
		expect(openOf({ date: 'a' })).toEqual(['dateOrder']);
		expect(openOf({ amount: 'a' })).toEqual(['decimalMark']);
		expect(openOf({ date: 'a', quantity: 'b' })).toEqual(['dateOrder', 'decimalMark']);
		expect(openOf({ birth_date: 'a', total_spent: 'b' }, 'customers')).toEqual(['dateOrder', 'decimalMark']);
		expect(openOf({ date: 'a', amount: 'b' }, 'report')).toEqual([]);
	});

	test('asks nothing that is settled', () => {
		const reading = {
			dateOrder: 'dmy',
			decimalMark: '.',
			orderFieldsOnFirstRow: false,
			isUtc: false
		} as const;
		expect(undecided({ kind: 'orders', mapping: { date: 'a', amount: 'b' }, reading })).toEqual([]);
	});
});

test('needsDate', () => {
	expect((['orders', 'events', 'sends'] as const).every(needsDate)).toBe(true);
	expect((['customers', 'campaigns', 'survey', 'report'] as const).some(needsDate)).toBe(false);
});

describeEngines('deciding by all values', (engine) => {
	const source: ReadSource = { id: 's1', kind: 'orders', columns: ['id', 'when'], mapping: { date: 'when' } };
	const priced: ReadSource = { ...source, mapping: { amount: 'when' } };

	const load = async (texts: readonly string[]) => {
		const row = Int32Array.from(texts, (_, i) => i + 1);
		await engine().insert('import', 's1', { c0: texts.map(String), c1: texts, row });
	};

	test('the date order by one value among all', async () => {
		await load([
			...Array.from({ length: 500 }, (_, i) => `0${(i % 9) + 1}/04/2025 10:${(i % 50) + 10}`),
			'13/04/2025 9:05'
		]);
		expect(await decideDateOrder(engine(), source)).toEqual({
			order: 'dmy',
			column: 'when',
			examples: ['13/04/2025', '01/04/2025', '02/04/2025', '03/04/2025'],
			rows: [501, 1, 2, 3],
			contradictory: false
		});
	});

	test('the date order with examples when no value tells', async () => {
		await load(['01/02/2025', '', ' 03/04/2025 ']);
		expect(await decideDateOrder(engine(), source)).toMatchObject({
			order: null,
			examples: ['01/02/2025', '03/04/2025'],
			contradictory: false
		});
	});

	test('the date order with examples of all kinds when values contradict each other', async () => {
		await load(['13/02/2025', '02/13/2025', '2025-02-13T10:00:00Z']);
		expect(await decideDateOrder(engine(), source)).toMatchObject({
			order: null,
			examples: ['13/02/2025', '02/13/2025', '2025-02-13'],
			rows: [1, 2, 3],
			contradictory: true
		});
	});

	test('the date order without a column of dates, or without dates', async () => {
		expect(await decideDateOrder(engine(), { ...source, mapping: {} })).toMatchObject({ order: null });
		await load(['soon', 'later']);
		expect(await decideDateOrder(engine(), source)).toMatchObject({ order: null, examples: [] });
		const people: ReadSource = { ...source, kind: 'customers', mapping: { created_at: 'when' } };
		expect(await decideDateOrder(engine(), people)).toMatchObject({ order: 'ymd', examples: [] });
	});

	test('the decimal mark by one value among all', async () => {
		await load([...Array.from({ length: 500 }, (_, i) => `${(i % 9) + 1}.${(i % 9) + 1}34`), ' 12,5 ']);
		expect(await decideDecimalMark(engine(), priced)).toMatchObject({ mark: ',', examples: [] });
	});

	test('the decimal mark with one example of each shape when no value tells', async () => {
		await load(['1.234', '9.876', '12.345', '17', '', 'n/a']);
		expect(await decideDecimalMark(engine(), priced)).toEqual({
			mark: null,
			column: 'when',
			examples: [
				{ text: '1.234', point: '1.23', comma: '1,234' },
				{ text: '12.345', point: '12.34', comma: '12,345' }
			],
			contradictory: false
		});
	});

	test('the decimal mark when numbers contradict each other, or have none', async () => {
		await load(['1.234,56', '1,234.56']);
		expect(await decideDecimalMark(engine(), priced)).toMatchObject({ mark: null, contradictory: true });
		await load(['12', 'n/a']);
		expect(await decideDecimalMark(engine(), priced)).toMatchObject({ mark: '.', contradictory: false });
		expect(await decideDecimalMark(engine(), source)).toMatchObject({ mark: '.' });
	});

	test('examples read as the cleaning step reads them', async () => {
		for (const macro of readingMacros()) await engine().exec(macro);
		const text = id('text');
		const dates = ['03/04/2024', '13/04/24', '4-13-69', '2024-03-04', '20240304', '4-Sep-12', 'Sep 4, 2012'];
		for (const day of [...dates, '29/02/2023', 'soon']) {
			const [read] = await engine().rows(sql`
				SELECT strftime(${dateSql(text, 'dmy')}, '%Y-%m-%d')::VARCHAR AS dmy,
					strftime(${dateSql(text, 'mdy')}, '%Y-%m-%d')::VARCHAR AS mdy,
					strftime(${dateSql(text, 'ymd')}, '%Y-%m-%d')::VARCHAR AS ymd
				FROM (SELECT ${day}::VARCHAR AS text) ORDER BY dmy`);
			expect({ day, ...dateReadings(day) }).toEqual({ day, ...read });
		}
		const numbers = [
			'1.234',
			'1,234',
			'1.234,56',
			'1,234.56',
			'(5.00)',
			'5,00-',
			'kr. 12',
			'1.5e3',
			'€ 2.999'
		];
		for (const number of [...numbers, '12', '1,23,456', 'abc']) {
			const [read] = await engine().rows(sql`
				SELECT ${numberSql(text, '.')}::DOUBLE AS point, ${numberSql(text, ',')}::DOUBLE AS comma
				FROM (SELECT ${number}::VARCHAR AS text) ORDER BY point`);
			expect({ number, ...numberReadings(number) }).toEqual({ number, ...read });
		}
	});
});
