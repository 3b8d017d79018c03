import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromColumns } from '#lib/core/matrix.ts';
import { seeded } from '#lib/core/random.ts';
import { localCompute } from '#lib/pipeline/local-compute.ts';
import type { SweepInput } from '#lib/pipeline/segment/compute.ts';
import { deal, shareOut } from './share-out.ts';

const never = new AbortController().signal;
const ignore = (): void => undefined;
const random = seeded(4);
const input: SweepInput = {
	data: fromColumns([0, 1, 2].map(() => Float64Array.from({ length: 400 }, () => random()))),
	categories: [],
	method: 'kmeans',
	options: {},
	scaling: 'standard',
	scaler: null,
	componentShare: null,
	clusterCounts: [2, 3, 4, 5, 6, 7],
	seed: 3,
	initCount: 3
};

/** The same to eleven digits. */
function rounded(value: unknown): unknown {
	return JSON.parse(
		JSON.stringify(value, (_, part: unknown) => {
			if (typeof part === 'number') return Number(part.toPrecision(11));
			return part instanceof Float64Array ? Array.from(part) : part;
		})
	);
}

describe('work that is shared out', () => {
	it.each([2, 4, 9])('gives the same answer with %i workers as with one', async (workers) => {
		const alone = await localCompute.sweep(input, never, ignore);
		const shared = await shareOut(localCompute, workers).sweep(input, never, ignore);
		expect(shared.fits.map(({ labels, centroids }) => ({ labels, centroids }))).toEqual(
			alone.fits.map(({ labels, centroids }) => ({ labels, centroids }))
		);
		// Distances are added up for several k at once, in another order.
		expect(rounded(shared)).toEqual(rounded(alone));
		const stability = {
			...{ ...input, scaler: alone.scaler, projection: null, clusterCount: 3 },
			labels: alone.fits[1]?.labels ?? new Uint8Array(0),
			resamples: [0, 1, 2, 3, 4]
		};
		const one = await localCompute.stability(stability, never, ignore);
		const many = await shareOut(localCompute, workers).stability(stability, never, ignore);
		const sorted = (values: readonly (readonly number[])[]) =>
			values.map((each) => each.toSorted((a, b) => a - b));
		expect(sorted(many)).toEqual(sorted(one));
	});
	it('tells the progress of all parts as one that rises', async () => {
		const shares: number[] = [];
		await shareOut(localCompute, 3).sweep(input, never, ({ share }) => shares.push(share ?? NaN));
		expect(shares).toEqual(shares.toSorted((a, b) => a - b));
		expect(shares.at(-1)).toBe(1);
	});
	it('ends the other parts when one fails', async () => {
		const stopped: boolean[] = [];
		const failing = shareOut(
			{
				...localCompute,
				sweep: async ({ clusterCounts }, signal) => {
					if (clusterCounts.includes(7)) throw new RangeError('broken');
					return new Promise((_, reject) =>
						signal.addEventListener('abort', () => {
							stopped.push(true);
							reject(signal.reason);
						})
					);
				}
			},
			3
		);
		await expect(failing.sweep(input, never, ignore)).rejects.toThrow('broken');
		expect(stopped).toEqual([true, true]);
	});
});

describe('deal', () => {
	it('goes there and back', () => {
		expect(deal([10, 9, 8, 7, 6], 2)).toEqual([
			[10, 7, 6],
			[9, 8]
		]);
		expect(deal([1, 2], 5)).toEqual([[1], [2]]);
		expect(deal([], 3)).toEqual([[]]);
	});
	it('gives every item to one hand', () => {
		fc.assert(
			fc.property(
				fc.array(fc.integer(), { minLength: 1 }),
				fc.integer({ min: 1, max: 9 }),
				(items, hands) => {
					const dealt = deal(items, hands);
					expect(dealt.flat().toSorted((a, b) => a - b)).toEqual(items.toSorted((a, b) => a - b));
					expect(dealt.every((hand) => hand.length > 0)).toBe(true);
				}
			),
			{ seed: 1 }
		);
	});
});
