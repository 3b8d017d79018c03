import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Engine } from '#lib/engine/engine.ts';
import { as, id, join, sql } from '#lib/engine/sql.ts';
import { loadSource } from '#lib/pipeline/import/load.ts';
import type { Role, SourceParams, SourceResult } from '#lib/pipeline/import/schema.ts';
import { describeEngines } from '../../../../tests/support/engines.ts';
import { makeSource, stepContext, writeRawTable } from '../../../../tests/support/raw-tables.ts';
import { runDetails } from './details.ts';
import { BROWSER_SIZES, keyParts, rowParts, type CleanSizes } from './parts.sql.ts';
import { DEFAULT_CLEAN, type CleanParams } from './schema.ts';
import { runClean } from './step.ts';

/** Every table is compressed, and made from parts of a few rows. */
const TINY: CleanSizes = { plainRows: 0, partRows: 7 };

/** Texts that a column may hold, so that orders repeat, are cut by parts, and come together only after their ids are fixed. */
const TEXTS: Readonly<Partial<Record<Role, readonly string[]>>> = {
	order_id: ['1', '2', '2.0', ' 2', '3', '4', "'4", 'C5', '6', '7', ''],
	customer: ['a@b.c', 'A@B.C', 'd@e.f', 'g@h.i', ''],
	date: ['2024-01-02 10:00', '2024-01-02T23:30:00Z', '2024-02-03', 'soon'],
	quantity: ['1', '2', '-1', '', 'x'],
	unit_price: ['1.5', '20', '0', '-3'],
	amount: ['5', '7.25', '-5', '€ 9', '9 USD'],
	order_total: ['10', '12.50', '', '-4'],
	refund: ['', '', '2', '10'],
	status: ['', '', 'paid', 'voided', 'on-hold'],
	product: ['Mug', 'Gift card', 'Postage', ''],
	currency: ['EUR', 'EUR', ''],
	country: ['UK', 'France', ''],
	email: ['a@b.c', 'd@e.f', 'x@y.z', ''],
	name: ['Ann', 'Bob', ''],
	phone: ['1', '2', ''],
	event: ['view', 'buy', '']
};

const LAYOUTS: Readonly<Record<string, { roles: readonly Role[]; changes?: Partial<SourceParams> }>> = {
	lines: { roles: ['order_id', 'customer', 'date', 'quantity', 'unit_price', 'product', 'country', 'email'] },
	'rows without an order number': { roles: ['customer', 'date', 'amount', 'status'] },
	'totals on every row': { roles: ['order_id', 'customer', 'date', 'order_total', 'refund', 'name'] },
	'fields on the first row': {
		roles: ['order_id', 'customer', 'date', 'status', 'order_total', 'quantity', 'product', 'email', 'name'],
		changes: {
			reading: { dateOrder: 'ymd', decimalMark: '.', orderFieldsOnFirstRow: true, isUtc: false }
		}
	},
	customers: { roles: ['customer', 'email', 'phone', 'name', 'country'], changes: { kind: 'customers' } },
	events: { roles: ['customer', 'date', 'event'], changes: { kind: 'events' } }
};

interface MadeFile {
	readonly source: SourceParams;
	readonly rows: readonly (readonly string[])[];
}

/** A file of a layout, with one order that can be loaded whatever else it holds. */
function fileOf(layout: string, sourceId: string): fc.Arbitrary<MadeFile> {
	const { roles = [], changes } = LAYOUTS[layout] ?? {};
	const source = {
		...makeSource(roles, Object.fromEntries(roles.map((role) => [role, role])), { id: sourceId }),
		...changes
	};
	const row = fc.tuple(...roles.map((role) => fc.constantFrom(...(TEXTS[role] ?? ['']))));
	const first = roles.map((role) => (role === 'order_id' ? '9' : (TEXTS[role]?.[0] ?? '')));
	return fc
		.array(row, { minLength: 15, maxLength: 60 })
		.map((rows) => ({ source, rows: [first, ...rows, ...rows.slice(0, 3)] }));
}

