import { DEFAULT_FEATURES } from '#lib/pipeline/features/schema.ts';
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { beforeAll, expect, it } from 'vitest';
import { sql } from '#lib/engine/sql.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { DEFAULT_CLEAN, type CleanResult } from '#lib/pipeline/clean/schema.ts';
import { runClean } from '#lib/pipeline/clean/step.ts';
import { runFeatures } from '#lib/pipeline/features/step.ts';
import { loadSource } from '#lib/pipeline/import/load.ts';
import type { SourceParams, SourceResult } from '#lib/pipeline/import/schema.ts';
import { runRfm } from '#lib/pipeline/segment/rfm/step.ts';
import { RFM_GROUPS } from '#lib/pipeline/segment/schema.ts';
import { describeEngines } from '../support/engines.ts';
import { cleanWithDetails, makeSource, stepContext } from '../support/raw-tables.ts';
import { readCsv } from '../support/read-csv.ts';
import answer from './rfm-online-retail.json' with { type: 'json' };
import windows from './rfm-windows.json' with { type: 'json' };

const FIXTURES = new URL('../fixtures/', import.meta.url);

const ONLINE_RETAIL: SourceParams = {
	...makeSource(
		[
			'InvoiceNo',
			'StockCode',
			'Description',
			'Quantity',
			'InvoiceDate',
			'UnitPrice',
			'CustomerID',
			'Country'
		],
		{
			order_id: 'InvoiceNo',
			product: 'StockCode',
			quantity: 'Quantity',
			date: 'InvoiceDate',
			unit_price: 'UnitPrice',
			customer: 'CustomerID',
			country: 'Country'
		}
	),
	fileName: 'orders.csv.gz'
};

async function load(engine: Engine, source: SourceParams, path: string) {
	const compressed = path.endsWith('.gz');
	const dialect = { ...source.dialect, compression: compressed ? ('gzip' as const) : ('none' as const) };
	const params = { ...source, dialect };
	const blob = new Blob([new Uint8Array(await readFile(new URL(path, FIXTURES)))]);
	return { params, result: (await loadSource(stepContext(engine), params, { blob })).result };
}

async function clean(
	engine: Engine,
	source: SourceParams,
	path: string,
	operations: Record<string, boolean> = {}
): Promise<CleanResult> {
	const { params, result } = await load(engine, source, path);
	return cleanWithDetails(engine, [params], operations, [result]);
}

/** The reference: customer, recency, frequency, money, then scores and group of each kind. */
async function readAnswer(scheme: string) {
	const text = gunzipSync(await readFile(new URL('./rfm-online-retail.csv.gz', import.meta.url))).toString(
		'utf8'
	);
	const [header = [], ...records] = readCsv(text);
	const suffix = scheme === 'ntile' ? 'ntile' : 'cut';
	const at = (name: string) => header.indexOf(name);
	return records.map((record) => ({
		id: record[0],
		recency: Number(record[at('recency')]),
		frequency: Number(record[at('frequency')]),
		money: Number(record[at('monetary')]),
		r: Number(record[at(`R_${suffix}`)]),
		f: Number(record[at(`F_${suffix}`)]),
		m: Number(record[at(`M_${suffix}`)]),
		group: record[at(`segment_${suffix}`)]
	}));
}

const SCORED = sql`
	SELECT customer_id::VARCHAR AS id, recency_days::DOUBLE AS recency, frequency::DOUBLE AS frequency,
		round(monetary_total, 6)::DOUBLE AS money, r_score::INTEGER AS r, f_score::INTEGER AS f, m_score::INTEGER AS m,
		rfm_group::VARCHAR AS "group"
	FROM features.customers JOIN segment.rfm USING (idx) ORDER BY idx`;

const paramsOf = (scheme: string) => ({ scheme, cutPoints: null, groups: null });

