import type { Engine } from '#lib/engine/engine.ts';
import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import { ROLE_WORDS, ROLES, type Role, type SourceParams } from '#lib/pipeline/import/schema.ts';
import { profiles } from '../kinds/profiles.ts';
import { email, text } from '../kinds/values.sql.ts';
import { keyParts, whereIn, type Part } from '../parts.sql.ts';
import { hasRole, moneyKind } from '../source.ts';
import type { CleanStatement } from '../statement.ts';
import { textColumn, texts } from '../texts.sql.ts';
import { numberSql } from '../typing.ts';
import type { Series } from './series.ts';

/** The table of the records that a newest export brought, changed, or no longer has. */
export const CHANGES = id('clean', 'changes');

/** The table in which a part of a series is compared; dropped afterwards. */
export const COMPARED = 'compared';

/** Rows compared at a time: all that is known of a record takes more memory than its key. */
const ROWS_PER_PASS = 1_000_000;

/** What is known of a record in one version, and how each of it is found from rows, or records, of one key. */
interface Shape {
	/** Columns of the query of each source, in this order, after `version` and `key`. */
	readonly rows: (source: SourceParams) => Sql;
	/** `name := aggregate` of a version of a record. `person`, `happened_at` and `amount` are among them. */
	readonly fields: readonly Sql[];
	/** What may change: words for it, and the condition over `before` and `now`. */
	readonly differences: readonly { readonly word: string; readonly differs: Sql }[];
	/** True when only records of the days of the newest export can be missing in it. */
	readonly hasDays: boolean;
}

/** The empty `clean.changes`. */
export function createChanges(): CleanStatement {
	const content = sql`(
			series VARCHAR, change VARCHAR, record_id VARCHAR, customer_id VARCHAR, happened_on DATE,
			amount_before DOUBLE, amount_now DOUBLE, what VARCHAR)`;
	return { database: 'packed', table: 'changes', content };
}

/** The statements that each compare a part of the records of a series in `clean.compared`. */
export async function compareParts(
	engine: Engine,
	series: Series,
	signal: AbortSignal
): Promise<CleanStatement[]> {
	const shape = series.kind === 'orders' ? orderShape(series) : customerShape(series);
	const [found] = await engine.rows<Span>(spanOf(series), signal);
	const span: Span = found ?? { rows: 0, firstDay: null, lastDay: null };
	return keyParts(span.rows, ROWS_PER_PASS, () => id('key')).map((part) => ({
		database: 'memory',
		table: COMPARED,
		content: sql`AS ${compared(series, shape, shape.hasDays ? span : null, part)}`
	}));
}

/** How many records of the compared part were `added`, `changed`, `unchanged` or `vanished`. */
export function countCompared(): Sql {
	return sql`
		SELECT change::VARCHAR AS change, count(*)::INTEGER AS records
		FROM ${id('clean', COMPARED)} GROUP BY change ORDER BY change`;
}

/** Keeps what is not the same. */
export function keepChanges({ id: series }: Series): Sql {
	return sql`INSERT INTO ${CHANGES} SELECT ${series}, * FROM ${id('clean', COMPARED)} WHERE change <> 'unchanged'`;
}

/** Rows of a series, and the first and last day of its newest export. */
interface Span {
	readonly rows: number;
	readonly firstDay: string | null;
	readonly lastDay: string | null;
}

function spanOf({ sources, newest }: Series): Sql {
	const counts = sources.map(
		({ id: source, version }) => sql`
			SELECT count(*) AS rows, min(ordered_at) FILTER (WHERE ${version === newest}) AS first_at,
				max(ordered_at) FILTER (WHERE ${version === newest}) AS last_at
			FROM ${id('import', source)} raw LEFT JOIN clean.rows r ON r.source = ${source} AND r.row = raw.row`
	);
	return sql`
		SELECT sum(rows)::INTEGER AS rows, strftime(min(first_at), '%Y-%m-%d')::VARCHAR AS first_day,
			strftime(max(last_at), '%Y-%m-%d')::VARCHAR AS last_day
		FROM (${join(counts, ' UNION ALL ')}) ORDER BY rows`;
}

