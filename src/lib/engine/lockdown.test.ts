import { expect, it } from 'vitest';
import { AppError } from '#lib/core/errors.ts';
import { describeEngines } from '../../../tests/support/engines.ts';
import type { Engine } from './engine.ts';
import { checkLockdown, isRefused } from './lockdown.ts';
import { sql, type Sql } from './sql.ts';

/** Each must be refused because the engine is locked, and for no other reason. */
const REFUSED: readonly Sql[] = [
	sql`FROM 'secret.csv'`,
	sql`FROM read_csv('/etc/hostname', auto_detect = false, columns = {c0: 'VARCHAR'})`,
	sql`FROM read_text('/etc/hostname')`,
	sql`FROM read_blob('/etc/hostname')`,
	sql`FROM read_text(['in/a', '/etc/hostname'])`,
	sql`FROM glob('/etc/*')`,
	sql`FROM glob('in/../*')`,
	sql`SELECT * FROM read_text('in/../../secret')`,
	sql`FROM 'http://gate-test.invalid/x.csv'`,
	sql`FROM 's3://gate-test/x.csv'`,
	sql`COPY (SELECT 1) TO '/tmp/out.csv'`,
	sql`COPY (SELECT 1) TO 'in/../out.csv'`,
	sql`COPY (SELECT 1) TO 's3://gate-test/out.csv'`,
	sql`CREATE TABLE copied AS FROM read_text('/etc/hostname')`,
	sql`CREATE VIEW peek AS FROM read_text('/etc/hostname')`,
	sql`ATTACH '/tmp/other.db' AS other`,
	sql`ATTACH 'other.db' AS other (READ_ONLY)`,
	sql`IMPORT DATABASE '/tmp/exported'`,
	sql`LOAD '/tmp/some.duckdb_extension'`,
	sql`LOAD spatial`,
	sql`SET autoload_known_extensions = true`,
	sql`SET autoinstall_known_extensions = true`,
	sql`SET GLOBAL enable_external_access = true`,
	sql`SET memory_limit = '100GB'`,
	sql`PRAGMA memory_limit = '100GB'`,
	sql`RESET enable_external_access`,
	sql`SET allowed_paths = ['/etc/hostname']`,
	sql`SET temp_directory = '/tmp'`,
	sql`SET custom_extension_repository = 'https://gate-test.invalid'`
];

/** Refused too, but with reasons that differ between the engines. */
const FAILING: readonly Sql[] = [
	sql`FROM query('FROM read_text(''/etc/hostname'')')`,
	sql`FROM query_table('/etc/hostname')`,
	sql`SELECT getenv('HOME')`,
	sql`CREATE SECRET s (TYPE s3, KEY_ID 'a', SECRET 'b')`,
	sql`CREATE PERSISTENT SECRET s (TYPE http)`
];

describeEngines('lockdown', (engine) => {
	it('holds', async () => {
		await expect(checkLockdown(engine())).resolves.toBeUndefined();
	});

	it.each(REFUSED.map(({ text }) => text))('refuses %s', async (text) => {
		expect(await isRefused(engine(), { text })).toBe(true);
	});

	it.each(FAILING.map(({ text }) => text))('fails %s', async (text) => {
		await expect(engine().exec({ text })).rejects.toBeInstanceOf(AppError);
	});

	it('still reads a file that was opened', async () => {
		const path = await engine().openFile('orders.csv', { blob: new Blob(['a\n']) });
		const rows = await engine().rows(
			sql`SELECT content::VARCHAR AS content FROM read_text(${path}) ORDER BY content`
		);
		expect(rows).toEqual([{ content: 'a\n' }]);
	});

	it('is found missing when a statement is allowed', async () => {
		const leaky = pretend(engine(), "COPY (SELECT 1) TO 'secret.csv'", async () => undefined);
		await expect(checkLockdown(leaky)).rejects.toMatchObject({
			code: 'engine.not-locked',
			details: { check: 'writing a file outside' }
		});
	});

	it('is found missing when a statement fails for another reason', async () => {
		const leaky = pretend(engine(), 'secret.csv', () =>
			Promise.reject(
				new AppError('engine.query-failed', { sql: '', message: 'No files found' }, { cause: new Error() })
			)
		);
		await expect(checkLockdown(leaky)).rejects.toMatchObject({
			details: { check: 'reading a file outside' }
		});
	});

	it('is found missing when a setting or the version differs', async () => {
		const open: Engine = { ...pretend(engine(), '', async () => undefined), rows: async () => [] };
		await expect(checkLockdown(open)).rejects.toMatchObject({
			details: { check: 'setting autoinstall_known_extensions' }
		});
		const other: Engine = { ...open, version: async () => 'v1.5.0' };
		await expect(checkLockdown(other)).rejects.toMatchObject({ details: { check: 'version v1.5.0' } });
	});
});

/** The engine, except that statements with the given text do something else. */
function pretend(engine: Engine, text: string, exec: () => Promise<void>): Engine {
	return {
		exec: (query, signal) => (query.text.includes(text) ? exec() : engine.exec(query, signal)),
		rows: (query, signal) => engine.rows(query, signal),
		columns: (query, signal) => engine.columns(query, signal),
		place: (database, schema, table) => engine.place(database, schema, table),
		insert: (schema, table, columns) => engine.insert(schema, table, columns),
		openFile: (name, file) => engine.openFile(name, file),
		closeFile: (name) => engine.closeFile(name),
		version: () => engine.version(),
		close: () => engine.close()
	};
}
