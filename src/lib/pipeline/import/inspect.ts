import { AppError } from '#lib/core/errors.ts';
import type { OnProgress } from '#lib/core/progress.ts';
import { readBytes, readUtf8, type NamedBlob } from './byte-source.ts';
import { uniqueColumnNames } from './columns.ts';
import { recogniseFile, type RecognisedFile } from './containers/index.ts';
import { describeTable, type FileFacts, type Inspection } from './describe.ts';
import { detectLayouts, type DetectedLayout } from './dialect.ts';
import { detectEncoding, type Encoding } from './encoding.ts';
import { foreignText } from './file-kind.ts';
import { MAX_FILE_BYTES } from './load.ts';
import { MAX_RECORD_BYTES } from './records.ts';
import { missingRoles } from './roles.ts';
import type { Dialect } from './schema.ts';
import { isKnownColumnName } from './synonyms.ts';

export type { InspectedColumn, Inspection } from './describe.ts';

/** The parts of a dialect that the user may set; all else follows from them. */
export type FixedDialect = Partial<
	Pick<
		Dialect,
		| 'encoding'
		| 'sheet'
		| 'delimiter'
		| 'quote'
		| 'escape'
		| 'comment'
		| 'skipLines'
		| 'endLine'
		| 'hasHeader'
		| 'setAsideTotals'
	>
>;

/** How a file is looked at. */
export interface InspectOptions {
	/** What is known of it, and is not looked for. */
	readonly fixed?: FixedDialect;
	readonly signal?: AbortSignal;
	readonly onProgress?: OnProgress;
}

const SAMPLE_BYTES = 2 ** 17;

interface Head {
	readonly bytes: Uint8Array;
	/** The file ends here. */
	readonly isWhole: boolean;
}

/** The first table of a file, as `inspectTables` finds it. */
export async function inspectFile(file: NamedBlob, options: InspectOptions = {}): Promise<Inspection> {
	const [first] = await inspectTables(file, options);
	if (first === undefined) throw new AppError('import.empty', { fileName: file.name });
	return first;
}

/**
 * Looks at a file: what it is, its encoding (checked over the whole file), its tables, their columns, and what they most
 * likely mean. One inspection per table; a table without rows is left out where another has some.
 * @throws `import.empty`, `import.header-only`, `import.not-text`, `import.too-large`, `import.record-too-long`,
 * `import.sheet-missing`, `import.unreadable-file`
 */
export async function inspectTables(
	file: NamedBlob,
	options: InspectOptions = {}
): Promise<readonly Inspection[]> {
	const { fixed = {}, signal } = options;
	const fileName = file.name;
	const bytes = file.blob.size;
	if (bytes === 0) throw new AppError('import.empty', { fileName });
	if (bytes > MAX_FILE_BYTES)
		throw new AppError('import.too-large', { fileName, bytes, limit: MAX_FILE_BYTES });
	const recognised = await recogniseFile(file, signal);
	const { format, sheets } = recognised;
	if (format !== 'xlsx') return tablesOf(file, recognised, null, options);
	if (fixed.sheet != null) return tablesOf(file, recognised, sheetOf(fileName, sheets, fixed.sheet), options);
	return firstListOf(file, recognised, options);
}

/** The first sheet that is a list of something: cover sheets and totals often stand before it. */
async function firstListOf(
	file: NamedBlob,
	recognised: RecognisedFile,
	options: InspectOptions
): Promise<readonly Inspection[]> {
	const { sheets } = recognised;
	const first = sheetOf(file.name, sheets, null);
	const wanted = sheets.slice(0, MOST_SHEETS_TRIED);
	for (const sheet of wanted) {
		const tables = await tablesOf(file, recognised, sheet, options).catch((error: unknown) => {
			if (error instanceof AppError && EMPTY_CODES.includes(error.code) && sheets.length > 1) return [];
			throw error;
		});
		if (tables.some(isList)) return tables;
	}
	return tablesOf(file, recognised, first, options);
}

/** True for a table with all that its kind needs. */
function isList({ source: { kind, mapping } }: Inspection): boolean {
	return kind !== 'report' && missingRoles(kind, mapping).length === 0;
}

const MOST_SHEETS_TRIED = 8;
const EMPTY_CODES: readonly string[] = ['import.empty', 'import.header-only'];

async function tablesOf(
	file: NamedBlob,
	{ format, compression, sheets }: RecognisedFile,
	sheet: string | null,
	options: InspectOptions
): Promise<readonly Inspection[]> {
	const { fixed = {}, signal } = options;
	const fileName = file.name;
	const encoding = await encodingOf(file, format, compression, options);
	const dialect = { format, compression, sheet, ...encoding };
	const head = await readHead(fileName, readUtf8(file, dialect, signal));
	const layouts = await layoutsOf(fileName, head, format, fixed);
	const facts: FileFacts = {
		hasControls: C1_CONTROL.test(textOf(head)),
		file,
		dialect,
		sheets,
		tableCount: layouts.length
	};
	const tables: Inspection[] = [];
	for (const [index, layout] of layouts.entries()) tables.push(await describeTable(facts, layout, index));
	return tables;
}

