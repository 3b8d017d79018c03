import { startSeries } from '#lib/recipe/series.ts';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '#lib/engine/engine.ts';
import { as, id, join, sql } from '#lib/engine/sql.ts';
import { runClean } from '#lib/pipeline/clean/step.ts';
import { DEFAULT_CLEAN, type CleanResult } from '#lib/pipeline/clean/schema.ts';
import { inspectFile } from '#lib/pipeline/import/inspect.ts';
import { loadSource } from '#lib/pipeline/import/load.ts';
import { PLATFORMS } from '#lib/pipeline/import/platforms/index.ts';
import { missingRoles } from '#lib/pipeline/import/roles.ts';
import type { SourceParams, SourceResult } from '#lib/pipeline/import/schema.ts';
import { describeEngines } from '../support/engines.ts';
import { PLATFORM_FIXTURES } from '../support/platform-fixtures.ts';
import { stepContext } from '../support/raw-tables.ts';

/** What a fixture must become. Values of rows are texts as the engine writes them. */
interface Expected {
	readonly rowsRead: number;
	/** Roles that the file cannot fill: of each list, one would be needed. */
	readonly missing?: readonly (readonly string[])[];
	/** Rows set aside by reason, in the order of the rules. */
	readonly reasons?: Readonly<Record<string, number>>;
	/** Rows of each canonical table; the others are empty. Absent when the file becomes none, for what it lacks. */
	readonly tables?: Readonly<Record<string, number>>;
	readonly revenue?: string;
	/** The first rows of a table, with the columns that matter. */
	readonly first?: Readonly<Record<string, readonly Readonly<Record<string, string | null>>[]>>;
}

/** Too large for exact first rows here; it is compared with a reference customer by customer elsewhere. */
const ELSEWHERE = ['online_retail/orders.csv.gz'];

const FIXTURES = PLATFORMS.flatMap(({ id: preset }) =>
	(PLATFORM_FIXTURES[preset] ?? [])
		.filter((path) => !ELSEWHERE.includes(path))
		.map((path) => ({ preset, path }))
);

function bytesOf(path: string): Buffer<ArrayBuffer> {
	return readFileSync(new URL(`../fixtures/${path}`, import.meta.url));
}

function expectedOf(path: string): Expected {
	return JSON.parse(bytesOf(`${path}.expected.json`).toString('utf8')) as Expected;
}

async function load(engine: Engine, path: string): Promise<{ source: SourceParams; result: SourceResult }> {
	const blob = new Blob([bytesOf(path)]);
	const { source: inspected } = await inspectFile({ name: path, blob });
	const source: SourceParams = startSeries({ id: 's1', ...inspected });
	const { result } = await loadSource(stepContext(engine), source, { blob });
	return { source, result };
}

/** The first rows of a canonical table, with the asked columns as texts. */
async function firstRows(
	engine: Engine,
	table: string,
	columns: readonly string[],
	count: number
): Promise<(string | null)[][]> {
	const texts = columns.map((column, i) => as(sql`${id(column)}::VARCHAR`, `c${i}`));
	const order = table === 'orders' ? id('order_id') : id('row');
	const rows = await engine.rows<Record<string, string | null>>(
		sql`SELECT ${join(texts, ', ')} FROM ${id('clean', table)} ORDER BY ${order} LIMIT ${count}`
	);
	return rows.map((row) => columns.map((_, i) => row[`c${i}`] ?? null));
}

function tableCounts({ tables, orders, customers }: CleanResult): Record<string, number> {
	const counts = Object.entries({ ...tables, orders, customers });
	return Object.fromEntries(counts.filter(([, rows]) => rows > 0));
}

describeEngines('canonical tables of platform exports', (engine) => {
	describe.each(FIXTURES)('$path', ({ preset, path }) => {
		const expected = expectedOf(path);
		let source: SourceParams;
		let result: SourceResult;

		beforeAll(async () => {
			({ source, result } = await load(engine(), path));
		});

		test('is read whole, and lacks only what the platform does not tell', () => {
			expect(source.platform).toBe(preset);
			expect(result.rowsRead).toBe(expected.rowsRead);
			expect(missingRoles(source.kind, source.mapping)).toEqual(expected.missing ?? []);
		});

		if (expected.tables === undefined) return;
		test('becomes the expected tables', async () => {
			const clean = await runClean(stepContext(engine()), { sources: [source] }, DEFAULT_CLEAN, [result]);
			const reasons = Object.fromEntries(clean.reasons.map(({ reason, count }) => [reason, count]));
			expect({ reasons, tables: tableCounts(clean), revenue: clean.revenue }).toEqual({
				reasons: expected.reasons,
				tables: expected.tables,
				revenue: expected.revenue === undefined ? null : Number(expected.revenue)
			});
			expect(clean.rowsRead).toBe(clean.rowsLoaded + clean.rowsSetAside);
			for (const [table, rows] of Object.entries(expected.first ?? {})) {
				const columns = Object.keys(rows[0] ?? {});
				expect(await firstRows(engine(), table, columns, rows.length)).toEqual(
					rows.map((row) => columns.map((column) => row[column]))
				);
			}
		});
	});
});
