import { AppError, notice, type Notice } from '#lib/core/errors.ts';
import { readBytes, type NamedBlob } from './byte-source.ts';
import { uniqueColumnNames } from './columns.ts';
import { detectLayout, type DetectedLayout } from './dialect.ts';
import { detectEncoding } from './encoding.ts';
import { foreignFile, foreignText, isGzip } from './file-kind.ts';
import { proposeMapping } from './propose-mapping.ts';
import { detectPlatform } from './platforms/index.ts';
import { detectReading } from './reading.ts';
import { MAX_RECORD_BYTES } from './records.ts';
import type { ColumnMapping, Dialect, SourceParams } from './schema.ts';
import { isKnownColumnName } from './synonyms.ts';
import { columnKind, type ValueKind } from './value-kind.ts';

/** A column of a file as its sample shows it. */
export interface InspectedColumn {
	readonly name: string;
	readonly index: number;
	/** The first different values that are not empty, at most five. */
	readonly samples: readonly string[];
	readonly kind: ValueKind;
	/** Share of the sampled rows in which it is not empty, 0 … 1. */
	readonly filled: number;
}

/** What a file is found to be before anything is loaded. */
export interface Inspection {
	/** How to read it and what its columns mean, as proposed; the user may change all of it. */
	readonly source: Omit<SourceParams, 'id'>;
	readonly sizeBytes: number;
	readonly columns: readonly InspectedColumn[];
	/** The first 20 records, cut or filled up to the number of columns. */
	readonly sampleRecords: readonly (readonly string[])[];
	readonly notices: readonly Notice[];
}

const SAMPLE_BYTES = 2 ** 17;
const SHOWN_RECORDS = 20;
const SHOWN_SAMPLES = 5;

interface Head {
	readonly bytes: Uint8Array;
	/** The file ends here. */
	readonly isWhole: boolean;
}

/**
 * Looks at a file: what it is, its encoding (checked over the whole file), its layout, its columns, and what they most
 * likely mean.
 * @throws `import.empty`, `import.header-only`, `import.not-text`, `import.record-too-long`, `import.unreadable-file`
 */
export async function inspectFile(file: NamedBlob, signal?: AbortSignal): Promise<Inspection> {
	if (file.blob.size === 0) throw new AppError('import.empty', { fileName: file.name });
	const compression = await detectCompression(file, signal);
	const head = await readHead(file, compression, signal);
	if (head.bytes.length === 0) throw new AppError('import.empty', { fileName: file.name });
	const encoding = await detectEncoding(file, compression, head.bytes, signal);
	const layout = readLayout(file.name, head, encoding.encoding);
	const { delimiter, skipLines, hasHeader } = layout.layout;
	const dialect: Dialect = { compression, ...encoding, delimiter, quote: '"', skipLines, hasHeader };
	return describe(file, dialect, layout);
}

async function detectCompression(file: NamedBlob, signal?: AbortSignal): Promise<Dialect['compression']> {
	const { value } = await readBytes({ ...file, blob: file.blob.slice(0, 4096) }, 'none', signal).next();
	const bytes = value ?? new Uint8Array(0);
	refuse(file.name, foreignFile(bytes));
	return isGzip(bytes) ? 'gzip' : 'none';
}

/** The start of the file: at least one line, unless the file has none. */
async function readHead(
	{ name, blob }: NamedBlob,
	compression: Dialect['compression'],
	signal?: AbortSignal
): Promise<Head> {
	const chunks: Uint8Array<ArrayBuffer>[] = [];
	let length = 0;
	let hasLine = false;
	for await (const chunk of readBytes({ name, blob }, compression, signal)) {
		chunks.push(chunk);
		length += chunk.length;
		hasLine ||= chunk.includes(0x0a) || chunk.includes(0x0d);
		if (hasLine && length > SAMPLE_BYTES)
			return { bytes: (await joined(chunks)).subarray(0, SAMPLE_BYTES), isWhole: false };
		if (!hasLine && length > MAX_RECORD_BYTES) {
			throw new AppError('import.record-too-long', {
				fileName: name,
				line: 1,
				bytes: length,
				limit: MAX_RECORD_BYTES
			});
		}
	}
	return { bytes: await joined(chunks), isWhole: true };
}

async function joined(chunks: readonly Uint8Array<ArrayBuffer>[]): Promise<Uint8Array> {
	return new Uint8Array(await new Blob([...chunks]).arrayBuffer());
}

function readLayout(fileName: string, head: Head, encoding: Dialect['encoding']): DetectedLayout {
	const text = new TextDecoder(encoding).decode(head.bytes, { stream: !head.isWhole });
	refuse(fileName, foreignText(text));
	const layout = detectLayout({ text, isWhole: head.isWhole }, isKnownColumnName);
	if (layout === null) throw new AppError('import.empty', { fileName });
	if (layout.records.length === 0 && head.isWhole) {
		const columns = uniqueColumnNames(layout.header, layout.columnCount).names;
		throw new AppError('import.header-only', { fileName, columns });
	}
	return layout;
}

function refuse(fileName: string, foreign: { found: string; hint: string } | null): void {
	if (foreign !== null) throw new AppError('import.not-text', { fileName, ...foreign });
}

function describe(file: NamedBlob, dialect: Dialect, layout: DetectedLayout): Inspection {
	const { names, renamed } = uniqueColumnNames(layout.header, layout.columnCount);
	const records = layout.records.map((fields) => names.map((_, i) => fields[i] ?? ''));
	const columns = names.map((name, index) => inspectColumn(name, index, records));
	const platform = detectPlatform(columns);
	const mapping = platform?.mapping ?? proposeMapping(columns, records);
	const reading = { ...detectReading(columns, records, mapping), ...platform?.preset.reading };
	return {
		source: {
			fileName: file.name,
			platform: platform?.preset.id ?? null,
			dialect,
			columns: [...names],
			mapping,
			reading
		},
		sizeBytes: file.blob.size,
		columns,
		sampleRecords: records.slice(0, SHOWN_RECORDS),
		notices: noticesOf(file.name, dialect, mapping, layout, renamed)
	};
}

function inspectColumn(
	name: string,
	index: number,
	records: readonly (readonly string[])[]
): InspectedColumn {
	const values = records.map((record) => record[index] ?? '');
	const filled = values.filter((value) => value.trim() !== '');
	return {
		name,
		index,
		samples: [...new Set(filled)].slice(0, SHOWN_SAMPLES),
		kind: columnKind(values),
		filled: values.length === 0 ? 0 : filled.length / values.length
	};
}

function noticesOf(
	fileName: string,
	dialect: Dialect,
	mapping: ColumnMapping,
	layout: DetectedLayout,
	renamed: readonly string[]
): Notice[] {
	const notices: Notice[] = [];
	if (dialect.encoding === 'windows-1252') notices.push(notice('import.windows-1252', { fileName }));
	if (layout.isHeaderGuessed) notices.push(notice('import.header-guessed', { fileName }));
	if (dialect.hasHeader && renamed.length > 0) {
		notices.push(notice('import.renamed-columns', { fileName, columns: renamed }));
	}
	if (mapping.order_id === undefined) notices.push(notice('import.no-order-id', { fileName }));
	const hasAmount =
		mapping.order_total !== undefined || mapping.amount !== undefined || mapping.unit_price !== undefined;
	if (!hasAmount) notices.push(notice('import.no-amount', { fileName }));
	return notices;
}
