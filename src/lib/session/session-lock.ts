import { AppError } from '#lib/core/errors.ts';

/** The right to write a session, which one tab has at a time. */
export class SessionLock {
	#release: (() => void) | null = null;

	/** Takes the lock of a session, and lets the one before go. False while another tab has it. */
	async take(id: string): Promise<boolean> {
		this.release();
		return new Promise<boolean>((resolve) => {
			void navigator.locks.request(nameOf(id), { ifAvailable: true }, (lock) => {
				resolve(lock !== null);
				return lock === null ? undefined : new Promise<void>((release) => (this.#release = release));
			});
		});
	}

	release(): void {
		this.#release?.();
		this.#release = null;
	}
}

/** Does something to a session that nobody writes. @throws `session.in-use` */
export async function whileFree(id: string, work: () => Promise<void>): Promise<void> {
	await navigator.locks.request(nameOf(id), { ifAvailable: true }, async (lock) => {
		if (lock === null) throw new AppError('session.in-use', {});
		await work();
	});
}

function nameOf(id: string): string {
	return `pomelo-session-${id}`;
}
