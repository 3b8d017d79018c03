import { isAbort, toAppError, type AppError } from '#lib/core/errors.ts';
import type { Column } from '#lib/engine/engine.ts';
import { renderCsv, toBlob, type CsvBatch, type CsvColumn } from '#lib/pipeline/export/csv.ts';
import {
	readCatalog,
	readVocabulary,
	type CatalogTable,
	type SqlVocabulary
} from '#lib/pipeline/queries/catalog.ts';
import {
	fitOfResult,
	readColumns,
	readForChart,
	readRows,
	sortResult,
	type ResultFit,
	type ResultRow
} from '#lib/pipeline/queries/result.ts';
import { runQuery, type QueryRun, type ResultColumn } from '#lib/pipeline/queries/workspace.ts';
import { assertMayLeave, type OutputFile } from './downloads.ts';
import type { Session } from './session.svelte.ts';

/** A query that ran. */
export interface RanQuery extends QueryRun {
	readonly text: string;
	readonly durationMs: number;
}

/** A query of the history. It is kept in memory alone: a query can hold data of customers. */
export interface PastQuery {
	readonly text: string;
	/** Milliseconds since 1970. */
	readonly ranAt: number;
	readonly durationMs: number;
	/** Null when it failed or was stopped. */
	readonly rows: number | null;
}

/** A query that failed, with the place where its text stands in the editor. */
export interface FailedQuery {
	readonly error: AppError;
	readonly start: number;
}

/** Which rows come in which order; as the table of the result asks. */
interface RowOrder {
	readonly key: string;
	readonly descending: boolean;
}

const MOST_PAST = 50;
const CSV_ROWS = 20_000;

/** What a workspace needs of its session. */
type Engines = Pick<Session, 'runner' | 'recipe' | 'clean' | 'features'>;

