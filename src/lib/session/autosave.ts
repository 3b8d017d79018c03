/** What the saved chip shows. */
export type SaveState =
	| { readonly kind: 'saved' }
	| { readonly kind: 'saving' }
	| { readonly kind: 'failed'; readonly error: unknown };

/**
 * Saves after changes, one save at a time: changes during a save are joined into the next one.
 * `save` reads the newest state itself.
 */
export class Autosave {
	#running: Promise<void> | null = null;
	#again = false;
	#timer: ReturnType<typeof setTimeout> | null = null;

	constructor(
		readonly save: () => Promise<void>,
		readonly onState: (state: SaveState) => void,
		readonly delayMs = 250
	) {}

	/** Something changed. */
	touch(): void {
		this.onState({ kind: 'saving' });
		if (this.#timer !== null) return;
		this.#timer = setTimeout(() => void this.flush(), this.delayMs);
	}

	/** Saves now and resolves when the newest state is on the device or the save has failed. */
	async flush(): Promise<void> {
		if (this.#timer !== null) clearTimeout(this.#timer);
		this.#timer = null;
		if (this.#running !== null) {
			this.#again = true;
			return this.#running;
		}
		this.#running = this.#drain();
		return this.#running;
	}

	async #drain(): Promise<void> {
		try {
			do {
				this.#again = false;
				this.onState({ kind: 'saving' });
				await this.save();
			} while (this.#again);
			this.onState({ kind: 'saved' });
		} catch (error) {
			this.onState({ kind: 'failed', error });
		} finally {
			this.#running = null;
		}
	}

	/** Forgets a save that has not begun. */
	stop(): void {
		if (this.#timer !== null) clearTimeout(this.#timer);
		this.#timer = null;
	}
}