/** Who is in each group, in the order of RFM_GROUPS, by the orders of one window alone. */
async function groupsWithin(
	engine: Engine,
	source: SourceResult,
	[from, end]: readonly string[],
	scheme: string
) {
	const context = stepContext(engine);
	const dates = { from: from as string, to: null };
	const params = { ...DEFAULT_CLEAN, dates };
	const cleaned = await runClean(context, { sources: [ONLINE_RETAIL] }, params, [source]);
	const asOf = end as string;
	const features = await runFeatures(context, { ...DEFAULT_FEATURES, asOf }, cleaned);
	await runRfm(context, paramsOf(scheme), features);
	const rows = await engine.rows<{ id: string; group: string }>(sql`
		SELECT customer_id::VARCHAR AS id, rfm_group::VARCHAR AS "group"
		FROM features.customers JOIN segment.rfm USING (idx) ORDER BY idx`);
	return RFM_GROUPS.map((name) => new Set(rows.filter(({ group }) => group === name).map(({ id }) => id)));
}

function inBoth(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
	return [...a].filter((id) => b.has(id)).length;
}

describeEngines('two windows of Online Retail', (engine) => {
	let source: SourceResult;

	beforeAll(async () => {
		source = (await load(engine(), ONLINE_RETAIL, 'online_retail/orders.csv.gz')).result;
	}, 120_000);

	it.each(['quintiles', 'ntile'] as const)(
		'have the reference overlap by group (%s)',
		async (scheme) => {
			const [first = [], second = []] = [
				await groupsWithin(engine(), source, windows.windows[0] ?? [], scheme),
				await groupsWithin(engine(), source, windows.windows[1] ?? [], scheme)
			];
			const overlaps = RFM_GROUPS.map((group, i) => {
				const [a, b] = [first[i] ?? new Set<string>(), second[i] ?? new Set<string>()];
				const common = inBoth(a, b);
				return [group, a.size, b.size, common, expect.closeTo(common / (a.size + b.size - common) || 0, 9)];
			});
			expect(windows.groups[scheme]).toEqual(overlaps);
			const all = (sets: readonly Set<string>[]) => new Set(sets.flatMap((set) => [...set]));
			const [before, after] = [all(first), all(second)];
			expect([before.size, after.size]).toEqual(windows.customers);
			expect(inBoth(before, after)).toBe(windows.customersInBoth);
		},
		240_000
	);
});

describeEngines('Online Retail, nine months', (engine) => {
	let cleaned: CleanResult;

	beforeAll(async () => {
		cleaned = await clean(engine(), ONLINE_RETAIL, 'online_retail/orders.csv.gz');
	}, 120_000);

	it('is cleaned to the reference rows, orders and money', () => {
		const { rowsRead, rowsLoaded, rowsSetAside, customers, orders, revenue } = answer;
		expect(cleaned).toMatchObject({ rowsRead, rowsLoaded, rowsSetAside, customers, orders, revenue });
		expect(cleaned).toMatchObject({ firstOrder: '2010-12-01', lastOrder: '2011-08-31' });
		const matches = cleaned.operations.map(({ id, matches: count }) => [id, count] as const);
		expect(Object.fromEntries(matches)).toMatchObject(answer.matches);
		expect(cleaned.reasons.reduce((sum, { count }) => sum + count, 0)).toBe(rowsSetAside);
	});

	it.each(['quintiles', 'ntile'])('gives every customer the reference scores (%s)', async (scheme) => {
		const features = await runFeatures(stepContext(engine()), DEFAULT_FEATURES, cleaned);
		const { asOf, customers, orders, revenue } = answer;
		expect(features).toMatchObject({ asOf, customers, orders, revenue: expect.closeTo(revenue, 6) });
		const rfm = await runRfm(stepContext(engine()), paramsOf(scheme), features);
		expect(await engine().rows(SCORED)).toEqual(await readAnswer(scheme));
		if (scheme === 'quintiles') {
			for (const [feature, cuts] of Object.entries(answer.thresholds)) {
				expect(rfm.cutPoints[feature as keyof typeof rfm.cutPoints]).toEqual(
					cuts.map((cut) => expect.closeTo(cut, 9))
				);
			}
		}
	});

	it('loses the reference money with its duplicates', async () => {
		const source = { ...ONLINE_RETAIL, id: 's1' };
		const result = await clean(engine(), source, 'online_retail/orders.csv.gz', { exact_duplicate: true });
		expect(result).toMatchObject(answer.withoutDuplicates);
	}, 120_000);
});

