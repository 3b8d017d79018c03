import { describe, expect, it } from 'vitest';
import { sql } from '#lib/engine/sql.ts';
import { describeEngines } from '../../../../tests/support/engines.ts';
import { makeSource, writeRawTable } from '../../../../tests/support/raw-tables.ts';
import { countDifferent } from './quality.sql.ts';
import { needsLook, profileSource, type Finding } from './quality.ts';

const COLUMNS = ['Customer', 'Day', 'Price', 'Shop', 'Note', 'Points', 'Nothing'];
const SOURCE = makeSource(COLUMNS, { customer: 'Customer', date: 'Day', amount: 'Price' });
const { signal } = new AbortController();

/** 200 rows: two dates and one price cannot be read, and one price is a thousand times the others. */
const ROWS = Array.from({ length: 200 }, (_, i) => [
	`${100 + (i % 50)}.0`,
	i < 2 ? 'soon' : `2024-01-${String((i % 28) + 1).padStart(2, '0')}`,
	i === 0 ? 'free' : i === 1 ? '12,000.00' : `${(i % 10) + 1}.50`,
	'Main',
	i % 4 === 0 ? '' : `note ${i % 3}`,
	i === 7 ? '100000' : '5',
	''
]);

describeEngines('profileSource', (engine) => {
	it('says of every column what it holds and what is wrong with it', async () => {
		await writeRawTable(engine(), SOURCE, ROWS);
		const profiles = await profileSource(engine(), SOURCE, signal);
		expect(profiles.map(({ name, role, kind, finding }) => [name, role, kind, finding])).toEqual([
			['Customer', 'customer', 'text', { code: 'numbers_with_decimal_zero' }],
			['Day', 'date', 'date', { code: 'unreadable_values', count: 2 }],
			['Price', 'amount', 'number', { code: 'unreadable_values', count: 1 }],
			['Shop', null, 'text', { code: 'constant', value: 'Main' }],
			['Note', null, 'text', { code: 'partly_empty', count: 50 }],
			['Points', null, 'number', { code: 'extreme_values', median: 5, max: 100_000 }],
			['Nothing', null, 'empty', { code: 'empty' }]
		]);
	});

	it('summarizes numbers and days in twelve bins that hold every value', async () => {
		await writeRawTable(engine(), SOURCE, ROWS);
		const [customer, day, price, , note] = await profileSource(engine(), SOURCE, signal);
		expect(day).toMatchObject({
			days: { min: '2024-01-01', median: '2024-01-14', max: '2024-01-28' },
			logBins: false
		});
		expect(price).toMatchObject({
			numbers: { min: 1.5, median: 6.5, max: 12_000 },
			logBins: true,
			unreadableCount: 1
		});
		for (const profile of [day, price]) {
			expect(profile?.bins).toHaveLength(12);
			const inBins = profile?.bins.reduce((sum, { count }) => sum + count, 0);
			expect(inBins).toBe(200 - (profile?.unreadableCount ?? 0));
		}
		expect(price?.bins[0]?.from).toBe(1.5);
		expect(price?.bins[11]?.to).toBeCloseTo(12_000, 6);
		expect(note).toMatchObject({ filledShare: 0.75, distinctCount: 3 });
		expect(note?.top).toHaveLength(3);
		expect(customer?.top).toHaveLength(5);
	});

	it('describes an empty table', async () => {
		await writeRawTable(engine(), SOURCE, []);
		const profiles = await profileSource(engine(), SOURCE, signal);
		expect(profiles.every(({ kind, rows }) => kind === 'empty' && rows === 0)).toBe(true);
	});

	it('leaves out the columns that the raw table of a big file lacks', async () => {
		await writeRawTable(engine(), SOURCE, ROWS);
		await engine().exec(sql`ALTER TABLE import.s1 DROP COLUMN c4`);
		const profiles = await profileSource(engine(), SOURCE, signal);
		expect(profiles.map(({ name }) => name)).toEqual(COLUMNS.filter((name) => name !== 'Note'));
	});

	it('counts different texts exactly, blank cells left out', async () => {
		const source = makeSource(['Id', 'Day'], { customer: 'Id', date: 'Day' });
		const rows = Array.from({ length: 20_000 }, (_, i) => [i % 10 === 0 ? '' : `${i % 7919}`, '2024-01-01']);
		await writeRawTable(engine(), source, rows);
		const [ids, days] = await profileSource(engine(), source, signal);
		const expected = new Set(rows.map(([id]) => id).filter((id) => id !== '')).size;
		expect(ids?.distinctCount).toBe(expected);
		expect(days?.distinctCount).toBe(1);
		let inPasses = 0;
		for (const pass of [0, 1, 2]) {
			const query = countDifferent(source, { index: 0, name: 'Id', role: 'customer' }, pass, 3);
			const [found] = await engine().rows<{ different: number }>(query, signal);
			inPasses += found?.different ?? 0;
		}
		expect(inPasses).toBe(expected);
	});

	it('takes blanks below the first row of an order for what they are', async () => {
		const columns = ['Name', 'Email', 'Created', 'Total', 'Currency', 'Quantity', 'Paid'];
		const mapping = {
			order_id: 'Name',
			customer: 'Email',
			date: 'Created',
			order_total: 'Total',
			currency: 'Currency',
			quantity: 'Quantity'
		};
		const source = makeSource(columns, mapping, { orderFieldsOnFirstRow: true });
		const rows = [
			['#1', 'a@example.com', '2024-01-01', '10', 'EUR', '1', '2024-01-02'],
			['#1', '', '', '', '', '', ''],
			['#2', '', '2024-01-03', '20', 'EUR', '2', ''],
			['#2', '', '', '', '', '3', ''],
			['', 'b@example.com', '2024-01-04', '30', 'EUR', '4', ''],
			['', '', '2024-01-04', '30', 'EUR', '4', '']
		];
		await writeRawTable(engine(), source, rows);
		const profiles = await profileSource(engine(), source, signal);
		expect(
			profiles.map(({ name, filledShare, finding }) => [name, Math.round(filledShare * 6), finding])
		).toEqual([
			['Name', 4, { code: 'partly_empty', count: 2 }],
			['Email', 3, { code: 'partly_empty', count: 3 }],
			['Created', 6, { code: 'ok' }],
			['Total', 6, { code: 'ok' }],
			['Currency', 6, { code: 'constant', value: 'EUR' }],
			['Quantity', 5, { code: 'partly_empty', count: 1 }],
			['Paid', 2, { code: 'partly_empty', count: 4 }]
		]);
	});

	it('gives no median of ids, phones and postcodes', async () => {
		const columns = ['Id', 'Phone', 'Shipping Zip', 'Article', 'Points', 'Mobile'];
		const source = makeSource(columns, { phone: 'Mobile' });
		const rows = Array.from({ length: 100 }, (_, i) => [
			`${5000 + i}`,
			`+49151${1_000_000 + (i % 5)}`,
			`${10_115 + (i % 4)}`,
			`00${i % 9}`,
			`${i % 6}`,
			`${491_510_000 + (i % 5)}`
		]);
		await writeRawTable(engine(), source, rows);
		const profiles = await profileSource(engine(), source, signal);
		expect(profiles.filter(({ numbers }) => numbers !== null).map(({ name }) => name)).toEqual(['Points']);
		expect(profiles.every(({ name, bins }) => name === 'Points' || bins.length === 0)).toBe(true);
	});
});

describe('needsLook', () => {
	const empty: Finding = { code: 'partly_empty', count: 3 };
	const constant: Finding = { code: 'constant', value: 'GBP' };
	it.each([
		['customer', empty, true],
		['order_total', empty, true],
		['phone', empty, false],
		[null, { code: 'unreadable_values', count: 9 }, false],
		['currency', constant, false],
		['quantity', constant, false],
		['customer', constant, true],
		['date', { code: 'unreadable_values', count: 1 }, true],
		['date', { code: 'ok' }, false]
	] as const)('of a %s column with %o is %s', (role, finding, expected) => {
		expect(needsLook({ role, finding })).toBe(expected);
	});
});
