import { expose, type Remote } from 'comlink';
import { afterEach, describe, expect, expectTypeOf, it, vi } from 'vitest';
import { AppError } from '#lib/core/errors.ts';
import { fromColumns } from '#lib/core/matrix.ts';
import type { Progress } from '#lib/core/progress.ts';
import type {
	KnnImputeInput,
	KnnImputeOutput,
	PowerInput,
	SweepInput,
	SweepOutput
} from '#lib/pipeline/segment/compute.ts';
import { TASKS, type Compute } from '#lib/pipeline/compute.ts';
import type { ImportanceInput, ImportanceOutput } from '#lib/pipeline/segment/drivers/schema.ts';
import type { Scaler } from '#lib/pipeline/segment/schema.ts';
import { createComputeApi, type ComputeApi } from './compute-api.ts';
import { computeWorkers, type ComputeEndpoint } from './compute-client.ts';
import { installErrorTransfer } from './error-transfer.ts';

const scaler: Scaler = { scaling: 'none', centers: [], scales: [], lambdas: null };
const data = fromColumns([Float64Array.of(1, 2, 3)]);
const input: SweepInput = {
	data,
	categories: [],
	method: 'kmeans',
	options: {},
	scaling: 'none',
	scaler: null,
	componentShare: null,
	clusterCounts: [2],
	seed: 1,
	initCount: 1
};
const output: SweepOutput = { scaler, projection: null, fits: [], silhouetteSample: 3, notices: [] };
const imputeInput: KnnImputeInput = {
	data: fromColumns([Float64Array.of(1, NaN), Float64Array.of(1, 2)]),
	columns: [0],
	scaling: 'standard',
	neighborCount: 1,
	mostDonors: 10,
	seed: 1
};
const imputed = (): KnnImputeOutput => ({
	rows: Int32Array.of(1),
	columns: Int32Array.of(0),
	values: Float64Array.of(1),
	candidates: 1,
	donors: 1,
	masked: [0],
	errorKnn: [NaN],
	errorMedian: [NaN]
});
const importanceInput: ImportanceInput = {
	data,
	outcome: Float64Array.of(0, 1, 1),
	shown: Float64Array.of(0, 1, 1),
	isBinary: true,
	mostRows: 10,
	seed: 1
};
const importanceOutput = (): ImportanceOutput => ({
	rows: 3,
	judged: 3,
	skill: { value: 0.5, low: 0, high: 1 },
	columns: [],
	copies: [],
	probe: { value: 0, low: 0, high: 0 },
	pearson: fromColumns([Float64Array.of(1)]),
	spearman: fromColumns([Float64Array.of(1)])
});
const power: PowerInput = { values: Float64Array.of(1, 2), transform: 'box_cox' };
const never = new AbortController().signal;
const ignore = (): void => undefined;

/** Tasks that no test asks. */
const unasked = Object.fromEntries(TASKS.map((name) => [name, () => Promise.reject(new Error(name))]));

const compute = {
	...(unasked as unknown as Compute),
	sweep: async () => output,
	stability: async () => [],
	components: async ({ data: scores }) => ({
		...{ scores, loadings: scores },
		...{ eigenvalues: [1], explained: [1], columns: [] }
	}),
	imputeKnn: async () => imputed(),
	powerFit: async ({ values }) => ({ lambda: values.length, skewBefore: 1, skewAfter: 0 }),
	importance: async () => importanceOutput()
} satisfies Compute;

const opened: MessagePort[] = [];
afterEach(() => opened.splice(0).forEach((port) => port.close()));

/** A client whose workers run in this thread, at the other end of a channel. */
function client(local: Partial<Compute>, now?: () => number, workers = 1) {
	const terminate = vi.fn();
	const create = vi.fn((): ComputeEndpoint => {
		installErrorTransfer();
		const { port1, port2 } = new MessageChannel();
		opened.push(port1, port2);
		expose(createComputeApi({ ...compute, ...local }, now), port2);
		return Object.assign(port1, { terminate });
	});
	return { client: computeWorkers(create, workers), create, terminate };
}

