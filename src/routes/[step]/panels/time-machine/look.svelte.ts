import type { PastQuestion } from '#lib/session/time-machine.svelte.ts';

/** A slider that is dragged asks for a day when it rests for so long. */
const REST_MS = 150;

/** Keeps the answer to a question to the time machine coming while a screen that shows it is open. */
export function keepLooking(questionOf: () => PastQuestion, onError: (error: unknown) => void): void {
	$effect(() => {
		const question = questionOf();
		const { isReady, asked, answer, shown } = question;
		if (!isReady || asked === null || answer !== null) return;
		const controller = new AbortController();
		const wait = shown === null ? 0 : REST_MS;
		const timer = setTimeout(() => question.look(controller.signal).catch(onError), wait);
		return () => {
			clearTimeout(timer);
			controller.abort();
		};
	});
}
