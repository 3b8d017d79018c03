/** Lets everything else that waits for this thread run, so that a long piece of work is no long task. */
export function pause(): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, 0));
}