/** One row per record: what became of it, and the columns of `clean.changes` after `change`. */
function compared({ sources, newest }: Series, shape: Shape, span: Span | null, part: Part): Sql {
	const rows = sources.map(
		(source) => sql`SELECT * FROM (
			SELECT ${source.version}::INTEGER AS version, rows.* FROM (${shape.rows(source)}) rows
			WHERE ${isOwn(source, sources)}
		)${whereIn(part)}`
	);
	const words = shape.differences.map(({ word, differs }) => sql`CASE WHEN ${differs} THEN ${word} END`);
	const changed = join(
		shape.differences.map(({ differs }) => sql`coalesce(${differs}, false)`),
		' OR '
	);
	const isMissing =
		span === null
			? sql`true`
			: sql`strftime(before.happened_at, '%Y-%m-%d') BETWEEN ${span.firstDay} AND ${span.lastDay}`;
	return sql`
		WITH versions AS (
			SELECT key, version, struct_pack(${join(shape.fields, ', ')}) AS known
			FROM (${join(rows, ' UNION ALL ')}) GROUP BY key, version
		),
		pairs AS (
			SELECT key, arg_max(known, version) FILTER (WHERE version < ${newest}) AS before,
				any_value(known) FILTER (WHERE version = ${newest}) AS now
			FROM versions GROUP BY key
		),
		judged AS (
			SELECT *, CASE WHEN before IS NULL THEN 'added' WHEN now IS NOT NULL AND (${changed}) THEN 'changed'
				WHEN now IS NOT NULL THEN 'unchanged' WHEN ${isMissing} THEN 'vanished' END AS change
			FROM pairs
		)
		SELECT change, coalesce(now.name, before.name) AS record_id, coalesce(now.person, before.person) AS customer_id,
			coalesce(now.happened_at, before.happened_at)::DATE AS happened_on,
			before.amount AS amount_before, now.amount AS amount_now,
			CASE change WHEN 'changed' THEN concat_ws(', ', ${join(words, ', ')}) ELSE '' END AS what
		FROM judged WHERE change IS NOT NULL`;
}

/** Rows that another file of the same version has too are of that file. */
function isOwn({ id: source, version }: SourceParams, sources: readonly SourceParams[]): Sql {
	const twins = sources.filter((other) => other.id !== source && other.version === version);
	if (twins.length === 0) return sql`true`;
	const names = twins.map((twin) => sql`${twin.id}`);
	return sql`row NOT IN (
			SELECT row FROM clean.superseded WHERE source = ${source} AND by_source IN (${join(names, ', ')}))`;
}

function orderShape({ sources }: Series): Shape {
	const hasIds = sources.every(({ mapping }) => mapping.order_id !== undefined);
	const shared = sharedRoles(sources);
	return {
		rows: (source) => (hasIds ? orderRows(source) : numberedRows(source, shared)),
		fields: [
			sql`name := min(name)`,
			sql`person := min(customer_id)`,
			sql`happened_at := min(ordered_at)`,
			sql`amount := round(coalesce(max(total), sum(line)) - coalesce(max(refund), 0), 4)`,
			sql`status := arg_min(status, row)`,
			sql`lines := count(*)`
		],
		differences: [
			{ word: 'amount', differs: sql`before.amount <> now.amount` },
			{ word: 'status', differs: sql`before.status <> now.status` },
			{ word: 'lines', differs: sql`before.lines <> now.lines` },
			{ word: 'customer', differs: sql`before.person IS DISTINCT FROM now.person` },
			{ word: 'date', differs: sql`before.happened_at <> now.happened_at` }
		],
		hasDays: true
	};
}

