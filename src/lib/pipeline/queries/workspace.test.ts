import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError, toAppError } from '#lib/core/errors.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { sql } from '#lib/engine/sql.ts';
import { describeEngines } from '../../../../tests/support/engines.ts';
import { fitOfResult, readColumns, readForChart, readRows, sortResult } from './result.ts';
import { REFUSED_FUNCTIONS } from './select.ts';
import { describeSelect, runQuery } from './workspace.ts';

const ALL = { offset: 0, limit: 1000, sorted: false };

/** Texts that try to change something, or to leave the brackets that they stand in. */
const HOSTILE = [
	'1) ; DROP TABLE clean.planted; --',
	'SELECT 1) ; DROP TABLE clean.planted; --',
	'SELECT 1); DROP TABLE clean.planted; SELECT (1',
	'SELECT 1\n); DROP TABLE clean.planted; (\nSELECT 1',
	'SELECT 1) AS a; DROP TABLE clean.planted; FROM (SELECT 1',
	"SELECT 'a'') ; DROP TABLE clean.planted; --",
	"SELECT E'\\') ; DROP TABLE clean.planted; --'",
	"SELECT E'a'\n'\\'); DROP TABLE clean.planted; --'",
	'SELECT $$a$$); DROP TABLE clean.planted; --$$',
	'SELECT $a$ $b$ $a$); DROP TABLE clean.planted; SELECT ($b$',
	'SELECT "a""); DROP TABLE clean.planted; --"',
	'SELECT 1 /* /* */ ); DROP TABLE clean.planted; -- */',
	'SELECT 1 -- \r); DROP TABLE clean.planted; --',
	'SELECT 1 --\u2028); DROP TABLE clean.planted',
	'SELECT 1;;;DROP TABLE clean.planted',
	'SELECT 1; DELETE FROM clean.planted',
	'DROP TABLE clean.planted',
	'drop table clean.planted;',
	'-- SELECT\nDELETE FROM clean.planted',
	'/* SELECT */ UPDATE clean.planted SET x = 0',
	'INSERT INTO clean.planted VALUES (9) RETURNING x',
	'WITH a AS (DELETE FROM clean.planted RETURNING x) FROM a',
	'WITH a AS (INSERT INTO clean.planted VALUES (9) RETURNING x) SELECT * FROM a',
	'FROM (DELETE FROM clean.planted)',
	'SELECT * INTO clean.other FROM clean.planted',
	'CREATE TABLE clean.other AS SELECT 1',
	'CREATE OR REPLACE TABLE clean.planted AS SELECT 9 AS x',
	'ALTER TABLE clean.planted RENAME TO gone',
	'TRUNCATE clean.planted',
	'MERGE INTO clean.planted USING clean.planted AS p ON true WHEN MATCHED THEN DELETE',
	"ATTACH ':memory:' AS other",
	'DETACH packed',
	"COPY clean.planted TO 'in/x.csv'",
	"COPY (SELECT 1) TO 'x.csv'",
	"EXPORT DATABASE 'x'",
	"IMPORT DATABASE 'x'",
	'SET memory_limit = 1',
	'RESET memory_limit',
	'PRAGMA enable_profiling',
	'PRAGMA database_list',
	'CALL pragma_version()',
	'CHECKPOINT',
	'BEGIN',
	'COMMIT',
	'ROLLBACK',
	'USE packed',
	'INSTALL httpfs',
	'LOAD httpfs',
	'PREPARE p AS DROP TABLE clean.planted',
	'EXECUTE p',
	'DEALLOCATE p',
	'EXPLAIN ANALYZE DELETE FROM clean.planted',
	'VACUUM',
	'COMMENT ON TABLE clean.planted IS 1',
	"SELECT * FROM query('DROP TABLE clean.planted')",
	'SELECT * FROM "query"(\'SELECT 1\')',
	"FROM read_csv('in/file-1')",
	"FROM memory.main.read_text('in/file-1')",
	"FROM glob('in/*')",
	"FROM read_csv /* x */ ('https://gate-test.invalid/x.csv')",
	"FROM 'https://gate-test.invalid/x.csv'",
	"FROM 'in/file-1'",
	"FROM 'secret.csv'",
	'FROM enable_logging()',
	"SELECT nextval('s')",
	'',
	';',
	'-- nothing',
	'SELECT 1 \0'
];

