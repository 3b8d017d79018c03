import type { ClientInit } from '@sveltejs/kit';

/**
 * Gives a page that was opened as a file (`…/data/index.html`, as some hosts and file lists link it) the address of its
 * folder, before the router reads it: the router knows no `index.html`, and would add a slash to it.
 */
export const init: ClientInit = () => {
	const { pathname, search, hash } = location;
	if (!pathname.endsWith('/index.html')) return;
	history.replaceState(history.state, '', pathname.slice(0, -'index.html'.length) + search + hash);
};
