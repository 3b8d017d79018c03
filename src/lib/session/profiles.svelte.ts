import { isAbort } from '#lib/core/errors.ts';
import { dropDecimalIds } from '#lib/pipeline/clean/operations/drop-decimal-ids.ts';
import type { CleanResult } from '#lib/pipeline/clean/schema.ts';
import { profileTable } from '#lib/pipeline/clean/profile/profile.ts';
import type {
	CheckedRule,
	ColumnStatistics,
	ProfiledColumn,
	ProfiledTable,
	ProfileOptions
} from '#lib/pipeline/clean/profile/schema.ts';
import type { ScoredTable } from '#lib/pipeline/clean/profile/score.ts';
import { cleanTables, fileTable } from '#lib/pipeline/clean/profile/tables.ts';
import { repairOperation } from '#lib/pipeline/clean/repairs/operations/index.ts';
import { todayOf } from './freshness.ts';
import { fileColumnKey, type StepOnFile } from './profile-key.ts';
import type { Session } from './session.svelte.ts';

/** Columns that are remembered, in all their states; the oldest are forgotten first. */
const MOST_REMEMBERED = 5000;

/** A file and what its score is made of. */
export interface ScoredFile extends ScoredTable {
	readonly table: ProfiledTable;
	readonly cameAs: readonly ColumnStatistics[];
	/** Columns that mean something. */
	readonly usedCount: number;
	/** Rows of the file, and those of them that could not be read. */
	readonly rowsRead: number;
	readonly rowsUnreadable: number;
}

/** Keys that were made for one state of a table. */
interface KeysOfTable {
	readonly clean: CleanResult;
	readonly keys: Map<ProfiledColumn, string>;
}

/** How far a look at columns is. */
export interface LookProgress {
	readonly known: number;
	readonly of: number;
}

/** What is known of the columns of every table, as somebody asks for it; remembered for every state of a file. */
export class SessionProfiles {
	#found = $state.raw<ReadonlyMap<string, ColumnStatistics>>(new Map());
	/** Numbers of results: what is known belongs to the file, or the run, that it was found in. */
	readonly #numbers = new WeakMap<object, number>();
	#lastNumber = 0;
	readonly #keysOf = new WeakMap<ProfiledTable, KeysOfTable>();
	/** The column that is being looked at. */
	current = $state.raw<string | null>(null);
	#turn: Promise<void> = Promise.resolve();

	constructor(private readonly session: Pick<Session, 'busy' | 'clean' | 'recipe' | 'sources' | 'runner'>) {}

	/** The day after which a date lies in the future. */
	get today(): string {
		return todayOf(new Date());
	}

