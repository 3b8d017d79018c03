import { afterNavigate, beforeNavigate } from '$app/navigation';
import { allShown } from '#lib/ui/later.ts';

/**
 * Goes back to where a screen was scrolled to, as Back does in any browser. A screen comes in parts, and a page that is
 * not as long yet cannot be scrolled that far: until all of it is there, the page is held as long as it was.
 * To be called while the layout is made.
 * @param main the element that holds the screen
 */
export function keepScroll(main: () => HTMLElement | undefined): void {
	const scrolled = new Map<string, number>();
	let restored = 0;
	beforeNavigate(({ from }) => {
		if (from) scrolled.set(from.url.pathname, scrollY);
	});
	afterNavigate(({ type, to }) => {
		const page = main();
		if (!page) return;
		restored += 1;
		page.style.minHeight = '';
		const at = type === 'popstate' ? (scrolled.get(to?.url.pathname ?? '') ?? 0) : 0;
		if (at === 0) return;
		const mine = restored;
		page.style.minHeight = `${at + innerHeight}px`;
		scrollTo(0, at);
		void allShown().then(() => {
			if (mine === restored) page.style.minHeight = '';
		});
	});
}
