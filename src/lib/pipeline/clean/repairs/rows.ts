import type { Engine } from '#lib/engine/engine.ts';
import { as, id, join, list, sql } from '#lib/engine/sql.ts';
import { rawTable, type SourceParams, type SourceResult } from '#lib/pipeline/import/schema.ts';
import { loadedColumns } from './run.ts';
import type { RepairResult } from './schema.ts';
import { changedColumn, failingColumn, repairedTable, stateAfter } from './tables.ts';

/** One step on one file, after a run. */
export interface StepOnSource {
	readonly repairId: string;
	/** All steps of the run, `CleanResult.repairs`. */
	readonly repairs: readonly RepairResult[];
	readonly source: Pick<SourceParams, 'id' | 'columns'>;
	readonly result: Pick<SourceResult, 'loadedColumns'>;
}

/** A page of rows: how many to pass over, and how many to take. */
export interface RowPage {
	readonly offset: number;
	readonly limit: number;
}

/** A cell that a step changed. */
export interface ChangedCell {
	/** Number of the row in the file, from 1. */
	readonly row: number;
	/** As the file calls it. */
	readonly column: string;
	readonly before: string;
	readonly after: string;
}

/** A row of a file. */
export interface FailingRow {
	/** Number of the row in the file, from 1. */
	readonly row: number;
	/** Texts by the name of the column, as they stood when the rule looked. */
	readonly cells: Readonly<Record<string, string>>;
}

/**
 * The cells that a step changed, in the order of the file, then of the columns. A page counts rows, of which there are
 * `rowsChanged` of the step; each gives a cell or more. Only the named columns are looked at: those of the step.
 */
export async function changedCells(
	engine: Engine,
	step: StepOnSource,
	columns: readonly string[],
	page: RowPage,
	signal?: AbortSignal
): Promise<ChangedCell[]> {
	const { repairId, source, result } = step;
	const looked = loadedColumns(source, result).filter(({ name }) => columns.includes(name));
	const rows = await markedRows(engine, source.id, changedColumn(repairId), page, signal);
	if (looked.length === 0 || rows.length === 0) return [];
	const cells = looked.flatMap(({ text }, i) => [
		as(sql`coalesce(b.${text}, '')::VARCHAR`, `before_${i}`),
		as(sql`coalesce(a.${text}, '')::VARCHAR`, `after_${i}`)
	]);
	const found = await engine.rows<Record<string, string | number>>(
		sql`SELECT a.row::INTEGER AS row, ${join(cells, ', ')}
			FROM ${id(...stateAfter(source.id, repairId))} a JOIN ${id(...tableBefore(step))} b ON b.row = a.row
			WHERE a.row IN ${list(rows)} AND b.row IN ${list(rows)} ORDER BY row`,
		signal
	);
	return found.flatMap((values) =>
		looked.flatMap(({ name }, i) => {
			const [before, after] = [String(values[`before${i}`]), String(values[`after${i}`])];
			return before === after ? [] : [{ row: Number(values['row']), column: name, before, after }];
		})
	);
}

/** The table or view of a source that a step found: what the last step before it on this source left, else the raw table. */
export function tableBefore({
	repairs,
	repairId,
	source
}: Pick<StepOnSource, 'repairs' | 'repairId' | 'source'>): readonly [string, string] {
	const place = repairs.findIndex((repair) => repair.id === repairId);
	const last = repairs
		.slice(0, place)
		.findLast(({ sources }) => sources.some((each) => each.source === source.id));
	return last ? stateAfter(source.id, last.id) : rawTable(source.id);
}

/**
 * The rows that fail a rule, or are flagged, in the order of the file; there are `rowsFailing` of the step. All loaded
 * columns are given, as they stood when the rule looked.
 */
export async function failingRows(
	engine: Engine,
	{ repairId, source, result }: Omit<StepOnSource, 'repairs'>,
	page: RowPage,
	signal?: AbortSignal
): Promise<FailingRow[]> {
	const rows = await markedRows(engine, source.id, failingColumn(repairId), page, signal);
	if (rows.length === 0) return [];
	const columns = loadedColumns(source, result);
	const cells = columns.map(({ text, raw }) => as(sql`coalesce(${text}, '')::VARCHAR`, raw));
	const found = await engine.rows<Record<string, string | number>>(
		sql`SELECT ${join([sql`row::INTEGER AS row`, ...cells], ', ')}
			FROM ${id(...stateAfter(source.id, repairId))} WHERE row IN ${list(rows)} ORDER BY row`,
		signal
	);
	return found.map((values) => ({
		row: Number(values['row']),
		cells: Object.fromEntries(columns.map(({ name, raw }) => [name, String(values[raw])]))
	}));
}

/** A page of the numbers of the rows that a step marked, from the repaired table, where every mark is kept. */
async function markedRows(
	engine: Engine,
	sourceId: string,
	mark: string,
	{ offset, limit }: RowPage,
	signal?: AbortSignal
): Promise<number[]> {
	const found = await engine.rows<{ row: number }>(
		sql`SELECT row::INTEGER AS row FROM ${id(...repairedTable(sourceId))}
			WHERE ${id(mark)} ORDER BY row LIMIT ${limit} OFFSET ${offset}`,
		signal
	);
	return found.map(({ row }) => row);
}
