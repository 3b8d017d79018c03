import { closeChannels, SIDE_CHANNELS } from './guard.ts';

/** What the guard of the page needs of `window`. */
export interface PageScope {
	readonly location: { readonly origin: string };
	readonly navigator: object;
	readonly navigation?: EventTarget;
}

const guarded = new WeakSet<object>();

/**
 * Closes the page's side channels for good, and stops every navigation to another origin where the browser has the
 * Navigation API. May be called more than once; the earlier, the better. True when every channel is closed.
 */
export function guardPage(page: PageScope): boolean {
	const isClosed = [
		closeChannels(page, [...SIDE_CHANNELS, 'open']),
		closeChannels(page.navigator, ['sendBeacon'])
	].every(Boolean);
	if (!guarded.has(page)) {
		guarded.add(page);
		page.navigation?.addEventListener('navigate', (event) =>
			stayHere(event as NavigateEvent, page.location.origin)
		);
	}
	return isClosed;
}

/** The part of a navigation's event that we use. */
type NavigateEvent = Event & { readonly destination: { readonly url: string } };

function stayHere(event: NavigateEvent, origin: string): void {
	// A blob's address has the origin of its page: downloads go on.
	if (new URL(event.destination.url).origin !== origin) event.preventDefault();
}
