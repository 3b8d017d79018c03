import { pause } from '#lib/core/pause.ts';

let last = Promise.resolve();

/** A turn to come onto the page: one part comes per task, in the order in which they ask. */
export function turnToShow(): Promise<void> {
	last = last.then(pause);
	return last;
}

/** Resolves when everything that has come so far is on the page, and what came with it. */
export async function allShown(): Promise<void> {
	for (let seen: Promise<void> | null = null; seen !== last;) {
		seen = last;
		await seen;
		await pause();
	}
}
