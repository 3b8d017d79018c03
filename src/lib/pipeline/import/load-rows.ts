import { AppError } from '#lib/core/errors.ts';
import type { EngineFile } from '#lib/engine/engine.ts';
import { id, sql, type Sql } from '#lib/engine/sql.ts';
import type { StepContext } from '../step.ts';
import {
	createRawTable,
	numberedRows,
	rawValues,
	readCsvSql,
	type LinesAbove,
	type LoadedColumns,
	type RowNumbers
} from './raw-table.sql.ts';
import { CHECKPOINT_RECORDS } from './records.ts';
import { loadDialect } from './rewriter.ts';
import { scanSource, type SourceScan } from './scan.ts';
import { rawTable, type SourceParams } from './schema.ts';

/** What loading needs of a step's context. */
export type LoadContext = Pick<StepContext, 'engine' | 'signal' | 'onProgress'>;

/** Bytes of a big file that are loaded at a time: the steps of its progress. */
const PIECE_BYTES = 32 * 2 ** 20;

/** The share of the time that the scan of a file takes, where it is loaded afterwards, and beside the scan. */
const SCAN_SHARE = { after: 0.1, beside: 0.3 };

/**
 * Loads every column of a file into a table as it is. Nearly every file can be loaded so, and the engine starts on it
 * while the scanner reads it too. When the scanner finds something that the engine would read otherwise, that load is
 * dropped and the rewritten file is loaded.
 */
export async function loadBeside(
	context: LoadContext,
	source: SourceParams,
	text: EngineFile
): Promise<SourceScan> {
	const dropped = new AbortController();
	const signal = AbortSignal.any([context.signal, dropped.signal]);
	const attempt = createFrom({ ...context, signal }, source, text, null).then(
		() => null,
		(error: unknown) => error
	);
	const scan = await scanSource(text.blob, source, {
		signal: context.signal,
		onTrouble: () => dropped.abort(),
		onBytes: scanProgress(context, source, text.blob, SCAN_SHARE.beside)
	}).catch(async (error: unknown) => {
		dropped.abort();
		await attempt;
		throw error;
	});
	const failure = await attempt;
	context.signal.throwIfAborted();
	if (scan.rewritten !== null)
		await createFrom(context, source, { blob: scan.rewritten }, readableNumbers(scan));
	else if (failure !== null) throw failure;
	return scan;
}

/**
 * Loads the given columns of a file into a compressed table, piece by piece, after the scan that tells where records
 * start.
 */
export async function loadInPieces(
	context: LoadContext,
	source: SourceParams,
	text: Blob,
	columns: readonly number[],
	pieceBytes = PIECE_BYTES
): Promise<SourceScan> {
	const { engine, signal, onProgress } = context;
	const scan = await scanSource(text, source, {
		signal,
		onTrouble: () => undefined,
		onBytes: scanProgress(context, source, text, SCAN_SHARE.after)
	});
	const clean = await cleanText(context, source, text, scan);
	const target = await engine.place('packed', ...rawTable(source.id));
	await engine.exec(createRawTable(target, columns), signal);
	// The reader takes the first line end it sees for that of the file: a line above the records, without quotes, tells it.
	const header = source.columns.map(() => '-').join(loadDialect(source.dialect).delimiter) + clean.lineEnd;
	const above = { hasHeader: true, skipLines: 0 };
	for (const piece of piecesOf(clean, pieceBytes)) {
		const file = { blob: new Blob([header, clean.blob.slice(piece.from, piece.to)]) };
		const numbers = clean.numbers?.slice(piece.firstRow, piece.lastRow) ?? piece.firstRow + 1;
		const reading = { above, columns, numbers };
		await withRows(context, source, file, reading, (rows) => sql`INSERT INTO ${target} ${rows}`);
		const share = SCAN_SHARE.after + (1 - SCAN_SHARE.after) * (piece.to / clean.blob.size);
		onProgress({ ...shareOf(`Loading ${source.fileName}`, text, share), rows: piece.lastRow });
	}
	return scan;
}

function scanProgress(
	{ onProgress }: LoadContext,
	{ fileName }: SourceParams,
	text: Blob,
	shareAtEnd: number
): (bytes: number) => void {
	let read = 0;
	return (bytes) => {
		read += bytes;
		onProgress(shareOf(`Reading ${fileName}`, text, shareAtEnd * Math.min(1, read / text.size)));
	};
}

