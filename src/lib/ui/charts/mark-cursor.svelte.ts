/** What a chart tells its cursor. */
export interface MarkCursorOptions {
	/** The mark a key leads to from a mark; null when the key does not move. */
	readonly step: (key: string, mark: number) => number | null;
	/** Called for a click on a mark and for Enter or Space. */
	readonly select?: ((mark: number) => void) | undefined;
	/** The mark at a distance from the chart's left edge in pixels, for charts whose marks are not elements. */
	readonly markAt?: ((x: number) => number | null) | undefined;
}

/**
 * Which mark of a chart the pointer or the keyboard is on. Marks carry `data-mark="<number>"`; the chart
 * spreads `handlers` on its root, which is the chart's only tab stop.
 */
export class MarkCursor {
	#hovered = $state<number | null>(null);
	#focused = $state<number | null>(null);
	#last = 0;
	readonly #options: MarkCursorOptions;

	constructor(options: MarkCursorOptions) {
		this.#options = options;
	}

	/** The mark under the pointer, else the one the keyboard is on. */
	get current(): number | null {
		return this.#hovered ?? this.#focused;
	}

	/** The mark the keyboard is on while the chart has the focus. */
	get focused(): number | null {
		return this.#focused;
	}

	/** True when another mark than this one is being looked at. */
	isElsewhere(mark: number): boolean {
		return this.#hovered !== null && this.#hovered !== mark;
	}

	readonly handlers = {
		onpointermove: (event: PointerEvent): void => {
			this.#hovered = this.#markOf(event);
		},
		onpointerleave: (): void => {
			this.#hovered = null;
		},
		onpointerdown: (event: PointerEvent): void => {
			this.#last = this.#markOf(event) ?? this.#last;
			if (this.#focused !== null) this.#focused = this.#last;
		},
		onfocus: (): void => {
			this.#focused = this.#last;
		},
		onblur: (): void => {
			this.#focused = null;
		},
		onclick: (event: MouseEvent): void => {
			const mark = this.#markOf(event);
			if (mark !== null) this.#options.select?.(mark);
		},
		onkeydown: (event: KeyboardEvent): void => this.#press(event)
	};

	#press(event: KeyboardEvent): void {
		if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
		if (event.key === 'Enter' || event.key === ' ') {
			if (this.#options.select === undefined) return;
			this.#options.select(this.#last);
			event.preventDefault();
			return;
		}
		const next = this.#options.step(event.key, this.#last);
		if (next === null) return;
		this.#last = next;
		this.#focused = next;
		event.preventDefault();
	}

	#markOf(event: MouseEvent): number | null {
		const { markAt } = this.#options;
		if (markAt !== undefined && event.currentTarget instanceof Element) {
			return markAt(event.clientX - event.currentTarget.getBoundingClientRect().left);
		}
		const mark = event.target instanceof Element ? event.target.closest('[data-mark]') : null;
		return mark === null ? null : Number(mark.getAttribute('data-mark'));
	}
}