/** Those that are a single SELECT after all: what looks like an end stands in a string or a comment. */
const ONLY_LOOK_HOSTILE = [
	"SELECT E'\\') ; DROP TABLE clean.planted; --'",
	"SELECT E'a'\n'\\'); DROP TABLE clean.planted; --'",
	'SELECT 1 /* /* */ ); DROP TABLE clean.planted; -- */',
	'SELECT 1 --\u2028); DROP TABLE clean.planted'
];

async function failure(work: Promise<unknown>): Promise<AppError> {
	try {
		await work;
	} catch (error) {
		if (error instanceof AppError) return error;
		throw error;
	}
	return new AppError('unexpected', { message: 'it ran' });
}

async function stateOf(engine: Engine): Promise<unknown> {
	return engine.rows(sql`
		SELECT kind::VARCHAR AS kind, name::VARCHAR AS name FROM (
			SELECT 'table' AS kind, database_name || '.' || schema_name || '.' || table_name || '.' || sql AS name FROM duckdb_tables()
			UNION ALL SELECT 'view', schema_name || '.' || view_name FROM duckdb_views() WHERE NOT internal
			UNION ALL SELECT 'database', database_name FROM duckdb_databases()
			UNION ALL SELECT 'schema', database_name || '.' || schema_name FROM duckdb_schemas()
			UNION ALL SELECT 'setting', name || '=' || coalesce(value, '') FROM duckdb_settings()
			UNION ALL SELECT 'row', x::VARCHAR FROM clean.planted
		) WHERE name NOT LIKE '%saved._result%' ORDER BY kind, name`);
}

