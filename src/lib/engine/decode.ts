import type { Cell, Column, Row } from './engine.ts';

/** A run of values of one column, as an engine stores them. */
export interface ResultChunk {
	readonly length: number;
	/** The stored numbers when the column is DOUBLE or INTEGER and none is missing, else null. */
	readonly numbers: Float64Array | Int32Array | null;
	/** One value; null when it is missing. */
	at(row: number): Cell;
}

/** One column of a result, named and typed as in SQL (`recency_days`, `DOUBLE`). */
export interface ResultColumn {
	readonly name: string;
	readonly type: string;
	readonly chunks: readonly ResultChunk[];
}

/** A result before it is decoded: columns by index, so that no name can hide another. */
export interface Result {
	readonly columns: readonly ResultColumn[];
	readonly rowCount: number;
}

const TYPES = ['DOUBLE', 'INTEGER', 'BOOLEAN', 'VARCHAR'] as const;
type ColumnType = (typeof TYPES)[number];

/**
 * The rows of a result, each an object by camelCase name.
 * Throws a plain Error (a mistake in the query, not of the user) for a column of another type or a name used twice.
 */
export function decodeRows(result: Result): Row[] {
	const names = checkedNames(result);
	const columns = result.columns.map((column) => cells(column.chunks, result.rowCount));
	return Array.from({ length: result.rowCount }, (_, row) =>
		// `fromEntries` defines its properties, so a column named `__proto__` is one like any other.
		Object.fromEntries(names.map((name, c) => [name, columns[c]?.[row] ?? null]))
	);
}

/**
 * The columns of a result by camelCase name. DOUBLE becomes a Float64Array with NaN where a value is missing; INTEGER
 * an Int32Array, or such a Float64Array when a value is missing; BOOLEAN and VARCHAR arrays with null. Every typed
 * array has its own buffer, so it may be transferred to a worker. Throws as `decodeRows` does.
 */
export function decodeColumns(result: Result): Map<string, Column> {
	const names = checkedNames(result);
	return new Map(
		result.columns.map((column, c): [string, Column] => [
			names[c] as string,
			decodeColumn(column, result.rowCount)
		])
	);
}

/** `recency_days` as `recencyDays`; underscores that do not join two words stay. */
export function camelCase(name: string): string {
	return name.replace(/(?<=[A-Za-z0-9])_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function decodeColumn({ type, chunks }: ResultColumn, rowCount: number): Column {
	switch (type as ColumnType) {
		case 'DOUBLE':
			return numbers(new Float64Array(rowCount), chunks);
		case 'INTEGER': {
			const complete = chunks.every((chunk) => chunk.numbers !== null);
			return numbers(complete ? new Int32Array(rowCount) : new Float64Array(rowCount), chunks);
		}
		default:
			return cells(chunks, rowCount) as (string | null)[] | (boolean | null)[];
	}
}

function numbers<Target extends Float64Array | Int32Array>(
	target: Target,
	chunks: readonly ResultChunk[]
): Target {
	let start = 0;
	for (const chunk of chunks) {
		if (chunk.numbers) target.set(chunk.numbers, start);
		else
			for (let row = 0; row < chunk.length; row += 1)
				target[start + row] = (chunk.at(row) as number | null) ?? NaN;
		start += chunk.length;
	}
	return target;
}

function cells(chunks: readonly ResultChunk[], rowCount: number): Cell[] {
	const out = new Array<Cell>(rowCount);
	let start = 0;
	for (const chunk of chunks) {
		for (let row = 0; row < chunk.length; row += 1) out[start + row] = chunk.at(row);
		start += chunk.length;
	}
	return out;
}

function checkedNames({ columns }: Result): string[] {
	const names = columns.map((column) => camelCase(column.name));
	columns.forEach(({ name, type }, c) => {
		if (!(TYPES as readonly string[]).includes(type)) {
			throw new TypeError(`column ${name} is ${type}: cast it to ${TYPES.join(', ')}`);
		}
		if (names.indexOf(names[c] as string) !== c) throw new TypeError(`two columns are named ${names[c]}`);
	});
	return names;
}
