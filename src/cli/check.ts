import { startSeries } from '#lib/recipe/series.ts';
import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { isAbort, toAppError, type AppError } from '#lib/core/errors.ts';
import { errorWords, reasonWords } from '#lib/core/messages.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { DEFAULT_CLEAN, type CleanResult } from '#lib/pipeline/clean/schema.ts';
import { ENCODING_WORDS } from '#lib/pipeline/import/encoding.ts';
import { inspectTables, type Inspection } from '#lib/pipeline/import/inspect.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import { localCompute } from '#lib/pipeline/local-compute.ts';
import { emptyRecipe } from '#lib/recipe/recipe.ts';
import { Runner } from '#lib/recipe/runner.ts';
import { openFiles, type OrderFile } from './open-files.ts';
import { unpackFiles } from './open-tables.ts';
import { RUNNING } from './pipeline.ts';

/** What opening one file, or one table of it, came to. */
export interface CheckedFile {
	readonly file: string;
	/** `loaded`: every row is accounted for; `asks`: one question is open; `refused`: with a reason. */
	readonly outcome: 'loaded' | 'asks' | 'refused' | 'failed';
	/** Format, encoding and dialect; the preset or the kind; the equation; the question or the reason. */
	readonly words: readonly string[];
	readonly milliseconds: number;
}

/** A file that takes longer than this to open hangs. */
export const SLOW_MS = 5_000;

const ASKING = new Set([
	'import.date-order-unknown',
	'import.decimal-mark-unknown',
	'import.role-missing',
	'clean.currency-unknown'
]);

/** Opens every file below a folder, as the page would, and answers what it came to. */
export async function* checkFolder(folder: string, engine: Engine): AsyncGenerator<CheckedFile> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const paths = entries
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.sort();
	for (const path of paths) yield* checkPath(path, relative(folder, path), engine);
}

async function* checkPath(path: string, name: string, engine: Engine): AsyncGenerator<CheckedFile> {
	const startedMs = performance.now();
	try {
		for (const file of await unpackFiles(await openFiles([path], '/'))) {
			yield* checkFile(file, file.path === null ? `${name}/${file.name}` : name, engine);
		}
	} catch (error) {
		yield refusal(name, toAppError(error), performance.now() - startedMs);
	}
}

async function* checkFile(file: OrderFile, name: string, engine: Engine): AsyncGenerator<CheckedFile> {
	const startedMs = performance.now();
	let inspections: readonly Inspection[] = [];
	try {
		inspections = await inspectTables({ name: file.name, blob: file.file.blob });
	} catch (error) {
		yield refusal(name, toAppError(error), performance.now() - startedMs);
	}
	const lookedMs = performance.now() - startedMs;
	for (const [i, inspection] of inspections.entries()) {
		const table = inspections.length > 1 ? `${name} (table ${i + 1})` : name;
		yield await checkTable(file, table, inspection, engine, lookedMs);
	}
}

async function checkTable(
	file: OrderFile,
	name: string,
	inspection: Inspection,
	engine: Engine,
	lookedMs: number
): Promise<CheckedFile> {
	const startedMs = performance.now();
	const runner = new Runner(engine, localCompute);
	const fileOf = async () => file.file;
	const words = [formatWords(inspection), meaningWords(inspection.source)];
	const found: { clean: CleanResult | null; read: number | null; error: AppError | null } = {
		clean: null,
		read: null,
		error: null
	};
	try {
		await runner.reset();
		const source = await runner.settle(
			startSeries({ id: 's1', ...inspection.source }),
			fileOf,
			RUNNING,
			() => undefined
		);
		const recipe = { ...emptyRecipe('check'), import: { sources: [source] }, clean: DEFAULT_CLEAN };
		const stop = new AbortController();
		await runner
			.run(recipe, fileOf, stop.signal, {
				onProgress: () => undefined,
				onStage: (event) => {
					if (event.state === 'failed') found.error ??= event.error;
					else if (event.state === 'done' && event.stage === 'import') {
						found.read = event.value.reduce((sum, { result }) => sum + result.rowsRead, 0);
					} else if (event.state === 'done' && event.stage === 'clean') {
						found.clean = event.value;
						stop.abort();
					}
				}
			})
			.catch((error: unknown) => {
				if (!isAbort(error)) throw error;
			});
	} catch (error) {
		found.error = toAppError(error);
	}
	const milliseconds = lookedMs + performance.now() - startedMs;
	return conclude(name, words, found, milliseconds);
}

function conclude(
	file: string,
	words: readonly string[],
	{ clean, read, error }: { clean: CleanResult | null; read: number | null; error: AppError | null },
	milliseconds: number
): CheckedFile {
	if (clean !== null) {
		const isTrue = clean.rowsRead === read && clean.rowsRead === clean.rowsLoaded + clean.rowsSetAside;
		const outcome = isTrue ? 'loaded' : 'failed';
		return { file, outcome, words: [...words, equationWords(clean)], milliseconds };
	}
	if (error === null) return { file, outcome: 'failed', words: [...words, 'nothing came out'], milliseconds };
	const rows = read === null ? [] : [`${read} rows read`];
	const { title, why } = errorWords(error);
	const outcome = ASKING.has(error.code) ? 'asks' : error.code === 'unexpected' ? 'failed' : 'refused';
	return { file, outcome, words: [...words, ...rows, `${outcome}: ${title} ${why}`], milliseconds };
}

function refusal(file: string, error: AppError, milliseconds: number): CheckedFile {
	const { title, why, fix } = errorWords(error);
	const outcome = error.code === 'unexpected' ? 'failed' : 'refused';
	return { file, outcome, words: [`${outcome}: ${title} ${why} ${fix}`], milliseconds };
}

function formatWords({ source: { dialect, columns } }: Inspection): string {
	const { format, sheet, compression, encoding, delimiter, quote, skipLines, hasHeader } = dialect;
	if (format !== 'text') return [format, ...(sheet === null ? [] : [`sheet ${sheet}`])].join(' ');
	return [
		compression === 'gzip' ? 'gzip' : 'text',
		ENCODING_WORDS[encoding],
		`delimiter ${JSON.stringify(delimiter)}`,
		...(quote === '"' ? [] : [`quote ${quote === '' ? 'none' : quote}`]),
		...(skipLines === 0 ? [] : [`${skipLines} lines above`]),
		...(hasHeader ? [] : ['no header']),
		`${columns.length} columns`
	].join(', ');
}

function meaningWords({
	platform,
	kind,
	withheld
}: Pick<SourceParams, 'platform' | 'kind' | 'withheld'>): string {
	const hidden = withheld.map(({ column, action }) => `${column} ${action}`);
	return [`${platform ?? 'matched by column'} (${kind})`, ...hidden].join(', ');
}

function equationWords({
	rowsRead,
	rowsLoaded,
	rowsSetAside,
	reasons,
	orders,
	customers,
	revenue
}: CleanResult): string {
	const why = reasons.map(({ reason, count }) => `${count} ${reasonWords(reason)}`);
	const set = why.length === 0 ? '' : ` (${why.join(', ')})`;
	const money = revenue === null ? '' : `, ${revenue.toFixed(2)}`;
	const people = orders === 0 ? '' : `; ${orders} orders of ${customers} customers${money}`;
	return `${rowsRead} rows read = ${rowsLoaded} loaded + ${rowsSetAside} set aside${set}${people}`;
}
