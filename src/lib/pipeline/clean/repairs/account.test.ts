import { expect, it } from 'vitest';
import type { Engine } from '#lib/engine/engine.ts';
import { as, id, join, sql } from '#lib/engine/sql.ts';
import { ROLES, type SourceParams, type SourceResult } from '#lib/pipeline/import/schema.ts';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { makeSource, stepContext, writeRawTable } from '../../../../../tests/support/raw-tables.ts';
import { runDetails } from '../details.ts';
import { BROWSER_SIZES, type CleanSizes } from '../parts.sql.ts';
import { DEFAULT_CLEAN, type CleanParams } from '../schema.ts';
import { setAsideRows } from '../set-aside.ts';
import { cleanNotices, runClean } from '../step.ts';
import { repairOperation } from './operations/index.ts';
import { forgetSource } from './run.ts';
import type { Repair } from './schema.ts';
import { sourceTable } from './tables.ts';

/** Every table is compressed, and made from parts of a few rows. */
const TINY: CleanSizes = { plainRows: 0, partRows: 4 };

interface MadeFile {
	readonly source: SourceParams;
	readonly rows: readonly (readonly string[])[];
}

/** A file whose columns are named as their roles. */
function file(
	sourceId: string,
	kind: SourceParams['kind'],
	header: string,
	lines: readonly string[]
): MadeFile {
	const columns = header.split(',');
	const mapping = Object.fromEntries(
		columns.flatMap((name) => (ROLES.some((r) => r === name) ? [[name, name]] : []))
	);
	const source = { ...makeSource(columns, mapping, { id: sourceId, dateOrder: null }), kind };
	return { source, rows: lines.map((line) => line.split(',')) };
}

const FILES: readonly MadeFile[] = [
	file('s1', 'orders', 'order_id,customer,date,amount,city', [
		'1,a@b.c,31/01/2024,5, wien ',
		'2,a@b.c,30.01.2024,7,Wien',
		'3,,2024-02-01,9,Graz',
		'4,d@e.f,01/02/2024,,Graz',
		'4,d@e.f,01/02/2024,,Graz',
		'5,D@E.F ,2/2/2024,8,linz',
		'6,x@y.z,2024-03-01,3,Wien'
	]),
	file('s2', 'customers', 'customer,email,name', [
		'a@b.c,Ann@Ex.ORG,Ann',
		'd@e.f,no address,Dora',
		'x@y.z,x@ex.org,'
	]),
	file('s3', 'events', 'customer,date,event', [
		'a@b.c,2024-01-02,view',
		'd@e.f,2024-01-03,',
		',2024-01-03,view'
	]),
	file('s4', 'sends', 'customer,date,campaign', ['a@b.c,2024-01-02,May', 'd@e.f,2024-01-03,']),
	file('s5', 'places', 'postcode,region', ['1010,Wien', '8010,']),
	file('s6', 'report', 'month,visits', ['2024-01,5', '2024-02,'])
];

function step(repairId: string, operation: string, series: string, columns: string[], params = {}): Repair {
	const defaults = repairOperation(operation)?.defaults as Record<string, unknown>;
	return { id: repairId, operation, on: true, series, columns, params: { ...defaults, ...params } };
}

const setsAside = { severity: 'set_aside' };
const STEPS: readonly Repair[] = [
	step('r1', 'trim_case', 's1', ['city'], { case: 'title', singleBlanks: true }),
	step('r2', 'standardise_dates', 's1', ['date'], { from: 'auto', form: 'iso date' }),
	step('r3', 'drop_duplicates', 's1', ['order_id'], { normalise: 'none', keep: 'first' }),
	step('r4', 'rule_filled', 's1', ['amount'], setsAside),
	step('r5', 'emails', 's2', ['email'], { correctTypos: false }),
	step('r6', 'rule_email', 's2', ['email'], setsAside),
	step('r7', 'rule_filled', 's3', ['event'], setsAside),
	step('r8', 'rule_filled', 's4', ['campaign'], setsAside),
	step('r9', 'rule_filled', 's5', ['region'], setsAside),
	step('r10', 'rule_filled', 's6', ['visits'], setsAside),
	step('r11', 'rule_filled', 's2', ['name'], { severity: 'warn' }),
	step('r12', 'trim_case', 's2', ['town'], { case: 'lower', singleBlanks: true })
];

