import { throwIfAborted } from '#lib/core/progress.ts';
import { id, sql, type Sql } from '#lib/engine/sql.ts';
import { rawTable } from '#lib/pipeline/import/schema.ts';
import { rowParts, whereIn, type Workspace } from '../parts.sql.ts';
import { runStatement } from '../statement.ts';
import type { AnyRepairOperation, RepairChange, RepairContext, RepairInput } from './operation.ts';
import { pastState, stateSql, workedOut, type StepTrace } from './state.sql.ts';
import { repairedTable, sourceTable, stateAfter, stepTable } from './tables.ts';

/** Steps behind each other that are worked out together: the engine plans long chains slowly. */
const LONGEST_CHAIN = 4;

/** With more rows than this, chains are not cut: the copies would not fit the memory of a browser. */
const MOST_COPIED_ROWS = 1_000_000;

/** The table into which a state is copied between steps. */
export const STATE = 'state';

/**
 * The states of one source while its steps run. Each is a view of the one before it; now and then one is worked out into a
 * table, so that what comes next starts from there. At the end all steps are in one table, which tells every state.
 */
export class SourceStates {
	readonly #context: RepairContext;
	readonly #sourceId: string;
	readonly #rowCount: number;
	readonly #space: Workspace;
	readonly #traces: StepTrace[] = [];
	/** Steps since the last table. */
	#pending = 0;
	/** Tables that only the views of this run need. */
	#temporary: (readonly ['clean', string])[] = [];

	constructor(context: RepairContext, sourceId: string, rowCount: number, space: Workspace) {
		this.#context = context;
		this.#sourceId = sourceId;
		this.#rowCount = rowCount;
		this.#space = space;
	}

	/** The state that a step of an operation starts from. */
	async before({ facts }: Pick<AnyRepairOperation, 'facts'>): Promise<Sql> {
		const isDue = this.#pending > 0 && (facts !== undefined || this.#pending >= LONGEST_CHAIN);
		if (isDue && this.#rowCount <= MOST_COPIED_ROWS) await this.#workOut();
		return this.#state();
	}

	/** Makes the view of the state after a step. */
	async add(input: RepairInput<unknown>, change: RepairChange, setsAside: boolean): Promise<void> {
		const { engine, signal } = this.#context;
		const apart = change.looksAround === true ? workedOut(input, change, this.#space.database) : null;
		if (apart) {
			await runStatement(engine, apart.table, signal);
			this.#temporary.push(['clean', apart.table.table]);
		}
		await this.#view(
			stateAfter(this.#sourceId, input.id),
			stateSql(input, apart?.change ?? change, setsAside)
		);
		const { replace = [], add = [] } = change;
		const replaced = replace.map(({ column }) => column.raw);
		this.#traces.push({ id: input.id, replaced, added: add.map(({ name }) => name) });
		this.#pending += 1;
	}

	/** Makes `clean.source_<id>`, and views of every state. Part by part where there are many rows. */
	async keep(): Promise<void> {
		const { engine, signal } = this.#context;
		const repaired = repairedTable(this.#sourceId);
		const state = this.#state();
		if (this.#traces.length === 0) {
			await engine.place('memory', ...repaired);
			return this.#view(sourceTable(this.#sourceId), sql`SELECT * FROM ${state}`);
		}
		const target = await engine.place(this.#space.database, ...repaired);
		const [first = null, ...parts] = rowParts(this.#rowCount, this.#space.partRows);
		await engine.exec(
			sql`CREATE OR REPLACE TABLE ${target} AS SELECT * FROM ${state}${whereIn(first)}`,
			signal
		);
		for (const part of parts) {
			throwIfAborted(signal);
			await engine.exec(sql`INSERT INTO ${target} SELECT * FROM ${state}${whereIn(part)}`, signal);
		}
		for (const [i, trace] of this.#traces.entries()) {
			const past = pastState(id(...repaired), this.#traces, i + 1);
			await this.#view(stateAfter(this.#sourceId, trace.id), past);
		}
		await this.#forgetTemporary();
		await this.#view(
			sourceTable(this.#sourceId),
			pastState(id(...repaired), this.#traces, this.#traces.length)
		);
	}

	#state(): Sql {
		const last = this.#traces.at(-1);
		return last
			? id(...stateAfter(this.#sourceId, last.id))
			: sql`(SELECT *, NULL::VARCHAR AS set_aside_by FROM ${id(...rawTable(this.#sourceId))})`;
	}

	async #workOut(): Promise<void> {
		const last = this.#traces.at(-1);
		if (last === undefined) return;
		const { engine, signal } = this.#context;
		const copy = stepTable(this.#sourceId, last.id, STATE);
		await engine.exec(sql`CREATE OR REPLACE TABLE ${id(...copy)} AS SELECT * FROM ${this.#state()}`, signal);
		await this.#view(stateAfter(this.#sourceId, last.id), sql`SELECT * FROM ${id(...copy)}`);
		await this.#forgetTemporary();
		this.#temporary = [copy];
		this.#pending = 0;
	}

	async #forgetTemporary(): Promise<void> {
		const { engine } = this.#context;
		for (const table of this.#temporary) {
			await engine.exec(sql`DROP TABLE IF EXISTS ${id(...table)}`);
			await engine.place('memory', ...table);
		}
		this.#temporary = [];
	}

	#view(name: readonly ['clean', string], query: Sql): Promise<void> {
		const { engine, signal } = this.#context;
		return engine.exec(sql`CREATE OR REPLACE VIEW ${id(...name)} AS ${query}`, signal);
	}
}
