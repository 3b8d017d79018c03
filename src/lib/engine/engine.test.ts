import { describe, expect, it } from 'vitest';
import { AppError } from '#lib/core/errors.ts';
import { describeEngines } from '../../../tests/support/engines.ts';
import { DATABASES, ENGINE_VERSION, SCHEMAS } from './engine.ts';
import { id, sql } from './sql.ts';

const CROSS_JOIN = sql`SELECT count(*)::DOUBLE AS pairs FROM range(10000000) a, range(10000000) b
	WHERE (a.range * b.range) % 7 = 3 ORDER BY pairs`;

describeEngines('an engine', (engine) => {
	describe('queries', () => {
		it('is the pinned DuckDB', async () => {
			expect(await engine().version()).toBe(ENGINE_VERSION);
		});

		it('has the schemas of the pipeline', async () => {
			const rows = await engine().rows<{ schemaName: string }>(
				sql`SELECT schema_name::VARCHAR AS schema_name FROM information_schema.schemata
					WHERE catalog_name = 'memory' ORDER BY schema_name`
			);
			expect(rows.map(({ schemaName }) => schemaName)).toEqual(expect.arrayContaining([...SCHEMAS]));
		});

		it('runs queries in the order in which they were asked', async () => {
			const asked = [
				engine().exec(sql`CREATE TABLE queue (n INTEGER)`),
				engine().exec(sql`INSERT INTO queue VALUES (1)`),
				engine().rows(sql`SELECT n::INTEGER AS n FROM queue ORDER BY n`),
				engine().exec(sql`INSERT INTO queue VALUES (2)`)
			] as const;
			expect((await Promise.all(asked))[2]).toEqual([{ n: 1 }]);
		});

		it('answers after a failure, with the SQL and without the prefix', async () => {
			const query = sql`SELECT nothing FROM nowhere`;
			const failure = await engine()
				.exec(query)
				.catch((error: unknown) => error);
			expect(failure).toMatchObject({ code: 'engine.query-failed', details: { sql: query.text } });
			expect((failure as AppError<'engine.query-failed'>).details.message).toMatch(
				/^Table with name nowhere/
			);
			expect(await engine().rows(sql`SELECT 1::INTEGER AS one ORDER BY one`)).toEqual([{ one: 1 }]);
		});

		it('explains a mistake of syntax in words', async () => {
			await expect(engine().exec(sql`SELEC 1`)).rejects.toMatchObject({
				details: { message: 'syntax error at or near "SELEC"' }
			});
		});
	});

	describe('databases', () => {
		const found = sql`SELECT database_name::VARCHAR AS database FROM duckdb_tables()
			WHERE schema_name = 'clean' AND table_name = 'placed' ORDER BY database`;
		const count = sql`SELECT count(*)::INTEGER AS n FROM clean.placed ORDER BY n`;

		it('finds a table by schema and name wherever it lies', async () => {
			for (const database of DATABASES) {
				const target = await engine().place(database, 'clean', 'placed');
				await engine().exec(sql`CREATE TABLE ${target} AS SELECT 1 AS a`);
				await engine().exec(sql`INSERT INTO clean.placed VALUES (2)`);
				expect(await engine().rows(count)).toEqual([{ n: 2 }]);
				expect(await engine().rows(found)).toEqual([{ database }]);
			}
		});

		it('puts what is inserted, and what names no database, into memory', async () => {
			await engine().exec(sql`CREATE TABLE ${await engine().place('packed', 'clean', 'placed')} (a INTEGER)`);
			await engine().insert('clean', 'placed', { a: Int32Array.of(1, 2, 3) });
			expect(await engine().rows(found)).toEqual([{ database: 'memory' }]);
			await engine().place('memory', 'clean', 'placed');
			await engine().exec(sql`CREATE TABLE clean.placed AS SELECT 1 AS a`);
			expect(await engine().rows(found)).toEqual([{ database: 'memory' }]);
			await engine().place('memory', 'clean', 'placed');
		});

		it('keeps packed tables several times smaller, and gives their memory back', async () => {
			const used = sql`SELECT sum(memory_usage_bytes)::DOUBLE AS bytes FROM duckdb_memory() ORDER BY bytes`;
			const bytes = async () => (await engine().rows<{ bytes: number }>(used))[0]?.bytes ?? 0;
			const sizes: number[] = [];
			const before = await bytes();
			for (const database of DATABASES) {
				const target = await engine().place(database, 'clean', 'placed');
				await engine().exec(
					sql`CREATE TABLE ${target} AS SELECT 'order ' || range // 3 AS a, range % 50 AS b FROM range(1500000)`
				);
				sizes.push((await bytes()) - before);
			}
			await engine().place('memory', 'clean', 'placed');
			const [plain = 0, packed = 0] = sizes;
			expect(packed).toBeLessThan(plain / 3);
			expect(await bytes()).toBeLessThan(before + packed);
		});
	});

	describe('decoding', () => {
		it('gives rows of plain values by camelCase name', async () => {
			expect(
				await engine().rows(
					sql`SELECT 1.5::DOUBLE AS monetary_total, 2::INTEGER AS r_score, TRUE::BOOLEAN AS is_new,
						'é😀'::VARCHAR AS customer_id, NULL::VARCHAR AS email ORDER BY ALL`
				)
			).toEqual([{ monetaryTotal: 1.5, rScore: 2, isNew: true, customerId: 'é😀', email: null }]);
		});

		it('keeps a column named __proto__', async () => {
			const query = sql`SELECT 7::INTEGER AS ${id('__proto__')} ORDER BY ALL`;
			const [row] = await engine().rows(query);
			expect(Object.entries(row ?? {})).toEqual([['__proto__', 7]]);
			expect((await engine().columns(query)).get('__proto__')).toEqual(Int32Array.of(7));
		});

		it('gives columns, many batches long, with buffers of their own', async () => {
			const columns = await engine().columns(
				sql`SELECT (range / 2)::DOUBLE AS half, range::INTEGER AS whole, 'id' || range AS name
					FROM range(10000) ORDER BY range`
			);
			const half = columns.get('half') as Float64Array<ArrayBuffer>;
			expect(half).toEqual(Float64Array.from({ length: 10000 }, (_, i) => i / 2));
			expect(columns.get('whole')).toEqual(Int32Array.from({ length: 10000 }, (_, i) => i));
			expect((columns.get('name') as string[])[9999]).toBe('id9999');
			structuredClone(half, { transfer: [half.buffer] });
			expect((columns.get('whole') as Int32Array)[9999]).toBe(9999);
		});

		it('marks missing numbers as NaN and other missing values as null', async () => {
			const columns = await engine().columns(
				sql`SELECT x::DOUBLE AS x, n::INTEGER AS n, b::BOOLEAN AS b, s::VARCHAR AS s
					FROM (VALUES (1, 1.5, 3, TRUE, 'a'), (2, NULL, NULL, NULL, NULL)) t(i, x, n, b, s) ORDER BY i`
			);
			expect(columns.get('x')).toEqual(Float64Array.of(1.5, NaN));
			expect(columns.get('n')).toEqual(Float64Array.of(3, NaN));
			expect(columns.get('b')).toEqual([true, null]);
			expect(columns.get('s')).toEqual(['a', null]);
		});

		it('gives empty columns of the right kind', async () => {
			const columns = await engine().columns(
				sql`SELECT 1::DOUBLE AS x, 'a'::VARCHAR AS s WHERE FALSE ORDER BY x`
			);
			expect([...columns]).toEqual([
				['x', new Float64Array()],
				['s', []]
			]);
		});

		it.each([
			'12.34',
			'1::BIGINT',
			"DATE '2024-01-02'",
			'sum(1)',
			'[1, 2]',
			"'a'::BLOB",
			"INTERVAL '1 day'",
			'1::FLOAT'
		])('refuses %s, which was not cast', async (expression) => {
			const query = { ...sql``, text: `SELECT ${expression} AS amount_due` };
			await expect(engine().rows(query)).rejects.toThrow(/^column amount_due is .+: cast it to DOUBLE/);
			await expect(engine().columns(query)).rejects.toThrow(/amount_due/);
		});

		it('refuses two columns of one name', async () => {
			await expect(engine().rows(sql`SELECT 1::INTEGER AS a_b, 2::INTEGER AS ${id('aB')}`)).rejects.toThrow(
				/aB/
			);
		});
	});

	describe('inserting', () => {
		it('replaces a table', async () => {
			await engine().insert('segment', 'members', { old: ['a'] });
			await engine().insert('segment', 'members', {
				idx: Int32Array.of(0, 1),
				['customer "id"']: ["O'Brien", null],
				score: Float64Array.of(0.5, NaN),
				['__proto__']: ['é', '']
			});
			const rows = await engine().rows(sql`SELECT * FROM segment.members ORDER BY idx`);
			expect(rows).toEqual([
				{ idx: 0, 'customer "id"': "O'Brien", score: 0.5, ['__proto__']: 'é' },
				{ idx: 1, 'customer "id"': null, score: null, ['__proto__']: '' }
			]);
		});

		it('inserts one array as two columns', async () => {
			const score = Float64Array.of(1, 2, 3);
			await engine().insert('segment', 'twice', { score, again: score });
			const rows = await engine().rows(sql`SELECT score, again FROM segment.twice ORDER BY score`);
			expect(rows).toEqual([1, 2, 3].map((each) => ({ score: each, again: each })));
		});

		it('inserts 150,000 customers', async () => {
			const count = 150_000;
			await engine().insert('segment', 'many', {
				customer_id: Array.from({ length: count }, (_, i) => `customer ${i} ${i % 3 ? 'é' : '😀'}`),
				cluster: Int32Array.from({ length: count }, (_, i) => i % 5)
			});
			expect(
				await engine().rows(
					sql`SELECT count(DISTINCT customer_id)::INTEGER AS customers, sum(cluster)::DOUBLE AS sum,
						max(length(customer_id))::INTEGER AS longest FROM segment.many ORDER BY ALL`
				)
			).toEqual([{ customers: count, sum: count * 2, longest: 17 }]);
		});

		it('makes an empty table', async () => {
			await engine().insert('segment', 'none', { idx: new Int32Array(), customer_id: [] });
			expect(await engine().rows(sql`SELECT count(*)::INTEGER AS n FROM segment.none ORDER BY n`)).toEqual([
				{ n: 0 }
			]);
		});

		it('refuses columns of different lengths', async () => {
			await expect(engine().insert('segment', 'bad', { a: ['x'], b: [] })).rejects.toThrow(RangeError);
			await expect(engine().insert('segment', 'bad', {})).rejects.toThrow(RangeError);
		});
	});

	describe('files', () => {
		const read = async (path: string): Promise<unknown> =>
			engine().rows(
				sql`SELECT c0::VARCHAR AS c0 FROM read_csv(${path}, auto_detect = false, header = false, delim = ',',
					columns = {c0: 'VARCHAR'}) ORDER BY c0`
			);

		it('opens a file whatever its name, and forgets it', async () => {
			const path = await engine().openFile('../*?.csv', { blob: new Blob(['b\na\n']) });
			expect(await read(path)).toEqual([{ c0: 'a' }, { c0: 'b' }]);
			await engine().closeFile('../*?.csv');
			await expect(read(path)).rejects.toMatchObject({ code: 'engine.query-failed' });
		});

		it('replaces a file of the same name', async () => {
			const first = await engine().openFile('orders.csv', { blob: new Blob(['old\n']) });
			const second = await engine().openFile('orders.csv', { blob: new Blob(['new\n']) });
			expect(await read(second)).toEqual([{ c0: 'new' }]);
			await expect(read(first)).rejects.toThrow();
		});

		it('forgets a name it never knew', async () => {
			await expect(engine().closeFile('unknown.csv')).resolves.toBeUndefined();
		});
	});

	describe('cancelling', () => {
		it('rejects with the reason and answers the next query', async () => {
			const controller = new AbortController();
			setTimeout(() => controller.abort(), 200);
			const failure = await engine()
				.rows(CROSS_JOIN, controller.signal)
				.catch((error: unknown) => error);
			expect(failure).toBe(controller.signal.reason);
			expect(await engine().rows(sql`SELECT 1::INTEGER AS one ORDER BY one`)).toEqual([{ one: 1 }]);
		});

		it('stops only the query it belongs to', async () => {
			const controller = new AbortController();
			const stopped = engine().exec(CROSS_JOIN, controller.signal);
			const next = engine().rows(sql`SELECT max(range)::DOUBLE AS n FROM range(2000000) ORDER BY n`);
			setTimeout(() => controller.abort(), 100);
			await expect(stopped).rejects.toThrow();
			expect(await next).toEqual([{ n: 1_999_999 }]);
		});

		it('does not start a query whose signal has been aborted', async () => {
			const signal = AbortSignal.abort();
			await expect(engine().exec(sql`CREATE TABLE never (n INTEGER)`, signal)).rejects.toBe(signal.reason);
			await expect(engine().exec(sql`FROM never`)).rejects.toThrow();
		});
	});

	describe('closing', () => {
		it('a running query ends, later ones are refused, and it may be closed again', async () => {
			const running = engine().exec(CROSS_JOIN);
			const ended = expect(running).rejects.toBeInstanceOf(AppError);
			await new Promise((resolve) => setTimeout(resolve, 200));
			await engine().close();
			await ended;
			await expect(engine().exec(sql`SELECT 1`)).rejects.toMatchObject({ code: 'engine.unavailable' });
			await engine().close();
		});
	});
});
