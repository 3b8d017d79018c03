import { beforeAll, expect, it } from 'vitest';
import { AppError } from '#lib/core/errors.ts';
import { sql } from '#lib/engine/sql.ts';
import { describeEngines } from '../../../../../../tests/support/engines.ts';
import { makeSource } from '../../../../../../tests/support/raw-tables.ts';
import { makeRepair, repairRows } from '../../../../../../tests/support/repairs.ts';
import { columnsOf } from '../user-sql.ts';
import { customRule } from './custom-rule.ts';

const HEADER = ['Order', 'Total', 'Order date', 'E-mail "work"', 'select'];
const source = makeSource(
	HEADER,
	{ amount: 'Total', date: 'Order date' },
	{ dateOrder: 'dmy', decimalMark: ',' }
);
const ROWS = [
	['1', '12,50', '31/01/2024', 'a@b.com', 'x'],
	['2', '-3', '01/02/2024', '', 'y'],
	['3', '', '15/06/2030', 'c', "'"],
	['4', 'free', 'never', 'A@b.com', ';--'],
	['5', '1.000,00', '', 'a@b.com', ')']
];

describeEngines('a condition in SQL', (engine) => {
	beforeAll(() => engine().exec(sql`CREATE TABLE clean.secret AS SELECT 'found' AS secret`));

	const run = (condition: string, columns: readonly string[] = HEADER) =>
		repairRows(engine(), source, ROWS, [
			makeRepair(source, customRule.id, columns, { condition, severity: 'warn' })
		]);

	it.each([
		['"Total" >= 0', [2]],
		['total between -5 and 100', [5]],
		['"Order date" < DATE \'2030-01-01\' -- until then\n', [3]],
		['"E-mail ""work""" <> \'\'', [2]],
		["contains(\"select\", '''') = false", [3]],
		["\"select\" NOT IN (';--', ')')", [4, 5]],
		['count(*) OVER (PARTITION BY lower("E-mail ""work""")) = 1', [1, 4, 5]],
		['Total >= 0 /* nested /* (; */ */ OR Total < -1', []],
		['extract(year FROM "Order date") = 2024 AND trim(BOTH \' \' FROM "Order") <> $q$1$q$', [1, 3]],
		['NOT ("Total" > 10 AND "E-mail ""work""" LIKE E\'a\\\'%\')', []],
		['true', []],
		['NULL', []],
		['false', [1, 2, 3, 4, 5]]
	])('%s fails rows for which it is false', async (condition, failing) => {
		const done = await run(condition);
		expect(done.failing).toEqual(failing);
		expect(done.texts).toEqual(ROWS);
		expect(done.results).toMatchObject([{ sources: [{ rowsFailing: failing.length }] }]);
	});

	it.each([
		['Totl > 3', { line: 1, column: 1, found: 'Totl', meant: ['Total'] }],
		['"Total" > 0\n  AND "Ordr" = 1', { line: 2, column: 7, found: 'Ordr', meant: ['Order'] }],
		['lenght("Order") > 3', { line: 1, column: 1, found: 'lenght', meant: ['length'] }],
		['"Total" >', { line: 1, column: 10, found: null }],
		['"Order"::INTEGER > 0 AND "select"::DATE IS NULL', { line: 1, found: null }],
		['sum("Total") > 3', { reason: 'an aggregate speaks of many rows: write OVER () behind it' }],
		['"Order" = \'a', { line: 1, column: 11, reason: 'A text is opened and not closed' }],
		['"Order = 1', { line: 1, column: 1, reason: 'A name is opened and not closed' }],
		['true /* and', { line: 1, column: 6, reason: 'A comment is opened and not closed' }],
		['true) AS x, (true', { line: 1, column: 5, reason: '“)” closes nothing' }],
		['(true', { line: 1, column: 1 }],
		['true; DROP TABLE clean.secret', { line: 1, column: 5 }],
		['s.row > 1', { found: 's' }],
		['row > 1', {}],
		["c1 > '1'", { found: 'c1' }],
		['set_aside_by IS NULL', { found: 'set_aside_by' }],
		["(SELECT secret FROM clean.secret) = 'found'", { line: 1, column: 2 }],
		['EXISTS (FROM clean.secret)', { line: 1, column: 9 }],
		['"Order" IN (/* x */ FROM clean.secret)', { line: 1, column: 21 }],
		['"Order" = ANY (TABLE clean.secret)', { line: 1, column: 16 }],
		['(WITH x AS (SELECT 1) FROM x) = 1', { line: 1, column: 2 }],
		["secret.secret = 'found'", { found: 'secret' }],
		['"Order" IN clean.secret', {}],
		['random() > 0.5', { line: 1, column: 1 }],
		['"random" ( ) > 0.5', { line: 1, column: 1 }],
		['"Order date" < current_date', { line: 1, column: 16 }],
		['"Order date" < now()', { line: 1, column: 16 }],
		['COLUMNS(*) IS NOT NULL', { line: 1, column: 1 }],
		[
			'age("Order date") < INTERVAL 1 YEAR',
			{ line: 1, column: 1, reason: expect.stringContaining('two dates') }
		],
		['"Order date" . "AGE" ( ) IS NULL', { line: 1, column: 16 }],
		['main.age(greatest("Order date", "Order date")) IS NULL', { line: 1, column: 6 }],
		['row_number() OVER () < 3', { reason: expect.stringContaining('the order of the rows') }],
		['lag("Total") OVER (ORDER BY "Total") < "Total"', { line: 1, column: 1 }],
		['sum("Total") OVER (ORDER BY "Total" ROWS 2 PRECEDING) < 9', { line: 1, column: 37 }],
		['any_value("Total") OVER () > 0', { line: 1, column: 1 }],
		['unnest([true, false])', { line: 1, column: 1 }],
		['*', {}],
		['true, false', {}],
		['$1', {}],
		['?', {}],
		[' \n ', { line: null }],
		['-- nothing', { line: null }]
	])('%s is refused, and said why', async (condition, details) => {
		const failure: unknown = await run(condition).catch((error: unknown) => error);
		expect(failure).toBeInstanceOf(AppError);
		expect(failure).toMatchObject({ code: 'sql.failed', details });
	});

	it('lets ages between two dates and counts of groups pass', async () => {
		const text =
			'age("Order date", DATE \'2024-01-01\') IS NOT NULL AND count(*) OVER (PARTITION BY "Total") < 9';
		expect((await run(text)).failing).toEqual([4, 5]);
	});

	it('refuses every function that the engine does not call consistent', async () => {
		const found = await engine().rows<{ name: string }>(
			sql`SELECT DISTINCT function_name::VARCHAR AS name FROM duckdb_functions()
				WHERE function_type IN ('scalar', 'aggregate') AND stability <> 'CONSISTENT' ORDER BY name`
		);
		expect(found.map(({ name }) => name)).toEqual(expect.arrayContaining(['now', 'random', 'uuidv7']));
		for (const { name } of found) {
			const failure = run(`"${name}"() IS NULL`);
			await expect(failure, name).rejects.toMatchObject({
				code: 'sql.failed',
				details: { reason: expect.stringContaining('not the same at every run') }
			});
		}
	});

	it('refuses every macro of the engine that is made of such a function or asks its catalogue', async () => {
		const macros = await engine().rows<{ name: string; body: string }>(
			sql`SELECT function_name::VARCHAR AS name, max(macro_definition)::VARCHAR AS body FROM duckdb_functions()
				WHERE function_type = 'macro' AND internal GROUP BY 1 ORDER BY name`
		);
		const hangs = /\b(?:current_\w+|now|random|SELECT)\b/;
		const suspect = macros.filter(({ body }) => hangs.test(body));
		expect(suspect.length).toBeGreaterThan(5);
		for (const { name } of suspect)
			await expect(run(`"${name}"() IS NULL`), name).rejects.toMatchObject({
				details: { reason: expect.stringContaining('not the same at every run') }
			});
	});

	it('sees no column that the step does not name', async () => {
		await expect(run('"Order" = \'1\'', ['Total'])).rejects.toMatchObject({
			code: 'sql.failed',
			details: { found: 'Order', meant: ['Order'] }
		});
	});
});

it('the columns of a condition are found by their names', () => {
	const names = ['Total', 'Order date', 'a"b', 'DATE', 'x'];
	expect(columnsOf('TOTAL > 1 AND "order date" < \'x\' -- "x"', names)).toEqual(['Total', 'Order date']);
	expect(columnsOf('"a""b" = \'"Total"\'', names)).toEqual(['a"b']);
});
