import { throwIfAborted } from '#lib/core/progress.ts';
import type { Cell } from '#lib/engine/engine.ts';
import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import { rawTable } from '#lib/pipeline/import/schema.ts';
import type { RepairChange, RepairContext, RepairInput } from './operation.ts';
import { refuseProtected } from './protected.ts';
import { checkRepair, loadedColumns, type RepairedSource } from './run.ts';
import type { Repair, RepairSourceResult } from './schema.ts';
import { stateSql } from './state.sql.ts';
import { changedColumn, failingColumn, stateAfter } from './tables.ts';

/** A value of a row as it stands, and as the step would leave it; null: the step adds the column. */
export interface PreviewCell {
	readonly title: string;
	readonly before: string | null;
	readonly after: string;
}

/** A row that a step would change, or that fails its rule. */
export interface PreviewRow {
	/** Record number in the file, from 1 after the header. */
	readonly row: number;
	readonly isFailing: boolean;
	readonly cells: readonly PreviewCell[];
}

/** What a step would do to one file, without doing it. */
export interface RepairPreview {
	/** Rows that no step before sets aside. */
	readonly rows: number;
	readonly counts: Pick<RepairSourceResult, 'rowsChanged' | 'rowsFailing' | 'rowsSetAside'>;
	/** What it found out from the data. */
	readonly words: string;
	/** Why it could do nothing with the file; null when it could. */
	readonly problem: string | null;
	/** Titles of the columns that it would add. */
	readonly added: readonly string[];
	/** In the order of the file. */
	readonly examples: readonly PreviewRow[];
}

/** Stands for the id of a step that is none yet, in names of tables and columns. */
const PREVIEW = 'preview';

/**
 * What a step would do to a file, on the state that the steps before it left; the recipe and the tables of the run stay.
 *
 * @param before id of the last step before it that ran on this file; null: the file as it is
 * @returns null when the file lacks a column, or has not loaded it
 * @throws `clean.repair-invalid`
 */
export async function previewRepair(
	context: RepairContext,
	{ source, result }: RepairedSource,
	before: string | null,
	candidate: Omit<Repair, 'id'>,
	limit: number
): Promise<RepairPreview | null> {
	const { engine, signal } = context;
	const { operation, params } = checkRepair({ ...candidate, id: PREVIEW });
	refuseProtected(operation, candidate.columns, source);
	const others = loadedColumns(source, result);
	const columns = candidate.columns.flatMap((name) => others.find((column) => column.name === name) ?? []);
	if (columns.length < candidate.columns.length) return null;
	const table =
		before === null
			? sql`(SELECT *, NULL::VARCHAR AS set_aside_by FROM ${id(...rawTable(source.id))})`
			: id(...stateAfter(source.id, before));
	const input: RepairInput<unknown> = { params, id: PREVIEW, columns, source, others, table };
	const facts = (await operation.facts?.(context, input)) ?? {};
	throwIfAborted(signal);
	const change = operation.change(input, facts);
	const setsAside = operation.severity?.(params) === 'set_aside';
	const [counts] = await engine.rows<
		Pick<RepairPreview, 'rows'> & Omit<RepairPreview['counts'], 'rowsSetAside'>
	>(countPreview(stateSql(input, change, setsAside)), signal);
	const { rows = 0, rowsChanged = 0, rowsFailing = 0 } = counts ?? {};
	return {
		rows,
		counts: { rowsChanged, rowsFailing, rowsSetAside: setsAside ? rowsFailing : 0 },
		words: operation.words?.(input, facts) ?? '',
		problem: operation.problem?.(input, facts) ?? null,
		added: (change.add ?? []).map(({ title }) => title),
		examples: await examplesOf(context, input, change, limit)
	};
}

/** One row of counts over the state that the step would leave. */
function countPreview(state: Sql): Sql {
	return sql`
		SELECT count_if(set_aside_by IS NULL OR set_aside_by = ${PREVIEW})::INTEGER AS rows,
			count_if(${id(changedColumn(PREVIEW))})::INTEGER AS rows_changed,
			count_if(${id(failingColumn(PREVIEW))})::INTEGER AS rows_failing
		FROM (${state}) ORDER BY 1`;
}

/** The first rows that the step would change or that fail; of a step that only adds columns, the first rows. */
async function examplesOf(
	{ engine, signal }: RepairContext,
	{ columns, table }: RepairInput<unknown>,
	{ replace = [], add = [], failing, from }: RepairChange,
	limit: number
): Promise<PreviewRow[]> {
	const replaced = replace.map(({ column, value }, i) => ({ column, value, name: `v${i}` }));
	const kept = columns.filter((column) => !replaced.some((each) => each.column.raw === column.raw));
	const shown = [
		...replaced,
		...kept.map((column, i) => ({ column, value: sql`s.${column.text}`, name: `k${i}` }))
	];
	const cells = shown.flatMap(({ column, value, name }) => [
		as(sql`s.${column.text}::VARCHAR`, `${name}b`),
		as(sql`coalesce(${value}, '')::VARCHAR`, `${name}a`)
	]);
	const added = add.map(({ value }, i) => as(sql`coalesce((${value})::VARCHAR, '')`, `n${i}`));
	const differs = replaced.map(({ name }) => sql`${id(`${name}a`)} IS DISTINCT FROM ${id(`${name}b`)}`);
	const wanted = [...differs, ...(failing ? [sql`failing AND is_open`] : [])];
	const rows = await engine.rows<Readonly<Record<string, Cell>>>(
		sql`
			SELECT * EXCLUDE (is_open) FROM (
				SELECT ${join(
					[
						sql`s.row::INTEGER AS row`,
						sql`coalesce(${failing ?? sql`false`}, false)::BOOLEAN AS failing`,
						sql`s.set_aside_by IS NULL AS is_open`,
						...cells,
						...added
					],
					', '
				)}
				FROM ${table} s ${from ?? sql``}
			) WHERE ${anyOf(wanted)} ORDER BY row LIMIT ${limit}`,
		signal
	);
	return rows.map((row) => ({
		row: Number(row['row']),
		isFailing: row['failing'] === true,
		cells: [
			...shown.map(({ column, name }) => ({
				title: column.name,
				before: String(row[`${name}b`] ?? ''),
				after: String(row[`${name}a`] ?? '')
			})),
			...add.map(({ title }, i) => ({ title, before: null, after: String(row[`n${i}`] ?? '') }))
		]
	}));
}

function anyOf(conditions: readonly Sql[]): Sql {
	return conditions.length === 0 ? sql`true` : join(conditions, ' OR ');
}
