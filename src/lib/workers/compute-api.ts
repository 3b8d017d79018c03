import { releaseProxy, transfer, type Remote } from 'comlink';
import type { OnProgress } from '#lib/core/progress.ts';
import type { Matrix } from '#lib/core/matrix.ts';
import type {
	Compute,
	KnnImputeInput,
	PowerTransform,
	StabilityInput,
	SweepInput
} from '#lib/pipeline/segment/compute.ts';
import type { ImportanceInput } from '#lib/pipeline/segment/drivers/schema.ts';
import type { Scaler } from '#lib/pipeline/segment/schema.ts';

/** The methods of `Compute` as a worker exposes them: no signal, because aborting ends the worker. */
export type ComputeApi = ReturnType<typeof createComputeApi>;

/** What a worker exposes for a `Compute`: results are moved, not copied, and progress is told ten times a second. */
export function createComputeApi(compute: Compute, now: () => number = () => performance.now()) {
	const never = new AbortController().signal;
	const reporting = async <T>(
		onProgress: OnProgress,
		run: (onProgress: OnProgress) => Promise<T>
	): Promise<T> => {
		try {
			return moved(await run(seldom(onProgress, now)));
		} finally {
			(onProgress as Remote<OnProgress>)[releaseProxy]?.();
		}
	};
	return {
		sweep: (input: SweepInput, onProgress: OnProgress) =>
			reporting(onProgress, (seldomly) => compute.sweep(input, never, seldomly)),
		stability: (input: StabilityInput, onProgress: OnProgress) =>
			reporting(onProgress, (seldomly) => compute.stability(input, never, seldomly)),
		imputeKnn: (input: KnnImputeInput, onProgress: OnProgress) =>
			reporting(onProgress, (seldomly) => compute.imputeKnn(input, never, seldomly)),
		importance: (input: ImportanceInput, onProgress: OnProgress) =>
			reporting(onProgress, (seldomly) => compute.importance(input, never, seldomly)),
		powerFit: (values: Float64Array, transform: PowerTransform) => compute.powerFit(values, transform, never),
		components: async (data: Matrix, scaler: Scaler) => moved(await compute.components(data, scaler, never))
	};
}

const SHORTEST_MS = 100;

/** Passes on at most ten reports a second, and always the last one. */
function seldom(onProgress: OnProgress, now: () => number): OnProgress {
	let lastMs = -Infinity;
	return (progress) => {
		const nowMs = now();
		if (nowMs - lastMs < SHORTEST_MS && progress.share !== 1) return;
		lastMs = nowMs;
		onProgress(progress);
	};
}

function moved<T>(result: T): T {
	const buffers = new Set<ArrayBuffer>();
	collectBuffers(result, buffers);
	return transfer(result, [...buffers]);
}

function collectBuffers(value: unknown, buffers: Set<ArrayBuffer>): void {
	if (typeof value !== 'object' || value === null) return;
	if (ArrayBuffer.isView(value)) {
		if (value.buffer instanceof ArrayBuffer) buffers.add(value.buffer);
		return;
	}
	for (const part of Object.values(value)) collectBuffers(part, buffers);
}
