import { proxy, wrap, type Endpoint, type Remote } from 'comlink';
import { AppError } from '#lib/core/errors.ts';
import type { Matrix } from '#lib/core/matrix.ts';
import type { OnProgress } from '#lib/core/progress.ts';
import { SerialQueue } from '#lib/engine/serial-queue.ts';
import type {
	Components,
	Compute,
	KnnImputeInput,
	KnnImputeOutput,
	PowerFit,
	PowerTransform,
	StabilityInput,
	SweepInput,
	SweepOutput
} from '#lib/pipeline/segment/compute.ts';
import type { ImportanceInput, ImportanceOutput } from '#lib/pipeline/segment/drivers/schema.ts';
import type { Scaler, SegmentStability } from '#lib/pipeline/segment/schema.ts';
import type { ComputeApi } from './compute-api.ts';
import { installErrorTransfer } from './error-transfer.ts';

/** A worker, or in tests one end of a MessageChannel. */
export type ComputeEndpoint = Endpoint & { terminate(): void };

/** A worker that runs, and the way to end it: whatever waits for it then fails with the reason. */
interface Connection {
	readonly api: Remote<ComputeApi>;
	readonly ended: Promise<never>;
	end(reason: unknown): void;
}

/**
 * One worker, one job at a time. Aborting ends the worker at once, also in the middle of a loop, and the next job starts
 * a new one. What is sent is copied, because callers use their matrix again; what comes back is moved.
 */
export class ComputeClient implements Compute {
	readonly #create: () => ComputeEndpoint;
	readonly #queue = new SerialQueue();
	#connection: Connection | undefined;

	constructor(create: () => ComputeEndpoint) {
		installErrorTransfer();
		this.#create = create;
	}

	/** Starts the worker before the first job needs it. */
	start(): void {
		this.#connection ??= this.#connect();
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

	imputeKnn(input: KnnImputeInput, signal: AbortSignal, onProgress: OnProgress): Promise<KnnImputeOutput> {
		return this.#run(signal, (api) => api.imputeKnn(input, proxy(onProgress)));
	}

	powerFit(values: Float64Array, transform: PowerTransform, signal: AbortSignal): Promise<PowerFit> {
		return this.#run(signal, (api) => api.powerFit(values, transform));
	}

	importance(input: ImportanceInput, signal: AbortSignal, onProgress: OnProgress): Promise<ImportanceOutput> {
		return this.#run(signal, (api) => api.importance(input, proxy(onProgress)));
	}

	/** Ends the worker, and with it a job that is running. A later job starts a new one. */
	close(): void {
		this.#connection?.end(failure('it was closed'));
	}

	#run<Result>(signal: AbortSignal, job: (api: Remote<ComputeApi>) => Promise<Result>): Promise<Result> {
		return this.#queue.add(async () => {
			const connection = (this.#connection ??= this.#connect());
			const onAbort = (): void => connection.end(signal.reason);
			signal.addEventListener('abort', onAbort);
			try {
				return await Promise.race([job(connection.api), connection.ended]);
			} finally {
				signal.removeEventListener('abort', onAbort);
			}
		}, signal);
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

function failure(reason: string): AppError {
	return new AppError('unexpected', { message: `the compute worker stopped: ${reason}` });
}