/** The user's own queries in one session: what stands in the editor, what ran, and what it gave. */
export class SqlWorkspace {
	text = $state('');
	result = $state.raw<RanQuery | null>(null);
	failure = $state.raw<FailedQuery | null>(null);
	isRunning = $state(false);
	/** The query that was stopped because the tables changed. */
	stopped = $state.raw<(Pick<FailedQuery, 'start'> & { readonly text: string }) | null>(null);
	/** The latest first. */
	past = $state.raw<readonly PastQuery[]>([]);
	tables = $state.raw<readonly CatalogTable[]>([]);
	vocabulary = $state.raw<SqlVocabulary | null>(null);
	/** What the result was made of: another value means that the data has changed since. */
	#basis = $state.raw<unknown>(null);
	#running: { readonly controller: AbortController; readonly text: string; readonly start: number } | null =
		null;
	#order: RowOrder | null = null;
	#sorting: Promise<unknown> = Promise.resolve();
	readonly #session: Engines;
	/** Why no rows may leave: a rule of the clean-up holds them back; null when they may. */
	readonly heldBack: AppError | null = $derived.by(() => heldBack(this.#session));
	readonly isStale = $derived.by(() => this.result !== null && this.#basis !== this.#session.clean);

	constructor(session: Engines) {
		this.#session = session;
	}

	/** Reads which tables there are, and once what the engine knows. */
	async refresh(signal: AbortSignal): Promise<void> {
		const { engine } = this.#session.runner;
		this.vocabulary ??= await readVocabulary(engine, signal);
		this.tables = await readCatalog(engine, signal);
	}

	/**
	 * Runs a query; one that runs is stopped first. Failures are kept to be shown.
	 * @param start where the text stands in the editor
	 */
	async run(text: string, start = 0): Promise<void> {
		this.cancel();
		const controller = new AbortController();
		const running = { controller, text, start };
		this.#running = running;
		this.isRunning = true;
		this.failure = null;
		this.stopped = null;
		this.result = null;
		this.#order = null;
		const [ranAt, began] = [Date.now(), performance.now()];
		let rows: number | null = null;
		try {
			this.#basis = this.#session.clean;
			const run = await runQuery(this.#session.runner.engine, text, {}, controller.signal);
			rows = run.rowCount;
			this.result = { ...run, text, durationMs: performance.now() - began };
		} catch (error) {
			if (!isAbort(error)) this.failure = { error: toAppError(error), start };
		}
		this.#remember({ text, ranAt, durationMs: performance.now() - began, rows });
		if (this.#running !== running) return;
		this.#running = null;
		this.isRunning = false;
	}

	/** Stops the query that runs. */
	cancel = (): void => this.#running?.controller.abort();

	/** Stops the query that runs, because the tables that it may read are made anew. */
	giveWay = (): void => {
		if (this.#running === null) return;
		const { text, start } = this.#running;
		this.stopped = { text, start };
		this.cancel();
	};

	/** Rows of the result, by `c0`, `c1`, …; another order sorts it first. */
	readonly rows = async (
		offset: number,
		limit: number,
		order: RowOrder | null
	): Promise<readonly ResultRow[]> => {
		const { result } = this;
		if (result === null) return [];
		await this.#sort(order);
		return readRows(this.#session.runner.engine, result, { offset, limit, sorted: order !== null });
	};

	/**
	 * The first rows in an order, to be copied.
	 * @throws `export.blocked` while a rule of the clean-up holds customers back, whatever the columns are
	 */
	async copied(most: number, order: RowOrder | null): Promise<readonly ResultRow[]> {
		assertMayLeave(this.#session);
		return this.rows(0, Math.min(most, this.result?.rowCount ?? 0), order);
	}

	/** Values of some columns of the result, evenly spread where it has more rows than `most`. */
	async chart(columns: readonly number[], most: number, signal: AbortSignal): Promise<readonly Column[]> {
		const { result } = this;
		return result === null ? [] : readForChart(this.#session.runner.engine, result, columns, most, signal);
	}

	/** Values of some columns of the first rows, in the order of the query. */
	async firstValues(
		columns: readonly number[],
		most: number,
		signal: AbortSignal
	): Promise<readonly Column[]> {
		const { result } = this;
		if (result === null) return [];
		const first = { ...result, rowCount: Math.min(most, result.rowCount) };
		return readForChart(this.#session.runner.engine, first, columns, most, signal);
	}

	/** What the result can be saved as. */
	async fit(signal: AbortSignal): Promise<ResultFit | null> {
		const { result } = this;
		return result === null ? null : fitOfResult(this.#session.runner.engine, result, signal);
	}

	/**
	 * The result as a CSV in the order shown, with formulas guarded.
	 * @throws `export.blocked` while a rule of the clean-up holds customers back, whatever the columns are
	 */
	async csv(signal: AbortSignal): Promise<OutputFile | null> {
		const { result } = this;
		if (result === null) return null;
		assertMayLeave(this.#session);
		const blob = await toBlob(
			renderCsv(result.columns.map(csvColumn), this.#batches(result, signal), { signal })
		);
		return { name: 'query-result.csv', blob };
	}

	async *#batches(result: RanQuery, signal: AbortSignal): AsyncGenerator<CsvBatch> {
		const sorted = this.#order !== null;
		for (let offset = 0; offset < result.rowCount; offset += CSV_ROWS) {
			const limit = Math.min(CSV_ROWS, result.rowCount - offset);
			const page = { offset, limit, sorted };
			yield {
				rowCount: limit,
				columns: await readColumns(this.#session.runner.engine, result, page, signal)
			};
		}
	}

	/** Sorts once for many pages, one sort after the other. */
	#sort(order: RowOrder | null): Promise<unknown> {
		if (order?.key === this.#order?.key && order?.descending === this.#order?.descending)
			return this.#sorting;
		this.#order = order;
		const { engine } = this.#session.runner;
		const sort = order && { column: Number(order.key.slice(1)), descending: order.descending };
		this.#sorting = this.#sorting.catch(() => undefined).then(() => sortResult(engine, sort));
		return this.#sorting;
	}

	#remember(query: PastQuery): void {
		this.past = [query, ...this.past.filter(({ text }) => text !== query.text)].slice(0, MOST_PAST);
	}
}

const WORKSPACES = new WeakMap<object, SqlWorkspace>();

/** The workspace of a session: it stays while the session is open, whatever screen is shown. */
export function workspaceOf(session: Session): SqlWorkspace {
	const known = WORKSPACES.get(session);
	if (known) return known;
	const workspace = new SqlWorkspace(session);
	session.onRun.add(workspace.giveWay);
	WORKSPACES.set(session, workspace);
	return workspace;
}

function heldBack(session: Engines): AppError | null {
	try {
		assertMayLeave(session);
		return null;
	} catch (error) {
		return toAppError(error);
	}
}

function csvColumn({ name, isNumber }: ResultColumn): CsvColumn {
	if (isNumber) return { name, kind: 'number' };
	if (/^email$/i.test(name)) return { name, kind: 'email' };
	return { name, kind: /(?:_id|^id|phone)$/i.test(name) ? 'id' : 'text' };
}
