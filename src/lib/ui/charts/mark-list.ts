import { stepInLine } from './keys.ts';
import { MarkCursor } from './mark-cursor.svelte.ts';

/** The cursor of a chart whose marks are a list, one for each item, and what the list and its marks are to a screen reader. */
export class MarkList<Item> extends MarkCursor {
	readonly #id: string;

	/**
	 * @param id of the chart, unique in the page
	 * @param items in the order of the marks
	 * @param choose called for a click on a mark and for Enter or Space
	 */
	constructor(id: string, items: () => readonly Item[], choose?: (item: Item, mark: number) => void) {
		super({
			step: (key, mark) => stepInLine(key, mark, items().length),
			select:
				choose &&
				((mark) => {
					const item = items()[mark];
					if (item !== undefined) choose(item, mark);
				})
		});
		this.#id = id;
	}

	/** Attributes of the drawing, the only tab stop of the chart. */
	list(label: string) {
		return {
			role: 'listbox',
			tabindex: 0,
			'aria-label': label,
			'aria-activedescendant': this.focused === null ? undefined : `${this.#id}-${this.focused}`,
			...this.handlers
		} as const;
	}

	/** Attributes of the element of a mark. */
	option(mark: number, label: string, isSelected = false) {
		return {
			id: `${this.#id}-${mark}`,
			role: 'option',
			'aria-label': label,
			'aria-selected': isSelected,
			'data-mark': mark
		} as const;
	}
}
