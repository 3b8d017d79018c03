import { describe, expect, test } from 'vitest';
import { sql } from '#lib/engine/sql.ts';
import { describeEngines } from '../../../../tests/support/engines.ts';
import {
	applyMappingOption,
	decideDateOrder,
	detectReading,
	proposeMapping,
	requireRoles
} from './mapping.ts';
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

function propose(names: readonly string[], ...records: readonly (readonly string[])[]): ColumnMapping {
	const { columns } = sample(names, ...records);
	return proposeMapping(columns, records);
}

describe('proposeMapping', () => {
	test('knows the names of several languages', () => {
		expect(
			propose(
				['Bestellnummer', 'Bestelldatum', 'Kundennummer', 'Menge', 'Einzelpreis', 'Währung'],
				['1', '01.03.2025', '17', '2', '9,50', 'EUR']
			)
		).toEqual({
			order_id: 'Bestellnummer',
			date: 'Bestelldatum',
			customer: 'Kundennummer',
			quantity: 'Menge',
			unit_price: 'Einzelpreis',
			currency: 'Währung'
		});
	});

	test('does not take a name for what its values cannot be', () => {
		const mapping = propose(
			['date', 'ordered_at', 'customer'],
			['17', '2025-03-01', 'a'],
			['18', '2025-03-02', 'b']
		);
		expect(mapping).toMatchObject({ date: 'ordered_at', customer: 'customer' });
	});

	test('takes the email as the customer when nothing better is there', () => {
		expect(propose(['email', 'created'], ['a@example.com', '2025-03-01'])).toMatchObject({
			customer: 'email'
		});
		expect(propose(['client', 'email', 'created'], ['7', 'a@example.com', '2025-03-01'])).toMatchObject({
			customer: 'email'
		});
		expect(propose(['customer_id', 'email', 'created'], ['7', 'a@example.com', '2025-03-01'])).toMatchObject({
			customer: 'customer_id',
			email: 'email'
		});
	});

	test('reads a file without names by its values', () => {
		const records = [
			['00004', '19970101', '2', '29.33'],
			['00004', '19970118', '2', '29.73'],
			['00021', '19970101', '3', '63.34'],
			['00050', '19970101', '1', '6.79']
		];
		expect(propose(['column 1', 'column 2', 'column 3', 'column 4'], ...records)).toEqual({
			customer: 'column 1',
			date: 'column 2',
			amount: 'column 4'
		});
	});

	test('does not guess the customer where names say something else', () => {
		const mapping = propose(
			['branch', 'date'],
			['north', '2025-03-01'],
			['north', '2025-03-02'],
			['south', '2025-03-03']
		);
		expect(mapping).toEqual({ date: 'date' });
	});

	const names = ['order_id', 'customer_id', 'date', 'total'];

	test('takes money that repeats within an order for the order total', () => {
		const mapping = propose(
			names,
			['1', 'a', '2025-03-01', '30'],
			['1', 'a', '2025-03-01', '30'],
			['2', 'b', '2025-03-02', '5']
		);
		expect(mapping).toMatchObject({ order_total: 'total' });
		expect(mapping.amount).toBeUndefined();
	});

	test('takes money that differs within an order for that of the row', () => {
		const mapping = propose(
			names,
			['1', 'a', '2025-03-01', '30'],
			['1', 'a', '2025-03-01', '12'],
			['2', 'b', '2025-03-02', '5']
		);
		expect(mapping).toMatchObject({ amount: 'total' });
		expect(mapping.order_total).toBeUndefined();
	});

	test('takes money on the first row of an order for its total', () => {
		const mapping = propose(
			names,
			['1', 'a', '2025-03-01', '30'],
			['1', '', '', ''],
			['2', 'b', '2025-03-02', '5']
		);
		expect(mapping).toMatchObject({ order_total: 'total' });
	});

	test('has only row amounts where there is no order number', () => {
		expect(propose(['customer_id', 'date', 'total'], ['a', '2025-03-01', '30'])).toMatchObject({
			amount: 'total'
		});
	});
});

describe('detectReading', () => {
	const readingOf = (dates: readonly string[], prices: readonly string[] = []) => {
		const { columns, records } = sample(['date', 'price'], ...dates.map((day, i) => [day, prices[i] ?? '']));
		return detectReading(columns, records, { date: 'date', unit_price: 'price' });
	};

	test.each([
		[['2025-03-01 10:00:00 +0200'], 'ymd'],
		[['20250301'], 'ymd'],
		[['01/02/2025', '13/02/2025'], 'dmy'],
		[['01/02/2025 08:26', '02/13/2025 08:26'], 'mdy'],
		[['4-Sep-12'], 'dmy'],
		[['Sep 4, 2012'], 'mdy'],
		[['01/02/2025', '03/04/2025'], null],
		[['13/02/2025', '02/13/2025'], null],
		[['soon', ''], null]
	] as const)('%j is %s', (dates, order) => {
		expect(readingOf(dates).dateOrder).toBe(order);
	});

	test.each([
		[['1.234,56', '7,50'], ','],
		[['1,234.56', '7.50'], '.'],
		[['1,234', '7.50'], '.'],
		[['12', '1234'], '.'],
		[['12,50 €'], ',']
	] as const)('%j has the decimal mark %s', (prices, mark) => {
		expect(
			readingOf(
				prices.map(() => '2025-03-01'),
				prices
			).decimalMark
		).toBe(mark);
	});

	test('sees that the columns of the order stand on its first row', () => {
		const { columns, records } = sample(
			['order', 'customer', 'date'],
			['1', 'a', '2025-03-01'],
			['1', '', ''],
			['2', 'b', '2025-03-02']
		);
		const mapping = { order_id: 'order', customer: 'customer', date: 'date' };
		expect(detectReading(columns, records, mapping).orderFieldsOnFirstRow).toBe(true);
		const filled = records.map(([order = '', customer, date]) => [
			order,
			customer || 'a',
			date || '2025-03-01'
		]);
		expect(detectReading(columns, filled, mapping).orderFieldsOnFirstRow).toBe(false);
	});
});

