import { proxy, wrap, type Endpoint, type Remote } from 'comlink';
import { AppError } from '#lib/core/errors.ts';
import type { Matrix } from '#lib/core/matrix.ts';
import type { OnProgress } from '#lib/core/progress.ts';
import { SerialQueue } from '#lib/engine/serial-queue.ts';
import type {
	Components,
	Compute,
	StabilityInput,
	SweepInput,
	SweepOutput
} from '#lib/pipeline/segment/compute.ts';
import type { Scaler, SegmentStability } from '#lib/pipeline/segment/schema.ts';
import type { ComputeApi } from './compute-api.ts';
import { installErrorTransfer } from './error-transfer.ts';

/** A worker, or in tests one end of a MessageChannel. */
export type ComputeEndpoint = Endpoint & { terminate(): void };

/**
 * One worker, one job at a time. Aborting ends the worker at once, also in the middle of a loop, and the next job starts
 * a new one. What is sent is copied, because callers use their matrix again; what comes back is moved.
 */
export class ComputeClient implements Compute {
	readonly #create: () => ComputeEndpoint;
	readonly #queue = new SerialQueue();
	#worker: { endpoint: ComputeEndpoint; api: Remote<ComputeApi>; death: Promise<never> } | undefined;

	constructor(create: () => ComputeEndpoint) {
		installErrorTransfer();
		this.#create = create;
	}

	/** Starts the worker before the first job needs it. */
	start(): void {
		this.#connect();
	}

	sweep(input: SweepInput, signal: AbortSignal, onProgress: OnProgress): Promise<SweepOutput> {
		return this.#run(signal, (api) => api.sweep(input, proxy(onProgress)));
	}

	stability(input: StabilityInput, signal: AbortSignal, onProgress: OnProgress): Promise<SegmentStability[]> {
		return this.#run(signal, (api) => api.stability(input, proxy(onProgress)));
	}

	components(data: Matrix, scaler: Scaler, signal: AbortSignal): Promise<Components> {
		return this.#run(signal, (api) => api.components(data, scaler));
	}

	/** Ends the worker; a job that is running never ends, so abort it first. */
	close(): void {
		this.#worker?.endpoint.terminate();
		this.#worker = undefined;
	}

	#run<Result>(signal: AbortSignal, job: (api: Remote<ComputeApi>) => Promise<Result>): Promise<Result> {
		return this.#queue.add(async () => {
			const { api, death } = this.#connect();
			let onAbort!: () => void;
			const aborted = new Promise<never>((_, reject) => {
				onAbort = () => {
					this.close();
					reject(signal.reason);
				};
			});
			signal.addEventListener('abort', onAbort);
			try {
				return await Promise.race([job(api), death, aborted]);
			} finally {
				signal.removeEventListener('abort', onAbort);
			}
		}, signal);
	}

	#connect(): { api: Remote<ComputeApi>; death: Promise<never> } {
		this.#worker ??= this.#open();
		return this.#worker;
	}

	#open(): { endpoint: ComputeEndpoint; api: Remote<ComputeApi>; death: Promise<never> } {
		const endpoint = this.#create();
		const death = new Promise<never>((_, reject) => {
			endpoint.addEventListener('error', (event) => {
				if (this.#worker?.endpoint === endpoint) this.close();
				const { message = 'it stopped' } = event as Partial<ErrorEvent>;
				reject(new AppError('unexpected', { message: `the compute worker failed: ${message}` }));
			});
		});
		// Unless a job waits, nobody needs to hear of it.
		death.catch(() => undefined);
		return { endpoint, api: wrap<ComputeApi>(endpoint), death };
	}
}
