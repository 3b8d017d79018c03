import { proxy, wrap, type Endpoint, type Remote } from 'comlink';
import { AppError } from '#lib/core/errors.ts';
import type { OnProgress } from '#lib/core/progress.ts';
import { SerialQueue } from '#lib/engine/serial-queue.ts';
import { TASKS, type Compute, type TaskName } from '#lib/pipeline/compute.ts';
import type { ComputeApi } from './compute-api.ts';
import { installErrorTransfer } from './error-transfer.ts';
import { shareOut } from './share-out.ts';

/** A worker, or in tests one end of a MessageChannel. */
export type ComputeEndpoint = Endpoint & { terminate(): void };

/** A worker that runs, and the way to end it: whatever waits for it then fails with the reason. */
interface Connection {
	readonly api: Remote<ComputeApi>;
	readonly ended: Promise<never>;
	end(reason: unknown): void;
}

type Job = (api: Remote<ComputeApi>) => Promise<unknown>;

/** One worker at most, one job at a time. Aborting ends the worker at once; the next job starts a new one. */
class Slot {
	readonly #create: () => ComputeEndpoint;
	readonly #queue = new SerialQueue();
	#connection: Connection | undefined;
	/** Jobs that run or wait. */
	jobs = 0;

	constructor(create: () => ComputeEndpoint) {
		this.#create = create;
	}

	start(): void {
		this.#connection ??= this.#connect();
	}

	close(): void {
		this.#connection?.end(failure('it was closed'));
	}

	async run(signal: AbortSignal, job: Job): Promise<unknown> {
		this.jobs += 1;
		try {
			return await this.#queue.add(() => this.#now(signal, job), signal);
		} finally {
			this.jobs -= 1;
		}
	}

	async #now(signal: AbortSignal, job: Job): Promise<unknown> {
		const connection = (this.#connection ??= this.#connect());
		const onAbort = (): void => connection.end(signal.reason);
		signal.addEventListener('abort', onAbort);
		try {
			return await Promise.race([job(connection.api), connection.ended]);
		} finally {
			signal.removeEventListener('abort', onAbort);
		}
	}

	#connect(): Connection {
		const endpoint = this.#create();
		let reject: (reason: unknown) => void;
		const ended = new Promise<never>((_, rejectEnded) => {
			reject = rejectEnded;
		});
		// Unless a job waits, nobody needs to hear of it.
		ended.catch(() => undefined);
		const end = (reason: unknown): void => {
			endpoint.terminate();
			this.#connection = undefined;
			reject(reason);
		};
		endpoint.addEventListener('error', (event) => end(failure((event as ErrorEvent).message)));
		return { api: wrap<ComputeApi>(endpoint), ended, end };
	}
}

/** Workers that compute, and the way to start the first before it is needed, and to end them all. */
export interface ComputeWorkers extends Compute {
	/** Starts the first worker. */
	start(): void;
	/** Ends the workers, and with them what is running. A later job starts new ones. */
	close(): void;
}

/**
 * Computes in workers: jobs go to the worker with least to do, and sweeps and resamples are shared out among all, with the
 * same answer whatever their number. Aborting ends the worker of a job at once, also in the middle of a loop. What is sent
 * is copied, because callers use their matrix again; what comes back is moved.
 *
 * @param create starts a worker
 * @param workerCount the most workers at a time
 */
export function computeWorkers(create: () => ComputeEndpoint, workerCount: number): ComputeWorkers {
	installErrorTransfer();
	const slots = Array.from({ length: Math.max(1, workerCount) }, () => new Slot(create));
	const idlest = (): Slot => slots.reduce((best, slot) => (slot.jobs < best.jobs ? slot : best));
	const task = (name: TaskName) => (input: unknown, signal: AbortSignal, onProgress: OnProgress) =>
		idlest().run(signal, (api) => {
			const call = api[name] as unknown as (input: unknown, onProgress: OnProgress) => Promise<unknown>;
			return call(input, proxy(onProgress));
		});
	const single = Object.fromEntries(TASKS.map((name) => [name, task(name)])) as unknown as Compute;
	return {
		...shareOut(single, slots.length),
		start: () => slots[0]?.start(),
		close: () => slots.forEach((slot) => slot.close())
	};
}

function failure(reason: string): AppError {
	return new AppError('unexpected', { message: `the compute worker stopped: ${reason}` });
}
