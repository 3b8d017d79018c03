import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hasDrift, readTableSample, type TableSample } from '#lib/pipeline/import/drift.ts';
import { inspectFile } from '#lib/pipeline/import/inspect.ts';
import { makeSampleShop } from '#lib/pipeline/import/sample-shop/index.ts';
import { NO_NOTES, type SourceParams } from '#lib/pipeline/import/schema.ts';
import { PLATFORM_FIXTURES } from '../../../tests/support/platform-fixtures.ts';
import { findPredecessor, likelyPredecessors, nameStem, succeed } from './predecessor.ts';

interface Given {
	readonly id?: string;
	readonly series?: string;
	readonly version?: number;
	readonly platform?: null;
}

async function sampleOf(name: string, text: string, given: Given = {}): Promise<TableSample<SourceParams>> {
	const file = { name, blob: new Blob([text]) };
	const { source } = await inspectFile(file);
	const { id = 's1', series = id, version = 1, ...rest } = given;
	return readTableSample(file, { ...source, ...rest, id, series, version, notes: NO_NOTES });
}

async function fixture(path: string, given: Given = {}): Promise<TableSample<SourceParams>> {
	const bytes = readFileSync(new URL(`../../../tests/fixtures/${path}`, import.meta.url));
	const file = { name: path.replace('/', '-'), blob: new Blob([bytes]) };
	const { source } = await inspectFile(file);
	const { id = 's1', series = id, version = 1, ...rest } = given;
	return readTableSample(file, { ...source, ...rest, id, series, version, notes: NO_NOTES });
}

/** Orders of 40 customers with the amounts of a month; the header can be another. */
function ordersText(month: number, header = 'customer_id,order_date,amount,product', factor = 1): string {
	const rows = Array.from({ length: 60 }, (_, i) =>
		[
			`C${String(1000 + ((i * 7) % 40))}`,
			`2024-${String(month).padStart(2, '0')}-${String(1 + (i % 27)).padStart(2, '0')}`,
			factor === 1 ? `${5 + ((i * 13) % 90)}.50` : String((5.5 + ((i * 13) % 90)) * factor),
			`Product ${i % 11}`
		].join(',')
	);
	return `${[header, ...rows].join('\n')}\n`;
}

function predecessorOf(found: TableSample, present: readonly TableSample<SourceParams>[]) {
	const likely = likelyPredecessors(
		found.source,
		present.map(({ source }) => source)
	);
	return findPredecessor(
		found,
		present.filter(({ source }) => likely.includes(source))
	);
}

