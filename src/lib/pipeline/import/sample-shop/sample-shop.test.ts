import { kmeans } from 'ml-kmeans';
import { describe, expect, test } from 'vitest';
import { addDays, daysBetween } from '#lib/core/days.ts';
import { splitRecord } from '../fields.ts';
import { inspectFile } from '../inspect.ts';
import { makeSampleShop, PLANTED } from './index.ts';

const AS_OF = '2025-09-01';
const shop = makeSampleShop();
const [orders, customerList, events, sends, campaigns] = await Promise.all(
	shop.files.map(({ blob }) => blob.text())
);
const text = orders ?? '';
const records = recordsOf(text);
const readable = records.filter((fields) => fields.length === 11);

function recordsOf(csv = ''): string[][] {
	return csv
		.trimEnd()
		.split('\n')
		.slice(1)
		.map((line) => splitRecord(line, ','));
}

interface Customer {
	lastDay: string;
	readonly orderIds: Set<string>;
	spend: number;
}

function customers(): Map<string, Customer> {
	const found = new Map<string, Customer>();
	for (const [orderId = '', date = '', email = '', , , quantity = '', price = ''] of readable) {
		const amount = Number(quantity) * Number(price);
		if (email === '' || amount <= 0) continue;
		const customer = found.get(email) ?? { lastDay: '', orderIds: new Set(), spend: 0 };
		customer.lastDay = date.slice(0, 10) > customer.lastDay ? date.slice(0, 10) : customer.lastDay;
		customer.orderIds.add(orderId);
		customer.spend += amount;
		found.set(email, customer);
	}
	return found;
}

/** (x − mean) / deviation of log(1 + x). */
function scaled(values: readonly number[]): number[] {
	const logs = values.map(Math.log1p);
	const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
	const deviation = Math.sqrt(logs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / logs.length);
	return logs.map((value) => (value - mean) / deviation);
}

/** Adjusted Rand index of two labelings (Hubert and Arabie, 1985). */
function adjustedRand(a: readonly (string | number)[], b: readonly (string | number)[]): number {
	const pairs = (count: number) => (count * (count - 1)) / 2;
	const countPairs = (labels: readonly (string | number)[]) => {
		const counts = new Map<string | number, number>();
		for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
		return [...counts.values()].reduce((sum, count) => sum + pairs(count), 0);
	};
	const both = countPairs(a.map((label, i) => `${label}/${b[i]}`));
	const expected = (countPairs(a) * countPairs(b)) / pairs(a.length);
	return (both - expected) / ((countPairs(a) + countPairs(b)) / 2 - expected);
}

describe('makeSampleShop', () => {
	test('is the same for the same seed, and another for another', async () => {
		expect(await makeSampleShop(7).files[0]?.blob.text()).toBe(text);
		expect(await makeSampleShop(8).files[0]?.blob.text()).not.toBe(text);
	});

	test('has the size of a small shop', () => {
		expect(shop.planted.size).toBe(3_000);
		expect(records.length).toBeGreaterThan(15_000);
		expect(records.length).toBeLessThan(20_000);
		const days = readable.map(([, date = '']) => date.slice(0, 10));
		expect(days[0]).toBe('2024-03-10');
		expect(days.at(-1)).toBe('2025-08-31');
	});

	test('holds the faults of real exports', () => {
		const share = readable.filter(([, , email]) => email === '').length / records.length;
		expect(share).toBeGreaterThan(0.02);
		expect(share).toBeLessThan(0.04);
		expect(records.filter((fields) => fields.length !== 11)).toHaveLength(3);
		expect(readable.filter(([orderId]) => orderId?.startsWith('C')).length).toBeGreaterThan(50);
		expect(readable.every(([orderId = '']) => /^C?\d+$/.test(orderId))).toBe(true);
		expect(readable.filter((fields) => fields[6] === '0.00').length).toBeGreaterThan(4);
		const rows = text.split('\n');
		expect(rows.length - new Set(rows).size).toBeGreaterThanOrEqual(14);
	});

	test('has no address outside example.com', () => {
		expect(
			readable.every(([, , email = '']) => email === '' || /^[a-z.]+\d+@example\.com$/.test(email))
		).toBe(true);
	});

	test('is understood by inspection', async () => {
		const sources = await Promise.all(shop.files.map(async (file) => (await inspectFile(file)).source));
		expect(sources.map(({ kind }) => kind)).toEqual(['orders', 'customers', 'events', 'sends', 'campaigns']);
		expect(sources[0]).toMatchObject({
			platform: null,
			mapping: {
				customer: 'customer_email',
				date: 'order_date',
				order_id: 'order_id',
				quantity: 'quantity',
				unit_price: 'unit_price',
				product: 'product',
				country: 'country',
				name: 'customer_name'
			},
			reading: { dateOrder: 'ymd', decimalMark: '.', orderFieldsOnFirstRow: false }
		});
	});

	test('holds what its description says', () => {
		const people = recordsOf(customerList);
		const byPhone = new Map<string, number>();
		for (const [, , , , phone = ''] of people) byPhone.set(phone, (byPhone.get(phone) ?? 0) + 1);
		byPhone.delete('');
		expect([...byPhone.values()].filter((count) => count === 2)).toHaveLength(60);
		expect(
			people.filter((fields) => fields[8] === 'Wholesale' && Number(fields[0]?.slice(1)) <= 3_250)
		).toHaveLength(24);
		expect(
			people.filter((fields) => fields[9] === 'staff' && Number(fields[0]?.slice(1)) <= 3_250)
		).toHaveLength(6);
		expect(people).toHaveLength(3_310);

		const ordersOf = (day: string) =>
			new Set(readable.filter(([, date = '']) => date.startsWith(day)).map(([id]) => id)).size;
		const usual = [-8, -7, -6, 6, 7, 8].map((days) => ordersOf(addDays('2025-05-17', days)));
		const mean = usual.reduce((sum, count) => sum + count, 0) / usual.length;
		expect(ordersOf('2025-05-17') / mean).toBeGreaterThan(4);

		const days = new Set(recordsOf(events).map(([time = '']) => time.slice(0, 10)));
		expect(days.has('2025-07-07') && days.has('2025-07-11')).toBe(true);
		expect(['2025-07-08', '2025-07-09', '2025-07-10'].some((day) => days.has(day))).toBe(false);

		const test = recordsOf(sends).filter(([, , campaign]) => campaign === 'Summer subject line test');
		const clicks = (arm: string) =>
			test.filter(([, , , action, variant]) => action === 'clicked' && variant === arm);
		expect(clicks('B').length / clicks('A').length).toBeGreaterThan(1.5);
		expect(recordsOf(campaigns)).toHaveLength(5);
		expect(PLANTED).toHaveLength(7);
	});

	test('has four segments that clustering finds again', () => {
		const found = [...customers()];
		const columns = [
			scaled(found.map(([, { lastDay }]) => daysBetween(lastDay, AS_OF))),
			scaled(found.map(([, { orderIds }]) => orderIds.size)),
			scaled(found.map(([, { spend }]) => spend))
		];
		const points = found.map((_, i) => columns.map((column) => column[i] ?? 0));
		const { clusters } = kmeans(points, 4, { seed: 1, initialization: 'kmeans++' });
		const planted = found.map(([email]) => shop.planted.get(email) ?? '');
		expect(new Set(planted).size).toBe(4);
		expect(adjustedRand(planted, clusters)).toBeGreaterThan(0.95);
	});
});
