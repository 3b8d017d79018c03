import { parquetMetadataAsync, parquetScan, type FileMetaData, type ParquetScan } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { AppError } from '#lib/core/errors.ts';
import { throwIfAborted } from '#lib/core/progress.ts';
import { asUnreadable, type Bytes, type NamedBlob } from './bytes.ts';
import { csvField, csvLine, encoded } from './csv-text.ts';
import { bytesBetween, checkRowGroup } from './parquet-check.ts';
import { bytesText, parquetColumns, withoutMeanings, type ParquetColumn } from './parquet-values.ts';
import { DAMAGED, TRUNCATED, UnpackError } from './unpack-error.ts';

/** Values that are held at a time. */
const HELD_VALUES = 2 ** 20;
const MIN_ROWS = 1_024;
/** Rows whose lines are handed on together. */
const LINES = 4_096;
const MAGIC = 'PAR1';

const PARSERS = {
	stringFromBytes: textOrNothing,
	jsonFromBytes: textOrNothing,
	// Only INT96 comes here: other times are read as stored.
	timestampFromNanoseconds: (nanos: bigint) => nanos
};

/**
 * A Parquet file as CSV: dates and times as ISO 8601 (with `Z` where the file says UTC), decimals and whole numbers
 * with all digits, bytes as UTF-8 or else hexadecimal, lists and structures as JSON, nothing for null. Reads one row
 * group at a time, and large groups in parts.
 * @throws `import.unreadable-file`, `import.no-table-inside`
 */
export async function* parquetCsv(
	file: NamedBlob,
	_sheet: string | null,
	signal?: AbortSignal
): AsyncGenerator<Bytes> {
	try {
		yield* encoded(lines(file, signal));
	} catch (error) {
		throw asUnreadable(file.name, inWords(error));
	}
}

async function* lines({ name, blob }: NamedBlob, signal?: AbortSignal): AsyncGenerator<string> {
	await checkEnd(blob);
	const source = {
		byteLength: blob.size,
		slice: (start: number, end: number = blob.size) => bytesBetween(blob, start, end)
	};
	const metadata = await parquetMetadataAsync(source, { geoparquet: false });
	checkMetadata(metadata, blob.size);
	const columns = parquetColumns(metadata);
	if (columns.length === 0) throw new AppError('import.no-table-inside', { fileName: name, entries: [] });
	yield csvLine(columns.map((column) => csvField(column.name)));
	const scan = await parquetScan({
		file: source,
		metadata: withoutMeanings(metadata),
		compressors,
		utf8: false,
		geoparquet: false,
		parsers: PARSERS
	});
	const rowsHeld = Math.max(MIN_ROWS, Math.floor(HELD_VALUES / columns.length));
	// One range is one row group, and those without rows have none.
	const groups = metadata.row_groups.filter((group) => group.num_rows > 0n);
	for (const [i, { rowStart, rowEnd }] of scan.ranges.entries()) {
		const group = groups[i];
		if (group === undefined) throw new UnpackError(DAMAGED);
		throwIfAborted(signal);
		await checkRowGroup(blob, metadata, group);
		for (let from = rowStart; from < rowEnd; from += rowsHeld) {
			throwIfAborted(signal);
			yield* linesOf(scan, columns, from, Math.min(rowEnd, from + rowsHeld));
		}
	}
}

async function* linesOf(
	scan: ParquetScan,
	columns: readonly ParquetColumn[],
	rowStart: number,
	rowEnd: number
): AsyncGenerator<string> {
	const values: ArrayLike<unknown>[] = [];
	for (const { name } of columns) {
		const data = await scan.readColumn({ column: name, rowStart, rowEnd });
		if (data.length !== rowEnd - rowStart) throw new UnpackError(DAMAGED);
		values.push(data);
	}
	for (let from = 0; from < rowEnd - rowStart; from += LINES) {
		const to = Math.min(rowEnd - rowStart, from + LINES);
		let text = '';
		for (let row = from; row < to; row += 1) {
			text += csvLine(columns.map((column, i) => column.field(values[i]?.[row])));
		}
		yield text;
	}
}

async function checkEnd(blob: Blob): Promise<void> {
	const isWhole = (await blob.slice(-MAGIC.length).text()) === MAGIC;
	if (!isWhole) throw new UnpackError(TRUNCATED);
}

/** Row counts that the file itself cannot hold come from damage, and reading on would take forever. */
function checkMetadata(metadata: FileMetaData, sizeBytes: number): void {
	let rows = 0n;
	for (const group of metadata.row_groups) {
		rows += group.num_rows;
		for (const { meta_data: column } of group.columns) {
			const isInside = column !== undefined && column.total_compressed_size <= BigInt(sizeBytes);
			if (!isInside || group.num_rows < 0n) throw new UnpackError(DAMAGED);
		}
	}
	if (rows !== metadata.num_rows) throw new UnpackError(DAMAGED);
	const names = metadata.schema.length > 0 ? parquetColumns(metadata).map(({ name }) => name) : [];
	if (new Set(names).size < names.length) throw new UnpackError('Two of its columns have the same name.');
}

/** A file that is well made, but in a way that is not read here, is not damaged. */
function inWords(error: unknown): unknown {
	const text = error instanceof Error ? error.message : '';
	if (!/unsupported|not supported/i.test(text)) return error;
	return new UnpackError(`It uses a part of Parquet that is not read here (${text}). Export it as CSV.`);
}

function textOrNothing(bytes: Uint8Array | undefined): string | undefined {
	return bytes === undefined ? undefined : bytesText(bytes);
}
