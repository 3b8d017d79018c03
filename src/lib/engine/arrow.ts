import {
	Field,
	Float64,
	Int32,
	RecordBatch,
	RecordBatchReader,
	Schema,
	Struct,
	Table,
	Utf8,
	Vector,
	makeData,
	tableToIPC,
	type Data
} from 'apache-arrow';
import type { Result, ResultChunk } from './decode.ts';
import type { Cell, NewColumns } from './engine.ts';

/** What DuckDB calls the types of Arrow that may cross; any other keeps Arrow's name and is refused by name later. */
const SQL_TYPES: ReadonlyMap<string, string> = new Map([
	['Float64', 'DOUBLE'],
	['Int32', 'INTEGER'],
	['Bool', 'BOOLEAN'],
	['Utf8', 'VARCHAR']
]);

/** A result from the pieces of an Arrow stream: the schema first, then the batches. */
export function readArrow(pieces: readonly Uint8Array[]): Result {
	const table = new Table(RecordBatchReader.from(pieces));
	const columns = table.schema.fields.map(({ name, type }, c) => ({
		name,
		type: SQL_TYPES.get(String(type)) ?? String(type),
		chunks: table.batches.map((batch) => readChunk(batch.data.children[c] as Data))
	}));
	return { columns, rowCount: table.numRows };
}

/** The Arrow stream of a table: Float64Array as DOUBLE with NaN as NULL, Int32Array as INTEGER, text as VARCHAR. */
export function writeArrow(columns: NewColumns): Uint8Array {
	const children = apart(Object.values(columns)).map(writeColumn);
	const fields = Object.keys(columns).map((name, c) => new Field(name, (children[c] as Data).type, true));
	const schema = new Schema(fields);
	const rows = makeData({ type: new Struct(fields), length: children[0]?.length ?? 0, children });
	return tableToIPC(new Table(schema, [new RecordBatch(schema, rows)]), 'stream');
}

/**
 * Columns that share no memory: where pieces of a stream overlap in one buffer, the writer would put them together and shift all that
 * comes after.
 */
function apart(columns: readonly NewColumns[string][]): NewColumns[string][] {
	const seen = new Set<ArrayBufferLike>();
	return columns.map((column) => {
		if (!(column instanceof Float64Array || column instanceof Int32Array)) return column;
		if (seen.has(column.buffer)) return column.slice();
		seen.add(column.buffer);
		return column;
	});
}

function readChunk(data: Data): ResultChunk {
	const vector = new Vector([data as Data<Float64 | Int32 | Utf8>]);
	return { length: data.length, numbers: completeNumbers(data), at: (row) => vector.get(row) as Cell };
}

function completeNumbers({ values, nullCount, length }: Data): Float64Array | Int32Array | null {
	if (nullCount > 0) return null;
	// Buffers are padded to eight bytes.
	return values instanceof Float64Array || values instanceof Int32Array ? values.subarray(0, length) : null;
}

function writeColumn(column: NewColumns[string]): Data {
	if (column instanceof Float64Array) {
		return makeData({
			type: new Float64(),
			data: column,
			...validity(column.length, (row) => Number.isNaN(column[row]))
		});
	}
	if (column instanceof Int32Array) return makeData({ type: new Int32(), data: column });
	return makeData({
		type: new Utf8(),
		...encode(column),
		...validity(column.length, (row) => column[row] === null)
	});
}

/** Which rows hold a value, one bit each, lowest first. */
function validity(
	length: number,
	isMissing: (row: number) => boolean
): { length: number; nullCount: number; nullBitmap: Uint8Array } {
	const nullBitmap = new Uint8Array(Math.ceil(length / 8));
	let nullCount = 0;
	for (let row = 0; row < length; row += 1) {
		if (isMissing(row)) nullCount += 1;
		else nullBitmap[row >> 3] = (nullBitmap[row >> 3] as number) | (1 << (row & 7));
	}
	return { length, nullCount, nullBitmap };
}

/** Texts as one run of UTF-8 bytes and the offset of each. */
function encode(texts: readonly (string | null)[]): { valueOffsets: Int32Array; data: Uint8Array } {
	const encoder = new TextEncoder();
	// A UTF-16 unit takes at most three bytes of UTF-8.
	const data = new Uint8Array(texts.reduce((units, text) => units + (text?.length ?? 0), 0) * 3);
	const valueOffsets = new Int32Array(texts.length + 1);
	let end = 0;
	texts.forEach((text, row) => {
		if (text !== null) end += encoder.encodeInto(text, data.subarray(end)).written;
		valueOffsets[row + 1] = end;
	});
	return { valueOffsets, data: data.subarray(0, end) };
}
