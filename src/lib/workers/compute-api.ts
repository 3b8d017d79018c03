import { releaseProxy, transfer, type Remote } from 'comlink';
import type { OnProgress } from '#lib/core/progress.ts';
import { TASKS, type Compute, type TaskName } from '#lib/pipeline/compute.ts';

/** The tasks of `Compute` as a worker exposes them: no signal, because aborting ends the worker. */
export type ComputeApi = {
	readonly [Name in TaskName]: (
		input: Parameters<Compute[Name]>[0],
		onProgress: OnProgress
	) => ReturnType<Compute[Name]>;
};

/** What a worker exposes for a `Compute`: results are moved, not copied, and progress is told ten times a second. */
export function createComputeApi(compute: Compute, now: () => number = () => performance.now()): ComputeApi {
	const never = new AbortController().signal;
	const exposed = TASKS.map((name) => {
		const task = compute[name] as (
			input: unknown,
			signal: AbortSignal,
			onProgress: OnProgress
		) => Promise<unknown>;
		const run = async (input: unknown, onProgress: OnProgress): Promise<unknown> => {
			try {
				return moved(await task(input, never, seldom(onProgress, now)));
			} finally {
				(onProgress as Remote<OnProgress>)[releaseProxy]?.();
			}
		};
		return [name, run];
	});
	return Object.fromEntries(exposed) as ComputeApi;
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
