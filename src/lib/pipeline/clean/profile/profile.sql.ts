import type { Day } from '#lib/core/days.ts';
import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import { failingColumn } from '../repairs/tables.ts';
import {
	cellText,
	cellValue,
	isBlank,
	isFilled,
	isFuture,
	isImpossible,
	isWrittenMissing,
	looksLike,
	shape,
	trimmed,
	type ReadAs
} from './conditions.sql.ts';
import { QUANTILES, type CheckedRule, type ProfiledColumn, type ProfiledTable } from './schema.ts';

/** Bins of a histogram; fewer where whole numbers span less. */
const BIN_COUNT = 20;
/** Whole numbers that span no more than this have a bin each. */
const MOST_WHOLE_BINS = 40;
/** A largest value so many times the median makes steps of the logarithm. */
const SKEWED = 50;
/** Fewer different numbers have no outliers: two prices are a choice. */
const LEAST_SPREAD = 10;
/** Tukey's fences, those for far-out values, and the limit of Iglewicz and Hoaglin. */
const FENCE = 1.5;
const FAR = 3;
const ROBUST_Z = 3.5;
const NORMAL_MAD = 0.6745;
const TOP_COUNT = 10;
const PATTERN_COUNT = 12;
const SHOWN_CHARACTERS = 200;

/** How one column is looked at. */
export interface ColumnScan {
	readonly table: ProfiledTable;
	readonly column: ProfiledColumn;
	readonly readAs: ReadAs;
	readonly form: 'email' | 'phone' | null;
	readonly today: Day | null;
}

/** One fact about a column: a count, or a bin, top value or shape with its count. */
export interface ProfileFact {
	readonly what: string;
	readonly label: string | null;
	readonly place: number;
	readonly amount: number | null;
}

/** The rows of a table that count: those that no step set aside. */
export function openRows({ table, hasSetAside }: ProfiledTable): Sql {
	return hasSetAside ? sql`(SELECT * FROM ${id(...table)} WHERE set_aside_by IS NULL)` : sql`${id(...table)}`;
}

/** One row: how many rows the table has. */
export function countRows(table: ProfiledTable): Sql {
	return sql`SELECT count(*)::DOUBLE AS rows FROM ${openRows(table)} ORDER BY 1`;
}

/** One row: how many rows fail each rule, `failing<i>`, and of those how many hold a value in column j, `filled<i>of<j>`. */
export function countFailing(
	table: ProfiledTable,
	rules: readonly CheckedRule[],
	columns: readonly ProfiledColumn[]
): Sql {
	const counts = rules.flatMap(({ step, columns: names }, i) => {
		const failing = id(failingColumn(step));
		const filled = columns.flatMap((column, j) => {
			if (!names.includes(column.name)) return [];
			const text = cellText(column);
			const holds = column.stored === 'text' ? isFilled(trimmed(text)) : sql`${text} IS NOT NULL`;
			return [as(sql`count_if(${failing} AND ${holds})::DOUBLE`, `filled${i}of${j}`)];
		});
		return [as(sql`count_if(${failing})::DOUBLE`, `failing${i}`), ...filled];
	});
	return sql`SELECT ${join(counts, ', ')} FROM ${openRows(table)} ORDER BY 1`;
}

/** One row: about how many different texts each column has: `about<i>`. */
export function aboutDistinct(table: ProfiledTable): Sql {
	const counts = table.columns.map((column, i) =>
		as(sql`approx_count_distinct(${cellText(column)})::DOUBLE`, `about${i}`)
	);
	return sql`SELECT ${join(counts, ', ')} FROM ${openRows(table)} ORDER BY 1`;
}

