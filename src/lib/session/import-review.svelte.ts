import type { Clash, Drift, Rename, TableSample } from '#lib/pipeline/import/drift.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';

/** A file that is not quite like the one it seems to be a newer export of. */
export interface ReviewItem {
	/** The id it will have as a source. */
	readonly id: string;
	readonly old: TableSample<SourceParams>;
	readonly found: TableSample;
	readonly drift: Drift;
	/** Its order numbers are those of other orders there; null when they are not. */
	readonly clash: Clash | null;
}

/** What may become of such a file: the newest export of the other's series, a list of its own, or nothing. */
export const REVIEW_CHOICES = ['update', 'beside', 'leave_out'] as const;
export type ReviewChoice = (typeof REVIEW_CHOICES)[number];

/** What the user decided about a file. */
export interface Decision {
	readonly id: string;
	readonly choice: ReviewChoice;
	/** The renames that hold. */
	readonly renames: readonly Rename[];
}

interface Asked {
	readonly items: readonly ReviewItem[];
	readonly resolve: (decisions: readonly Decision[]) => void;
	readonly reject: (reason: unknown) => void;
}

/** The question about files whose layout or values differ from before. While it is open, nothing has changed. */
export class ImportReview {
	#asked = $state.raw<Asked | null>(null);
	/** What is asked about; null while nothing is. */
	readonly items: readonly ReviewItem[] | null = $derived(this.#asked?.items ?? null);

	/** Asks what becomes of each file. Rejects with an abort when the user cancels, or the signal does. */
	async ask(items: readonly ReviewItem[], signal: AbortSignal): Promise<readonly Decision[]> {
		signal.throwIfAborted();
		const onAbort = () => this.#asked?.reject(signal.reason);
		signal.addEventListener('abort', onAbort);
		try {
			return await new Promise((resolve, reject) => (this.#asked = { items, resolve, reject }));
		} finally {
			signal.removeEventListener('abort', onAbort);
			this.#asked = null;
		}
	}

	/** Answers what is asked: one decision for each file. */
	answer(decisions: readonly Decision[]): void {
		this.#asked?.resolve(decisions);
	}

	/** Adds none of the files. */
	cancel(): void {
		this.#asked?.reject(new DOMException('The files were not added.', 'AbortError'));
	}
}