describe('findPredecessor', () => {
	test('the same list, by its columns, without a difference', async () => {
		const [old, found] = [
			await sampleOf('orders.csv', ordersText(1)),
			await sampleOf('x.csv', ordersText(2))
		];
		const predecessor = predecessorOf(found, [old]);
		expect(predecessor?.old.source.id).toBe('s1');
		expect(predecessor !== null && hasDrift(predecessor.drift)).toBe(false);
	});

	test('a list with renamed columns, by name or by value, or by the name of the file', async () => {
		const old = await sampleOf('orders-2024-01.csv', ordersText(1));
		const oneRenamed = await sampleOf('x.csv', ordersText(2, 'customer_id,order_date,total,product'));
		const allRenamed = await sampleOf('orders-2024-02.csv', ordersText(2, 'aa,bb,cc,dd'));
		expect(predecessorOf(oneRenamed, [old])?.drift.renamed).toMatchObject([{ from: 'amount', to: 'total' }]);
		expect(predecessorOf(allRenamed, [old])?.drift.renamed).toHaveLength(4);
	});

	test('of two like it, the one that differs least, and the newest of those', async () => {
		const plain = await sampleOf('a.csv', ordersText(1), { id: 's1' });
		const cents = await sampleOf('b.csv', ordersText(1, undefined, 100), { id: 's2' });
		const later = await sampleOf('c.csv', ordersText(2), { id: 's3', series: 's1', version: 2 });
		const present = [plain, cents, later];
		const next = async (factor: number) =>
			predecessorOf(await sampleOf('d.csv', ordersText(3, undefined, factor)), present)?.old.source.id;
		expect(await next(100)).toBe('s2');
		expect(await next(1)).toBe('s3');
	});

	test('files of different kinds and systems follow none of the others, recognised or not', async () => {
		const shop = await Promise.all(
			makeSampleShop().files.map(async ({ name, blob }) => sampleOf(name, await blob.text()))
		);
		const paths = Object.values(PLATFORM_FIXTURES)
			.flatMap(([first]) => first ?? [])
			.filter((path) => !path.endsWith('.gz'));
		const known = await Promise.all(paths.map((path) => fixture(path)));
		const unknown = await Promise.all(paths.map((path) => fixture(path, { platform: null })));
		const followed = (found: TableSample, others: readonly TableSample<SourceParams>[]) =>
			predecessorOf(found, others)?.old.source.fileName;
		for (const all of [shop, known]) {
			for (const found of all) {
				const others = all.filter((other) => other !== found);
				expect(followed(found, others), found.source.fileName).toBeUndefined();
			}
		}
		const systemOf = ({ source }: TableSample) => source.fileName.split('-')[0];
		for (const found of unknown) {
			const others = unknown.filter((other) => systemOf(other) !== systemOf(found));
			expect(followed(found, others), found.source.fileName).toBeUndefined();
		}
	});

	test('exports of one platform follow each other whatever its columns are called now', async () => {
		const old = await fixture('shopify/customers_old.csv');
		const found = await fixture('shopify/customers.csv');
		const predecessor = predecessorOf(found, [old]);
		expect(predecessor?.old).toBe(old);
		expect(predecessor?.drift.renamed).toContainEqual(
			expect.objectContaining({ from: 'Zip', to: 'Default Address Zip', role: 'postcode' })
		);
	});

	test('lists that every row tells apart do not follow each other', async () => {
		const subscribed = await fixture('mailchimp/subscribed_members.csv');
		const unsubscribed = await fixture('mailchimp/unsubscribed_members.csv');
		expect(predecessorOf(unsubscribed, [subscribed])).toBeNull();
		expect(predecessorOf(subscribed, [subscribed])?.old).toBe(subscribed);
	});
});

test('likelyPredecessors answers the newest file of each layout of a series', async () => {
	const january = await sampleOf('jan.csv', ordersText(1), { id: 's1' });
	const february = await sampleOf('feb.csv', ordersText(2), { id: 's2', series: 's1', version: 2 });
	const wider = await sampleOf('mar.csv', ordersText(3, 'customer_id,order_date,amount,item'), {
		id: 's3',
		series: 's1',
		version: 3
	});
	const sources = [january, february, wider].map(({ source }) => source);
	expect(likelyPredecessors(january.source, sources).map(({ id }) => id)).toEqual(['s2', 's3']);
});

test('succeed gives the series, its notes and the next version', async () => {
	const notes = { ...NO_NOTES, origin: 'Till 4' };
	const old = { ...(await sampleOf('jan.csv', ordersText(1), { version: 3 })).source, notes };
	const { source } = await sampleOf('feb.csv', ordersText(2), { id: 's7' });
	expect(succeed(source, old, [old])).toMatchObject({ id: 's7', series: 's1', version: 4, notes });
});

test.each([
	['orders_export_1.csv', 'orders export'],
	['orders-2024-05.csv', 'orders'],
	['Orders May 2024 (2).csv.gz', 'orders'],
	['orders_sept_copy.xlsx', 'orders'],
	['2024-05.csv', ''],
	['market-mar.csv', 'market'],
	['orders.csv (table 2)', 'orders']
])('nameStem of %s', (fileName, stem) => {
	expect(nameStem(fileName)).toBe(stem);
});
