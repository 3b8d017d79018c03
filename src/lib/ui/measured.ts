import type { Attachment } from 'svelte/attachments';

/**
 * Tells the width of an element's content in whole pixels, at first and whenever it changes. It comes with the layout
 * of the next frame: asking an element itself would lay the page out at once, for each that asks.
 */
export function measured(onWidth: (width: number) => void): Attachment<HTMLElement> {
	return (element) => {
		const observer = new ResizeObserver(([entry]) => {
			if (entry) onWidth(Math.round(entry.contentRect.width));
		});
		observer.observe(element);
		return () => observer.disconnect();
	};
}