describe('computeWorkers', () => {
	it('brings back results and keeps the matrix of the caller', async () => {
		const { client: compute, create } = client({});
		expect(await compute.sweep(input, never, ignore)).toEqual(output);
		const { scores } = await compute.components({ data, scaler }, never, ignore);
		expect(scores).toEqual(data);
		expect(data.values).toEqual(Float64Array.of(1, 2, 3));
		expect(
			await compute.stability(
				{ ...input, scaler, projection: null, labels: new Uint8Array(3), clusterCount: 2, resamples: [0, 1] },
				never,
				ignore
			)
		).toEqual([]);
		expect(await compute.imputeKnn(imputeInput, never, ignore)).toEqual(imputed());
		expect(await compute.powerFit(power, never, ignore)).toMatchObject({ lambda: 2 });
		expect(await compute.importance(importanceInput, never, ignore)).toEqual(importanceOutput());
		expect(importanceInput.outcome).toHaveLength(3);
		expect(create).toHaveBeenCalledTimes(1);
	});

	it('starts ahead of the first job when asked', () => {
		const { client: compute, create } = client({});
		compute.start();
		compute.start();
		expect(create).toHaveBeenCalledTimes(1);
	});

	it('does one job at a time', async () => {
		let running = 0;
		const sweep = async (): Promise<SweepOutput> => {
			running += 1;
			expect(running).toBe(1);
			await new Promise((resolve) => setTimeout(resolve, 5));
			running -= 1;
			return output;
		};
		const { client: compute } = client({ sweep });
		const jobs = [1, 2, 3].map(() => compute.sweep(input, never, ignore));
		expect(await Promise.all(jobs)).toHaveLength(3);
	});

	it('ends the worker on abort, and the next job starts a new one', async () => {
		const { client: compute, create, terminate } = client({ sweep: () => new Promise(() => undefined) });
		const controller = new AbortController();
		const job = compute.sweep(input, controller.signal, ignore);
		const reason = new DOMException('stopped', 'AbortError');
		setTimeout(() => controller.abort(reason), 10);
		await expect(job).rejects.toBe(reason);
		expect(terminate).toHaveBeenCalledTimes(1);
		expect((await compute.components({ data, scaler }, never, ignore)).explained).toEqual([1]);
		expect(create).toHaveBeenCalledTimes(2);
	});

	it('does not start a job that was aborted while it waited', async () => {
		const { client: compute, create } = client({});
		const signal = AbortSignal.abort();
		await expect(compute.sweep(input, signal, ignore)).rejects.toBe(signal.reason);
		expect(create).not.toHaveBeenCalled();
	});

	it('fails when the worker fails, or is closed', async () => {
		const { client: compute, create } = client({ sweep: () => new Promise(() => undefined) });
		const failing = compute.sweep(input, never, ignore);
		await vi.waitFor(() => expect(create).toHaveBeenCalled());
		const endpoint = create.mock.results[0]?.value as unknown as EventTarget;
		endpoint.dispatchEvent(Object.assign(new Event('error'), { message: 'boom' }));
		await expect(failing).rejects.toMatchObject({ details: { message: expect.stringContaining('boom') } });
		const closing = compute.sweep(input, never, ignore);
		await vi.waitFor(() => expect(create).toHaveBeenCalledTimes(2));
		compute.close();
		await expect(closing).rejects.toMatchObject({ code: 'unexpected' });
	});

	it('tells progress at most ten times a second, and the end always', async () => {
		let nowMs = 0;
		const sweep: Compute['sweep'] = async (_input, _signal, onProgress) => {
			for (let step = 0; step <= 100; step += 1) {
				onProgress({ what: 'k-means', share: step / 100 });
				nowMs += 10;
			}
			return output;
		};
		const { client: compute } = client({ sweep }, () => nowMs);
		const told: Progress[] = [];
		await compute.sweep(input, never, (progress) => told.push(progress));
		await vi.waitFor(() => expect(told.at(-1)?.share).toBe(1));
		expect(told.map(({ share }) => share)).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
	});
});

describe('errors across the boundary', () => {
	async function thrown(value: unknown): Promise<unknown> {
		const { client: compute } = client({ sweep: () => Promise.reject(value) });
		return compute.sweep(input, never, ignore).catch((error: unknown) => error);
	}

	it('keep code and details', async () => {
		const details = { customers: 12, of: 60, needed: 40 };
		const error = await thrown(new AppError('segment.too-few-customers', details));
		expect(error).toBeInstanceOf(AppError);
		expect(error).toMatchObject({ code: 'segment.too-few-customers', details });
	});

	it('keep name, message and stack', async () => {
		const original = new RangeError('out of range');
		expect(await thrown(original)).toMatchObject({
			name: 'RangeError',
			message: 'out of range',
			stack: original.stack
		});
	});

	it('keep what is not an Error', async () => {
		expect(await thrown({ odd: 1 })).toEqual({ odd: 1 });
	});
});

it('has the type of what the worker exposes', () => {
	expectTypeOf<Remote<ComputeApi>['sweep']>().returns.resolves.toEqualTypeOf<SweepOutput>();
	expectTypeOf<keyof ComputeApi>().toEqualTypeOf<keyof Compute>();
});