describeEngines('a query of the user', (engine) => {
	async function plant(): Promise<void> {
		await engine().exec(
			sql`CREATE OR REPLACE TABLE clean.planted AS SELECT range::INTEGER AS x FROM range(3)`
		);
		await engine().exec(sql`CREATE OR REPLACE TABLE clean.customers AS
			SELECT 'k' || range AS customer_id, range::INTEGER AS idx FROM range(5)`);
	}

	it('changes nothing, whatever it says', async () => {
		await plant();
		const before = await stateOf(engine());
		const ran: string[] = [];
		for (const text of HOSTILE) {
			const error = await runQuery(engine(), text).then(() => null, toAppError);
			if (error === null) ran.push(text);
			else expect([text, error.code.startsWith('sql.')]).toEqual([text, true]);
			expect([text, await stateOf(engine())]).toEqual([text, before]);
		}
		expect(ran).toEqual(ONLY_LOOK_HOSTILE);
	}, 60_000);

	it('changes nothing when it is put together by chance', async () => {
		await plant();
		const before = await stateOf(engine());
		const pieces = [
			...[
				'SELECT 1',
				'FROM clean.planted',
				')',
				'(',
				';',
				"'",
				'"',
				'$$',
				'$a$',
				'--',
				'/*',
				'*/',
				'\n',
				'\r',
				'\\'
			],
			...[
				"E'",
				' ',
				',',
				'DROP TABLE clean.planted',
				'DELETE FROM clean.planted',
				'AS x',
				'UNION ALL',
				'1',
				'x',
				'WITH a AS'
			]
		];
		const text = fc
			.array(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...pieces) }, fc.string({ maxLength: 3 })), {
				maxLength: 12
			})
			.map((parts) => `SELECT 1 ${parts.join('')}`);
		await fc.assert(
			fc.asyncProperty(text, async (query) => {
				await runQuery(engine(), query).catch((error: unknown) => {
					if (!(error instanceof AppError)) throw error;
				});
				expect(await stateOf(engine())).toEqual(before);
			}),
			{ seed: 5, numRuns: 250 }
		);
	}, 120_000);

	it('may be written in every way that the engine reads', async () => {
		await plant();
		for (const text of [
			'SELECT 1 AS x;',
			'  (SELECT 1)\n;\n-- done',
			'FROM clean.planted -- all',
			'WITH a AS (SELECT 1 AS x) SELECT * FROM a',
			'VALUES (1), (2)',
			'TABLE clean.planted',
			'DESCRIBE clean.planted',
			'SUMMARIZE clean.planted',
			'SHOW ALL TABLES',
			'PIVOT clean.planted ON x IN (0, 1) USING count(*)',
			"SELECT ';' AS \";\", $$;$$ AS b, E'\\';' AS c /* ; */",
			'SELECT 1 UNION ALL SELECT 2 ORDER BY 1',
			'FROM duckdb_settings()'
		]) {
			const { rowCount } = await runQuery(engine(), text);
			expect([text, rowCount > 0]).toEqual([text, true]);
		}
	});

	it('does not run a PIVOT that would have to make a type', async () => {
		const { details } = await failure(runQuery(engine(), 'PIVOT (FROM range(2)) t(x) ON x USING count(*)'));
		expect(details).toEqual({ found: 'a PIVOT that does not list its columns, as in ON month IN (1, 2)' });
	});

	it('gives every type without losing a digit', async () => {
		const run = await runQuery(
			engine(),
			`SELECT 12.34::DECIMAL(9,2) AS a, 170141183460469231731687303715884105727::HUGEINT AS b, 9007199254740993 AS c,
				0.1::FLOAT AS d, 1.5::DOUBLE AS e, 7::INTEGER AS f, true AS g, DATE '2024-02-29' AS h,
				TIMESTAMP '2024-02-29 12:00:01.5' AS i, INTERVAL '3 days' AS j, [1, 2] AS k, {'x': 1} AS l, '\\xAA'::BLOB AS m,
				NULL AS n, map {'a': 1} AS o, TIME '10:00' AS p, uuid() IS NULL AS q, 'ü' AS r, 'nan'::DOUBLE AS s`
		);
		expect(run.columns.map(({ kind }) => kind).join(' ')).toBe(
			'exact exact exact exact number number boolean date time text text text text number text text boolean text number'
		);
		const [row] = await readRows(engine(), run, ALL);
		expect(Object.values(row ?? {})).toEqual([
			...['12.34', '170141183460469231731687303715884105727', '9007199254740993', '0.1', 1.5, 7, true],
			...[
				'2024-02-29',
				'2024-02-29 12:00:01.5',
				'3 days',
				'[1, 2]',
				"{'x': 1}",
				'\\xAA',
				null,
				'{a=1}',
				'10:00:00'
			],
			...[false, 'ü', NaN]
		]);
	});

	it('may call columns anything, also the same', async () => {
		const run = await runQuery(
			engine(),
			`SELECT 1 AS a, 2 AS a, 3 AS "A", 4 AS "__proto__", 5 AS "n", 6 AS "c0", 7 AS " "`
		);
		expect(run.columns.map(({ name }) => name)).toEqual(['a', 'a_1', 'A_2', '__proto__', 'n', 'c0', ' ']);
		const [row] = await readRows(engine(), run, ALL);
		expect(row).toEqual({ c0: 1, c1: 2, c2: 3, c3: 4, c4: 5, c5: 6, c6: 7 });
	});

	it('is read by pages, in its own order and sorted, with missing values last', async () => {
		const run = await runQuery(
			engine(),
			'SELECT range AS x, CASE WHEN range % 4 = 0 THEN NULL ELSE range % 3 END::INTEGER AS y FROM range(1000) ORDER BY x DESC'
		);
		expect(await readRows(engine(), run, { offset: 998, limit: 100, sorted: false })).toEqual([
			{ c0: '1', c1: 1 },
			{ c0: '0', c1: null }
		]);
		await sortResult(engine(), { column: 1, descending: true });
		const page = { offset: 0, limit: 2, sorted: true };
		expect(await readRows(engine(), run, page)).toEqual([
			{ c0: '998', c1: 2 },
			{ c0: '995', c1: 2 }
		]);
		const last = await readRows(engine(), run, { offset: 999, limit: 5, sorted: true });
		expect(last).toEqual([{ c0: '0', c1: null }]);
		const [x, y] = await readColumns(engine(), run, page);
		expect([x, y]).toEqual([
			['998', '995'],
			Int32Array.from([2, 2]).length === 2 ? Float64Array.from([2, 2]) : null
		]);
	});

	it('keeps so many rows and says that there are more', async () => {
		const run = await runQuery(engine(), 'FROM range(50)', { limit: 20 });
		expect(run).toMatchObject({ rowCount: 20, isCut: true });
		expect(await readRows(engine(), run, ALL)).toHaveLength(20);
		await sortResult(engine(), { column: 0, descending: true });
		expect((await readRows(engine(), run, { ...ALL, sorted: true }))[0]).toEqual({ c0: '19' });
	});

	it('says where it is wrong, and what was meant', async () => {
		await plant();
		const wrong = await failure(runQuery(engine(), 'SELECT idx,\n  custmer_id FROM clean.customers;'));
		expect(wrong.details).toMatchObject({ line: 2, column: 3, found: 'custmer_id', meant: ['customer_id'] });
		const syntax = await failure(runQuery(engine(), 'SELECT 1 +\n\nFROM clean.planted'));
		expect(syntax.details).toMatchObject({ line: 3, column: 1 });
		const value = await failure(runQuery(engine(), "SELECT 'abc'::INTEGER AS x"));
		expect(value).toMatchObject({ code: 'sql.failed', details: { reason: expect.stringContaining('abc') } });
		const missing = await failure(describeSelect(engine(), 'FROM clean.custmers'));
		expect(missing.details).toMatchObject({ line: 1, found: 'custmers', meant: ['customers'] });
	});

	it.each([
		['SELECT 1 /*', 1, 10],
		['SELECT 1 /* /* */', 1, 10],
		["SELECT 1,\n  'a", 2, 3],
		['SELECT "a', 1, 8],
		["SELECT E'a\\'", 1, 8],
		['SELECT $q$a', 1, 8],
		['SELECT 1 +', 1, 11],
		['SELECT (1', 1, 10],
		['SELECT CASE', 1, 12],
		['SELECT 1 FROM', 1, 14]
	])('says nothing of the SQL around %j', async (text, line, column) => {
		const { details } = await failure(runQuery(engine(), text));
		expect(details).toMatchObject({ line, column });
		expect((details as { reason: string }).reason).not.toMatch(/LIMIT|\)|\n/);
	});

	it('can be stopped, and leaves nothing', async () => {
		const controller = new AbortController();
		setTimeout(() => controller.abort(), 300);
		const run = runQuery(
			engine(),
			'SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE (a.range * b.range) % 7 = 3',
			{},
			controller.signal
		);
		await expect(run).rejects.toMatchObject({ name: 'AbortError' });
		const left = await engine().rows(
			sql`SELECT table_name::VARCHAR AS name FROM duckdb_tables() WHERE schema_name = 'saved' ORDER BY 1`
		);
		expect(left).toEqual([]);
		expect((await runQuery(engine(), 'SELECT 1')).rowCount).toBe(1);
	}, 60_000);

	it('says what it can be saved as', async () => {
		await plant();
		const run = await runQuery(
			engine(),
			`SELECT * FROM (VALUES ('k1', 1, 'a'), ('k1', 2, 'b'), ('k2', 3, 'c'), ('x', 4, 'd'), (NULL, 5, 'e')) t(customer_id, n, word)`
		);
		expect(await fitOfResult(engine(), run)).toEqual({
			hasCustomerId: true,
			numbers: ['n'],
			rows: 5,
			customers: 3,
			repeated: 1,
			everyone: 5,
			withOrders: 2,
			withNumbers: 2,
			unknown: 1
		});
		const other = await runQuery(engine(), 'SELECT 1 AS x');
		expect(await fitOfResult(engine(), other)).toMatchObject({ hasCustomerId: false, numbers: ['x'] });
	});

	it('gives a chart evenly spread rows', async () => {
		const run = await runQuery(
			engine(),
			`SELECT 'd' || range AS label, range * 1.5 AS value FROM range(1000)`
		);
		const [labels, values] = await readForChart(engine(), run, [0, 1], 10);
		expect(labels?.[1]).toBe('d100');
		expect(values).toEqual(Float64Array.from({ length: 10 }, (_, i) => i * 150));
	});

	it('may call no function that reads files or changes the engine', async () => {
		const found = await engine().rows<{ name: string }>(
			sql`SELECT DISTINCT function_name::VARCHAR AS name FROM duckdb_functions()
				WHERE function_type = 'table' OR has_side_effects ORDER BY name`
		);
		const harmless =
			/^(?:duckdb_|pragma_|test_)|^current_|^uuid|^(?:check_peg_parser|currval|error|gen_random_uuid|random|stats|generate_series|icu_calendar_names|json_each|json_tree|pg_timezone_names|range|repeat|repeat_row|sql_auto_complete|summary|unnest|which_secret)$/;
		expect(
			found
				.map(({ name }) => name)
				.filter((name) => !harmless.test(name) && !REFUSED_FUNCTIONS.includes(name))
		).toEqual([]);
	});
});

describe('a refusal', () => {
	it.each([
		['drop table x', '“DROP”'],
		['SELECT 1; DELETE FROM x', '“DELETE” after a semicolon'],
		["FROM read_csv('x')", 'the function read_csv'],
		['SELECT 1)', 'a bracket that closes nothing'],
		['-- only words', 'nothing']
	])('of %s names what was found', async (text, found) => {
		const { checkedSelect } = await import('./select.ts');
		expect(() => checkedSelect(text)).toThrow(expect.objectContaining({ details: { found } }));
	});
});