	/** The files as they are now, after the steps of the clean-up; reports have no rows about anybody. */
	readonly files: readonly ProfiledTable[] = $derived.by(() => this.#files('clean'));
	/** The files as they came. */
	readonly rawFiles: readonly ProfiledTable[] = $derived.by(() => this.#files('raw'));

	/** Files with all that their score needs; those of which a column is not known yet are left out. */
	readonly scored: readonly ScoredFile[] = $derived.by(() =>
		this.files.flatMap((table, i) => this.#scoredFile(table, this.rawFiles[i]) ?? [])
	);

	/** How many columns are known, of those that the score of all files needs. */
	readonly progress: LookProgress = $derived.by(() => {
		const asked = [...this.files, ...this.rawFiles];
		return {
			known: asked.reduce((sum, table) => sum + this.columnsOf(table, table.columns).length, 0),
			of: asked.reduce((sum, table) => sum + table.columns.length, 0)
		};
	});

	/** The tables that were made of the files. */
	cleanTables(signal: AbortSignal): Promise<ProfiledTable[]> {
		return cleanTables(this.session.runner.engine, signal);
	}

	/** What is known of some columns, in their order. */
	columnsOf(table: ProfiledTable, columns: readonly ProfiledColumn[]): ColumnStatistics[] {
		const { clean } = this.session;
		if (clean === null) return [];
		const keyOf = this.#keys(table, clean);
		return columns.flatMap((column) => this.#found.get(keyOf(column)) ?? []);
	}

	/** Looks at everything that the score of the files needs: columns as they are, and as they came. */
	async lookAtFiles(signal: AbortSignal): Promise<void> {
		const asked = [...this.files, ...this.rawFiles];
		for (const table of asked) await this.look(table, table.columns, signal);
	}

	/** Looks at the columns that nobody has looked at; one request after the other, a column shows as soon as it is known. */
	look(table: ProfiledTable, columns: readonly ProfiledColumn[], signal: AbortSignal): Promise<void> {
		const turn = this.#turn.then(() => this.#lookNow(table, columns, signal));
		this.#turn = turn.catch(() => undefined);
		return turn;
	}

	async #lookNow(
		table: ProfiledTable,
		columns: readonly ProfiledColumn[],
		signal: AbortSignal
	): Promise<void> {
		const { clean } = this.session;
		if (signal.aborted || clean === null) return;
		const keyOf = this.#keys(table, clean);
		const missing = columns.filter((column) => !this.#found.has(keyOf(column)));
		if (missing.length === 0) return;
		try {
			await profileTable(this.session.runner.engine, table, missing, this.#options(table, clean), signal, {
				onProgress: ({ what }) => (this.current = what),
				onColumn: (column) => {
					// While a run goes on, a table can already be that of other steps.
					const isOfNow = this.session.clean === clean && !this.session.busy;
					if (isOfNow && !signal.aborted) this.#remember(keyOf(column.column), column);
				}
			});
		} catch (error) {
			if (!signal.aborted && !isAbort(error)) throw error;
		} finally {
			this.current = null;
		}
	}

	#remember(key: string, column: ColumnStatistics): void {
		const all = [...this.#found, [key, column] as const];
		this.#found = new Map(all.slice(-MOST_REMEMBERED));
	}

	/** The key of each column of a table in the state that a clean-up left it in. */
	#keys(table: ProfiledTable, clean: CleanResult): (column: ProfiledColumn) => string {
		const made = this.#keysOf.get(table);
		const own = made?.clean === clean ? made : { clean, keys: new Map<ProfiledColumn, string>() };
		this.#keysOf.set(table, own);
		let makeKey: ((column: ProfiledColumn) => string) | null = null;
		return (column) => {
			const known = own.keys.get(column);
			if (known !== undefined) return known;
			makeKey ??= this.#keyMaker(table, clean);
			const key = makeKey(column);
			own.keys.set(column, key);
			return key;
		};
	}

	#keyMaker(table: ProfiledTable, clean: CleanResult): (column: ProfiledColumn) => string {
		const { source } = table;
		const result = this.session.sources?.find((each) => each.result.id === source?.id)?.result;
		if (source === null || result === undefined) {
			return (column) => JSON.stringify([table.table, column, this.#numberOf(clean), this.today]);
		}
		const steps = this.#stepsOn(source.id, clean);
		const stamp = [this.#numberOf(result), this.today, readsDecimalIds(clean)];
		return (column) => fileColumnKey(table, column, steps, stamp);
	}

	#numberOf(result: object): number {
		const number = this.#numbers.get(result) ?? (this.#lastNumber += 1);
		this.#numbers.set(result, number);
		return number;
	}

	#stepsOn(sourceId: string, { repairs }: CleanResult): StepOnFile[] {
		return repairs.flatMap(({ id, sources }) => {
			const result = sources.find(({ source }) => source === sourceId);
			const repair = this.session.recipe.clean.repairs.find((each) => each.id === id);
			return result ? [{ id, columns: repair?.columns ?? [], result }] : [];
		});
	}

	#scoredFile(table: ProfiledTable, raw: ProfiledTable | undefined): ScoredFile | null {
		const result = this.session.sources?.find((each) => each.result.id === table.source?.id)?.result;
		if (raw === undefined || result === undefined) return null;
		const columns = this.columnsOf(table, table.columns);
		const cameAs = this.columnsOf(raw, raw.columns);
		if (columns.length < table.columns.length || cameAs.length < columns.length) return null;
		return {
			table,
			columns,
			cameAs,
			rows: columns[0]?.rows ?? 0,
			usedCount: table.columns.filter(({ role }) => role !== null).length,
			rowsRead: result.rowsRead,
			rowsUnreadable: result.unreadable.length
		};
	}

	#options(table: ProfiledTable, clean: CleanResult): ProfileOptions {
		return {
			today: this.today,
			rules: table.hasSetAside ? this.#rulesOf(table, clean) : [],
			readsDecimalIds: table.source !== null && readsDecimalIds(clean)
		};
	}

	/** The rules that ran on a file. */
	#rulesOf({ source }: ProfiledTable, { repairs }: CleanResult): CheckedRule[] {
		return repairs.flatMap(({ id, severity, sources }) => {
			const repair = this.session.recipe.clean.repairs.find((each) => each.id === id);
			const ran = severity !== null && sources.some((each) => each.source === source?.id);
			if (!repair || !ran) return [];
			const operation = repairOperation(repair.operation);
			const label = operation?.describe(repair.params, repair.columns) ?? repair.operation;
			return [{ step: id, label, columns: repair.columns }];
		});
	}

	#files(state: 'raw' | 'clean'): ProfiledTable[] {
		const { sources, recipe } = this.session;
		return recipe.import.sources.flatMap((source) => {
			const loaded = sources?.find(({ result }) => result.id === source.id);
			return loaded && source.kind !== 'report' ? [fileTable(source, loaded.result, state)] : [];
		});
	}
}

/** Ids such as `17850.0` are read as 17850. */
function readsDecimalIds({ operations }: CleanResult): boolean {
	return operations.some(({ id, on, applies }) => id === dropDecimalIds.id && on && applies);
}
