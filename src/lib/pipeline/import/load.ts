import { AppError } from '#lib/core/errors.ts';
import type { EngineFile } from '#lib/engine/engine.ts';
import { id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { StepContext } from '../step.ts';
import { readUtf8 } from './byte-source.ts';
import { MAX_RECORD_BYTES, type RecordIndex } from './records.ts';
import { loadDelimiter } from './rewriter.ts';
import { scanSource, type SourceScan } from './scan.ts';
import { rawColumn, rawTable, type SourceParams, type SourceResult } from './schema.ts';

/** What loading needs of a step's context. */
export type LoadContext = Pick<StepContext, 'engine' | 'signal' | 'onProgress'>;

/** A source whose rows are in its raw table. */
export interface LoadedSource {
	readonly result: SourceResult;
	/** The UTF-8 CSV that the engine read, where it had to be made from the file; null when it read the file itself. */
	readonly prepared: Blob | null;
	/** Where the records are in the file, for `readRecords`. */
	readonly index: RecordIndex;
}

/** No cell holds this, so every empty cell stays an empty text. */
const NULL_TOKEN = '\u0001null\u0001';

/**
 * Loads a file into its raw table: `c0 … cN` as text and `row`, the number of the record in the file. The scanner
 * counts the records beside the engine; both must come to the same number. Records that cannot be read are left out
 * of the table and listed in the result.
 * @throws `import.record-too-long`, `import.unreadable-file`, `import.count-mismatch`
 */
export async function loadSource(
	context: LoadContext,
	source: SourceParams,
	file: EngineFile
): Promise<LoadedSource> {
	const text = await utf8File(context, source, file);
	const { scan, loaded } = await scanAndLoad(context, source, text);
	const { fileName } = source;
	const counted = scan.recordCount - scan.unreadable.length;
	if (loaded !== counted) throw new AppError('import.count-mismatch', { fileName, counted, loaded });
	return {
		result: {
			id: source.id,
			fileName,
			sizeBytes: file.blob.size,
			rowsRead: scan.recordCount,
			unreadable: [...scan.unreadable]
		},
		prepared: scan.rewritten ?? (text === file ? null : text.blob),
		index: scan.index
	};
}

/** The `read_csv` call for the UTF-8 CSV of a source, as it is loaded and as an exported script shows it. */
export function readCsvSql(source: Pick<SourceParams, 'dialect' | 'columns'>, fileName: string): Sql {
	const { dialect, columns } = source;
	const types = join(
		columns.map((_, i) => sql`${rawColumn(i)}: 'VARCHAR'`),
		', '
	);
	return sql`read_csv(${fileName}, auto_detect = false, header = ${dialect.hasHeader}, skip = ${dialect.skipLines},
	delim = ${loadDelimiter(dialect.delimiter)}, quote = ${dialect.quote}, escape = ${dialect.quote},
	columns = {${types}}, nullstr = ${NULL_TOKEN}, null_padding = false, strict_mode = true, parallel = false,
	max_line_size = ${MAX_RECORD_BYTES + 2}, buffer_size = ${2 * MAX_RECORD_BYTES + 4})`;
}

/** The file as UTF-8 text: the file itself where it is that already. */
async function utf8File(context: LoadContext, source: SourceParams, file: EngineFile): Promise<EngineFile> {
	const { dialect, fileName } = source;
	if (dialect.compression === 'none' && dialect.encoding === 'utf-8') return file;
	const parts: Blob[] = [];
	for await (const chunk of readUtf8({ name: fileName, blob: file.blob }, dialect, context.signal)) {
		parts.push(new Blob([chunk]));
		context.onProgress({ what: `Unpacking ${fileName}`, share: null });
	}
	return { blob: new Blob(parts, { type: 'text/csv' }) };
}

/**
 * Nearly every file can be loaded as it is, so the engine starts on it while the scanner reads it too. When the scanner
 * finds something that the engine would read otherwise, that load is dropped and the rewritten file is loaded.
 */
async function scanAndLoad(
	context: LoadContext,
	source: SourceParams,
	text: EngineFile
): Promise<{ scan: SourceScan; loaded: number }> {
	const dropped = new AbortController();
	const signal = AbortSignal.any([context.signal, dropped.signal]);
	const attempt = load({ ...context, signal }, source, text, null).then(
		(loaded) => ({ loaded, error: null }),
		(error: unknown) => ({ loaded: 0, error })
	);
	const scan = await scanSource(text.blob, source, {
		signal: context.signal,
		onTrouble: () => dropped.abort(),
		onBytes: progressOf(context, source.fileName, text.blob.size)
	}).catch(async (error: unknown) => {
		dropped.abort();
		await attempt;
		throw error;
	});
	const { loaded, error } = await attempt;
	context.signal.throwIfAborted();
	if (scan.rewritten !== null) {
		return { scan, loaded: await load(context, source, { blob: scan.rewritten }, gapsOf(scan)) };
	}
	if (error !== null) throw error;
	return { scan, loaded };
}

function progressOf({ onProgress }: LoadContext, fileName: string, size: number): (bytes: number) => void {
	let read = 0;
	return (bytes) => {
		read += bytes;
		onProgress({ what: `Reading ${fileName}`, share: Math.min(1, read / size) });
	};
}

/** Loads a file that holds the readable records only, and answers how many rows there are. */
async function load(
	{ engine, signal }: LoadContext,
	source: SourceParams,
	file: EngineFile,
	gaps: Gaps | null
): Promise<number> {
	const name = `${source.id}.csv`;
	const opened = await engine.openFile(name, file);
	try {
		if (gaps !== null) await insertGaps(engine, source.id, gaps);
		await engine.exec(createTableSql(source, opened, gaps), signal);
		const [count] = await engine.rows<{ loaded: number }>(
			sql`SELECT count(*)::INTEGER AS loaded FROM ${id(...rawTable(source.id))}`,
			signal
		);
		return count?.loaded ?? 0;
	} catch (error) {
		throw asUnreadable(source.fileName, error);
	} finally {
		if (gaps !== null) await engine.exec(sql`DROP TABLE IF EXISTS ${gapsTable(source.id)}`);
		await engine.closeFile(name);
	}
}

/** A query that fails on a file says what is wrong with the file. */
function asUnreadable(fileName: string, error: unknown): unknown {
	const isRefused = error instanceof AppError && error.code === 'engine.query-failed';
	if (!isRefused) return error;
	const message = 'message' in error.details ? error.details.message : error.message;
	// What follows the first empty line are hints about settings that nobody here can change.
	const [reason = message] = message.split('\n\n', 1);
	return new AppError('import.unreadable-file', { fileName, reason }, { cause: error });
}

/** Record numbers that are not in the file that is loaded. */
interface Gaps {
	readonly recordCount: number;
	readonly missing: Int32Array;
}

function gapsOf({ recordCount, unreadable }: SourceScan): Gaps | null {
	if (unreadable.length === 0) return null;
	return { recordCount, missing: Int32Array.from(unreadable, ({ record }) => record) };
}

async function insertGaps(engine: LoadContext['engine'], sourceId: string, { missing }: Gaps): Promise<void> {
	await engine.insert('import', `${sourceId}_gaps`, { record: missing });
}

function gapsTable(sourceId: string): Sql {
	return id('import', `${sourceId}_gaps`);
}

/** Rows come in file order. Where records are missing, the numbers that are left are laid beside them, one by one. */
function createTableSql(source: SourceParams, opened: string, gaps: Gaps | null): Sql {
	const columns = join(
		source.columns.map((_, i) => id(rawColumn(i))),
		', '
	);
	const table = id(...rawTable(source.id));
	const file = readCsvSql(source, opened);
	const row = id('row');
	if (gaps === null) {
		return sql`CREATE OR REPLACE TABLE ${table} AS
SELECT ${columns}, row_number() OVER ()::INTEGER AS ${row}
FROM ${file}`;
	}
	return sql`CREATE OR REPLACE TABLE ${table} AS
SELECT ${columns}, record::INTEGER AS ${row}
FROM ${file} POSITIONAL JOIN (
	SELECT record FROM range(1, ${gaps.recordCount + 1}) AS records(record)
	WHERE record NOT IN (SELECT record FROM ${gapsTable(source.id)})
	ORDER BY record
)`;
}
