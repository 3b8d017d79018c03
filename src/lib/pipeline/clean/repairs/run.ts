import { AppError } from '#lib/core/errors.ts';
import { throwIfAborted } from '#lib/core/progress.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { id, sql } from '#lib/engine/sql.ts';
import { rawColumn, type SourceParams, type SourceResult } from '#lib/pipeline/import/schema.ts';
import { keyMacros } from '../identity/keys.sql.ts';
import { BROWSER_SIZES, workspaceFor, type CleanSizes, type Workspace } from '../parts.sql.ts';
import { readingMacros } from '../typing.ts';
import type { AnyRepairOperation, RepairColumn, RepairContext, RepairInput } from './operation.ts';
import { repairOperation } from './operations/index.ts';
import { refuseProtected } from './protected.ts';
import type { Repair, RepairResult, RepairSourceResult } from './schema.ts';
import { countSteps, readableSql, stepLeftovers } from './state.sql.ts';
import { SourceStates, STATE } from './states.ts';
import { repairedTable, sourceTable, stateAfter, stepTable } from './tables.ts';

/** What steps make of the files. */
export interface RepairedSource {
	readonly source: SourceParams;
	readonly result: SourceResult;
}

/** A step with its operation and checked parameters. */
export interface CheckedRepair {
	readonly repair: Repair;
	readonly operation: AnyRepairOperation;
	readonly params: unknown;
}

/** What became of a step on one file: `done` but for its counts, or left for want of columns. */
interface Outcome {
	readonly step: CheckedRepair;
	readonly source: string;
	readonly missing: readonly string[];
	readonly done: Pick<RepairSourceResult, 'words' | 'problem' | 'added' | 'sql'> | null;
}

type Counts = Pick<RepairSourceResult, 'rowsChanged' | 'rowsFailing' | 'rowsSetAside'>;

/**
 * Runs the steps of the clean-up on every source, and leaves `clean.source_<id>` for each: a view of the raw table where no
 * step touches it, else of a table. The statements depend on nothing but the recipe and the facts that the steps found.
 * @throws `clean.repair-invalid` when a step names an unknown operation or parameters that it cannot take
 */
export async function runRepairs(
	context: RepairContext,
	sources: readonly RepairedSource[],
	repairs: readonly Repair[],
	sizes: CleanSizes = BROWSER_SIZES
): Promise<RepairResult[]> {
	const checked = repairs.map(checkRepair);
	const macros = [...readingMacros(), ...keyMacros()];
	for (const macro of macros) await context.engine.exec(macro, context.signal);
	const rowCount = sources.reduce((sum, { result }) => sum + result.rowsRead, 0);
	const space = workspaceFor(rowCount, sizes);
	const results = checked.map(noResult);
	for (const each of sources) {
		const steps = checked.filter(({ repair }) => repair.on && repair.series === each.source.series);
		const { outcomes, counts } = await repairSource(context, each, steps, space);
		for (const outcome of outcomes) {
			const result = results[checked.indexOf(outcome.step)];
			if (result) addOutcome(result, outcome, counts.get(outcome.step.repair.id));
		}
	}
	return results;
}

function noResult({ repair, operation, params }: CheckedRepair): RepairResult {
	const severity = operation.severity?.(params) ?? null;
	return { id: repair.id, state: repair.on ? 'idle' : 'off', missing: [], sources: [], severity };
}

function addOutcome(result: RepairResult, { source, missing, done }: Outcome, counts?: Counts): void {
	if (done === null) return void result.missing.push({ source, columns: [...missing] });
	result.state = 'done';
	const none = { rowsChanged: 0, rowsFailing: 0, rowsSetAside: 0 };
	result.sources.push({ source, ...(counts ?? none), ...done });
}