/** One row: for column i, how many cells of every `step`-th row are filled, and read as what: `filled<i>`, `numbers<i>`, … */
export function sampleKinds(table: ProfiledTable, columns: readonly ProfiledColumn[], step: number): Sql {
	const counts = columns.flatMap((column, i) => kindCounts(table, cellText(column), i));
	const sampled = table.rowColumn === null ? sql`true` : sql`${id(table.rowColumn)} % ${step} = 0`;
	return sql`SELECT ${join(counts, ', ')} FROM ${openRows(table)} WHERE ${sampled} ORDER BY 1`;
}

/** The same of the first filled cells of one column, as column 0. */
export function sampleFilled(table: ProfiledTable, column: ProfiledColumn, cells: number): Sql {
	const text = cellText(column);
	const filled = sql`(SELECT ${text} AS t FROM ${openRows(table)} WHERE ${isFilled(trimmed(text))} LIMIT ${cells})`;
	return sql`SELECT ${join(kindCounts(table, sql`t`, 0), ', ')} FROM ${filled} ORDER BY 1`;
}

function kindCounts(table: ProfiledTable, text: Sql, i: number): Sql[] {
	const stored = { stored: 'text' } as const;
	const bare = trimmed(text);
	const count = (condition: Sql, name: string) =>
		as(sql`count_if(${isFilled(bare)} AND ${condition})::DOUBLE`, `${name}${i}`);
	return [
		count(sql`true`, 'filled'),
		count(sql`${cellValue(text, stored, table, 'number')} IS NOT NULL`, 'numbers'),
		count(sql`${cellValue(text, stored, table, 'date')} IS NOT NULL`, 'dates'),
		count(looksLike.email(bare), 'emails'),
		count(looksLike.phone(bare), 'phones')
	];
}

/** Every fact about a column in one go. */
export function columnFacts(scan: ColumnScan): Sql {
	const texts = sql`${cells(scan, null)}, ${marks(scan)}`;
	const facts = [...textFacts(scan), ...(scan.readAs === null ? [] : valueFacts(scan.readAs))];
	const values = scan.readAs === null ? sql`` : sql`, ${valueTables(scan.readAs === 'number')}`;
	return sql`WITH ${texts}${values} ${ordered(facts)}`;
}

/** The facts about texts of one part of very many: all are sums over parts, or best of all parts. */
export function textPart(scan: ColumnScan, part: number, partCount: number): Sql {
	return sql`WITH ${cells(scan, { part, partCount })}, ${marks(scan)} ${ordered(textFacts(scan))}`;
}

/** The facts about values, without a list of the different texts. */
export function valuePart(scan: ColumnScan & { readonly readAs: 'number' | 'date' }): Sql {
	const { table, column, readAs } = scan;
	const value = cellValue(sql`t`, column, table, readAs);
	const filled = column.stored === 'text' ? isFilled(sql`b`) : sql`t IS NOT NULL`;
	const bare = column.stored === 'text' ? trimmed(sql`t`) : sql`t`;
	const rows = sql`(SELECT t, ${bare} AS b FROM (SELECT ${cellText(column)} AS t FROM ${openRows(table)}))`;
	const read = sql`read AS (SELECT 1 AS n, CASE WHEN ${filled} THEN ${value} END AS v FROM ${rows})`;
	return sql`WITH ${read}, ${valueTables(readAs === 'number')} ${ordered(valueFacts(readAs))}`;
}

/** One row: empty cells below the first row of an order whose value stands in another row of that order. */
export function countInherited(table: ProfiledTable, column: ProfiledColumn, order: ProfiledColumn): Sql {
	const [text, orderId] = [trimmed(cellText(column)), trimmed(cellText(order))];
	return sql`
		SELECT coalesce(sum(blank) FILTER (WHERE filled > 0), 0)::DOUBLE AS inherited
		FROM (
			SELECT ${orderId} AS order_id, count_if(${isBlank(text)}) AS blank, count_if(NOT ${isBlank(text)}) AS filled
			FROM ${openRows(table)} WHERE NOT ${isBlank(orderId)} GROUP BY ${orderId}
		) ORDER BY 1`;
}

