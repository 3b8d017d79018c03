import { AppError } from '#lib/core/errors.ts';
import { throwIfAborted } from '#lib/core/progress.ts';
import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import { rawColumn, rawTable, type SourceParams, type SourceResult } from '#lib/pipeline/import/schema.ts';
import type {
	AnyRepairOperation,
	RepairChange,
	RepairColumn,
	RepairContext,
	RepairInput
} from './operation.ts';
import { repairOperation } from './operations/index.ts';
import type { Repair, RepairResult, RepairSourceResult } from './schema.ts';
import { repairedTable, sourceTable, stateAfter } from './tables.ts';

/** What steps make of the files. */
export interface RepairedSource {
	readonly source: SourceParams;
	readonly result: SourceResult;
}

/** A step with its operation and checked parameters. */
interface CheckedRepair {
	readonly repair: Repair;
	readonly operation: AnyRepairOperation;
	readonly params: unknown;
}

/**
 * Runs the steps of the clean-up on every source, and leaves `clean.source_<id>` for each: a view of the raw table where no
 * step touches it, else a table. The statements depend on nothing but the recipe and the facts that the steps found.
 * @throws `clean.repair-invalid` when a step names an unknown operation or parameters that it cannot take
 */
export async function runRepairs(
	context: RepairContext,
	sources: readonly RepairedSource[],
	repairs: readonly Repair[]
): Promise<RepairResult[]> {
	const checked = repairs.map(checkRepair);
	const results = checked.map(({ repair, operation, params }): RepairResult => ({
		id: repair.id,
		state: repair.on ? 'idle' : 'off',
		missing: [],
		sources: [],
		severity: operation.severity?.(params) ?? null
	}));
	for (const each of sources) await repairSource(context, each, checked, results);
	return results;
}

async function repairSource(
	context: RepairContext,
	{ source, result }: RepairedSource,
	checked: readonly CheckedRepair[],
	results: RepairResult[]
): Promise<void> {
	const { engine, signal, onProgress } = context;
	const columns = loadedColumns(source, result);
	let state = sql`(SELECT *, NULL::VARCHAR AS set_aside_by FROM ${id(...rawTable(source.id))})`;
	let isTouched = false;
	for (const [i, { repair, operation, params }] of checked.entries()) {
		const outcome = results[i];
		if (!outcome || !repair.on || repair.series !== source.series) continue;
		const found = repair.columns.map((name) => columns.find((column) => column.name === name));
		const missing = repair.columns.filter((_, c) => found[c] === undefined);
		if (missing.length > 0) {
			results[i] = { ...outcome, missing: [...outcome.missing, { source: source.id, columns: missing }] };
			continue;
		}
		throwIfAborted(signal);
		onProgress({ what: `${operation.label}: ${source.fileName}`, share: null });
		const input: RepairInput<unknown> = {
			params,
			id: repair.id,
			columns: found.filter((column) => column !== undefined),
			source,
			others: columns,
			table: state
		};
		const done = await runRepair(context, operation, input);
		results[i] = { ...outcome, state: 'done', sources: [...outcome.sources, done] };
		state = id(...stateAfter(source.id, repair.id));
		isTouched = true;
	}
	const target = await engine.place('memory', ...repairedTable(source.id));
	if (isTouched) await engine.exec(sql`CREATE OR REPLACE TABLE ${target} AS SELECT * FROM ${state}`, signal);
	const final = isTouched ? id(...repairedTable(source.id)) : state;
	await engine.exec(
		sql`CREATE OR REPLACE VIEW ${id(...sourceTable(source.id))} AS SELECT * FROM ${final}`,
		signal
	);
}