describeEngines('decideDateOrder', (engine) => {
	const source = { id: 's1', columns: ['id', 'when'], mapping: { date: 'when' } };

	const load = async (dates: readonly string[]) => {
		await engine().insert('import', 's1', { c0: dates.map(String), c1: dates });
	};

	test('decides by one value among all', async () => {
		await load([
			...Array.from({ length: 500 }, (_, i) => `0${(i % 9) + 1}/04/2025 10:${(i % 50) + 10}`),
			'13/04/2025 9:05'
		]);
		expect(await decideDateOrder(engine(), source)).toMatchObject({
			order: 'dmy',
			examples: ['13/04/2025', '01/04/2025', '02/04/2025', '03/04/2025']
		});
	});

	test('gives examples when no value tells', async () => {
		await load(['01/02/2025', '', ' 03/04/2025 ']);
		expect(await decideDateOrder(engine(), source)).toEqual({
			order: null,
			examples: ['01/02/2025', '03/04/2025']
		});
	});

	test('gives examples of both kinds when values contradict each other', async () => {
		await load(['13/02/2025', '02/13/2025', '2025-02-13T10:00:00Z']);
		expect(await decideDateOrder(engine(), source)).toEqual({
			order: null,
			examples: ['13/02/2025', '02/13/2025', '2025-02-13']
		});
	});

	test('has nothing to say without a date column', async () => {
		expect(await decideDateOrder(engine(), { ...source, mapping: {} })).toEqual({
			order: null,
			examples: []
		});
		const [row] = await engine().rows<{ one: number }>(sql`SELECT 1::INTEGER AS one ORDER BY one`);
		expect(row).toEqual({ one: 1 });
	});
});

describe('applyMappingOption', () => {
	const source: Pick<SourceParams, 'fileName' | 'columns' | 'mapping' | 'reading'> = {
		fileName: 'orders.csv',
		columns: ['CustomerID', 'Invoice Date', 'Booked, at', 'Total', 'Paid'],
		mapping: { date: 'Invoice Date', order_total: 'Total' },
		reading: { dateOrder: 'ymd', decimalMark: '.', orderFieldsOnFirstRow: false }
	};

	test('lays roles over the proposal, with loose column names', () => {
		expect(applyMappingOption(source, 'customer=customer id, date = Invoice Date').mapping).toEqual({
			customer: 'CustomerID',
			date: 'Invoice Date',
			order_total: 'Total'
		});
	});

	test('takes roles with - and column names with commas', () => {
		const { mapping } = applyMappingOption(source, 'order-total=Paid,date=Booked, at');
		expect(mapping).toEqual({ date: 'Booked, at', order_total: 'Paid' });
	});

	test('keeps one kind of money and one role a column', () => {
		expect(applyMappingOption(source, 'amount=Paid').mapping).toEqual({
			date: 'Invoice Date',
			amount: 'Paid'
		});
		expect(applyMappingOption(source, 'customer=Total').mapping).toEqual({
			date: 'Invoice Date',
			customer: 'Total'
		});
	});

	test('takes a role away', () => {
		expect(applyMappingOption(source, 'order_total=').mapping).toEqual({ date: 'Invoice Date' });
	});

	test('forgets the date order of another column', () => {
		expect(applyMappingOption(source, 'customer=Paid').reading.dateOrder).toBe('ymd');
		expect(applyMappingOption(source, 'date=Booked, at').reading.dateOrder).toBeNull();
	});

	test('names what is unknown', () => {
		expect(() => applyMappingOption(source, 'buyer=CustomerID')).toThrow('import.role-unknown');
		expect(() => applyMappingOption(source, 'customer=Client')).toThrow('import.column-missing');
		try {
			applyMappingOption(source, 'customer=Client');
		} catch (error) {
			expect(error).toMatchObject({
				details: { role: 'customer', wanted: 'Client', columns: source.columns }
			});
		}
	});

	test('requireRoles names the role that is missing', () => {
		expect(() => requireRoles(source)).toThrow('"role":"customer"');
		expect(() => requireRoles({ ...source, mapping: { customer: 'CustomerID' } })).toThrow('"role":"date"');
		expect(() =>
			requireRoles({ ...source, mapping: { customer: 'CustomerID', date: 'Invoice Date' } })
		).not.toThrow();
	});
});