/** Bytes stand for work: those of a file that has been scanned and not loaded count for a part. */
function shareOf(what: string, { size }: Blob, share: number) {
	return { what, share, bytes: Math.round(share * size), totalBytes: size };
}

/** A text that the engine reads as the scanner does, and where its records start. */
interface CleanText extends Pick<SourceScan, 'index' | 'lineEnd' | 'recordCount'> {
	readonly blob: Blob;
	/** The number that each record has in the file; null when none is missing. */
	readonly numbers: Int32Array | null;
}

async function cleanText(
	{ signal }: LoadContext,
	source: SourceParams,
	text: Blob,
	scan: SourceScan
): Promise<CleanText> {
	if (scan.rewritten === null) return { ...scan, blob: text, numbers: null };
	const { dialect } = source;
	const plain = { escape: 'double', comment: '', endLine: null, setAsideTotals: false } as const;
	const again = await scanSource(
		scan.rewritten,
		{ ...source, dialect: { ...dialect, ...loadDialect(dialect), ...plain } },
		{ signal, onTrouble: () => undefined, onBytes: () => undefined }
	);
	return { ...again, blob: scan.rewritten, numbers: readableNumbers(scan) };
}

/** The numbers of the records that could be read; null when all could. */
function readableNumbers({ recordCount, unreadable }: SourceScan): Int32Array | null {
	if (unreadable.length === 0) return null;
	const numbers = new Int32Array(recordCount - unreadable.length);
	const missing = new Set(unreadable.map(({ record }) => record));
	let at = 0;
	for (let record = 1; record <= recordCount; record += 1) {
		if (!missing.has(record)) numbers[at++] = record;
	}
	return numbers;
}

/** A stretch of whole records, and which they are, from 0. */
interface Piece {
	readonly from: number;
	readonly to: number;
	readonly firstRow: number;
	readonly lastRow: number;
}

function* piecesOf({ blob, index, recordCount }: CleanText, pieceBytes: number): Generator<Piece> {
	let from = index.offsets[0] ?? 0;
	let firstBlock = 0;
	for (let block = 1; block <= index.offsets.length; block += 1) {
		const to = index.offsets[block] ?? blob.size;
		if (to < blob.size && to - from < pieceBytes) continue;
		const lastRow = Math.min(block * CHECKPOINT_RECORDS, recordCount);
		yield { from, to, firstRow: firstBlock * CHECKPOINT_RECORDS, lastRow };
		from = to;
		firstBlock = block;
	}
}

/** Makes the raw table of every column of a file, which is read whole. */
async function createFrom(
	context: LoadContext,
	source: SourceParams,
	file: EngineFile,
	numbers: Int32Array | null
): Promise<void> {
	const target = await context.engine.place('memory', ...rawTable(source.id));
	const reading = { above: source.dialect, columns: null, numbers: numbers ?? 1 };
	await withRows(context, source, file, reading, (rows) => sql`CREATE TABLE ${target} AS ${rows}`);
}

interface FileReading {
	readonly above: LinesAbove;
	readonly columns: LoadedColumns;
	/** The number of each record, or of the first where they follow one another. */
	readonly numbers: Int32Array | number;
}

/** Runs a statement over the rows of a file that holds readable records only. */
async function withRows(
	{ engine, signal }: LoadContext,
	source: SourceParams,
	file: EngineFile,
	{ above, columns, numbers }: FileReading,
	statement: (rows: Sql) => Sql
): Promise<void> {
	const name = `${source.id}.csv`;
	const numbersName = `${source.id}_numbers`;
	const opened = await engine.openFile(name, file);
	try {
		let rowNumbers: RowNumbers = { first: 1 };
		if (typeof numbers === 'number') rowNumbers = { first: numbers };
		else {
			await engine.insert('import', numbersName, { record: numbers });
			rowNumbers = { table: id('import', numbersName) };
		}
		const rows = numberedRows(rawValues(source, columns), readCsvSql(source, opened, above), rowNumbers);
		await engine.exec(statement(rows), signal);
	} catch (error) {
		throw asUnreadable(source.fileName, error);
	} finally {
		if (typeof numbers !== 'number') await engine.place('memory', 'import', numbersName);
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
