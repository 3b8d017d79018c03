/** Runs jobs one after another, in the order in which they were added. */
export class SerialQueue {
	#last: Promise<unknown> = Promise.resolve();

	/** Runs the job when all earlier ones have ended, however they ended; an aborted signal is seen before it starts. */
	add<Result>(job: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
		const result = this.#last.then(() => {
			signal?.throwIfAborted();
			return job();
		});
		this.#last = result.then(
			() => undefined,
			() => undefined
		);
		return result;
	}
}
