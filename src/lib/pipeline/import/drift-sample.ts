import { readUtf8, type NamedBlob } from './byte-source.ts';
import { sampleRows } from './sample-rows.ts';
import type { Dialect, FoundSource } from './schema.ts';
import { columnKind, type ValueKind } from './value-kind.ts';

/** A column as two exports of a list are compared by it. */
export interface ColumnSample {
	readonly name: string;
	readonly index: number;
	/** Its texts that are not empty, in file order, without blanks at their ends. */
	readonly texts: readonly string[];
	/** Share of the rows in which it is not empty, 0 … 1; 0 when there are no rows. */
	readonly filled: number;
	readonly kind: ValueKind;
}

/** A source and the top of its rows, column by column in file order. */
export interface TableSample<Source extends FoundSource = FoundSource> {
	readonly source: Source;
	readonly columns: readonly ColumnSample[];
	/** Every record that was read, in file order: those of `columns`, and the others of the same parts. */
	readonly records: readonly (readonly string[])[];
	/** The last records of the file are among them. */
	readonly hasEnd: boolean;
}

/** Bytes that are read of a file in one place, and of one that can be read in one place only. */
const PART_BYTES = 2 ** 16;
const HEAD_BYTES = 2 ** 19;
/** Places, evenly over the file: exports stand in order of time, and their first rows are of one day. */
const PARTS = HEAD_BYTES / PART_BYTES;
/** Rows that are compared: the median of so many moves little from one month to the next. */
const MOST_ROWS = 2000;
/** Texts that tell the kind of a column. */
const KIND_TEXTS = 300;

/**
 * Reads some rows of a file as its source says: from all over a plain text file, from the top of any other.
 * @throws `import.unreadable-file`, `import.sheet-missing`, `import.no-table-inside`, `import.not-text`,
 * `import.record-too-long`
 */
export async function readTableSample<Source extends FoundSource>(
	file: NamedBlob,
	source: Source,
	signal?: AbortSignal
): Promise<TableSample<Source>> {
	const { dialect, columns } = source;
	const compared: (readonly string[])[] = [];
	const records: (readonly string[])[] = [];
	let hasEnd = false;
	const parts = partsOf(file, dialect);
	for (const [i, part] of parts.entries()) {
		const isFirst = i === 0;
		const head = await readHead(part, dialect, signal);
		const rows = sampleRows(head, dialect, isFirst ? dialect : { ...dialect, skipLines: 0 });
		const found = rows
			// A later part starts within a row.
			.slice(isFirst && !dialect.hasHeader ? 0 : 1)
			.filter(({ fields, filled, mark }) => isRecord(fields, filled, mark, source))
			.map(({ fields }) => fields);
		compared.push(...found.slice(0, MOST_ROWS / parts.length));
		for (const record of found) records.push(record);
		hasEnd = head.isWhole;
	}
	return { source, columns: sampleColumns(columns, compared), records, hasEnd };
}

/** Parts of a plain text file, or all of another: only the bytes of plain text can be read from somewhere. */
function partsOf(file: NamedBlob, dialect: Dialect): readonly NamedBlob[] {
	const { format, compression, encoding, endLine } = dialect;
	const isPlain = format === 'text' && compression === 'none' && !encoding.startsWith('utf-16');
	const { size } = file.blob;
	if (!isPlain || endLine !== null || size <= HEAD_BYTES) return [file];
	return Array.from({ length: PARTS }, (_, i) => {
		const start = Math.floor((i * (size - PART_BYTES)) / (PARTS - 1));
		return { name: file.name, blob: file.blob.slice(start, start + PART_BYTES) };
	});
}

function isRecord(
	fields: readonly string[],
	filled: number,
	mark: string,
	{ columns, dialect }: FoundSource
): boolean {
	const isComment = dialect.comment !== '' && mark === dialect.comment;
	return fields.length === columns.length && filled > 0 && !isComment;
}

/** The columns of records, each with its texts. */
export function sampleColumns(
	names: readonly string[],
	records: readonly (readonly string[])[]
): ColumnSample[] {
	return names.map((name, index) => {
		const texts = records.map((record) => (record[index] ?? '').trim()).filter((text) => text !== '');
		const filled = records.length === 0 ? 0 : texts.length / records.length;
		return { name, index, texts, filled, kind: columnKind(texts.slice(0, KIND_TEXTS)) };
	});
}

/** The first different texts of a column. */
export function examplesOf({ texts }: Pick<ColumnSample, 'texts'>, count: number): string[] {
	const found = new Set<string>();
	for (const text of texts) {
		if (found.size === count) break;
		found.add(text);
	}
	return [...found];
}

async function readHead(
	file: NamedBlob,
	dialect: Dialect,
	signal?: AbortSignal
): Promise<{ text: string; isWhole: boolean }> {
	const decoder = new TextDecoder();
	let text = '';
	let bytes = 0;
	for await (const chunk of readUtf8(file, dialect, signal)) {
		const part = chunk.subarray(0, HEAD_BYTES - bytes);
		text += decoder.decode(part, { stream: true });
		bytes += part.length;
		if (bytes === HEAD_BYTES) return { text, isWhole: false };
	}
	return { text: text + decoder.decode(), isWhole: true };
}
