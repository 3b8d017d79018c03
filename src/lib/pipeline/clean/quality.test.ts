import { expect, it } from 'vitest';
import { describeEngines } from '../../../../tests/support/engines.ts';
import { makeSource, writeRawTable } from '../../../../tests/support/raw-tables.ts';
import { exactDuplicates, profileSource } from './quality.ts';

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

	it('counts the rows that repeat an earlier one', async () => {
		await writeRawTable(engine(), SOURCE, [...ROWS.slice(0, 5), ...ROWS.slice(0, 2), ROWS[0] ?? []]);
		expect(await exactDuplicates(engine(), SOURCE, signal)).toBe(3);
	});
});