async function clean(
	engine: Engine,
	sources: SourceParams[],
	results: readonly SourceResult[],
	params: CleanParams,
	sizes: CleanSizes
) {
	const context = stepContext(engine);
	const cleaned = await runClean(context, { sources }, params, results, sizes);
	return { cleaned, details: await runDetails(context, { sources }, params, cleaned, results, sizes) };
}

const TABLES = [
	'rows',
	'orders',
	'customers',
	'order_lines',
	'order_details',
	'profiles',
	'events',
	'records',
	'repeats',
	'people',
	'contacts'
];

/** Every row of every table as texts, in order. */
async function tablesOf(engine: Engine): Promise<Record<string, unknown[]>> {
	const tables: Record<string, unknown[]> = {};
	for (const table of TABLES) {
		const name = id('clean', table);
		const columns = await engine.rows<{ name: string }>(
			sql`SELECT column_name::VARCHAR AS name FROM (DESCRIBE ${name}) ORDER BY name`
		);
		const texts = columns.map((column) => as(sql`${id(column.name)}::VARCHAR`, column.name));
		tables[table] = await engine.rows(sql`SELECT ${join(texts, ', ')} FROM ${name} ORDER BY ALL`);
	}
	return tables;
}

async function placesOf(engine: Engine): Promise<string[]> {
	const rows = await engine.rows<{ name: string }>(sql`
		SELECT database_name || '.' || table_name AS name FROM duckdb_tables()
		WHERE schema_name = 'clean' ORDER BY name`);
	return rows.map(({ name }) => name);
}

