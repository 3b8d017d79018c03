import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { fingerprint } from '#lib/pipeline/import/columns.ts';
import { inspectFile } from '#lib/pipeline/import/inspect.ts';
import { detectPlatform, PLATFORMS } from '#lib/pipeline/import/platforms/index.ts';

/** Every preset has at least one file that it must recognise, with the columns that its roles must take. */
const FIXTURES: Readonly<Record<string, readonly string[]>> = {
	'shopify-orders': ['shopify/orders.csv'],
	'stripe-payments': ['stripe/payments.csv', 'stripe/payments_new.csv'],
	'square-transactions': ['square/transactions.csv'],
	'square-items': ['square/items.csv'],
	'woocommerce-orders': ['woocommerce/orders.csv'],
	'online-retail': ['online_retail/orders.csv.gz', 'online_retail/orders_ii.csv']
};

/** Files of no platform: they go to the mapper. */
const FOREIGN = ['cdnow/master.txt', 'cdnow/sample.txt', 'malformed/bom.csv', 'malformed/semicolon.csv'];

async function inspect(path: string) {
	const bytes = await readFile(new URL(`../fixtures/${path}`, import.meta.url));
	return inspectFile({ name: path, blob: new Blob([bytes]) });
}

test('every preset has a fixture, and ids are unique', () => {
	expect(PLATFORMS.map(({ id }) => id).sort()).toEqual(Object.keys(FIXTURES).sort());
});

describe.each(PLATFORMS)('$id', (preset) => {
	test.each(FIXTURES[preset.id] ?? [])('recognises %s and gives its roles', async (path) => {
		const { source } = await inspect(path);
		expect(source.platform).toBe(preset.id);
		expect(source.columns).toEqual(expect.arrayContaining(Object.values(source.mapping)));
		expect(new Set(Object.values(source.mapping)).size).toBe(Object.keys(source.mapping).length);
		expect(source.mapping).toMatchObject({
			customer: expect.any(String),
			date: expect.any(String),
			order_id: expect.any(String)
		});
		const { amount, order_total: orderTotal, unit_price: unitPrice } = source.mapping;
		expect([amount, orderTotal, unitPrice].filter((column) => column !== undefined)).toHaveLength(1);
		expect(source.reading.dateOrder).toBe('ymd');
	});

	test.each(FIXTURES[preset.id] ?? [])('recognises %s with its columns in another order', async (path) => {
		const { columns, source } = await inspect(path);
		const shuffled = [...columns.slice(3), ...columns.slice(0, 3)].reverse();
		expect(detectPlatform(shuffled)?.mapping).toEqual(source.mapping);
		const shouted = shuffled.map(({ name, filled }) => ({ name: name.toUpperCase(), filled }));
		expect(detectPlatform(shouted)?.preset.id).toBe(preset.id);
		expect(fingerprint(shouted.map(({ name }) => name))).toBe(fingerprint(source.columns));
	});

	test('does not recognise a file that lacks a column it requires', () => {
		const names = [...preset.requires, ...preset.distinctive];
		for (const missing of preset.requires) {
			const columns = names.filter((name) => name !== missing).map((name) => ({ name, filled: 1 }));
			expect(detectPlatform(columns)?.preset.id).not.toBe(preset.id);
		}
	});

	test('does not recognise the columns it requires alone', () => {
		const columns = preset.requires
			.filter((name) => !preset.distinctive.includes(name))
			.map((name) => ({ name, filled: 1 }));
		expect(detectPlatform(columns)?.preset.id).not.toBe(preset.id);
	});
});

test.each(FOREIGN)('no preset takes %s', async (path) => {
	const { source } = await inspect(path);
	expect(source.platform).toBeNull();
});
