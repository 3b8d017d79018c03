import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { readCsv } from '../../../../tests/support/read-csv.ts';
import { applyRenames, breaksMeaning, compareLayout, hasDrift, requireNoDrift, type Drift } from './drift.ts';
import { readTableSample, type TableSample } from './drift-sample.ts';
import { renderRecord } from './fields.ts';
import { inspectFile } from './inspect.ts';
import { makeSampleShop } from './sample-shop/index.ts';
import { OWN_IDS, PLAIN_DIALECT, type Role } from './schema.ts';

/** A table as a test changes it: the header and the rows under it. */
interface Table {
	readonly name: string;
	readonly header: readonly string[];
	readonly rows: readonly (readonly string[])[];
}

function fixture(path: string): string {
	const bytes = readFileSync(new URL(`../../../../tests/fixtures/${path}`, import.meta.url));
	return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

function tableOf(name: string, text: string): Table {
	const [header = [], ...rows] = readCsv(text);
	return { name, header, rows: rows.filter((row) => row.length === header.length) };
}

async function sampleOf({ name, header, rows }: Table): Promise<TableSample> {
	const text = [header, ...rows].map((row) => `${renderRecord(row, ',')}\n`).join('');
	const file = { name, blob: new Blob([text]) };
	return readTableSample(file, (await inspectFile(file)).source);
}

/** The rows before the middle day and those from it on; without days, the first half and the second. */
function halves(table: Table, day: string | null): [Table, Table] {
	const at = day === null ? -1 : table.header.indexOf(day);
	const rows = at < 0 ? [...table.rows] : [...table.rows].sort((a, b) => order(a[at], b[at]));
	const middle = Math.floor(rows.length / 2);
	return [
		{ ...table, name: `${table.name}-1.csv`, rows: rows.slice(0, middle) },
		{ ...table, name: `${table.name}-2.csv`, rows: rows.slice(middle) }
	];
}

function order(a = '', b = ''): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

async function driftOf(old: Table, found: Table): Promise<Drift> {
	return compareLayout(await sampleOf(old), await sampleOf(found));
}

/** The table with the values of a column changed. */
function withColumn(table: Table, column: string, change: (text: string, row: number) => string): Table {
	const at = table.header.indexOf(column);
	if (at < 0) throw new RangeError(`no column ${column}`);
	return {
		...table,
		rows: table.rows.map((row, i) => row.map((text, j) => (j === at ? change(text, i) : text)))
	};
}

function withNames(table: Table, names: Readonly<Record<string, string>>): Table {
	return { ...table, header: table.header.map((name) => names[name] ?? name) };
}

/** The columns in another order, or fewer of them. */
function withColumns(table: Table, columns: readonly string[]): Table {
	const places = columns.map((column) => table.header.indexOf(column));
	const pick = (row: readonly string[]) => places.map((place) => row[place] ?? '');
	return { ...table, header: columns, rows: table.rows.map(pick) };
}

const PLAIN_SOURCE: TableSample['source'] = {
	fileName: 'plain.csv',
	kind: 'orders',
	platform: null,
	dialect: PLAIN_DIALECT,
	columns: ['a'],
	mapping: {},
	constants: {},
	reading: { dateOrder: null, decimalMark: null, orderFieldsOnFirstRow: false, isUtc: false },
	withheld: [],
	idSystem: OWN_IDS
};
const NO_DRIFT: Drift = { renamed: [], missing: [], added: [], moved: [], shifted: [] };

/** All rows, and every tenth. */
let wholeRetail: Table;
let retail: Table;
let shopify: Table;
let shop: ReadonlyMap<string, Table>;

beforeAll(async () => {
	wholeRetail = tableOf('online-retail', fixture('online_retail/orders.csv.gz'));
	retail = { ...wholeRetail, rows: wholeRetail.rows.filter((_, i) => i % 10 === 0) };
	shopify = tableOf('orders_export', fixture('shopify/orders.csv'));
	const files = await Promise.all(
		makeSampleShop().files.map(async ({ name, blob }) => tableOf(name, await blob.text()))
	);
	shop = new Map(files.map((table) => [table.name, table]));
});

describe('no false alarm', () => {
	test('day files and halves of Online Retail', async () => {
		const at = retail.header.indexOf('InvoiceDate');
		const days = new Map<string, (readonly string[])[]>();
		for (const row of wholeRetail.rows) {
			const day = (row[at] ?? '').slice(0, 10);
			const rows = days.get(day);
			if (rows) rows.push(row);
			else days.set(day, [row]);
		}
		const files = await Promise.all(
			[...days]
				.filter((_, i) => i % 11 === 0)
				.map(([day, rows]) => sampleOf({ ...retail, name: `orders-${day}.csv`, rows }))
		);
		expect(files.every(({ columns }) => columns.every(({ texts }) => texts.length > 5))).toBe(true);
		expect(files.length).toBe(20);
		for (const old of files) for (const found of files) expect(compareLayout(old, found)).toEqual(NO_DRIFT);
		expect(await driftOf(...halves(wholeRetail, 'InvoiceDate'))).toEqual(NO_DRIFT);
	});

	test('Shopify orders split in time', async () => {
		expect(await driftOf(...halves(shopify, null))).toEqual(NO_DRIFT);
		const quarters = [0, 1, 2, 3].map((i) => ({ ...shopify, rows: shopify.rows.slice(i * 88, i * 88 + 88) }));
		for (const old of quarters)
			for (const found of quarters) expect(await driftOf(old, found)).toEqual(NO_DRIFT);
	});

	test('every file of the sample shop split in time', async () => {
		for (const table of shop.values()) {
			const day = table.header.find((name) => /date|_at$|time|day/i.test(name)) ?? null;
			expect(await driftOf(...halves(table, day)), table.name).toEqual(NO_DRIFT);
		}
	});

	test('CDNOW split in time and by customer', async () => {
		const rows = fixture('cdnow/sample.txt')
			.split('\n')
			.filter((line) => line.trim() !== '')
			.map((line) => line.trim().split(/ +/));
		const header = ['customer_id', 'sample_id', 'date', 'number_of_cds', 'dollar_value'];
		const table = { name: 'cdnow', header, rows };
		expect(await driftOf(...halves(table, 'date'))).toEqual(NO_DRIFT);
		expect(await driftOf(...halves(table, null))).toEqual(NO_DRIFT);
	});

	test.each([
		'shopify/customers.csv',
		'woocommerce/orders.csv',
		'square/items.csv',
		'stripe/payments.csv',
		'klaviyo/profiles.csv',
		'mailchimp/subscribed_members.csv'
	])('halves of %s', async (path) => {
		expect(await driftOf(...halves(tableOf(path.replace('/', '-'), fixture(path)), null))).toEqual(NO_DRIFT);
	});
});

describe('renamed, missing, added and moved columns', () => {
	test('every mapped column of Online Retail, renamed to a word that says nothing', async () => {
		const [old, found] = halves(retail, 'InvoiceDate');
		for (const column of retail.header) {
			const drift = await driftOf(old, withNames(found, { [column]: 'zz_9' }));
			expect(drift.renamed.map(({ from, to }) => [from, to])).toEqual([[column, 'zz_9']]);
			expect({ ...drift, renamed: [] }).toEqual(NO_DRIFT);
		}
	});

	test('a renamed column that was moved as well is found by its values', async () => {
		const [old, found] = halves(retail, 'InvoiceDate');
		const others = retail.header.filter((name) => name !== 'Description');
		const moved = withColumns(found, [...others, 'Description']);
		const names = { Description: 'zz', CustomerID: 'Buyer', InvoiceNo: 'Invoice' };
		const { renamed, missing, added } = await driftOf(old, withNames(moved, names));
		expect(renamed).toMatchObject([
			{ from: 'InvoiceNo', to: 'Invoice', role: 'order_id' },
			{ from: 'Description', to: 'zz', role: 'product', evidence: ['shared_values'] },
			{ from: 'CustomerID', to: 'Buyer', role: 'customer' }
		]);
		expect([missing, added]).toEqual([[], []]);
	});

	test('a header that was translated, line by line', async () => {
		const [old, found] = halves(required('sample-shop-orders.csv'), null);
		const german = Object.fromEntries(
			found.header.map((name, i) => [name, ['Bestellnummer', 'Datum', 'E-Mail'][i] ?? `Spalte ${i + 1}`])
		);
		const { renamed, missing, added } = await driftOf(old, withNames(found, german));
		expect(renamed.map(({ from, to }) => [from, to])).toEqual(Object.entries(german));
		expect([missing, added]).toEqual([[], []]);
	});

	test('says what a missing column meant, and which are new', async () => {
		const [old, found] = halves(retail, 'InvoiceDate');
		const kept = retail.header.filter((name) => name !== 'Country' && name !== 'Quantity');
		const drift = await driftOf(old, withColumns(found, [...kept, 'Loyalty points']));
		expect(drift.missing).toEqual([
			{ column: 'Quantity', role: 'quantity' },
			{ column: 'Country', role: 'country' }
		]);
		expect(drift.added).toEqual(['Loyalty points']);
		expect(breaksMeaning(drift)).toBe(true);
	});

	test('a new column alone is asked about, and breaks nothing; another order is neither', async () => {
		const [old, found] = halves(shopify, null);
		const wider = await driftOf(old, withColumns(found, [...shopify.header, 'Gift note']));
		expect(wider).toEqual({ ...NO_DRIFT, added: ['Gift note'] });
		expect([hasDrift(wider), breaksMeaning(wider)]).toEqual([true, false]);
		const [first = '', second = '', ...rest] = shopify.header;
		const turned = await driftOf(old, withColumns(found, [second, ...rest, first]));
		expect(turned).toEqual({ ...NO_DRIFT, moved: [first] });
		expect(hasDrift(turned)).toBe(false);
	});

	test('any order of columns moves as few as explain it, and never all', () => {
		const names = ['a', 'b', 'c', 'd', 'e', 'f'];
		const sample = (columns: readonly string[]): TableSample => ({
			source: { ...PLAIN_SOURCE, columns: [...columns] },
			columns: [],
			records: [],
			hasEnd: true
		});
		fc.assert(
			fc.property(fc.shuffledSubarray(names, { minLength: 6 }), (shuffled) => {
				const { moved } = compareLayout(sample(names), sample(shuffled));
				const kept = shuffled.filter((name) => !moved.includes(name));
				expect(kept).toEqual(names.filter((name) => kept.includes(name)));
				expect(kept.length).toBeGreaterThan(1 - Number(shuffled.join('') === 'fedcba'));
			}),
			{ seed: 11 }
		);
	});
});

describe('shifted values', () => {
	async function shiftOf(table: Table, day: string | null, column: string, change: (text: string) => string) {
		const [old, found] = halves(table, day);
		return (await driftOf(old, withColumn(found, column, change))).shifted;
	}

	const cents = (text: string) => (text === '' ? '' : String(Math.round(Number(text) * 100)));

	test('amounts in cents, in either direction', async () => {
		const [shift] = await shiftOf(retail, 'InvoiceDate', 'UnitPrice', cents);
		expect(shift).toMatchObject({ kind: 'scale', role: 'unit_price', from: 'UnitPrice', to: 'UnitPrice' });
		expect(shift?.factor).toBeGreaterThan(50);
		expect(shift?.factor).toBeLessThan(200);
		const [old, found] = halves(retail, 'InvoiceDate');
		const back = await driftOf(withColumn(old, 'UnitPrice', cents), found);
		expect(back.shifted).toMatchObject([{ kind: 'scale', role: 'unit_price' }]);
	});

	test('the total of Shopify orders in cents, in a renamed column', async () => {
		const [old, found] = halves(shopify, null);
		const drift = await driftOf(
			old,
			withNames(withColumn(found, 'Total', cents), { Total: 'Total (cents)' })
		);
		expect(drift.renamed).toMatchObject([{ from: 'Total', to: 'Total (cents)', role: 'order_total' }]);
		expect(drift.shifted).toMatchObject([{ kind: 'scale', from: 'Total', to: 'Total (cents)' }]);
	});

	test.each<[string, Role, string, (text: string) => string]>([
		['date_form', 'date', 'InvoiceDate', (text) => text.replace(/^(\d+)-(\d+)-(\d+)/, '$3.$2.$1')],
		['decimal_mark', 'unit_price', 'UnitPrice', (text) => text.replace('.', ',')],
		['now_emails', 'customer', 'CustomerID', (text) => `c${Number(text)}@example.com`],
		['id_form', 'order_id', 'InvoiceNo', (text) => `#${text}-A`],
		['rounded_ids', 'order_id', 'InvoiceNo', (text) => `${text[0] ?? ''}.36E+05`],
		['other_kind', 'quantity', 'Quantity', () => 'one box'],
		['other_kind', 'date', 'InvoiceDate', () => 'last week'],
		['other_kind', 'country', 'Country', () => '44'],
		['emptied', 'country', 'Country', () => '']
	])('%s of the %s', async (kind, role, column, change) => {
		expect(await shiftOf(retail, 'InvoiceDate', column, change)).toMatchObject([
			{ kind, role, from: column }
		]);
	});

	test('day and month the other way round', async () => {
		const dayFirst = (text: string) => text.replace(/^(\d+)-(\d+)-(\d+)/, '$3/$2/$1');
		const monthFirst = (text: string) => text.replace(/^(\d+)-(\d+)-(\d+)/, '$2/$3/$1');
		const [old, found] = halves(retail, 'InvoiceDate');
		const drift = await driftOf(
			withColumn(old, 'InvoiceDate', dayFirst),
			withColumn(found, 'InvoiceDate', monthFirst)
		);
		expect(drift.shifted).toMatchObject([{ kind: 'date_order', role: 'date' }]);
	});

	test('ids that lost their leading zeros', async () => {
		const padded = withColumn(retail, 'CustomerID', (text) => String(Number(text) % 10_000).padStart(6, '0'));
		expect(await shiftOf(padded, 'InvoiceDate', 'CustomerID', (text) => String(Number(text)))).toMatchObject([
			{ kind: 'lost_zeros', role: 'customer' }
		]);
	});

	test('consent in new words, and not in the other word of a pair', async () => {
		const customers = tableOf('customers_export', fixture('shopify/customers.csv'));
		const column = 'Accepts Email Marketing';
		const shift = (change: (text: string) => string) => shiftOf(customers, null, column, change);
		expect(await shift((text) => (text === 'yes' ? 'GRANTED' : 'DENIED'))).toMatchObject([
			{ kind: 'new_words', role: 'email_consent' }
		]);
		const [old, found] = halves(customers, null);
		const opposite = await driftOf(
			withColumn(old, column, () => 'no'),
			withColumn(found, column, () => 'yes')
		);
		expect(opposite.shifted).toEqual([]);
	});

	test('an address column without addresses', async () => {
		const shifts = await shiftOf(shopify, null, 'Email', (text) => text.replace(/@.*/, ''));
		expect(shifts).toMatchObject([{ kind: 'no_emails', from: 'Email' }]);
	});
});

describe('applyRenames', () => {
	test('gives the new columns the meaning of the old ones, and leaves out what is gone', async () => {
		const [old, found] = await Promise.all(halves(retail, 'InvoiceDate').map(sampleOf));
		const [, later] = halves(retail, 'InvoiceDate');
		const renamed = await sampleOf(
			withNames(withColumns(later, ['InvoiceNo', 'InvoiceDate', 'UnitPrice', 'Quantity', 'CustomerID']), {
				CustomerID: 'Käufer',
				UnitPrice: 'was'
			})
		);
		if (!old || !found) throw new RangeError('no halves');
		const renames = compareLayout(old, renamed).renamed;
		const applied = applyRenames(old.source, renamed.source, renames);
		expect(applied).toMatchObject({
			kind: 'orders',
			platform: 'online-retail',
			idSystem: old.source.idSystem
		});
		expect(applied.mapping).toEqual({
			order_id: 'InvoiceNo',
			date: 'InvoiceDate',
			unit_price: 'was',
			quantity: 'Quantity',
			customer: 'Käufer'
		});
		expect(applied.columns).toEqual(renamed.source.columns);
		expect(applyRenames(old.source, renamed.source, []).mapping).not.toHaveProperty('customer');
		expect(applyRenames(old.source, found.source, []).mapping).toEqual(old.source.mapping);
	});
});

describe('requireNoDrift', () => {
	test('names the column, what it means and what is different', async () => {
		const [old, found] = halves(retail, 'InvoiceDate');
		const changed = withNames(
			withColumn(found, 'UnitPrice', (text) => String(Math.round(Number(text) * 100))),
			{ CustomerID: 'Buyer' }
		);
		const [before, after] = [await sampleOf(old), await sampleOf(changed)];
		expect(() => requireNoDrift(before, after)).toThrow(
			expect.objectContaining({
				code: 'import.drift',
				details: {
					fileName: 'online-retail-2.csv',
					expected: 'online-retail-1.csv',
					problems: [
						'“CustomerID” (customer) seems to be “Buyer” now',
						'“UnitPrice” (price of one): about 100 times larger than before: cents, it seems'
					]
				}
			}) as Error
		);
		expect(() => requireNoDrift(before, before)).not.toThrow();
	});
});

function required(name: string): Table {
	const table = shop.get(name);
	if (!table) throw new RangeError(`no file ${name}`);
	return table;
}
