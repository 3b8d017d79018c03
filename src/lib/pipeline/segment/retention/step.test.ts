import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '#lib/engine/engine.ts';
import { sql } from '#lib/engine/sql.ts';
import { DEFAULT_FEATURES } from '#lib/pipeline/features/schema.ts';
import { runFeatures } from '#lib/pipeline/features/step.ts';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { cleanRows, makeSource, stepContext } from '../../../../../tests/support/raw-tables.ts';
import { computeRetention, returnedCustomers } from './step.ts';

const { signal } = new AbortController();
const SOURCE = makeSource(['order', 'day', 'amount', 'who'], {
	order_id: 'order',
	date: 'day',
	amount: 'amount',
	customer: 'who'
});

/** Orders from their day, money and customer; a number that starts with C is a credit note. */
async function prepare(engine: Engine, rows: readonly (readonly string[])[], asOf: string): Promise<void> {
	const clean = await cleanRows(engine, [{ source: SOURCE, rows }], { net_returns: true });
	await runFeatures(stepContext(engine), { ...DEFAULT_FEATURES, asOf }, clean);
	await engine.exec(sql`
		CREATE OR REPLACE TABLE segment.members AS
		SELECT idx, (idx % 2)::INTEGER AS cluster FROM features.customers ORDER BY idx`);
}

const ROWS = [
	['1', '2024-01-05', '10', '1'],
	['2', '2024-01-31 23:59:59', '4', '1'],
	['3', '2024-03-01', '6', '1'],
	['4', '2024-01-20', '5', '2'],
	['C4', '2024-02-02', '-2', '2'],
	['5', '2024-02-10', '7', '3'],
	['6', '2024-03-31', '1', '3'],
	['7', '2024-04-02', '9', '3'],
	['8', '2024-04-10', '3', '4'],
	['9', '2024-04-20', '100', '1']
];

describeEngines('computeRetention', (engine) => {
	it('counts who ordered in which month after the first, and the money of all', async () => {
		await prepare(engine(), ROWS, '2024-04-15');
		const found = await computeRetention(engine(), 'month', '2024-04-15', signal);
		expect(found).toMatchObject({ firstMonth: '2024-01', lastMonth: '2024-04', lastIsComplete: false });
		expect(found.rows).toEqual([
			{ key: '2024-01', customers: 2 },
			{ key: '2024-02', customers: 1 },
			{ key: '2024-04', customers: 1 }
		]);
		const brief = found.cells.map((cell) => [
			cell.key,
			cell.period,
			cell.eligible,
			cell.customers,
			cell.revenue,
			cell.isComplete
		]);
		expect(brief).toEqual([
			['2024-01', 0, 2, 2, 19, true],
			['2024-01', 1, 2, 0, -2, true],
			['2024-01', 2, 2, 1, 6, true],
			['2024-01', 3, 2, 0, 0, false],
			['2024-02', 0, 1, 1, 7, true],
			['2024-02', 1, 1, 1, 1, true],
			['2024-02', 2, 1, 1, 9, false],
			['2024-04', 0, 1, 1, 3, false]
		]);
	});

	it('counts for segments only months that have ended, of those who had so many', async () => {
		await prepare(engine(), ROWS, '2024-04-15');
		const found = await computeRetention(engine(), 'segment', '2024-04-15', signal);
		// Customers 1 and 3 are in segment 0, customers 2 and 4 in segment 1; customer 4 has no month that has ended.
		expect(found.rows).toEqual([
			{ key: '0', customers: 2 },
			{ key: '1', customers: 2 }
		]);
		expect(found.cells).toEqual([
			{ key: '0', period: 0, eligible: 2, customers: 2, revenue: 21, isComplete: true },
			{ key: '0', period: 1, eligible: 2, customers: 1, revenue: 1, isComplete: true },
			{ key: '0', period: 2, eligible: 1, customers: 1, revenue: 6, isComplete: true },
			{ key: '1', period: 0, eligible: 1, customers: 1, revenue: 5, isComplete: true },
			{ key: '1', period: 1, eligible: 1, customers: 0, revenue: -2, isComplete: true },
			{ key: '1', period: 2, eligible: 1, customers: 0, revenue: 0, isComplete: true }
		]);
	});

	it('names the people of a cell', async () => {
		await prepare(engine(), ROWS, '2024-05-01');
		const cell = (key: string, period: number) =>
			returnedCustomers(engine(), 'month', '2024-05-01', { key, period }, signal);
		expect([...(await cell('2024-01', 0))]).toEqual(['1', '2']);
		expect([...(await cell('2024-01', 3))]).toEqual(['1']);
		expect([...(await cell('2024-02', 2))]).toEqual(['3']);
		expect([...(await cell('2024-01', 1))]).toEqual([]);
	});

	it('has no amounts where the files have none', async () => {
		const source = makeSource(['day', 'who'], { date: 'day', customer: 'who' });
		const clean = await cleanRows(engine(), [{ source, rows: [['2024-01-05', 'a']] }]);
		await runFeatures(stepContext(engine()), DEFAULT_FEATURES, clean);
		const { cells } = await computeRetention(engine(), 'month', '2024-01-06', signal);
		expect(cells).toEqual([
			{ key: '2024-01', period: 0, eligible: 1, customers: 1, revenue: null, isComplete: false }
		]);
	});
});

