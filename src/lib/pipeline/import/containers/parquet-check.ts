import type { ColumnChunk, FileMetaData, RowGroup } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { parquetHeader } from 'hyparquet/src/column.js';
import { getMaxDefinitionLevel, getMaxRepetitionLevel, getSchemaPath } from 'hyparquet/src/schema.js';
import { DAMAGED, UnpackError } from './unpack-error.ts';

type PageHeader = ReturnType<typeof parquetHeader>;
type Column = NonNullable<ColumnChunk['meta_data']>;

/** More values than any writer puts into one page. */
const MAX_PAGE_VALUES = 2 ** 24;

/**
 * Checks that a row group holds as many values as it says, and that no run of repeated values is longer than its page.
 * The reader takes such counts as they come, so a damaged one would keep it busy for minutes, and a page that is missing
 * would look like empty cells.
 * @throws `UnpackError`, and what the reader of page headers throws
 */
export async function checkRowGroup(blob: Blob, metadata: FileMetaData, group: RowGroup): Promise<void> {
	for (const { meta_data: column } of group.columns) {
		if (column === undefined) throw new UnpackError(DAMAGED);
		await checkColumn(blob, metadata, column);
	}
}

/**
 * Part of a file, all of it.
 * @throws `UnpackError` when the file does not reach that far
 */
export async function bytesBetween(blob: Blob, start: number, end: number): Promise<ArrayBuffer> {
	if (!(start >= 0 && start <= end && end <= blob.size)) throw new UnpackError(DAMAGED);
	return blob.slice(start, end).arrayBuffer();
}

async function checkColumn(blob: Blob, metadata: FileMetaData, column: Column): Promise<void> {
	const start = Number(column.dictionary_page_offset || column.data_page_offset);
	const buffer = await bytesBetween(blob, start, start + Number(column.total_compressed_size));
	const path = getSchemaPath(metadata.schema, column.path_in_schema);
	const widths = [getMaxRepetitionLevel(path), getMaxDefinitionLevel(path)].map(bitWidth);
	const reader = { view: new DataView(buffer), offset: 0 };
	let left = Number(column.num_values);
	while (left > 0 && reader.offset < buffer.byteLength - 1) {
		const header = parquetHeader(reader);
		const size = header.compressed_page_size;
		if (!(size >= 0 && reader.offset + size <= buffer.byteLength)) throw new UnpackError(DAMAGED);
		const count = valuesIn(header);
		if (header.type !== 'DICTIONARY_PAGE') {
			checkPage(header, new Uint8Array(buffer, reader.offset, size), { column, widths, count });
			left -= count;
		}
		reader.offset += size;
	}
	if (left !== 0) throw new UnpackError(DAMAGED);
}

function valuesIn(header: PageHeader): number {
	const { data_page_header: first, data_page_header_v2: second, dictionary_page_header: words } = header;
	const count = (first ?? second ?? words)?.num_values ?? -1;
	if (!(count >= 0 && count <= MAX_PAGE_VALUES)) throw new UnpackError(DAMAGED);
	return count;
}

interface PageFacts {
	readonly column: Column;
	/** Bits of a repetition level and of a definition level. */
	readonly widths: readonly number[];
	readonly count: number;
}

function checkPage(header: PageHeader, packed: Uint8Array, { column, widths, count }: PageFacts): void {
	const { data_page_header_v2: second, data_page_header: first } = header;
	const size = header.uncompressed_page_size;
	if (!(size >= 0 && BigInt(size) <= column.total_uncompressed_size)) throw new UnpackError(DAMAGED);
	if (second !== undefined) {
		const lengths = [second.repetition_levels_byte_length, second.definition_levels_byte_length];
		let at = 0;
		for (const [i, length] of lengths.entries()) {
			checkLevels(packed.subarray(at, at + length), widths[i] ?? 0, count);
			at += length;
		}
		const isPacked = second.is_compressed !== false;
		const data = unpacked(packed.subarray(at), size - at, isPacked ? column : null);
		checkData(data, second.encoding, count);
	} else if (first !== undefined) {
		let data = unpacked(packed, size, column);
		for (const width of widths) {
			if (width === 0) continue;
			const length = lengthAt(data);
			checkLevels(data.subarray(4, 4 + length), width, count);
			data = data.subarray(4 + length);
		}
		checkData(data, first.encoding, count);
	}
}

function unpacked(packed: Uint8Array, size: number, column: Column | null): Uint8Array {
	if (column === null || column.codec === 'UNCOMPRESSED' || size === 0) return packed;
	const unpack = compressors[column.codec];
	if (unpack === undefined) throw new Error(`unsupported compression codec ${column.codec}`);
	return unpack(packed, size);
}

/** Values that stand as numbers of a dictionary, and truth values, come in runs too. */
function checkData(data: Uint8Array, encoding: string, count: number): void {
	if (encoding.endsWith('_DICTIONARY')) checkRuns(data.subarray(1), data[0] ?? 0, count);
	else if (encoding === 'RLE') checkRuns(data.subarray(4), 1, count);
}

/** Every value of a page has its levels, where the column has levels at all. */
function checkLevels(bytes: Uint8Array, width: number, count: number): void {
	if (width > 0 && checkRuns(bytes, width, count) < count) throw new UnpackError(DAMAGED);
}

/** Walks runs of equal values and of packed ones (Parquet's "RLE / bit-packing hybrid"); answers how many there are. */
function checkRuns(bytes: Uint8Array, width: number, count: number): number {
	let at = 0;
	let seen = 0;
	while (seen < count && at < bytes.length) {
		let header = 0;
		let shift = 0;
		let byte = 0x80;
		for (; byte >= 0x80 && at < bytes.length; at += 1, shift += 7) {
			byte = bytes[at] as number;
			header += (byte & 0x7f) * 2 ** shift;
		}
		const run = Math.floor(header / 2);
		const isPacked = header % 2 === 1;
		if (run > count) throw new UnpackError(DAMAGED);
		seen += isPacked ? 8 * run : run;
		at += isPacked ? run * width : Math.ceil(width / 8);
	}
	return seen;
}

function lengthAt(data: Uint8Array): number {
	return new DataView(data.buffer, data.byteOffset, data.byteLength).getUint32(0, true);
}

function bitWidth(level: number): number {
	return 32 - Math.clz32(level);
}
