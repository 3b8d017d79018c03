import { AppError } from '#lib/core/errors.ts';
import type { Engine, EngineFile } from '#lib/engine/engine.ts';
import { id, sql } from '#lib/engine/sql.ts';
import { readUtf8 } from './byte-source.ts';
import { joinedBlob } from './joined-blob.ts';
import { loadBeside, loadInPieces, type LoadContext } from './load-rows.ts';
import type { LoadedColumns } from './raw-table.sql.ts';
import type { RecordIndex } from './records.ts';
import type { SourceScan } from './scan.ts';
import { rawTable, type SourceParams, type SourceResult } from './schema.ts';

export type { LoadContext } from './load-rows.ts';
export { readCsvSql } from './raw-table.sql.ts';

/** A source whose rows are in its raw table. */
export interface LoadedSource {
	readonly result: SourceResult;
	/** The UTF-8 CSV that the engine read, where it had to be made from the file; null when it read the file itself. */
	readonly prepared: Blob | null;
	/** Where the records are in the file, for `readRecords`. */
	readonly index: RecordIndex;
	/** Size of the UTF-8 text, unpacked. */
	readonly textBytes: number;
}

/**
 * A larger file is refused before it is read. At 80 bytes a row, this is fifty million rows, four times what the engine's
 * memory was measured to hold; wide files of which few columns have a role come near it.
 */
export const MAX_FILE_BYTES = 4 * 2 ** 30;

/**
 * Text of this many bytes, over all sources, is kept as it is, every column of it. Uncompressed tables take about three
 * times as much memory as their text, of the 800 to 2,400 MB that the engine has in a browser.
 */
export const PLAIN_BYTES = 200_000_000;

/** How a source is loaded; what is left out is as in the app. */
export interface LoadOptions {
	/** Text up to this size is kept as it is: what others left of `PLAIN_BYTES`. */
	readonly plainBytes?: number;
	/** Text of a big file is loaded in pieces of this size. */
	readonly pieceBytes?: number;
	/** Columns that a big file needs besides those with a role, by name. */
	readonly furtherColumns?: readonly string[];
}

/**
 * Loads a file into its raw table: `c0 … cN` as text and `row`, the number of the record in the file. The scanner
 * counts the records beside the engine; both must come to the same number. Records that cannot be read are left out
 * of the table and listed in the result. A big file is loaded piece by piece into a compressed table of the columns that
 * have a role or are asked for, and `row_hash` (see `SourceResult`). When it fails or is stopped, no table is left.
 * @throws `import.too-large`, `import.record-too-long`, `import.unreadable-file`, `import.count-mismatch`
 */
export async function loadSource(
	context: LoadContext,
	source: SourceParams,
	file: EngineFile,
	{ plainBytes = PLAIN_BYTES, pieceBytes, furtherColumns = [] }: LoadOptions = {}
): Promise<LoadedSource> {
	const { engine } = context;
	const { fileName } = source;
	refuseTooLarge(fileName, file.blob);
	const text = await utf8File(context, source, file);
	const isBig = text.blob.size > plainBytes;
	try {
		const columns = isBig ? neededColumns(source, furtherColumns) : null;
		const scan = columns
			? await loadInPieces(context, source, text.blob, columns, pieceBytes)
			: await loadBeside(context, source, text);
		await requireCount(engine, source, scan);
		context.onProgress({
			what: `Loaded ${fileName}`,
			share: 1,
			rows: scan.recordCount - scan.unreadable.length,
			bytes: text.blob.size,
			totalBytes: text.blob.size
		});
		return loadedSource(source, file, text, columns, scan);
	} catch (error) {
		// What could not be loaded whole belongs to no result. Where the engine is gone, so is the table.
		await Promise.allSettled([engine.place('memory', ...rawTable(source.id))]);
		throw error;
	}
}

/**
 * Indices of the columns that a big file must have in its raw table, ascending: those with a role, and those that are
 * named besides.
 */
export function neededColumns(
	{ columns, mapping }: Pick<SourceParams, 'columns' | 'mapping'>,
	further: readonly string[]
): number[] {
	const named = new Set([...Object.values(mapping), ...further]);
	return columns.flatMap((name, i) => (named.has(name) ? [i] : []));
}

function refuseTooLarge(fileName: string, { size: bytes }: Blob): void {
	const limit = MAX_FILE_BYTES;
	if (bytes > limit) throw new AppError('import.too-large', { fileName, bytes, limit });
}

/** The file as UTF-8 text: the file itself where it is that already. */
async function utf8File(context: LoadContext, source: SourceParams, file: EngineFile): Promise<EngineFile> {
	const { dialect, fileName } = source;
	const isText = dialect.format === 'text' && dialect.compression === 'none';
	if (isText && dialect.encoding === 'utf-8' && !dialect.isDamaged) return file;
	const chunks = readUtf8({ name: fileName, blob: file.blob }, dialect, context.signal);
	const blob = await joinedBlob(chunks, (bytes) =>
		context.onProgress({ what: `Unpacking ${fileName}`, share: null, bytes })
	);
	return { blob };
}

async function requireCount(
	engine: Engine,
	{ id: sourceId, fileName }: SourceParams,
	scan: SourceScan
): Promise<void> {
	const [row] = await engine.rows<{ loaded: number }>(
		sql`SELECT count(*)::INTEGER AS loaded FROM ${id(...rawTable(sourceId))} ORDER BY loaded`
	);
	const counted = scan.recordCount - scan.unreadable.length;
	const loaded = row?.loaded ?? 0;
	if (loaded !== counted) throw new AppError('import.count-mismatch', { fileName, counted, loaded });
}

function loadedSource(
	{ id: sourceId, fileName }: SourceParams,
	file: EngineFile,
	text: EngineFile,
	columns: LoadedColumns,
	scan: SourceScan
): LoadedSource {
	return {
		result: {
			id: sourceId,
			fileName,
			sizeBytes: file.blob.size,
			rowsRead: scan.recordCount,
			unreadable: [...scan.unreadable],
			nulCells: scan.nulCells,
			loadedColumns: columns && [...columns]
		},
		prepared: scan.rewritten ?? (text === file ? null : text.blob),
		index: scan.index,
		textBytes: text.blob.size
	};
}