const order = fc.record({
	who: fc.integer({ min: 1, max: 9 }),
	day: fc.integer({ min: 0, max: 400 }),
	cents: fc.integer({ min: 1, max: 5000 }),
	isReturn: fc.boolean()
});

describeEngines('retention of any orders', (engine) => {
	it('shares out every customer and all the money, sees nothing later, and never has more than all', async () => {
		for (const orders of fc.sample(fc.array(order, { minLength: 3, maxLength: 40 }), {
			seed: 5,
			numRuns: 12
		})) {
			const rows = orders.map(({ who, day, cents, isReturn }, i) => {
				const date = new Date(Date.UTC(2023, 0, 1 + day)).toISOString().slice(0, 10);
				return [
					`${isReturn && i > 0 ? 'C' : ''}${i + 1}`,
					date,
					String((isReturn && i > 0 ? -cents : cents) / 100),
					`${who}`
				];
			});
			const asOf = '2023-10-15';
			if (!rows.some(([number = '', day = '']) => day < asOf && !number.startsWith('C'))) continue;
			await prepare(engine(), rows, asOf);
			const [total] = await engine().rows<{ customers: number; revenue: number }>(sql`
				SELECT count(*)::INTEGER AS customers, sum(monetary_total)::DOUBLE AS revenue
				FROM features.customers ORDER BY customers`);
			const found = await computeRetention(engine(), 'month', asOf, signal);
			expect(found.rows.reduce((sum, { customers }) => sum + customers, 0)).toBe(total?.customers);
			const money = found.cells.reduce((sum, { revenue }) => sum + (revenue ?? 0), 0);
			expect(money).toBeCloseTo(total?.revenue ?? NaN, 6);
			for (const cell of found.cells) {
				expect(cell.customers).toBeLessThanOrEqual(cell.eligible);
				if (cell.period === 0) expect(cell.customers).toBe(cell.eligible);
			}
			await prepare(
				engine(),
				rows.filter(([, day = '']) => day < asOf),
				asOf
			);
			expect(await computeRetention(engine(), 'month', asOf, signal)).toEqual(found);
		}
	});
});

describe('retention of the gift shop', () => {
	describeEngines('against a count in plain code', (engine) => {
		let lines: readonly (readonly string[])[] = [];

		beforeAll(async () => {
			const file = new URL('../../../../../tests/fixtures/online_retail/orders.csv.gz', import.meta.url);
			const [, ...rows] = gunzipSync(await readFile(file))
				.toString('utf8')
				.trim()
				.split('\n');
			lines = rows.map((row) => row.trim().split(','));
		});

		it('agrees in every cell', async () => {
			expect(lines.length).toBeGreaterThan(100);
			// Number, day, money and customer of every line, without what the rules would set aside.
			const rows = lines.flatMap((cells) => {
				const [number = '', day = '', quantity = '', price = '', who = ''] = [
					cells[0],
					cells.at(-4),
					cells.at(-5),
					cells.at(-3),
					cells.at(-2)
				];
				const isSale = who !== '' && /^\d+$/.test(number) && Number(quantity) > 0 && Number(price) > 0;
				return isSale ? [[number, day, String(Number(quantity) * Number(price)), who]] : [];
			});
			const asOf = '2011-08-20';
			await prepare(engine(), rows, asOf);
			const found = await computeRetention(engine(), 'month', asOf, signal);
			const expected = countByHand(rows.filter(([, day = '']) => day < asOf));
			const brief = new Map(found.cells.map(({ key, period, customers }) => [`${key} ${period}`, customers]));
			expect(brief.size).toBe(45);
			for (const [cell, count] of brief) expect([cell, count]).toEqual([cell, expected.get(cell) ?? 0]);
			expect([...expected.keys()].every((cell) => brief.has(cell))).toBe(true);
		});
	});
});

/** Customers by month of the first order and months since, from the rows themselves. */
function countByHand(rows: readonly (readonly string[])[]): Map<string, number> {
	const monthsOf = new Map<string, Set<string>>();
	for (const [, day = '', , who = ''] of rows) {
		monthsOf.set(who, (monthsOf.get(who) ?? new Set()).add(day.slice(0, 7)));
	}
	const counts = new Map<string, number>();
	for (const months of monthsOf.values()) {
		const [first = ''] = [...months].sort();
		for (const month of months) {
			const apart = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));
			const cell = `${first} ${apart(month) - apart(first)}`;
			counts.set(cell, (counts.get(cell) ?? 0) + 1);
		}
	}
	return counts;
}
