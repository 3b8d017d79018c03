import type { Database } from '#lib/engine/engine.ts';
import { as, id, join, list, sql, type Sql } from '#lib/engine/sql.ts';
import type { NewTable } from '../statement.ts';
import type { RepairChange, RepairInput } from './operation.ts';
import { beforeColumn, changedColumn, failingColumn, stepTable } from './tables.ts';

const TYPES = { VARCHAR: sql`VARCHAR`, DOUBLE: sql`DOUBLE`, BOOLEAN: sql`BOOLEAN` } as const;

/** The table in which a step that looks at other rows is worked out. */
const WORKED_OUT = 'worked_out';

/** The SELECT that makes the state after a step from the state before it, and notes what the step did to each row. */
export function stateSql(input: RepairInput<unknown>, change: RepairChange, setsAside: boolean): Sql {
	const { replace = [], failing } = change;
	const differs = replace.map(
		({ column, value }) => sql`(coalesce(${value}, '') IS DISTINCT FROM s.${column.text})`
	);
	const notes = [
		...replace.map(({ column }, i) =>
			as(
				sql`CASE WHEN ${differs[i] ?? sql`false`} THEN s.${column.text} END`,
				beforeColumn(input.id, column.raw)
			)
		),
		as(differs.length > 0 ? sql`(${join(differs, ' OR ')})` : sql`false`, changedColumn(input.id)),
		as(
			failing ? sql`(coalesce(${failing}, false) AND s.set_aside_by IS NULL)` : sql`false`,
			failingColumn(input.id)
		)
	];
	return selectState(input, change, setsAside, notes);
}

/** The same for a reader: what becomes of the columns, and for a rule which rows fail it. */
export function readableSql(input: RepairInput<unknown>, change: RepairChange, setsAside: boolean): string {
	const failing = change.failing ? [as(change.failing, failingColumn(input.id))] : [];
	return selectState(input, change, setsAside, setsAside ? [] : failing).text;
}

function selectState(
	{ id: repairId, table }: RepairInput<unknown>,
	{ replace = [], add = [], failing, from }: RepairChange,
	setsAside: boolean,
	notes: readonly Sql[]
): Sql {
	const replaced = replace.map(({ column, value }) => as(sql`coalesce(${value}, '')`, column.raw));
	const setAside =
		setsAside && failing
			? [as(sql`coalesce(s.set_aside_by, CASE WHEN ${failing} THEN ${repairId} END)`, 'set_aside_by')]
			: [];
	const kept = [...replaced, ...setAside];
	const columns = [
		kept.length > 0 ? sql`s.* REPLACE (${join(kept, ', ')})` : sql`s.*`,
		...add.map(({ name, type, value }) => as(sql`(${value})::${TYPES[type]}`, name)),
		...notes
	];
	return sql`SELECT ${join(columns, ', ')} FROM ${table} s ${from ?? sql``}`;
}

/** Which columns a step wrote: raw names of those it replaced, names of those it added. */
export interface StepTrace {
	readonly id: string;
	readonly replaced: readonly string[];
	readonly added: readonly string[];
}

/**
 * The state after the first steps of a source, told from the table that all of them made: a text is what the next step
 * to change it found, else what it is at the end.
 */
export function pastState(table: Sql, traces: readonly StepTrace[], count: number): Sql {
	const later = traces.slice(count);
	const left = [
		...traces.flatMap((trace) => trace.replaced.map((raw) => beforeColumn(trace.id, raw))),
		...later.flatMap((trace) => [...trace.added, changedColumn(trace.id), failingColumn(trace.id)])
	];
	const changed = [...new Set(later.flatMap(({ replaced }) => replaced))];
	const texts = changed.map((raw) => {
		const found = later
			.filter(({ replaced }) => replaced.includes(raw))
			.map((trace) => id(beforeColumn(trace.id, raw)));
		return as(sql`coalesce(${join([...found, id(raw)], ', ')})`, raw);
	});
	const laterIds = later.map((trace) => trace.id);
	const setAside =
		later.length > 0
			? [as(sql`CASE WHEN set_aside_by NOT IN ${list(laterIds)} THEN set_aside_by END`, 'set_aside_by')]
			: [];
	const kept = [...texts, ...setAside];
	const without =
		left.length > 0
			? sql` EXCLUDE (${join(
					left.map((name) => id(name)),
					', '
				)})`
			: sql``;
	const replaced = kept.length > 0 ? sql` REPLACE (${join(kept, ', ')})` : sql``;
	return sql`SELECT *${without}${replaced} FROM ${table}`;
}

/** A change that looks at other rows, as a table with a row for each, and the change that reads it from there. */
export function workedOut(
	{ id: repairId, table, source }: RepairInput<unknown>,
	change: RepairChange,
	database: Database
): { readonly table: NewTable; readonly change: RepairChange } {
	const { replace = [], add = [], failing, from } = change;
	const [schema, name] = stepTable(source.id, repairId, WORKED_OUT);
	const columns = [
		as(sql`s.row`, 'row'),
		...replace.map(({ value }, i) => as(value, `v${i}`)),
		...add.map(({ value, type }, i) => as(sql`(${value})::${TYPES[type]}`, `a${i}`)),
		...(failing ? [as(sql`coalesce(${failing}, false)`, 'failing')] : [])
	];
	return {
		table: {
			database,
			table: name,
			content: sql`AS SELECT ${join(columns, ', ')} FROM ${table} s ${from ?? sql``}`
		},
		change: {
			replace: replace.map(({ column }, i) => ({ column, value: sql`w.${id(`v${i}`)}` })),
			add: add.map((column, i) => ({ ...column, value: sql`w.${id(`a${i}`)}` })),
			...(failing ? { failing: sql`w.failing` } : {}),
			from: sql`LEFT JOIN ${id(schema, name)} w ON w.row = s.row`
		}
	};
}

/** One row per step that ran: `id`, `rows_changed`, `rows_failing`, in one scan of the repaired table. */
export function countSteps(table: Sql, repairIds: readonly string[]): Sql {
	const counts = repairIds.flatMap((repairId, i) => [
		as(sql`count_if(${id(changedColumn(repairId))})::INTEGER`, `changed_${i}`),
		as(sql`count_if(${id(failingColumn(repairId))})::INTEGER`, `failing_${i}`)
	]);
	return sql`SELECT ${join(counts, ', ')} FROM ${table} ORDER BY 1`;
}

/** What earlier runs left of steps of a source: `name` and `is_view`. */
export function stepLeftovers(sourceId: string): Sql {
	const prefix = `source_${sourceId}_`;
	return sql`
		SELECT view_name::VARCHAR AS name, true AS is_view FROM duckdb_views()
		WHERE schema_name = 'clean' AND starts_with(view_name, ${prefix})
		UNION ALL
		SELECT table_name::VARCHAR, false FROM duckdb_tables()
		WHERE schema_name = 'clean' AND starts_with(table_name, ${prefix})
		ORDER BY name`;
}