interface ExportCase {
	readonly name: string;
	readonly path: string;
	readonly mapping: SourceParams['mapping'];
	readonly firstRow?: boolean;
	readonly expected: Partial<CleanResult>;
}

/** Counts made while these files were generated, in exact decimal arithmetic. */
const EXPORTS: readonly ExportCase[] = [
	{
		name: 'Shopify',
		path: 'shopify/orders.csv',
		mapping: {
			order_id: 'Name',
			customer: 'Email',
			date: 'Created at',
			order_total: 'Total',
			refund: 'Refunded Amount',
			status: 'Financial Status',
			currency: 'Currency',
			quantity: 'Lineitem quantity',
			name: 'Billing Name'
		},
		firstRow: true,
		expected: {
			rowsRead: 344,
			customers: 42,
			currencies: ['USD'],
			contactRoles: ['email', 'name']
		}
	},
	{
		name: 'Stripe',
		path: 'stripe/payments.csv',
		mapping: {
			order_id: 'id',
			customer: 'Customer ID',
			date: 'Created (UTC)',
			amount: 'Converted Amount',
			refund: 'Converted Amount Refunded',
			status: 'Status',
			currency: 'Converted Currency',
			email: 'Customer Email'
		},
		expected: {
			rowsRead: 190,
			rowsLoaded: 187,
			customers: 43,
			orders: 187,
			revenue: 83_748.78,
			currencies: ['USD'],
			reasons: [{ reason: 'cancelled', count: 3 }]
		}
	},
	{
		name: 'Square',
		path: 'square/items.csv',
		mapping: {
			order_id: 'Transaction ID',
			customer: 'Customer ID',
			date: 'Date',
			quantity: 'Qty',
			amount: 'Net Sales',
			status: 'Event Type'
		},
		expected: { rowsRead: 358, currencies: ['$'] }
	}
];

/** A source whose columns are those of the file. */
async function sourceOf({ path, mapping, firstRow }: ExportCase): Promise<SourceParams> {
	const [header = []] = readCsv(await readFile(new URL(path, FIXTURES), 'utf8'));
	return makeSource(header, mapping, { orderFieldsOnFirstRow: firstRow ?? false });
}

describeEngines('exports with known counts', (engine) => {
	it.each(EXPORTS)('$name', async (file) => {
		const result = await clean(engine(), await sourceOf(file), file.path);
		expect(result).toMatchObject(file.expected);
		expect(result.rowsRead).toBe(result.rowsLoaded + result.rowsSetAside);
	});

	it('Shopify: 187 orders not voided, 8 of them without an email, 82,399.39 net in all', async () => {
		const [file] = EXPORTS as [ExportCase];
		const source = await sourceOf(file);
		const known = await clean(engine(), source, file.path);
		const voided = known.operations.find(({ id }) => id === 'cancelled');
		const everyone = { ...source, mapping: { ...source.mapping, customer: 'Currency' } };
		const all = await clean(engine(), everyone, file.path);
		expect(all).toMatchObject({ orders: 187, revenue: 82_399.39 });
		expect(known.orders).toBe(187 - 8);
		expect(voided?.matches).toBeGreaterThanOrEqual(3);
	});

	it('Square: 76,650.50 net sales, refunds taken off, in all rows', async () => {
		const file = EXPORTS[2] as ExportCase;
		const source = await sourceOf(file);
		const everyone = { ...source, mapping: { ...source.mapping, customer: 'Time Zone' } };
		const netted = await clean(engine(), everyone, file.path, { net_returns: true });
		expect(netted).toMatchObject({ rowsLoaded: 358, revenue: 76_650.5 });
		const sales = await clean(engine(), source, file.path);
		expect(sales.reasons.find(({ reason }) => reason === 'missing_customer')?.count).toBeGreaterThanOrEqual(
			73
		);
	});
});
