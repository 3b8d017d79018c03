import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import { rawColumn, rawTable, type Role, type SourceParams } from '#lib/pipeline/import/schema.ts';
import { dateSql, numberSql } from './typing.ts';

export type ColumnKind = 'empty' | 'number' | 'date' | 'text';

/** A column of a raw table with the role it plays. */
export interface ProfiledColumn {
	readonly index: number;
	readonly name: string;
	readonly role: Role | null;
}

/** Bins of a histogram. */
export const BIN_COUNT = 12;

/** The columns that a raw table has. One row per column. */
export function loadedColumns(source: SourceParams): Sql {
	const [schema, table] = rawTable(source.id);
	return sql`
		SELECT column_name::VARCHAR AS name FROM duckdb_columns()
		WHERE schema_name = ${schema} AND table_name = ${table} ORDER BY column_index`;
}

/** How the text of a column reads as a number that can be compared: its value, or seconds since 1970. */
export function valueSql({ index }: ProfiledColumn, kind: 'number' | 'date', { reading }: SourceParams): Sql {
	const text = id(rawColumn(index));
	if (kind === 'number') return sql`${numberSql(text, reading.decimalMark)}::DOUBLE`;
	return sql`epoch(${dateSql(text, reading.dateOrder)})::DOUBLE`;
}

/** One row: for column i, how many values of the first rows are filled, numbers and dates: `filled<i>`, `number<i>`, `date<i>`. */
export function sampleKinds(source: SourceParams, columns: readonly ProfiledColumn[], rows: number): Sql {
	const counts = columns.flatMap((column) => {
		const filled = sql`${id(rawColumn(column.index))} <> ''`;
		return [
			as(sql`count(*) FILTER (WHERE ${filled})::INTEGER`, `filled${column.index}`),
			as(sql`count(${valueSql(column, 'number', source)})::INTEGER`, `number${column.index}`),
			as(sql`count(${valueSql(column, 'date', source)})::INTEGER`, `date${column.index}`)
		];
	});
	return sql`SELECT ${join(counts, ', ')} FROM ${id(...rawTable(source.id))} WHERE row <= ${rows} ORDER BY 1`;
}

/** One row: how many rows and texts there are, about how many different ones, and how many end in `.0`. */
export function countTexts(source: SourceParams, { index }: ProfiledColumn): Sql {
	const text = id(rawColumn(index));
	return sql`
		SELECT count(*)::INTEGER AS rows, count(*) FILTER (WHERE ${text} <> '')::INTEGER AS filled,
			approx_count_distinct(${text}) FILTER (WHERE ${text} <> '')::INTEGER AS about_distinct,
			count(*) FILTER (WHERE ends_with(${text}, '.0'))::INTEGER AS decimal_zeros
		FROM ${id(...rawTable(source.id))} ORDER BY rows`;
}

/** One row: exactly how many different texts there are among those whose hash falls to this pass. */
export function countDifferent(
	source: SourceParams,
	{ index }: ProfiledColumn,
	pass: number,
	passCount: number
): Sql {
	const text = id(rawColumn(index));
	const share = passCount === 1 ? sql`` : sql`AND hash(${text}) % ${passCount} = ${pass}`;
	return sql`
		SELECT count(DISTINCT ${text})::INTEGER AS different
		FROM ${id(...rawTable(source.id))} WHERE ${text} <> '' ${share} ORDER BY different`;
}

/** One row: how many rows hold a text, or belong to an order of which another row does. */
export function countCovered(source: SourceParams, { index }: ProfiledColumn, orderIndex: number): Sql {
	const [text, order] = [id(rawColumn(index)), id(rawColumn(orderIndex))];
	return sql`
		SELECT coalesce(sum(CASE WHEN order_id <> '' AND own > 0 THEN rows ELSE own END), 0)::INTEGER AS covered
		FROM (
			SELECT ${order} AS order_id, count(*) AS rows, count(*) FILTER (WHERE ${text} <> '') AS own
			FROM ${id(...rawTable(source.id))} GROUP BY order_id
		) ORDER BY covered`;
}

