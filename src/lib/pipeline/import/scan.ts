import { readUtf8, type NamedBlob } from './byte-source.ts';
import { countNulCells } from './fields.ts';
import {
	isPlainDialect,
	RecordScanner,
	type OnStretch,
	type ScanFormat,
	type ScanResult,
	type Stretch
} from './records.ts';
import { isWritten, Rewriter } from './rewriter.ts';
import type { SourceParams, UnreadableRecord } from './schema.ts';

/** Characters of an unreadable record that are kept. */
export const MAX_RAW_CHARACTERS = 2_000;

/** More stretches than this are not cut out one by one: the file is copied in a second pass. */
const MAX_CUTS = 1_000;

/** A source whose text is already UTF-8, one stretch after the other. */
const PLAIN_UTF8 = {
	format: 'text',
	sheet: null,
	compression: 'none',
	encoding: 'utf-8',
	isDamaged: false
} as const;

/** What the scan of a whole source found. */
export interface SourceScan extends ScanResult {
	readonly unreadable: readonly UnreadableRecord[];
	/** The file as the engine can read it, without the unreadable records; null when it can read the one there is. */
	readonly rewritten: Blob | null;
	/** Cells of readable records that held NUL characters, which the rewritten file does not. */
	readonly nulCells: number;
}

/** The part of a source that a scan needs. */
export type ScannedSource = Pick<SourceParams, 'fileName' | 'dialect' | 'columns'>;

/** What the scanner must know of a source. */
export function scanFormat({ fileName, dialect, columns }: ScannedSource): ScanFormat {
	return { ...dialect, fileName, columnCount: columns.length };
}

export interface ScanOptions {
	readonly signal: AbortSignal;
	/** Called once, as soon as it is known that the file cannot be read as it is. */
	readonly onTrouble: () => void;
	readonly onBytes: (bytes: number) => void;
}

/**
 * Counts the records of a source whose text is UTF-8 and finds those that cannot be read.
 * @throws `import.record-too-long`, `import.unreadable-file`
 */
export async function scanSource(
	text: Blob,
	source: ScannedSource,
	options: ScanOptions
): Promise<SourceScan> {
	const format = scanFormat(source);
	const file = { name: source.fileName, blob: text };
	const found = new Findings(format);
	if (!isPlainDialect(format)) return rewriteAll(file, format, found, options);
	const cuts: Stretch[] = [];
	let troubles = 0;
	const scanner = new RecordScanner(format, (stretch) => {
		found.take(stretch);
		if (troubles === 0) options.onTrouble();
		troubles += 1;
		if (troubles <= MAX_CUTS) cuts.push(keptCopy(stretch, format));
	});
	const result = { ...(await feed(scanner, file, options)), ...found.all() };
	if (troubles === 0) return { ...result, rewritten: null };
	const rewriter = new Rewriter(text, format, result.lineEnd);
	const take: OnStretch = (stretch) => rewriter.take(stretch);
	if (troubles <= MAX_CUTS) cuts.forEach(take);
	else await feed(new RecordScanner(format, take, { reportAll: true }), file, options);
	return { ...result, rewritten: rewriter.finish() };
}

/** One pass for a file of which nothing can be read elsewhere as it stands. */
async function rewriteAll(
	file: NamedBlob,
	format: ScanFormat,
	found: Findings,
	options: ScanOptions
): Promise<SourceScan> {
	options.onTrouble();
	const rewriter = new Rewriter(file.blob, format, null);
	const scanner = new RecordScanner(
		format,
		(stretch) => {
			found.take(stretch);
			rewriter.take(stretch);
		},
		{ reportAll: true }
	);
	const result = await feed(scanner, file, options);
	return { ...result, ...found.all(), rewritten: rewriter.finish() };
}

/** What is told of the stretches that are not plain records. */
class Findings {
	readonly #format: ScanFormat;
	readonly #unreadable: UnreadableRecord[] = [];
	readonly #decoder = new TextDecoder();
	#nulCells = 0;

	constructor(format: ScanFormat) {
		this.#format = format;
	}

	take(stretch: Stretch): void {
		const { kind, problem, odd, bytes } = stretch;
		if (problem !== null) this.#unreadable.push(unreadableRecord({ ...stretch, problem }));
		else if (kind === 'record' && odd && bytes.includes(0)) {
			const { delimiter } = this.#format;
			this.#nulCells += countNulCells(this.#decoder.decode(bytes), delimiter, this.#format);
		}
	}

	all(): Pick<SourceScan, 'unreadable' | 'nulCells'> {
		return { unreadable: this.#unreadable, nulCells: this.#nulCells };
	}
}

/** A stretch that outlives the call, with its bytes if they will be written. */
function keptCopy(stretch: Stretch, format: ScanFormat): Stretch {
	return { ...stretch, bytes: isWritten(stretch, format) ? stretch.bytes.slice() : new Uint8Array(0) };
}

async function feed(scanner: RecordScanner, file: NamedBlob, options: ScanOptions): Promise<ScanResult> {
	for await (const chunk of readUtf8(file, PLAIN_UTF8, options.signal)) {
		scanner.feed(chunk);
		options.onBytes(chunk.length);
	}
	return scanner.finish();
}

function unreadableRecord(stretch: Stretch & Pick<UnreadableRecord, 'problem'>): UnreadableRecord {
	const { record, line, problem, fields, bytes } = stretch;
	// Four bytes are the most that one character takes in UTF-8.
	const head = bytes.subarray(0, 4 * MAX_RAW_CHARACTERS);
	const raw = new TextDecoder().decode(head).slice(0, MAX_RAW_CHARACTERS);
	return { record, line, problem, fields, raw };
}
