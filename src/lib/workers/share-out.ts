import type { OnProgress, Progress } from '#lib/core/progress.ts';
import type { Compute, Task } from '#lib/pipeline/compute.ts';
import { joinPerturbations } from '#lib/pipeline/segment/perturb.ts';
import { methodById } from '#lib/pipeline/segment/methods/index.ts';

/**
 * A `Compute` that does sweeps and resamples in as many parts as there are workers. Every k and every resample depends on
 * its own number and the seed alone, so the answer is the same for any number of parts.
 */
export function shareOut(compute: Compute, parts: number): Compute {
	return {
		...compute,
		sweep: async (input, signal, onProgress) => {
			const isShared = methodById(input.method).clusterCount === 'given';
			const shares = isShared ? deal(input.clusterCounts.toReversed(), parts) : [[...input.clusterCounts]];
			const inputs = shares.map((clusterCounts) => ({
				...input,
				clusterCounts: clusterCounts.toSorted((a, b) => a - b)
			}));
			const [first, ...others] = await all(compute.sweep, inputs, signal, onProgress);
			if (first === undefined) throw new RangeError('a sweep without parts');
			const fits = [first, ...others].flatMap((output) => output.fits);
			// The part with the largest k knows most of how few customers can be told apart.
			return { ...first, fits: fits.sort((a, b) => a.candidate.k - b.candidate.k) };
		},
		stability: async (input, signal, onProgress) => {
			const inputs = deal(input.resamples, parts).map((resamples) => ({ ...input, resamples }));
			const found = await all(compute.stability, inputs, signal, onProgress);
			return (found[0] ?? []).map((_, cluster) => found.flatMap((part) => part[cluster] ?? []));
		},
		perturbation: async (input, signal, onProgress) => {
			const inputs = deal(input.repeats, parts).map((repeats) => ({ ...input, repeats }));
			return joinPerturbations(await all(compute.perturbation, inputs, signal, onProgress));
		}
	};
}

/** Items dealt to so many hands like cards, there and back: 10 9 8 7 to two hands is 10 7 and 9 8. No hand is empty. */
export function deal<Item>(items: readonly Item[], hands: number): Item[][] {
	const count = Math.max(1, Math.min(hands, items.length));
	const dealt = Array.from({ length: count }, (): Item[] => []);
	items.forEach((item, i) => {
		const [round, place] = [Math.floor(i / count), i % count];
		dealt[round % 2 === 0 ? place : count - 1 - place]?.push(item);
	});
	return dealt;
}

/** Does all parts side by side; the first failure, or the signal, ends the others. */
async function all<Input, Output>(
	task: Task<Input, Output>,
	inputs: readonly Input[],
	signal: AbortSignal,
	onProgress: OnProgress
): Promise<Output[]> {
	const failed = new AbortController();
	const stop = inputs.length === 1 ? signal : AbortSignal.any([signal, failed.signal]);
	const told = together(inputs.length, onProgress);
	try {
		return await Promise.all(inputs.map((input, part) => task(input, stop, told(part))));
	} catch (error) {
		failed.abort(error);
		throw error;
	}
}

/** The progress of several parts as that of one: the mean of their shares. */
function together(parts: number, onProgress: OnProgress): (part: number) => OnProgress {
	const shares = new Float64Array(parts);
	return (part) =>
		({ what, share }: Progress): void => {
			shares[part] = share ?? 0;
			onProgress({ what, share: shares.reduce((sum, each) => sum + each, 0) / parts });
		};
}
