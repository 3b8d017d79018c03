import { isAbort } from '#lib/core/errors.ts';
import type { CleanResult } from '#lib/pipeline/clean/schema.ts';
import { profileTable } from '#lib/pipeline/clean/profile/profile.ts';
import type {
	CheckedRule,
	ColumnStatistics,
	ProfiledColumn,
	ProfiledTable,
	ProfileOptions
} from '#lib/pipeline/clean/profile/schema.ts';
import { cleanTables, fileTable } from '#lib/pipeline/clean/profile/tables.ts';
import { repairOperation } from '#lib/pipeline/clean/repairs/operations/index.ts';
import { todayOf } from './freshness.ts';
import type { Session } from './session.svelte.ts';

/** What is known of the columns of every table, as somebody asks for it; forgotten when the tables change. */
export class SessionProfiles {
	#found = $state.raw<ReadonlyMap<string, ColumnStatistics>>(new Map());
	#of = $state.raw<CleanResult | null>(null);
	/** The column that is being looked at. */
	current = $state.raw<string | null>(null);
	#turn: Promise<void> = Promise.resolve();

	constructor(private readonly session: Pick<Session, 'clean' | 'recipe' | 'sources' | 'runner'>) {}

	/** The day after which a date lies in the future. */
	get today(): string {
		return todayOf(new Date());
	}

	/** The files as they are now, after the steps of the clean-up; reports have no rows about anybody. */
	readonly files: readonly ProfiledTable[] = $derived.by(() => this.#files('clean'));
	/** The files as they came. */
	readonly rawFiles: readonly ProfiledTable[] = $derived.by(() => this.#files('raw'));

	/** The tables that were made of the files. */
	cleanTables(signal: AbortSignal): Promise<ProfiledTable[]> {
		return cleanTables(this.session.runner.engine, signal);
	}

	/** What is known of some columns, in their order. */
	columnsOf(table: ProfiledTable, columns: readonly ProfiledColumn[]): ColumnStatistics[] {
		if (this.#of !== this.session.clean) return [];
		return columns.flatMap((column) => this.#found.get(keyOf(table, column)) ?? []);
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
		if (this.#of !== clean) {
			this.#found = new Map();
			this.#of = clean;
		}
		const missing = columns.filter((column) => !this.#found.has(keyOf(table, column)));
		if (missing.length === 0) return;
		try {
			await profileTable(this.session.runner.engine, table, missing, this.#options(table, clean), signal, {
				onProgress: ({ what }) => (this.current = what),
				onColumn: (column) => {
					if (this.#of === clean) {
						this.#found = new Map(this.#found).set(keyOf(table, column.column), column);
					}
				}
			});
		} catch (error) {
			if (!signal.aborted && !isAbort(error)) throw error;
		} finally {
			this.current = null;
		}
	}

	#options(table: ProfiledTable, clean: CleanResult): ProfileOptions {
		return { today: this.today, rules: table.hasSetAside ? this.#rulesOf(table, clean) : [] };
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

/** The columns of a file that mean something. */
export function usedColumns({ columns }: ProfiledTable): readonly ProfiledColumn[] {
	return columns.filter(({ role }) => role !== null);
}

function keyOf({ table }: ProfiledTable, { column }: ProfiledColumn): string {
	return JSON.stringify([table, column]);
}