async function runRepair(
	context: RepairContext,
	operation: AnyRepairOperation,
	input: RepairInput<unknown>
): Promise<RepairSourceResult> {
	const { engine, signal } = context;
	const facts = (await operation.facts?.(context, input)) ?? {};
	const change = operation.change(input, facts);
	const setsAside = operation.severity?.(input.params) === 'set_aside';
	const query = nextState(input, change, setsAside);
	await engine.exec(
		sql`CREATE OR REPLACE VIEW ${id(...stateAfter(input.source.id, input.id))} AS ${query}`,
		signal
	);
	const [counts] = await engine.rows<
		Pick<RepairSourceResult, 'rowsChanged' | 'rowsFailing' | 'rowsSetAside'>
	>(countChanges(input, change, setsAside), signal);
	return {
		source: input.source.id,
		rowsChanged: counts?.rowsChanged ?? 0,
		rowsSetAside: counts?.rowsSetAside ?? 0,
		rowsFailing: counts?.rowsFailing ?? 0,
		words: operation.words?.(input, facts) ?? '',
		added: (change.add ?? []).map(({ name, title, type }) => ({ name, title, type })),
		sql: query.text
	};
}

/** The state after a step. */
function nextState(
	{ id: repairId, table }: RepairInput<unknown>,
	change: RepairChange,
	setsAside: boolean
): Sql {
	const { replace = [], add = [], failing, from } = change;
	const replaced = [
		...replace.map(({ column, value }) => as(sql`coalesce(${value}, '')`, column.raw)),
		...(setsAside && failing
			? [as(sql`coalesce(s.set_aside_by, CASE WHEN ${failing} THEN ${repairId} END)`, 'set_aside_by')]
			: [])
	];
	const kept = replaced.length > 0 ? sql`s.* REPLACE (${join(replaced, ', ')})` : sql`s.*`;
	const added = add.map(({ name, type, value }) => as(sql`(${value})::${TYPES[type]}`, name));
	return sql`SELECT ${join([kept, ...added], ', ')} FROM ${table} s ${from ?? sql``}`;
}

const TYPES = { VARCHAR: sql`VARCHAR`, DOUBLE: sql`DOUBLE`, BOOLEAN: sql`BOOLEAN` } as const;

/** One row: how many rows a step changes, finds failing, and sets aside. */
function countChanges({ table }: RepairInput<unknown>, change: RepairChange, setsAside: boolean): Sql {
	const { replace = [], failing, from } = change;
	const differs = replace.map(
		({ column, value }) => sql`coalesce(${value}, '') IS DISTINCT FROM s.${column.text}`
	);
	return sql`
		SELECT count_if(changed)::INTEGER AS rows_changed,
			count_if(failing AND is_open)::INTEGER AS rows_failing,
			count_if(failing AND is_open AND ${setsAside})::INTEGER AS rows_set_aside
		FROM (
			SELECT ${differs.length > 0 ? join(differs, ' OR ') : sql`false`} AS changed,
				coalesce(${failing ?? sql`false`}, false) AS failing, s.set_aside_by IS NULL AS is_open
			FROM ${table} s ${from ?? sql``}
		) ORDER BY 1`;
}

/** The columns of a source that are in its raw table. */
export function loadedColumns(
	{ columns }: Pick<SourceParams, 'columns'>,
	{ loadedColumns: loaded }: Pick<SourceResult, 'loadedColumns'>
): RepairColumn[] {
	return columns.flatMap((name, i) =>
		loaded === null || loaded.includes(i) ? [{ name, text: id(rawColumn(i)), raw: rawColumn(i) }] : []
	);
}

/** A step with its operation. @throws `clean.repair-invalid` */
export function checkRepair(repair: Repair): CheckedRepair {
	const operation = repairOperation(repair.operation);
	if (operation === undefined) {
		throw new AppError('clean.repair-invalid', {
			step: repair.operation,
			issues: [`unknown operation “${repair.operation}”`]
		});
	}
	const parsed = operation.params.safeParse(repair.params);
	const { least, most } = operation.takes;
	const count = repair.columns.length;
	const issues = [
		...(parsed.success
			? []
			: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)),
		...(count < least || count > most ? [`${count} columns, needed ${least} to ${most}`] : [])
	];
	if (issues.length > 0) throw new AppError('clean.repair-invalid', { step: operation.label, issues });
	return { repair, operation, params: parsed.data };
}
