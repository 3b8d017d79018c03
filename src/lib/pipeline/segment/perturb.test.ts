import { describe, expect, it } from 'vitest';
import { fromColumns, type Matrix } from '#lib/core/matrix.ts';
import { seeded } from '#lib/core/random.ts';
import { localCompute } from '#lib/pipeline/local-compute.ts';
import type { PerturbationInput } from './compute.ts';
import { joinPerturbations } from './perturb.ts';

const never = new AbortController().signal;
const ignore = (): void => undefined;

/** Rows around centres that are so far apart. */
function blobs(apart: number, perBlob: number): { data: Matrix; labels: Uint8Array } {
	const random = seeded(8);
	const labels = Uint8Array.from({ length: 3 * perBlob }, (_, row) => row % 3);
	const axis = (at: number) => Float64Array.from(labels, (own) => (own === at ? apart : 0) + random());
	return { data: fromColumns([axis(1), axis(2)]), labels };
}

function request({ data, labels }: ReturnType<typeof blobs>, repeats: readonly number[]): PerturbationInput {
	return {
		...{ data, labels, categories: [], method: 'kmeans', options: {}, clusterCount: 3, seed: 5, repeats },
		...{ scaler: { scaling: 'none', centers: [0, 0], scales: [1, 1], lambdas: null }, projection: null }
	};
}

const least = (values: readonly (readonly number[])[]): number => Math.min(...values.flat());

describe('small changes', () => {
	it('do nothing to clear groups', async () => {
		const found = await localCompute.perturbation(request(blobs(10, 60), [0, 1, 2]), never, ignore);
		for (const kind of ['noise', 'subsample', 'seed'] as const) {
			expect(found[kind].similarities).toEqual([0, 1, 2].map(() => [1, 1, 1]));
			expect(found[kind].agreement).toEqual([1, 1, 1]);
		}
		expect(found.rows).toBe(180);
	});
	it('move people where there are no groups', async () => {
		const found = await localCompute.perturbation(request(blobs(0, 200), [0, 1, 2, 3]), never, ignore);
		expect(least(found.noise.similarities)).toBeLessThan(0.9);
		expect(least(found.subsample.similarities)).toBeLessThan(0.9);
		expect(Math.min(...found.noise.agreement)).toBeLessThan(0.95);
	});
	it('are the same whoever makes them, and are of a sample of many customers', async () => {
		const input = request(blobs(1, 2000), [0, 1]);
		const together = await localCompute.perturbation(input, never, ignore);
		const parts = [0, 1].map((repeat) =>
			localCompute.perturbation({ ...input, repeats: [repeat] }, never, ignore)
		);
		expect(joinPerturbations(await Promise.all(parts))).toEqual(together);
		expect(together.rows).toBe(5000);
	});
	it('ask a sample of many customers for the density of all of them', async () => {
		const { data, labels } = blobs(3, 6667);
		const input = {
			...request({ data, labels }, [0]),
			method: 'dbscan',
			options: { eps: 0.06, minPoints: 15 }
		};
		const found = await localCompute.perturbation(input, never, ignore);
		expect(least(found.seed.similarities)).toBeGreaterThan(0.95);
		expect(least(found.subsample.similarities)).toBeGreaterThan(0.95);
	});
	it('stop when asked to', async () => {
		const stopped = localCompute.perturbation(request(blobs(1, 20), [0]), AbortSignal.abort(), ignore);
		await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
	});
});
