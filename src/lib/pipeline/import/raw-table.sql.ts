import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import { MAX_RECORD_BYTES } from './records.ts';
import { loadDialect } from './rewriter.ts';
import { rawColumn, type Dialect, type SourceParams } from './schema.ts';
import { withheldSql } from './withhold.ts';

/** No cell holds this, so every empty cell stays an empty text. */
const NULL_TOKEN = '\u0001null\u0001';

/** What rows are numbered by: the number of the first, or a table of numbers (`record` INTEGER), one for each row. */
export type RowNumbers = { readonly first: number } | { readonly table: Sql };

/** The columns of a raw table: all (null), or those of a big file, by index. */
export type LoadedColumns = readonly number[] | null;

/** How the lines above the records are read. */
export type LinesAbove = Pick<Dialect, 'hasHeader' | 'skipLines'>;

/** The `read_csv` call for the UTF-8 CSV of a source, as it is loaded and as an exported script shows it. */
export function readCsvSql(
	source: Pick<SourceParams, 'dialect' | 'columns'>,
	fileName: string,
	{ hasHeader, skipLines }: LinesAbove = source.dialect
): Sql {
	const { delimiter, quote } = loadDialect(source.dialect);
	const types = join(
		source.columns.map((_, i) => sql`${rawColumn(i)}: 'VARCHAR'`),
		', '
	);
	return sql`read_csv(${fileName}, auto_detect = false, header = ${hasHeader}, skip = ${skipLines},
	delim = ${delimiter}, quote = ${quote}, escape = ${quote},
	columns = {${types}}, nullstr = ${NULL_TOKEN}, null_padding = false, strict_mode = true, parallel = false,
	max_line_size = ${MAX_RECORD_BYTES + 2}, buffer_size = ${2 * MAX_RECORD_BYTES + 4})`;
}

/** The columns of a raw table, withheld ones without their content; for a part of them with `row_hash` over all. */
export function rawValues(source: SourceParams, loaded: LoadedColumns): Sql {
	const values = source.columns.map((name, i) => {
		const withheld = source.withheld.find(({ column }) => column === name);
		const text = id(rawColumn(i));
		return withheld === undefined ? text : withheldSql(text, withheld);
	});
	if (loaded === null) return columnList(values.map((value, i) => as(value, rawColumn(i))));
	const kept = loaded.flatMap((i) => {
		const value = values[i];
		return value === undefined ? [] : [as(value, rawColumn(i))];
	});
	return columnList([...kept, as(sql`hash(${join(values, ', ')})`, 'row_hash')]);
}

/** An empty raw table. */
export function createRawTable(target: Sql, loaded: readonly number[]): Sql {
	const columns = loaded.map((i) => sql`${id(rawColumn(i))} VARCHAR`);
	return sql`CREATE TABLE ${target} (${columnList([...columns, sql`row_hash UBIGINT`, sql`${id('row')} INTEGER`])})`;
}

/**
 * The rows of a file, which come in its order: the values, and `row`, the number of the record. There are as many as both
 * the file and the table of numbers have.
 */
export function numberedRows(values: Sql, file: Sql, numbers: RowNumbers): Sql {
	const row = id('row');
	return 'table' in numbers
		? sql`SELECT ${values}, record AS ${row}
FROM (SELECT *, true AS is_there FROM ${file}) POSITIONAL JOIN ${numbers.table}
WHERE is_there AND record IS NOT NULL`
		: sql`SELECT ${values}, (row_number() OVER () + ${numbers.first - 1})::INTEGER AS ${row}
FROM ${file}`;
}

function columnList(columns: readonly Sql[]): Sql {
	return join(columns, ', ');
}