/** One row: how many texts are whole numbers without separators, how many of them start with a zero, the most digits. */
export function countDigits(source: SourceParams, { index }: ProfiledColumn): Sql {
	const digits = sql`regexp_extract(${id(rawColumn(index))}, ${WHOLE}, 1)`;
	return sql`
		SELECT count(*) FILTER (WHERE digits <> '')::INTEGER AS whole,
			count(*) FILTER (WHERE length(digits) > 1 AND starts_with(digits, '0'))::INTEGER AS zero_led,
			coalesce(max(length(digits)), 0)::INTEGER AS longest
		FROM (SELECT ${digits} AS digits FROM ${id(...rawTable(source.id))}) ORDER BY whole`;
}

/** A whole number as ids and phones are written: `8490152`, `+4915112345678`, `17850.0`. */
const WHOLE = String.raw`^\s*\+?(\d+)(?:\.0)?\s*$`;

/** One row: how many values can be read, the smallest, the middle and the largest, and the 99 % quantile. */
export function summarizeValues(source: SourceParams, column: ProfiledColumn, kind: 'number' | 'date'): Sql {
	return sql`
		SELECT count(v)::INTEGER AS readable, min(v)::DOUBLE AS min, quantile_cont(v, ${0.5})::DOUBLE AS median,
			max(v)::DOUBLE AS max, quantile_cont(v, ${0.99})::DOUBLE AS q99
		FROM ${valuesOf(source, column, kind)} ORDER BY readable`;
}

/** One row per bin that has values: 0 to 11, from `min` to `max`, in equal steps of the value or of its logarithm. */
export function countBins(
	source: SourceParams,
	column: ProfiledColumn,
	kind: 'number' | 'date',
	{ min, max, log }: { readonly min: number; readonly max: number; readonly log: boolean }
): Sql {
	const place = log
		? sql`(ln(v) - ln(${min})) / (ln(${max}) - ln(${min}))`
		: sql`(v - ${min}) / (${max} - ${min})`;
	return sql`
		SELECT least(${BIN_COUNT - 1}, greatest(0, floor(${place} * ${BIN_COUNT})))::INTEGER AS bin, count(*)::INTEGER AS count
		FROM ${valuesOf(source, column, kind)} WHERE v IS NOT NULL GROUP BY bin ORDER BY bin`;
}

/** The most frequent texts, ties in the order of the bytes. One row per text. */
export function topTexts(source: SourceParams, { index }: ProfiledColumn, limit: number): Sql {
	const text = id(rawColumn(index));
	return sql`
		SELECT left(${text}, 200)::VARCHAR AS value, count(*)::INTEGER AS count
		FROM ${id(...rawTable(source.id))} WHERE ${text} <> ''
		GROUP BY ${text} ORDER BY count(*) DESC, ${text} LIMIT ${limit}`;
}

/** Rows, orders and money of each day that has loaded rows. One row per day; the orders are those placed on it. */
export function daysSql(): Sql {
	return sql`
		WITH lines AS (
			SELECT ordered_at::DATE AS day, count(*) AS rows, sum(amount) AS amount
			FROM clean.rows WHERE reason IS NULL GROUP BY ALL
		),
		placed AS (
			SELECT ordered_at::DATE AS day, count(*) AS orders FROM clean.orders WHERE NOT is_return GROUP BY ALL
		)
		SELECT strftime(lines.day, '%Y-%m-%d')::VARCHAR AS day, rows::INTEGER AS rows,
			coalesce(orders, 0)::INTEGER AS orders, amount::DOUBLE AS amount
		FROM lines LEFT JOIN placed ON placed.day = lines.day ORDER BY lines.day`;
}

function valuesOf(source: SourceParams, column: ProfiledColumn, kind: 'number' | 'date'): Sql {
	return sql`(SELECT ${valueSql(column, kind, source)} AS v FROM ${id(...rawTable(source.id))})`;
}
