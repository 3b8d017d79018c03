import { RecordScanner, type OnStretch, type ScanFormat, type ScanResult, type Stretch } from './records.ts';
import { readUtf8, type NamedBlob } from './byte-source.ts';
import { Rewriter } from './rewriter.ts';
import type { SourceParams, UnreadableRecord } from './schema.ts';

/** Characters of an unreadable record that are kept. */
export const MAX_RAW_CHARACTERS = 2_000;

/** More stretches than this are not cut out one by one: the file is copied in a second pass. */
const MAX_CUTS = 1_000;

/** A source whose text is already UTF-8, one stretch after the other. */
const PLAIN_UTF8 = { compression: 'none', encoding: 'utf-8' } as const;

/** What the scan of a whole source found. */
export interface SourceScan extends ScanResult {
	readonly unreadable: readonly UnreadableRecord[];
	/** The file as the engine can read it, without the unreadable records; null when it can read the one there is. */
	readonly rewritten: Blob | null;
}

/** The part of a source that a scan needs. */
export type ScannedSource = Pick<SourceParams, 'fileName' | 'dialect' | 'columns'>;

/** What the scanner must know of a source. */
export function scanFormat({ fileName, dialect, columns }: ScannedSource): ScanFormat {
	const { delimiter, skipLines, hasHeader } = dialect;
	return { fileName, delimiter, skipLines, hasHeader, columnCount: columns.length };
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
	const unreadable: UnreadableRecord[] = [];
	const cuts: Stretch[] = [];
	let troubles = 0;
	const file = { name: source.fileName, blob: text };
	const scanner = new RecordScanner(scanFormat(source), (stretch) => {
		if (stretch.problem !== null) unreadable.push(unreadableRecord(stretch));
		if (troubles === 0) options.onTrouble();
		troubles += 1;
		if (troubles <= MAX_CUTS) cuts.push({ ...stretch, bytes: stretch.bytes.slice() });
	});
	const result = await feed(scanner, file, options);
	if (troubles === 0) return { ...result, unreadable, rewritten: null };
	const rewriter = new Rewriter(text, source.dialect.delimiter, result.lineEnd);
	const take: OnStretch = (stretch) => rewriter.take(stretch);
	if (troubles <= MAX_CUTS) cuts.forEach(take);
	else await feed(new RecordScanner(scanFormat(source), take, { reportAll: true }), file, options);
	return { ...result, unreadable, rewritten: rewriter.finish() };
}

async function feed(scanner: RecordScanner, file: NamedBlob, options: ScanOptions): Promise<ScanResult> {
	for await (const chunk of readUtf8(file, PLAIN_UTF8, options.signal)) {
		scanner.feed(chunk);
		options.onBytes(chunk.length);
	}
	return scanner.finish();
}

function unreadableRecord({ record, line, problem, fields, bytes }: Stretch): UnreadableRecord {
	// Four bytes are the most that one character takes in UTF-8.
	const head = bytes.subarray(0, 4 * MAX_RAW_CHARACTERS);
	const raw = new TextDecoder().decode(head).slice(0, MAX_RAW_CHARACTERS);
	return { record, line, problem: problem ?? 'too_few_fields', fields, raw };
}
