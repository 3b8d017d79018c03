/**
 * Lets everything else that waits for this thread run, so that a long piece of work is no long task. By a message:
 * a chain of timers waits 4 ms each time, and a second each time in a tab that is hidden.
 */
export function pause(): Promise<void> {
	return new Promise((resolve) => {
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = () => {
			port1.close();
			resolve();
		};
		port2.postMessage(null);
	});
}

/** Milliseconds that work holds this thread: with what else is in its task well below the 50 of a long task. */
const MOST_MS = 12;

let breathedAt = 0;

/** Pauses where the thread has been held for long since somebody last paused here; for loops of many small parts. */
export async function breathe(): Promise<void> {
	if (performance.now() - breathedAt < MOST_MS) return;
	await pause();
	breathedAt = performance.now();
}