describeEngines('files after the steps of the clean-up', (engine) => {
	const clean = async (repairs: readonly Repair[], sizes = BROWSER_SIZES) => {
		const results: SourceResult[] = [];
		for (const { source, rows } of FILES) results.push(await writeRawTable(engine(), source, rows));
		const params: CleanParams = { ...DEFAULT_CLEAN, repairs: [...repairs] };
		const sources = FILES.map(({ source }) => source);
		const context = stepContext(engine());
		const result = await runClean(context, { sources }, params, results, sizes);
		await runDetails(context, { sources }, params, result, results, sizes);
		return { result, params };
	};

	it('account for every row of every kind, with the step that set it aside as the reason', async () => {
		const { result, params } = await clean(STEPS);
		for (const account of result.sources) {
			expect(account.rowsRead).toBe(account.rowsLoaded + account.rowsSetAside);
			expect(account.rowsRead).toBe(FILES.find(({ source }) => source.id === account.id)?.rows.length);
		}
		const bySteps = result.sources.map(({ id: sourceId, reasons }) => [
			sourceId,
			reasons.find(({ reason }) => reason === 'set_aside_by_step')?.count ?? 0
		]);
		expect(bySteps).toEqual([
			['s1', 2],
			['s2', 1],
			['s3', 1],
			['s4', 1],
			['s5', 1],
			['s6', 0]
		]);
		const rule = result.operations.find(({ id: ruleId }) => ruleId === 'set_aside_by_step');
		expect(rule).toMatchObject({ applies: true, matches: 6, setAside: 6, on: true });
		const filter = { reason: 'set_aside_by_step', offset: 0, limit: 20 };
		const aside = await setAsideRows(engine(), filter);
		expect(aside.map(({ source, row, detail }) => [source, row, detail])).toEqual([
			['s1', 4, expect.stringContaining('“amount”')],
			['s1', 5, 'Keep the first row of each “order_id”'],
			['s2', 2, expect.stringContaining('“email”')],
			['s3', 2, expect.stringContaining('“event”')],
			['s4', 2, expect.stringContaining('“campaign”')],
			['s5', 2, expect.stringContaining('“region”')]
		]);
		expect(cleanNotices(result, params)).toEqual([
			{ code: 'clean.rule-failing', details: { rule: expect.any(String), rows: 1, isBlocking: false } },
			{
				code: 'clean.repair-columns-missing',
				details: { step: expect.any(String), fileName: 's2.csv', columns: ['town'] }
			}
		]);
	});

	it('are read with what the steps wrote, so that dates nobody could settle are read', async () => {
		await clean(STEPS);
		const rows = await engine().rows<{ row: number; day: string }>(sql`
			SELECT row::INTEGER AS row, strftime(ordered_at, '%Y-%m-%d')::VARCHAR AS day FROM clean.rows
			WHERE source = 's1' AND reason IS NULL ORDER BY row`);
		expect(rows.map(({ day }) => day)).toEqual(['2024-01-31', '2024-01-30', '2024-02-02', '2024-03-01']);
		const { result } = await clean([]);
		expect(result.sources[0]?.reasons).toContainEqual({ reason: 'unreadable', count: 5 });
	});

	it('are the same whether they are cut into parts or not', async () => {
		const whole = await clean(STEPS);
		const expected = await tablesOf(engine());
		const parts = await clean(STEPS, TINY);
		expect(parts.result).toEqual(whole.result);
		expect(await tablesOf(engine())).toEqual(expected);
		const places = await namesOf(engine());
		expect(places).toContain('packed.repaired_s1');
		expect(places).not.toContain('memory.repaired_s1');
	});

	it('leave nothing behind when steps are switched off, moved or taken out', async () => {
		await clean([]);
		const before = [await tablesOf(engine()), await namesOf(engine())];
		await clean(STEPS, TINY);
		await clean(STEPS.toReversed());
		const steps = await tablesOf(engine());
		await clean(STEPS.map((repair) => ({ ...repair, on: false })));
		expect([await tablesOf(engine()), await namesOf(engine())]).toEqual(before);
		await clean(STEPS.toReversed());
		expect(await tablesOf(engine())).toEqual(steps);
		await forgetSource(engine(), 's1');
		expect((await namesOf(engine())).filter((name) => /(?:source|repaired)_s1(?:$|_)/.test(name))).toEqual(
			[]
		);
	});

	it('count no row as a repeat that a step set aside', async () => {
		const operations = { exact_duplicate: true };
		const sources = FILES.map(({ source }) => source);
		const results: SourceResult[] = [];
		for (const { source, rows } of FILES) results.push(await writeRawTable(engine(), source, rows));
		const run = (repairs: Repair[]) =>
			runClean(stepContext(engine()), { sources }, { ...DEFAULT_CLEAN, operations, repairs }, results);
		const repeats = async (repairs: Repair[]) =>
			(await run(repairs)).operations.find(({ id: ruleId }) => ruleId === 'exact_duplicate')?.matches;
		expect(await repeats([])).toBe(1);
		expect(await repeats(STEPS.filter(({ operation }) => operation === 'drop_duplicates'))).toBe(0);
	});
});

const TABLES = [
	'rows',
	'orders',
	'customers',
	'profiles',
	'events',
	'sends',
	'places',
	'records',
	'repeats',
	'people'
];

/** Every row of every table and source as texts, in order. */
async function tablesOf(engine: Engine): Promise<Record<string, unknown[]>> {
	const tables: Record<string, unknown[]> = {};
	const sources = FILES.filter(({ source }) => source.kind !== 'report').map(
		({ source }) => sourceTable(source.id)[1]
	);
	for (const table of [...TABLES, ...sources]) {
		const name = id('clean', table);
		const columns = await engine.rows<{ name: string }>(
			sql`SELECT column_name::VARCHAR AS name FROM (DESCRIBE ${name}) ORDER BY name`
		);
		const texts = columns.map((column) => as(sql`${id(column.name)}::VARCHAR`, column.name));
		tables[table] = await engine.rows(sql`SELECT ${join(texts, ', ')} FROM ${name} ORDER BY ALL`);
	}
	return tables;
}

/** The names of all tables and views of the step. */
async function namesOf(engine: Engine): Promise<string[]> {
	const rows = await engine.rows<{ name: string }>(sql`
		SELECT database_name || '.' || table_name AS name FROM duckdb_tables() WHERE schema_name = 'clean'
		UNION ALL
		SELECT database_name || '.' || view_name FROM duckdb_views() WHERE schema_name = 'clean' ORDER BY name`);
	return rows.map(({ name }) => name);
}
