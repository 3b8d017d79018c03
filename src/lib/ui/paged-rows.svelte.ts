import { pagesOf } from './virtual-rows.ts';

/** One row of a table: a value for each column. */
export type Row = Readonly<Record<string, string | number | boolean | null>>;

export interface RowSort {
	readonly key: string;
	readonly descending: boolean;
}

/** Reads `limit` rows from `offset` on, in the order asked for; null is the order of the source. */
export type LoadRows = (offset: number, limit: number, sort: RowSort | null) => Promise<readonly Row[]>;

const PAGE_ROWS = 100;
const KEPT_PAGES = 30;

/**
 * The rows of a long table, read a page at a time and kept while they are near. A new source or order forgets them;
 * pages that arrive for an older one are dropped.
 */
export class PagedRows {
	failure = $state<unknown>(null);
	#pages = $state.raw<ReadonlyMap<number, readonly Row[]>>(new Map());
	#waiting = new Set<number>();
	#version = 0;
	#load: LoadRows | null = null;
	#sort: RowSort | null = null;

	/** Starts over. */
	reset(load: LoadRows, sort: RowSort | null): void {
		this.#version += 1;
		this.#load = load;
		this.#sort = sort;
		this.#waiting.clear();
		this.#pages = new Map();
		this.failure = null;
	}

	/** The row at a position; undefined until it has been read. */
	at(position: number): Row | undefined {
		return this.#pages.get(Math.floor(position / PAGE_ROWS))?.[position % PAGE_ROWS];
	}

	/** Reads what is missing of the rows from `first` on. */
	want(first: number, count: number): void {
		for (const page of pagesOf(first, count, PAGE_ROWS)) {
			if (!this.#pages.has(page) && !this.#waiting.has(page)) void this.#read(page);
		}
	}

	async #read(page: number): Promise<void> {
		const version = this.#version;
		this.#waiting.add(page);
		try {
			const rows = (await this.#load?.(page * PAGE_ROWS, PAGE_ROWS, this.#sort)) ?? [];
			if (version === this.#version) this.#keep(page, rows);
		} catch (error) {
			if (version === this.#version) this.failure = error;
		} finally {
			if (version === this.#version) this.#waiting.delete(page);
		}
	}

	#keep(page: number, rows: readonly Row[]): void {
		const pages = new Map(this.#pages).set(page, rows);
		const oldest = pages.keys().next();
		if (pages.size > KEPT_PAGES && !oldest.done) pages.delete(oldest.value);
		this.#pages = pages;
	}
}