/** One row per row of an orders file. `total` and `refund` are the order's, `line` is the row's. */
function orderRows(source: SourceParams): Sql {
	const kind = moneyKind(source);
	const number = (role: Role) =>
		hasRole(source, role)
			? sql`${numberSql(id(textColumn(role)), source.reading.decimalMark)}::DOUBLE`
			: sql`NULL::DOUBLE`;
	const price =
		kind === 'unit_price' && hasRole(source, 'quantity')
			? sql`${number('quantity')} * ${number('unit_price')}`
			: number('unit_price');
	const status = hasRole(source, 'status') ? text.read(id(textColumn('status')), source) : sql`NULL::VARCHAR`;
	const columns = [
		sql`r.order_id AS key, r.order_id AS name, r.row, r.customer_id, r.ordered_at`,
		as(number('order_total'), 'total'),
		as(kind === 'amount' ? number('amount') : kind === 'unit_price' ? price : sql`NULL::DOUBLE`, 'line'),
		as(number('refund'), 'refund'),
		as(sql`lower(${status})`, 'status')
	];
	const roles = ['quantity', 'unit_price', 'amount', 'order_total', 'refund', 'status'] as const;
	return sql`
		SELECT ${join(columns, ', ')}
		FROM (${texts(source, roles)}) t JOIN clean.rows r ON r.source = ${source.id} AND r.row = t.row`;
}

/** Rows without order numbers go by what they say: the n-th row that says the same is the same row in every export. */
function numberedRows(source: SourceParams, shared: readonly Role[]): Sql {
	const said = sql`hash(${join(
		shared.map((role) => id(textColumn(role))),
		', '
	)})`;
	const key = sql`
		SELECT row AS n, said || ' ' || row_number() OVER (PARTITION BY said ORDER BY row) AS said
		FROM (SELECT row, ${said} AS said FROM (${texts(source, shared)}))`;
	return sql`SELECT rows.* REPLACE (said AS key) FROM (${orderRows(source)}) rows JOIN (${key}) ON n = rows.row`;
}

function customerShape({ sources }: Series): Shape {
	const shared = sharedRoles(sources);
	// That somebody was seen again is no change of who they are.
	const valued = shared.filter((role) => role !== 'customer' && role !== 'updated_at');
	return {
		rows: (source) => customerRows(source, shared),
		fields: [
			sql`name := min(key)`,
			sql`person := min(customer_id)`,
			sql`happened_at := NULL::TIMESTAMP`,
			sql`amount := NULL::DOUBLE`,
			...valued.map((role) => sql`${id(textColumn(role))} := arg_min(${id(textColumn(role))}, row)`)
		],
		differences: valued.map((role) => ({
			word: ROLE_WORDS[role].label.toLowerCase(),
			differs: sql`before.${id(textColumn(role))} IS DISTINCT FROM now.${id(textColumn(role))}`
		})),
		hasDays: false
	};
}

/** One row per row of a customers file that names somebody, by the first role that does; texts without blanks around them. */
function customerRows(source: SourceParams, shared: readonly Role[]): Sql {
	const named = profiles.people.filter((role) => hasRole(source, role));
	const names = named.map((role) =>
		role === 'email'
			? email.read(id(textColumn(role)), source)
			: sql`nullif(ltrim(lower(trim(${id(textColumn(role))})), ''''), '')`
	);
	const values = shared.map((role) => as(text.read(id(textColumn(role)), source), textColumn(role)));
	const key = as(sql`coalesce(${join([...names, sql`NULL::VARCHAR`], ', ')})`, 'key');
	return sql`
		SELECT own.key, own.row, coalesce(p.customer_id, own.key) AS customer_id, own.* EXCLUDE (key, row)
		FROM (SELECT ${join([key, id('row'), ...values], ', ')} FROM (${texts(source, [...new Set([...named, ...shared])])})) own
		LEFT JOIN clean.profiles p ON p.source = ${source.id} AND p.row = own.row
		WHERE own.key IS NOT NULL`;
}

function sharedRoles(sources: readonly SourceParams[]): Role[] {
	return ROLES.filter((role) => sources.every((source) => hasRole(source, role)));
}