describeEngines('cleaning in parts', (engine) => {
	const write = async (files: readonly MadeFile[]) => {
		const results: SourceResult[] = [];
		for (const { source, rows } of files) results.push(await writeRawTable(engine(), source, rows));
		return { sources: files.map(({ source }) => source), results };
	};

	it.each([
		[['lines']],
		[['rows without an order number']],
		[['totals on every row']],
		[['fields on the first row']],
		[['fields on the first row', 'fields on the first row', 'customers']],
		[['lines', 'lines', 'totals on every row', 'customers', 'events']]
	])(
		'gives the same tables as cleaning at once: %j',
		async (layouts) => {
			const files = fc.tuple(...layouts.map((layout, i) => fileOf(layout, `s${i + 1}`)));
			const switches = fc.record({
				net_returns: fc.boolean(),
				exact_duplicate: fc.boolean(),
				fee_line: fc.boolean()
			});
			await fc.assert(
				fc.asyncProperty(
					files,
					switches,
					fc.constantFrom(null, 'Europe/Vienna'),
					async (made, operations, timeZone) => {
						const { sources, results } = await write(made);
						const settings = { ...DEFAULT_CLEAN.settings, timeZone, currency: 'EUR' };
						const params = { ...DEFAULT_CLEAN, operations, settings };
						const whole = await clean(engine(), sources, results, params, BROWSER_SIZES);
						const expected = await tablesOf(engine());
						expect(await clean(engine(), sources, results, params, TINY)).toEqual(whole);
						expect(await tablesOf(engine())).toEqual(expected);
					}
				),
				{ seed: 3, numRuns: 4, endOnFailure: true }
			);
		},
		120_000
	);

	it('compresses big tables, and leaves none behind when the next result is small', async () => {
		const [file] = fc.sample(fileOf('lines', 's1'), { seed: 8, numRuns: 1 }) as [MadeFile];
		const { sources, results } = await write([file]);
		await clean(engine(), sources, results, DEFAULT_CLEAN, TINY);
		const packed = (await placesOf(engine())).filter((name) => name.startsWith('packed.'));
		expect(packed).toEqual(
			expect.arrayContaining(['people', 'orders', 'repeats', 'rows'].map((name) => `packed.${name}`))
		);
		await clean(engine(), sources, results, DEFAULT_CLEAN, BROWSER_SIZES);
		const places = await placesOf(engine());
		expect(places.filter((name) => name.startsWith('packed.'))).toEqual([]);
		expect(places).toContain('memory.rows');
		expect(places).not.toContain('memory.people_found');
	});

	it('asks which of several currencies counts, with the same rows', async () => {
		const rows = Array.from({ length: 40 }, (_, i) => ['a', '2024-01-02', i % 3 === 0 ? '5 USD' : '5 EUR']);
		const source = makeSource(['customer', 'date', 'amount'], {
			customer: 'customer',
			date: 'date',
			amount: 'amount'
		});
		const { sources, results } = await write([{ source, rows }]);
		for (const sizes of [BROWSER_SIZES, TINY]) {
			await expect(clean(engine(), sources, results, DEFAULT_CLEAN, sizes)).rejects.toMatchObject({
				code: 'clean.currency-unknown',
				details: {
					currencies: [
						{ currency: 'EUR', rows: 26 },
						{ currency: 'USD', rows: 14 }
					]
				}
			});
		}
	});

	it('finds the rows that repeat in a big file, which has only columns with a role', async () => {
		const lines = Array.from({ length: 400 }, (_, i) => `c${i % 9},2024-01-0${1 + (i % 5)},5,note ${i % 90}`);
		const source = makeSource(['customer', 'date', 'amount', 'note'], {
			customer: 'customer',
			date: 'date',
			amount: 'amount'
		});
		const blob = new Blob(['customer,date,amount,note\n', lines.join('\n')]);
		for (const [options, sizes] of [
			[{}, BROWSER_SIZES],
			[{ plainBytes: 0, pieceBytes: 2_000 }, TINY]
		] as const) {
			const { result } = await loadSource(stepContext(engine()), source, { blob }, options);
			expect(result.loadedColumns === null).toBe(sizes === BROWSER_SIZES);
			const kept = await clean(engine(), [source], [result], DEFAULT_CLEAN, sizes);
			expect(kept).toMatchObject({ cleaned: { rowsLoaded: 400 }, details: { repeats: 310 } });
			const operations = { exact_duplicate: true };
			const dropped = await clean(engine(), [source], [result], { ...DEFAULT_CLEAN, operations }, sizes);
			expect(dropped).toMatchObject({ cleaned: { rowsLoaded: 90 }, details: { repeats: 310 } });
		}
	});

	it('reads every row, also of a file whose last records are numbered beyond its rows', async () => {
		const source = makeSource(['customer', 'date'], { customer: 'customer', date: 'date' });
		const rows = Array.from({ length: 30 }, (_, i) => [`c${i}`, '2024-01-02']);
		const { sources, results } = await write([{ source, rows }]);
		await engine().exec(sql`UPDATE import.s1 SET "row" = "row" + 25`);
		const { cleaned } = await clean(engine(), sources, results, DEFAULT_CLEAN, TINY);
		expect(cleaned).toMatchObject({ rowsRead: 30, rowsLoaded: 30, customers: 30 });
	});
});

describe('parts', () => {
	it('are one without a condition when the rows are few', () => {
		expect(rowParts(0, 10)).toEqual([null]);
		expect(rowParts(10, 10)).toEqual([null]);
		expect(rowParts(1e9, Infinity)).toEqual([null]);
	});

	it('follow each other, the last one open', () => {
		expect(rowParts(25, 10).map((part) => part?.('r').text)).toEqual([
			'"r"."row" BETWEEN 1 AND 10',
			'"r"."row" BETWEEN 11 AND 20',
			'"r"."row" > 20'
		]);
	});

	it('keep equal keys together', () => {
		expect(keyParts(15, 10, () => id('k')).map((part) => part?.().text)).toEqual([
			'hash("k") % 2 = 0',
			'hash("k") % 2 = 1'
		]);
	});
});
