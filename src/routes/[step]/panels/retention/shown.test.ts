import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import type { Retention } from '#lib/pipeline/segment/retention/schema.ts';
import { limitedRows, retentionFinding, rowLabels, rowsFinding, shownCells, shownRows } from './shown.ts';

const format = createFormat('en-GB', 'GBP');
const cell = (
	key: string,
	period: number,
	eligible: number,
	customers: number,
	revenue: number,
	isComplete = true
) => ({ key, period, eligible, customers, revenue, isComplete });

const RETENTION: Retention = {
	by: 'month',
	rows: [
		{ key: '2024-01', customers: 100 },
		{ key: '2024-02', customers: 50 }
	],
	cells: [
		cell('2024-01', 0, 100, 100, 1000),
		cell('2024-01', 1, 100, 30, 600),
		cell('2024-01', 2, 100, 9, 90, false),
		cell('2024-02', 0, 50, 50, 800),
		cell('2024-02', 1, 50, 4, 40, false)
	],
	firstMonth: '2024-01',
	lastMonth: '2024-03',
	lastIsComplete: false
};
const rows = shownRows(RETENTION, (key) => format.month(key));

describe('the triangle as it is shown', () => {
	it('begins with everyone, of months that have ended', () => {
		expect(rows.map(({ name }) => name)).toEqual(['Everyone', 'Jan 2024', 'Feb 2024']);
		expect(rows[0]?.cells).toEqual([cell('', 0, 150, 150, 1800), cell('', 1, 100, 30, 600)]);
		expect(rowLabels(rows, format)[0]).toEqual({ title: 'Everyone', note: '150' });
	});

	it('shows who came back, the first month without a colour', () => {
		const { cells, most } = shownCells(rows, 'share', format);
		expect(most).toBe(1);
		expect(cells.filter(({ row }) => row === 1)).toMatchObject([
			{ col: 0, shade: null, text: '100%', isPartial: false },
			{ col: 1, shade: 0.3, text: '30%', sentence: '1 month later: 30% of 100 customers ordered (30)' },
			{ col: 2, shade: 0.09, text: '9%', isPartial: true }
		]);
		expect(cells.at(-1)?.sentence).toBe(
			'1 month later: 8% of 50 customers ordered (4), the month has not ended'
		);
	});

	it('shows money per customer of the row, of a month and up to it', () => {
		const texts = (metric: 'money' | 'total') =>
			shownCells(rows, metric, format)
				.cells.filter(({ row }) => row === 1)
				.map(({ text }) => text);
		expect(texts('money')).toEqual(['£10', '£6', '£0.9']);
		expect(texts('total')).toEqual(['£10', '£16', '£16.9']);
		expect(shownCells(rows, 'total', format).most).toBeCloseTo(18, 9);
	});

	it('says how many order again', () => {
		expect(retentionFinding(RETENTION, format)).toEqual({
			title: '30% of customers order again in the month after their first',
			sub: '150 customers, orders from Jan 2024 to Mar 2024.'
		});
		const young = { ...RETENTION, cells: RETENTION.cells.filter(({ period }) => period === 0) };
		expect(retentionFinding(young, format).title).toMatch(/^One month of orders/);
	});

	it('compares the same people in the first month and later', () => {
		const later = {
			...RETENTION,
			cells: [
				...RETENTION.cells.filter(({ period }) => period < 2),
				cell('2024-01', 2, 100, 20, 1),
				cell('2024-01', 3, 100, 25, 1),
				{ ...cell('2024-02', 3, 50, 40, 1), isComplete: false }
			]
		};
		expect(retentionFinding(later, format).sub).toBe(
			'150 customers, orders from Jan 2024 to Mar 2024. Of the 100 whose first order is at least three months ago, 30% did so in the first month after it and 25% in the third.'
		);
	});

	it('draws the newest rows and the first months of a very long history', () => {
		const long = Array.from({ length: 80 }, (_, i) => ({
			key: String(i),
			customers: 1,
			name: String(i),
			isAll: i === 0,
			cells: Array.from({ length: 90 }, (__, period) => cell(String(i), period, 1, 1, 1))
		}));
		const limited = limitedRows(long);
		expect([limited.rows.length, limited.rowsLeftOut, limited.periodsLeftOut]).toEqual([61, 19, 54]);
		expect(limited.rows.at(-1)?.cells).toHaveLength(36);
		expect(limitedRows(rows)).toEqual({ rows, rowsLeftOut: 0, periodsLeftOut: 0 });
	});

	it('names the rows that come back most and least, of those that have enough people', () => {
		expect(rowsFinding(rows, format)).toBe('Who came back, month by month');
		const more = {
			...RETENTION,
			rows: [...RETENTION.rows, { key: '2023-12', customers: 40 }],
			cells: [...RETENTION.cells, cell('2023-12', 1, 40, 4, 1), cell('2023-11', 1, 9, 9, 1)]
		};
		const named = shownRows(more, (key) => format.month(key));
		expect(rowsFinding(named, format)).toBe(
			'Jan 2024 came back most: 30% a month later, Dec 2023 least: 10%'
		);
	});
});
