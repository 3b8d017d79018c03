import type { Session } from '#lib/session/session.svelte.ts';

/** A slider that is dragged asks for a day when it rests for so long. */
const REST_MS = 150;

/** Keeps the answer to what is asked of the time machine coming while a screen that shows it is open. */
export function keepLooking(sessionOf: () => Session, onError: (error: unknown) => void): void {
	$effect(() => {
		const { timeMachine } = sessionOf();
		const { isReady, asked, answer, shown } = timeMachine;
		if (!isReady || asked === null || answer !== null) return;
		const controller = new AbortController();
		const wait = shown === null ? 0 : REST_MS;
		const timer = setTimeout(() => timeMachine.look(controller.signal).catch(onError), wait);
		return () => {
			clearTimeout(timer);
			controller.abort();
		};
	});
}