function sheetOf(fileName: string, sheets: readonly string[], wanted: string | null): string {
	const sheet = wanted ?? sheets[0];
	if (sheet === undefined || !sheets.includes(sheet)) {
		throw new AppError('import.sheet-missing', { fileName, sheet: sheet ?? '', sheets });
	}
	return sheet;
}

async function encodingOf(
	file: NamedBlob,
	format: Dialect['format'],
	compression: Dialect['compression'],
	{ fixed = {}, signal, onProgress }: InspectOptions
): Promise<Encoding> {
	if (format !== 'text') return { encoding: 'utf-8', byteOrderMark: false, isDamaged: false };
	const head = await readHead(file.name, readBytes(file, compression, signal));
	if (head.bytes.length === 0) throw new AppError('import.empty', { fileName: file.name });
	if (fixed.encoding !== undefined && fixed.encoding !== 'utf-8') {
		return { encoding: fixed.encoding, byteOrderMark: startsWithMark(head.bytes), isDamaged: false };
	}
	let read = 0;
	const found = await detectEncoding(file, compression, head.bytes, signal, (bytes) => {
		read += bytes;
		const share = compression === 'none' ? Math.min(1, read / file.blob.size) : null;
		onProgress?.({ what: `Looking at ${file.name}`, share, bytes: read, totalBytes: file.blob.size });
	});
	// The user says UTF-8: what does not fit shows as damaged.
	return fixed.encoding === undefined || found.encoding === 'utf-8'
		? found
		: { ...found, encoding: 'utf-8', isDamaged: true };
}

function startsWithMark([first, second, third]: Uint8Array): boolean {
	const isUtf8 = first === 0xef && second === 0xbb && third === 0xbf;
	return isUtf8 || (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

/** The start of a file: at least one line, unless there is none. */
async function readHead(fileName: string, chunks: AsyncIterable<Uint8Array<ArrayBuffer>>): Promise<Head> {
	const parts: Uint8Array<ArrayBuffer>[] = [];
	let length = 0;
	let hasLine = false;
	for await (const chunk of chunks) {
		parts.push(chunk);
		length += chunk.length;
		hasLine ||= chunk.includes(0x0a) || chunk.includes(0x0d);
		if (hasLine && length > SAMPLE_BYTES) {
			return { bytes: (await joined(parts)).subarray(0, SAMPLE_BYTES), isWhole: false };
		}
		if (!hasLine && length > MAX_RECORD_BYTES) {
			const limit = MAX_RECORD_BYTES;
			throw new AppError('import.record-too-long', { fileName, line: 1, bytes: length, limit });
		}
	}
	return { bytes: await joined(parts), isWhole: true };
}

async function joined(parts: readonly Uint8Array<ArrayBuffer>[]): Promise<Uint8Array> {
	return new Uint8Array(await new Blob([...parts]).arrayBuffer());
}

async function layoutsOf(
	fileName: string,
	head: Head,
	format: Dialect['format'],
	{ encoding: _encoding, sheet: _sheet, ...fixed }: FixedDialect
): Promise<readonly DetectedLayout[]> {
	const text = textOf(head);
	const foreign = format === 'text' ? foreignText(text) : null;
	if (foreign !== null) throw new AppError('import.not-text', { fileName, ...foreign });
	const known = format === 'text' ? fixed : { ...MADE_CSV, ...fixed };
	const layouts = await detectLayouts({ text, isWhole: head.isWhole }, isKnownColumnName, known);
	const filled = layouts.filter(({ records }) => records.length > 0 || !head.isWhole);
	if (filled.length > 0) return filled;
	const [empty] = layouts;
	if (empty === undefined) throw new AppError('import.empty', { fileName });
	const columns = uniqueColumnNames(empty.header, empty.columnCount).names;
	throw new AppError('import.header-only', { fileName, columns });
}

/** U+0080 to U+009F, in which Windows-1252 has its quotes and dashes. */
const C1_CONTROL = /[\u0080-\u0084\u0086-\u009f]/;

function textOf({ bytes, isWhole }: Head): string {
	return new TextDecoder().decode(bytes, { stream: !isWhole });
}

/** How the CSV is written that is made of a workbook or a Parquet file. */
const MADE_CSV = { delimiter: ',', quote: '"', escape: 'double', comment: '' } as const;