/**
 * `cells`: the different texts `t`, trimmed `b`, with the number of their rows `n`; of one part, by a hash that spellings
 * share.
 */
function cells({ table, column }: ColumnScan, share: { part: number; partCount: number } | null): Sql {
	const text = cellText(column);
	const own = share
		? sql`WHERE coalesce(hash(lower(${trimmed(text)})) % ${share.partCount}, 0) = ${share.part}`
		: sql``;
	const bare = column.stored === 'text' ? trimmed(sql`t`) : sql`t`;
	const blank = column.stored === 'text' ? isBlank(sql`b`) : sql`t IS NULL`;
	const written = column.stored === 'text' ? isWrittenMissing(sql`b`) : sql`false`;
	return sql`
		texts AS (SELECT ${text} AS t, count(*) AS n FROM ${openRows(table)} ${own} GROUP BY t),
		bared AS MATERIALIZED (SELECT t, n, ${bare} AS b FROM texts),
		cells AS MATERIALIZED (
			SELECT t, b, n, is_blank, is_written, NOT is_blank AND NOT is_written AS is_filled
			FROM (SELECT t, b, n, ${blank} AS is_blank, ${written} AS is_written FROM bared))`;
}

/** `marks`: the counts of texts, as one row. */
function marks(scan: ColumnScan): Sql {
	const { column, readAs, form, today } = scan;
	const [t, b] = [sql`t`, sql`b`];
	const isText = column.stored === 'text';
	const rows = (condition: Sql, name: string) =>
		as(sql`coalesce(sum(n) FILTER (WHERE ${condition}), 0)::DOUBLE`, name);
	const texts = (condition: Sql, name: string) =>
		rows(isText ? sql`is_filled AND ${condition}` : sql`false`, name);
	const digits = sql`regexp_replace(t, ${String.raw`\.0$|\D`}, '', 'g')`;
	const readsWhole = isText && readAs === 'number';
	const unreadable =
		readAs !== null ? sql`v IS NULL` : form !== null ? sql`NOT ${looksLike[form](b)}` : sql`false`;
	const counts = [
		rows(sql`true`, 'rows'),
		rows(sql`is_blank`, 'missing'),
		rows(sql`is_written AND NOT is_blank`, 'written_missing'),
		rows(sql`is_filled`, 'filled'),
		as(sql`count_if(is_filled)::DOUBLE`, 'distinct'),
		rows(sql`is_filled AND ${unreadable}`, 'unreadable'),
		texts(sql`b <> t`, 'blank_ends'),
		texts(sql`contains(b, ' ')`, 'spaced'),
		texts(readAs === null ? looksLike.answer(b) : sql`false`, 'answers'),
		texts(readAs === null ? looksLike.decimalId(b) : sql`false`, 'decimal_ids'),
		texts(readsWhole ? looksLike.whole(b) : sql`false`, 'whole'),
		texts(readsWhole ? sql`length(${digits}) > 1 AND starts_with(${digits}, '0')` : sql`false`, 'zero_led'),
		as(
			readsWhole ? sql`coalesce(max(length(${digits})) FILTER (WHERE is_filled), 0)::DOUBLE` : sql`0::DOUBLE`,
			'longest'
		),
		rows(sql`is_filled AND ${isFuture(sql`v`, readAs, today)}`, 'future'),
		rows(sql`is_filled AND ${isImpossible(sql`v`, column, readAs, today)}`, 'impossible')
	];
	const value = cellValue(t, column, scan.table, readAs);
	return sql`read AS MATERIALIZED (SELECT t, b, n, is_filled, is_blank, is_written, CASE WHEN is_filled THEN ${value} END AS v FROM cells),
		marks AS MATERIALIZED (SELECT ${join(counts, ', ')} FROM read)`;
}