async function repairSource(
	context: RepairContext,
	{ source, result }: RepairedSource,
	steps: readonly CheckedRepair[],
	space: Workspace
): Promise<{ outcomes: Outcome[]; counts: Map<string, Counts> }> {
	const columns = loadedColumns(source, result);
	const named = steps.map((step) => namedColumns(step, columns));
	const ready = steps.filter((_, i) => named[i]?.missing.length === 0);
	const readyIds = ready.map(({ repair }) => repair.id);
	await forgetSteps(context.engine, source.id, readyIds);
	const states = new SourceStates(context, source.id, result.rowsRead, space);
	const outcomes: Outcome[] = [];
	for (const [i, step] of steps.entries()) {
		const { found = [], missing = [] } = named[i] ?? {};
		throwIfAborted(context.signal);
		if (missing.length > 0) {
			outcomes.push({ step, source: source.id, missing, done: null });
			continue;
		}
		const { params, repair, operation } = step;
		context.onProgress({ what: `${operation.label}: ${source.fileName}`, share: null });
		refuseProtected(operation, repair.columns, source);
		const table = await states.before(operation);
		const input = { params, id: repair.id, columns: found, source, others: columns, table };
		const done = await runStep(context, step, input, states);
		outcomes.push({ step, source: source.id, missing: [], done });
	}
	await states.keep();
	return { outcomes, counts: await readCounts(context, source.id, ready) };
}

/** Finds out what a step needs to know, and makes the state after it. */
async function runStep(
	context: RepairContext,
	{ operation }: CheckedRepair,
	input: RepairInput<unknown>,
	states: SourceStates
): Promise<Outcome['done']> {
	const facts = (await operation.facts?.(context, input)) ?? {};
	const change = operation.change(input, facts);
	const setsAside = operation.severity?.(input.params) === 'set_aside';
	await states.add(input, change, setsAside);
	const problem = operation.problem?.(input, facts) ?? null;
	return {
		words: operation.words?.(input, facts) ?? '',
		...(problem === null ? {} : { problem }),
		added: (change.add ?? []).map(({ name, title, type }) => ({ name, title, type })),
		sql: readableSql(input, change, setsAside)
	};
}

async function readCounts(
	{ engine, signal }: RepairContext,
	sourceId: string,
	steps: readonly CheckedRepair[]
): Promise<Map<string, Counts>> {
	if (steps.length === 0) return new Map();
	const table = id(...repairedTable(sourceId));
	const ids = steps.map(({ repair }) => repair.id);
	const [counted = {}] = await engine.rows<Record<string, number>>(countSteps(table, ids), signal);
	return new Map(
		steps.map(({ repair, operation, params }, i) => {
			const rowsFailing = counted[`failing${i}`] ?? 0;
			const setsAside = operation.severity?.(params) === 'set_aside';
			const rowsChanged = counted[`changed${i}`] ?? 0;
			return [repair.id, { rowsChanged, rowsFailing, rowsSetAside: setsAside ? rowsFailing : 0 }];
		})
	);
}

/** Drops what earlier runs left of a source, but for what steps that run now keep for themselves. */
async function forgetSteps(engine: Engine, sourceId: string, repairIds: readonly string[]): Promise<void> {
	const left = await engine.rows<{ name: string; isView: boolean }>(stepLeftovers(sourceId));
	const isOwn = (name: string) =>
		repairIds.some(
			(repairId) =>
				name === stateAfter(sourceId, repairId)[1] ||
				(name.startsWith(stepTable(sourceId, repairId, '')[1]) &&
					name !== stepTable(sourceId, repairId, STATE)[1])
		);
	for (const { name, isView } of left.filter((each) => !isOwn(each.name))) {
		if (isView) await engine.exec(sql`DROP VIEW IF EXISTS ${id('clean', name)}`);
		else await engine.place('memory', 'clean', name);
	}
}

/** Gives back what the clean-up keeps of a source that is there no more. */
export async function forgetSource(engine: Engine, sourceId: string): Promise<void> {
	await engine.exec(sql`DROP VIEW IF EXISTS ${id(...sourceTable(sourceId))}`);
	await engine.place('memory', ...repairedTable(sourceId));
	await forgetSteps(engine, sourceId, []);
}

/** The columns that a step names, in its order, and those that the file lacks. */
function namedColumns(
	{ repair }: CheckedRepair,
	columns: readonly RepairColumn[]
): { readonly found: readonly RepairColumn[]; readonly missing: readonly string[] } {
	const found = repair.columns.map((name) => columns.find((column) => column.name === name));
	return {
		found: found.filter((column) => column !== undefined),
		missing: repair.columns.filter((_, i) => found[i] === undefined)
	};
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
