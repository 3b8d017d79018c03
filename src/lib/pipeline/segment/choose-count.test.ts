import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseClusterCount, sizeFloor } from './choose-count.ts';
import type { Candidate, SegmentStability } from './schema.ts';

function candidate(k: number, silhouette: number, smallest = 500): Candidate {
	const sizes = Array.from({ length: k }, (_, cluster) => smallest + cluster);
	const others = { dunn: null, gap: null, bic: null, chance: null, saddle: null };
	return { k, inertia: 1, silhouette, calinskiHarabasz: 1, daviesBouldin: 1, ...others, sizes };
}

function stable(jaccard: number): SegmentStability[] {
	return [
		{ cluster: 0, jaccard: 0.99, low: 0.9, high: 1, resamples: 20 },
		{ cluster: 1, jaccard, low: jaccard, high: jaccard, resamples: 20 }
	];
}

/** Asks with the given weakest Jaccard per k (0.9 where none is given), and notes what was asked. */
async function choose(candidates: readonly Candidate[], weakest: Readonly<Record<number, number>> = {}) {
	const asked: number[] = [];
	const stabilityOf = (k: number) => {
		asked.push(k);
		return Promise.resolve(stable(weakest[k] ?? 0.9));
	};
	const recommendation = await chooseClusterCount(candidates, stabilityOf, { customers: 3317 });
	return { recommendation, asked };
}

const RETAIL = [candidate(2, 0.45), candidate(3, 0.353), candidate(4, 0.362), candidate(5, 0.323)];

describe('choosing the number of segments', () => {
	it('takes the clearest of three or more, and asks for no other stability', async () => {
		const { recommendation, asked } = await choose(RETAIL);
		expect(recommendation).toEqual({ k: 4, reason: 'clearest', runnerUp: 2, refused: [] });
		expect(asked).toEqual([4]);
	});
	it('refuses what is unstable or too small, and says by how much', async () => {
		const small = [...RETAIL, candidate(6, 0.4, 50)];
		const { recommendation } = await choose(small, { 4: 0.55 });
		expect(recommendation).toEqual({
			k: 3,
			reason: 'clearest',
			runnerUp: 2,
			refused: [
				{ k: 6, because: 'too-small', value: 50 },
				{ k: 4, because: 'unstable', value: 0.55 }
			]
		});
	});
	it('takes 2 only when nothing above it holds', async () => {
		const { recommendation, asked } = await choose(RETAIL, { 3: 0.1, 4: 0.2, 5: 0.3 });
		expect(recommendation).toMatchObject({ k: 2, reason: 'only-two-hold', runnerUp: null });
		expect(asked).toEqual([4, 3, 5, 2]);
	});
	it('falls back to 2 when nothing holds', async () => {
		const { recommendation } = await choose(RETAIL, { 2: 0.5, 3: 0.1, 4: 0.2, 5: 0.3 });
		expect(recommendation).toMatchObject({ k: 2, reason: 'nothing-holds', runnerUp: null });
		expect(recommendation.refused.map(({ k }) => k)).toEqual([4, 3, 5, 2]);
	});
	it('prefers fewer segments on a tie', async () => {
		expect((await choose([candidate(5, 0.3), candidate(3, 0.3)])).recommendation.k).toBe(3);
	});
	it('says that there are no groups when no number is above chance, and shows slices all the same', async () => {
		const chance = RETAIL.map((each) => ({ ...each, chance: 0.46 }));
		const { recommendation } = await choose(chance, { 4: 0.5 });
		expect(recommendation).toEqual({ k: 3, reason: 'no-groups', runnerUp: null, refused: [] });
	});
	it('refuses a number that is not above chance', async () => {
		const chance = RETAIL.map((each) => ({ ...each, chance: each.k === 4 ? 0.37 : 0.3 }));
		const { recommendation, asked } = await choose(chance);
		expect(recommendation.k).toBe(3);
		expect(recommendation.refused).toEqual([{ k: 4, because: 'chance', value: 0.37 }]);
		expect(asked).toEqual([3]);
	});
	it('says that there are no groups when no number has a gap between its segments, and refuses those without', async () => {
		const shading = RETAIL.map((each) => ({ ...each, chance: 0.2, saddle: 0.5 }));
		const { recommendation } = await choose(shading);
		expect(recommendation).toEqual({ k: 4, reason: 'no-groups', runnerUp: null, refused: [] });
		const gaps = shading.map((each) => ({ ...each, saddle: each.k === 3 ? 0.49 : 0.8 }));
		const parted = await choose(gaps);
		expect(parted.recommendation).toMatchObject({ k: 3, refused: [{ k: 4, because: 'no-gap', value: 0.8 }] });
	});
	it('takes the number at which the gap stops rising where its silhouette is about as good', async () => {
		const withGaps = (gaps: readonly number[], silhouettes: readonly number[]) =>
			silhouettes.map((silhouette, i) => ({
				...candidate(i + 2, silhouette),
				gap: { value: gaps[i] ?? 0, error: 0.05 }
			}));
		const two = await choose(withGaps([0.5, 0.4, 0.6], [0.6, 0.5, 0.48]));
		expect(two.recommendation).toMatchObject({ k: 2, reason: 'only-two-hold', refused: [] });
		const five = await choose(withGaps([0.1, 0.3, 0.6, 1, 0.9], [0.5, 0.6, 0.7, 0.69, 0.6]));
		expect(five.recommendation).toMatchObject({ k: 5, runnerUp: 4 });
		const far = await choose(withGaps([0.1, 0.3, 0.6, 1, 0.9], [0.5, 0.6, 0.7, 0.6, 0.6]));
		expect(far.recommendation.k).toBe(4);
	});
	it('refuses to choose from nothing', async () => {
		await expect(choose([])).rejects.toThrow('no candidates to choose from');
	});
	it('is deterministic, and never takes a refused k while another holds', async () => {
		const one = fc.record({
			silhouette: fc.double({ min: 0, max: 1, noNaN: true }),
			smallest: fc.integer({ min: 1, max: 200 }),
			jaccard: fc.double({ min: 0, max: 1, noNaN: true })
		});
		await fc.assert(
			fc.asyncProperty(fc.array(one, { minLength: 1, maxLength: 9 }), async (list) => {
				const candidates = list.map(({ silhouette, smallest }, i) => candidate(i + 2, silhouette, smallest));
				const weakest = Object.fromEntries(list.map(({ jaccard }, i) => [i + 2, jaccard]));
				const { recommendation } = await choose(candidates, weakest);
				expect((await choose(candidates.toReversed(), weakest)).recommendation).toEqual(recommendation);
				const holds = list.map(({ smallest, jaccard }) => smallest >= sizeFloor(3317) && jaccard >= 0.7);
				const isRefused = recommendation.refused.some(({ k }) => k === recommendation.k);
				expect(isRefused).toBe(!holds.includes(true));
				if (holds.slice(1).includes(true)) expect(recommendation.k).toBeGreaterThan(2);
			}),
			{ seed: 1 }
		);
	});
});

describe('the size floor', () => {
	it.each([
		[20_000, 100],
		[5000, 100],
		[3317, 67],
		[300, 6],
		[40, 5]
	])('of %i customers is %i', (customers, floor) => {
		expect(sizeFloor(customers)).toBe(floor);
	});
});
