import { describe, expect, test } from 'vitest';
import { compareLayout, findClash, hasDrift, newestDay, readTableSample, type TableSample } from './drift.ts';
import { shiftWords } from './drift-words.ts';
import { inspectFile } from './inspect.ts';

const HEADER = 'order_id,customer_id,date,amount';
const SWAPPED = 'customer_id,order_id,date,amount';

interface Month {
	readonly month: number;
	readonly firstOrder: number;
	readonly firstCustomer?: number;
	/** Orders with a customer of their own; the others are of those again. */
	readonly customers?: number;
	readonly header?: string;
	readonly dayFirst?: boolean;
}

/** 80 orders of a month, one a row. */
async function sampleOf(given: Month): Promise<TableSample> {
	const { month, firstOrder, firstCustomer = 10_000, customers = 40, header = HEADER } = given;
	const rows = Array.from({ length: 80 }, (_, i) => {
		const day = String(10 + (i % 18));
		const date = given.dayFirst ? `${day}/0${month}/2024` : `2024-0${month}-${day}`;
		return `${firstOrder + i},${firstCustomer + ((i * 7) % customers)},${date},${5 + (i % 30)}.50`;
	});
	const file = { name: `orders-${month}.csv`, blob: new Blob([`${[header, ...rows].join('\n')}\n`]) };
	return readTableSample(file, (await inspectFile(file)).source);
}

describe('columns that have changed places', () => {
	test('are told by their values, where no customer returns within a month', async () => {
		const old = await sampleOf({ month: 1, firstOrder: 1001, customers: 80 });
		const found = await sampleOf({ month: 2, firstOrder: 1081, customers: 80, header: SWAPPED });
		const { shifted } = compareLayout(old, found);
		const swaps = shifted.map(({ kind, role, like }) => `${kind} ${role} ${like ?? ''}`).sort();
		expect(swaps).toEqual(['swapped customer order_id', 'swapped order_id customer']);
		const shift = shifted.find(({ role }) => role === 'order_id');
		expect(shift && shiftWords(shift)).toBe('these look like the customer ids of before');
	});

	test('are told by how often values return, where no value is known', async () => {
		const old = await sampleOf({ month: 1, firstOrder: 1001 });
		const later = { month: 2, firstOrder: 3001, firstCustomer: 50_000 };
		const { shifted } = compareLayout(old, await sampleOf({ ...later, header: SWAPPED }));
		expect(shifted.map(({ kind }) => kind)).toEqual(['swapped', 'swapped']);
		expect(hasDrift(compareLayout(old, await sampleOf(later)))).toBe(false);
	});

	test('are not seen in next month, nor in order numbers among the customer ids of before', async () => {
		const old = await sampleOf({ month: 1, firstOrder: 1001 });
		for (const firstOrder of [1001, 1081, 10_001]) {
			expect(hasDrift(compareLayout(old, await sampleOf({ month: 2, firstOrder })))).toBe(false);
		}
	});
});

describe('findClash', () => {
	test('finds equal numbers of other orders, and none in the same or in later orders', async () => {
		const old = await sampleOf({ month: 1, firstOrder: 1001 });
		const other = await sampleOf({ month: 2, firstOrder: 1001, firstCustomer: 20_000 });
		expect(findClash(old, other, [])).toEqual({ shared: 80, different: 80 });
		expect(findClash(old, old, [])).toBeNull();
		expect(findClash(old, await sampleOf({ month: 2, firstOrder: 1070 }), [])).toBeNull();
	});

	test('needs another customer and another day, however the day is written', async () => {
		const old = await sampleOf({ month: 1, firstOrder: 1001 });
		const renumbered = { month: 1, firstOrder: 1001, firstCustomer: 20_000 };
		expect(findClash(old, await sampleOf({ ...renumbered, dayFirst: true }), [])).toBeNull();
		expect(findClash(old, await sampleOf({ month: 2, firstOrder: 1001 }), [])).toBeNull();
	});
});

test('newestDay is the last day of all records, in the order of the days', async () => {
	const sample = await sampleOf({ month: 3, firstOrder: 1 });
	expect(newestDay(sample)).toBe('2024-03-27');
	expect(newestDay(await sampleOf({ month: 3, firstOrder: 1, dayFirst: true }))).toBe('2024-03-27');
	expect(newestDay({ ...sample, hasEnd: false })).toBeNull();
});

test('newestDay knows the end of a file that is too long to be compared whole', async () => {
	const rows = Array.from({ length: 30_000 }, (_, i) => {
		const day = new Date(Date.UTC(2020, 0, 1) + Math.floor(i / 20) * 86_400_000);
		return `${i},C${i % 900},${day.toISOString().slice(0, 10)},${(i % 90) + 0.5}`;
	});
	const file = { name: 'long.csv', blob: new Blob([`${[HEADER, ...rows].join('\n')}\n`]) };
	const sample = await readTableSample(file, (await inspectFile(file)).source);
	expect(sample.records.length).toBeLessThan(rows.length);
	expect(newestDay(sample)).toBe(rows.at(-1)?.split(',')[2]);
});