/** Queries whose rows are facts about texts. */
function textFacts({ column, readAs }: ColumnScan): Sql[] {
	const counts = scalars(sql`marks`);
	const top = sql`SELECT 'top' AS what, left(t, ${SHOWN_CHARACTERS}) AS label,
			row_number() OVER (ORDER BY n DESC, t) AS place, n AS amount
		FROM (SELECT t, n FROM cells WHERE is_filled ORDER BY n DESC, t LIMIT ${TOP_COUNT})`;
	if (column.stored !== 'text') return [counts, top];
	const shapes = sql`SELECT 'pattern' AS what, p AS label, row_number() OVER (ORDER BY n DESC, p) AS place, n AS amount
		FROM (SELECT ${shape(sql`t`)} AS p, sum(n) AS n FROM cells WHERE is_filled GROUP BY p ORDER BY n DESC, p LIMIT ${PATTERN_COUNT})`;
	return readAs === null ? [counts, top, shapes, ...spellings()] : [counts, top, shapes];
}

/** Ways to write one text: those beyond the first, and their rows. */
function spellings(): Sql[] {
	const groups = sql`(
		SELECT count(*) - 1 AS more, sum(n) - max(n) AS rows FROM cells WHERE is_filled GROUP BY lower(b) HAVING count(*) > 1)`;
	return [
		sql`SELECT 'case_variants' AS what, NULL AS label, 0 AS place, coalesce(sum(more), 0) AS amount FROM ${groups}`,
		sql`SELECT 'case_variant_rows' AS what, NULL AS label, 0 AS place, coalesce(sum(rows), 0) AS amount FROM ${groups}`
	];
}

/**
 * `summary`: one row of moments and quantiles. A quantile of type 7 lies at h = (N − 1) p between the values in places
 * floor(h) and ceil(h), counted from 0; with counts n, place i has the first value whose running count exceeds i.
 */
function valueTables(isNumber: boolean): Sql {
	const at = (share: number) => {
		const place = sql`(any_value(total) - 1) * ${share}`;
		const [low, high] = [sql`floor(${place})`, sql`ceil(${place})`];
		// An aggregate cannot stand in a filter: the total is repeated in every row.
		const lower = sql`min(v) FILTER (WHERE upto > floor((total - 1) * ${share}))`;
		const upper = sql`min(v) FILTER (WHERE upto > ceil((total - 1) * ${share}))`;
		return sql`(${lower} + (${place} - ${low}) * (CASE WHEN ${high} > ${low} THEN ${upper} - ${lower} ELSE 0 END))::DOUBLE`;
	};
	const quantiles = QUANTILES.map((share, i) => as(at(share), `q${i}`));
	return sql`
		numbers AS MATERIALIZED (
			SELECT v, sum(n)::DOUBLE AS n FROM read WHERE v IS NOT NULL GROUP BY v),
		centre AS MATERIALIZED (SELECT sum(n) AS total, fsum(v * n) / sum(n) AS mean FROM numbers),
		ranked AS MATERIALIZED (SELECT v, n, total, mean, sum(n) OVER (ORDER BY v) AS upto FROM numbers, centre),
		summary AS MATERIALIZED (
			SELECT any_value(total) AS total, any_value(mean) AS mean, min(v) AS min, max(v) AS max, count(*)::DOUBLE AS different,
				fsum(n * (v - mean) ** 2) AS squares, fsum(n * (v - mean) ** 3) AS cubes, bool_and(v = floor(v)) AS is_whole,
				${join(quantiles, ', ')}
			FROM ranked HAVING count(*) > 0)
		${isNumber ? sql`, ${deviations()}` : sql``}, ${binned(isNumber)}`;
}

/** `spread`: the median of the distances from the median. */
function deviations(): Sql {
	return sql`
		distances AS (
			SELECT d, sum(n) OVER (ORDER BY d) AS upto, total
			FROM (SELECT abs(v - q3) AS d, sum(n) AS n, any_value(s.total) AS total FROM numbers, summary s GROUP BY d)),
		spread AS MATERIALIZED (
			SELECT (min(d) FILTER (WHERE upto > floor((total - 1) / 2)) + min(d) FILTER (WHERE upto > ceil((total - 1) / 2))) / 2 AS mad
			FROM distances)`;
}

