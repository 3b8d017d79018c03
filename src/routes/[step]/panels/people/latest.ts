import { isAbort } from '#lib/core/errors.ts';

/**
 * Asks for something that a screen shows, for as long as it is wanted. The answer takes the wish back, as the cleanup of
 * an effect: what comes later is dropped, and so is a failure, since the tables may be written again by then.
 */
export function latest<Value>(
	ask: (signal: AbortSignal) => Promise<Value>,
	show: (value: Value) => void,
	report: (error: unknown) => void
): () => void {
	const controller = new AbortController();
	void (async () => {
		try {
			const value = await ask(controller.signal);
			if (!controller.signal.aborted) show(value);
		} catch (error) {
			if (!controller.signal.aborted && !isAbort(error)) report(error);
		}
	})();
	return () => controller.abort();
}
