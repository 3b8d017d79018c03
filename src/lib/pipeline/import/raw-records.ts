import { readUtf8 } from './byte-source.ts';
import {
	CHECKPOINT_RECORDS,
	RecordScanner,
	type OnStretch,
	type RecordIndex,
	type ScanStart,
	type Stretch
} from './records.ts';
import { scanFormat, type ScannedSource } from './scan.ts';
import type { RecordProblem } from './schema.ts';

/** A record as it stands in the file, without its line end. */
export interface RawRecord {
	/** From 1 after the header. */
	readonly record: number;
	/** From 1 at the top of the file. */
	readonly line: number;
	readonly raw: string;
	/** Why it could not be read; null for a readable one. */
	readonly problem: RecordProblem | null;
}

/**
 * All records of a file in order, in batches of some thousands.
 * @throws `import.unreadable-file`, `import.record-too-long`
 */
export async function* streamRecords(
	blob: Blob,
	source: ScannedSource,
	signal?: AbortSignal
): AsyncGenerator<RawRecord[]> {
	let batch: RawRecord[] = [];
	const scanner = new RecordScanner(
		scanFormat(source),
		collect(() => batch),
		{ reportAll: true }
	);
	for await (const chunk of readUtf8({ name: source.fileName, blob }, source.dialect, signal)) {
		scanner.feed(chunk);
		yield batch;
		batch = [];
	}
	scanner.finish();
	yield batch;
}

/**
 * The chosen records of a file, ascending. With the index of the load, only their neighbourhoods are read; a file that
 * is packed, in another encoding or no text is read up to the last of them.
 * @throws `import.unreadable-file`, `import.record-too-long`
 */
export async function readRecords(
	blob: Blob,
	source: ScannedSource,
	recordNumbers: readonly number[],
	index?: RecordIndex,
	signal?: AbortSignal
): Promise<RawRecord[]> {
	const wanted = new Set(recordNumbers);
	const { format, compression, encoding, isDamaged } = source.dialect;
	if (
		index !== undefined &&
		format === 'text' &&
		compression === 'none' &&
		encoding === 'utf-8' &&
		!isDamaged
	) {
		return readBlocks(blob, source, wanted, index, signal);
	}
	const last = Math.max(0, ...wanted);
	const found: RawRecord[] = [];
	for await (const batch of streamRecords(blob, source, signal)) {
		for (const record of batch) if (wanted.has(record.record)) found.push(record);
		if ((batch.at(-1)?.record ?? 0) >= last) break;
	}
	return found;
}

async function readBlocks(
	blob: Blob,
	source: ScannedSource,
	wanted: ReadonlySet<number>,
	index: RecordIndex,
	signal: AbortSignal | undefined
): Promise<RawRecord[]> {
	const blocks = new Set([...wanted].map((record) => Math.floor((record - 1) / CHECKPOINT_RECORDS)));
	const found: RawRecord[] = [];
	for (const block of [...blocks].sort((a, b) => a - b)) {
		const offset = index.offsets[block];
		const line = index.lines[block];
		if (offset === undefined || line === undefined) continue;
		const start = { record: block * CHECKPOINT_RECORDS + 1, line, offset, header: index.header };
		const part = blob.slice(offset, index.offsets[block + 1] ?? blob.size);
		const records = await readBlock(part, source, start, signal);
		found.push(...records.filter(({ record }) => wanted.has(record)));
	}
	return found;
}

async function readBlock(
	part: Blob,
	source: ScannedSource,
	start: ScanStart,
	signal: AbortSignal | undefined
): Promise<RawRecord[]> {
	const records: RawRecord[] = [];
	const scanner = new RecordScanner(
		scanFormat(source),
		collect(() => records),
		{ reportAll: true, start }
	);
	for await (const chunk of readUtf8({ name: source.fileName, blob: part }, source.dialect, signal)) {
		scanner.feed(chunk);
	}
	scanner.finish();
	return records;
}

function collect(records: () => RawRecord[]): OnStretch {
	const decoder = new TextDecoder();
	return ({ kind, record, line, problem, bytes }: Stretch) => {
		if (kind === 'record') records().push({ record, line, problem, raw: decoder.decode(bytes) });
	};
}