/** `frame`: where the histogram begins and ends, and its bins. */
function binned(isNumber: boolean): Sql {
	const isLog = isNumber ? sql`min > 0 AND max > q3 * ${SKEWED}` : sql`false`;
	const isUnit = isNumber ? sql`is_whole AND max - min < ${MOST_WHOLE_BINS}` : sql`false`;
	return sql`frame AS MATERIALIZED (
		SELECT min AS low, CASE WHEN ${isUnit} THEN max + 1 ELSE max END AS high, (${isLog}) AND NOT (${isUnit}) AS is_log,
			CASE WHEN ${isUnit} THEN max - min + 1 ELSE ${BIN_COUNT} END AS bins
		FROM summary WHERE max > min)`;
}

/** Queries whose rows are facts about values. */
function valueFacts(readAs: 'number' | 'date'): Sql[] {
	const moments = ['total', 'mean', 'min', 'max', 'different', 'squares', 'cubes'].map((name) =>
		as(sql`${id(name)}::DOUBLE`, `value_${name}`)
	);
	const quantiles = QUANTILES.map((_, i) => as(sql`${id(`q${i}`)}::DOUBLE`, `q${i}`));
	const frame = [
		as(sql`bins::DOUBLE`, 'bins'),
		as(sql`high::DOUBLE`, 'bins_end'),
		as(sql`is_log::DOUBLE`, 'bins_log')
	];
	const place = sql`CASE WHEN is_log THEN (ln(v) - ln(low)) / (ln(high) - ln(low)) ELSE (v - low) / (high - low) END`;
	const bins = sql`SELECT 'bin' AS what, NULL AS label, bin AS place, sum(n) AS amount
		FROM (SELECT n, least(bins - 1, greatest(0, floor(${place} * bins)))::INTEGER AS bin FROM numbers, frame) GROUP BY bin`;
	const whole = as(sql`is_whole::DOUBLE`, 'value_is_whole');
	const facts = [
		scalars(sql`(SELECT ${join([...moments, whole, ...quantiles], ', ')} FROM summary)`),
		scalars(sql`(SELECT ${join(frame, ', ')} FROM frame)`),
		bins
	];
	return readAs === 'number' ? [...facts, outliers()] : facts;
}

/** Outliers; no rows where there can be none. */
function outliers(): Sql {
	const beyond = (times: number) =>
		sql`coalesce(sum(n) FILTER (WHERE v < q2 - ${times} * (q4 - q2) OR v > q4 + ${times} * (q4 - q2)), 0)`;
	const robust = sql`CASE WHEN any_value(mad) > 0 THEN
		coalesce(sum(n) FILTER (WHERE ${NORMAL_MAD} * abs(v - q3) > ${ROBUST_Z} * mad), 0) END`;
	return scalars(sql`(
		SELECT (${beyond(FENCE)})::DOUBLE AS beyond, (${beyond(FAR)})::DOUBLE AS far, (${robust})::DOUBLE AS robust
		FROM numbers, summary s, spread WHERE s.different >= ${LEAST_SPREAD} AND q4 > q2 HAVING count(*) > 0)`);
}

/** A fact for each column of a table of one row, all DOUBLE; what is NULL is none. */
function scalars(from: Sql): Sql {
	return sql`SELECT name AS what, NULL AS label, 0 AS place, value AS amount
		FROM (UNPIVOT ${from} ON COLUMNS(*) INTO NAME name VALUE value)`;
}

function ordered(facts: readonly Sql[]): Sql {
	return sql`SELECT what::VARCHAR AS what, label::VARCHAR AS label, place::INTEGER AS place, amount::DOUBLE AS amount
		FROM (${join(facts, ' UNION ALL ')}) ORDER BY what, place`;
}
