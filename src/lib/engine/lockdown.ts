import { AppError } from '#lib/core/errors.ts';
import { ENGINE_VERSION, type Engine } from './engine.ts';
import { sql, type Sql } from './sql.ts';

/** What the lockdown leaves to the place the engine runs in. */
export interface LockdownSettings {
	/** The only directory that may be read, with a slash at its end. */
	readonly directory: string;
	/** In megabytes (10⁶ bytes); null leaves the engine's own limit. */
	readonly memoryLimitMb: number | null;
}

/**
 * The statements that lock a fresh engine down, in the order that works: directories are named before access is shut,
 * and the configuration is locked last. All of it is one-way.
 */
export function lockdownStatements({ directory, memoryLimitMb }: LockdownSettings): Sql[] {
	return [
		sql`SET autoinstall_known_extensions = false`,
		sql`SET autoload_known_extensions = false`,
		sql`SET allow_community_extensions = false`,
		sql`SET allow_persistent_secrets = false`,
		...(memoryLimitMb === null ? [] : [sql`SET memory_limit = ${`${memoryLimitMb}MB`}`]),
		sql`SET max_expression_depth = 250`,
		sql`SET allowed_directories = [${directory}]`,
		sql`SET enable_external_access = false`,
		sql`SET lock_configuration = true`
	];
}

/** The settings that `checkLockdown` reads back, with the value each must have. */
const SETTINGS: Readonly<Record<string, string>> = {
	autoinstall_known_extensions: 'false',
	autoload_known_extensions: 'false',
	allow_community_extensions: 'false',
	allow_persistent_secrets: 'false',
	max_expression_depth: '250',
	enable_external_access: 'false',
	lock_configuration: 'true'
};

/** An address that no network can resolve (RFC 2606). */
const NOWHERE = 'https://gate-test.invalid/x.csv';

/** Statements that a locked engine refuses, each for the reason that it is locked. */
const HOSTILE: Readonly<Record<string, Sql>> = {
	'reading a file outside': sql`FROM read_text('secret.csv')`,
	'leaving the directory': sql`FROM read_text('in/../secret.csv')`,
	'listing files': sql`FROM glob('/*')`,
	'reading from the network': sql`FROM read_csv(${NOWHERE})`,
	'sniffing from the network': sql`FROM sniff_csv(${NOWHERE})`,
	'a table named by address': sql`FROM ${NOWHERE}`,
	'writing a file outside': sql`COPY (SELECT 1) TO 'secret.csv'`,
	'writing to the network': sql`COPY (SELECT 1) TO ${NOWHERE}`,
	'attaching a file': sql`ATTACH 'secret.db'`,
	'attaching from the network': sql`ATTACH ${NOWHERE}`,
	'exporting the database': sql`EXPORT DATABASE 'secret'`,
	'loading an extension': sql`LOAD httpfs`,
	'opening access': sql`SET enable_external_access = true`,
	'opening directories': sql`SET allowed_directories = ['/']`,
	'unlocking the configuration': sql`SET lock_configuration = false`,
	'resetting the configuration': sql`RESET lock_configuration`
};

/** A refusal for any other reason, such as a file that does not exist, proves nothing. */
const REFUSAL = /disabled (?:by|through) configuration|configuration has been locked/;

/**
 * Proves that the engine is locked down: its version and settings are read back, and hostile statements must be refused
 * for the right reason. Nothing reaches the network when it holds. Throws `engine.not-locked`, naming the check.
 */
export async function checkLockdown(engine: Engine): Promise<void> {
	const version = await engine.version();
	if (version !== ENGINE_VERSION) throw new AppError('engine.not-locked', { check: `version ${version}` });
	await checkSettings(engine);
	for (const [check, statement] of Object.entries(HOSTILE)) {
		if (!(await isRefused(engine, statement))) throw new AppError('engine.not-locked', { check });
	}
}

async function checkSettings(engine: Engine): Promise<void> {
	const rows = await engine.rows<{ name: string; value: string }>(
		sql`SELECT name::VARCHAR AS name, value::VARCHAR AS value FROM duckdb_settings() ORDER BY name`
	);
	const found = new Map(rows.map(({ name, value }) => [name, value]));
	for (const [name, value] of Object.entries(SETTINGS)) {
		if (found.get(name) !== value) throw new AppError('engine.not-locked', { check: `setting ${name}` });
	}
}

/** True when the engine refuses the statement because it is locked. */
export async function isRefused(engine: Engine, statement: Sql): Promise<boolean> {
	try {
		await engine.exec(statement);
		return false;
	} catch (error) {
		return error instanceof AppError && error.cause instanceof Error && REFUSAL.test(error.cause.message);
	}
}
