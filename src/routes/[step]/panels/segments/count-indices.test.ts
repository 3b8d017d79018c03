import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import type { Candidate, ClusterProfile, Recommendation } from '#lib/pipeline/segment/schema.ts';
import { countIndices, votes, votesWords } from './count-indices.ts';

const format = createFormat('en');

function candidate(k: number, change: Partial<Candidate> = {}): Candidate {
	return {
		k,
		inertia: [1000, 400, 300, 280][k - 2] as number,
		silhouette: [0.4, 0.5, 0.3, 0.2][k - 2] as number,
		calinskiHarabasz: [10, 30, 20, 15][k - 2] as number,
		daviesBouldin: [1, 0.5, 0.7, 0.9][k - 2] as number,
		dunn: [0.1, 0.02, 0.01, 0.01][k - 2] as number,
		gap: { value: [0.1, 0.5, 0.45, 0.4][k - 2] as number, error: 0.05 },
		bic: [900, 700, 710, 720][k - 2] as number,
		chance: 0.45,
		saddle: [0.6, 0.2, 0.3, 0.3][k - 2] as number,
		sizes: Array.from({ length: k }, () => 100),
		...change
	};
}

const profile = (cluster: number, jaccard: number, isNoise = false) =>
	({ cluster, isNoise, stability: { cluster, jaccard, low: 0, high: 1, resamples: 20 } }) as ClusterProfile;

function indicesOf(change: Partial<Candidate> = {}, recommendation: Partial<Recommendation> = {}) {
	const result = {
		candidates: [2, 3, 4, 5].map((k) => candidate(k, change)),
		recommendation: {
			...({ k: 3, reason: 'clearest', runnerUp: null, refused: [] } satisfies Recommendation),
			...recommendation
		},
		profiles: [profile(0, 0.9), profile(1, 0.8), profile(2, 0.1, true)],
		clusterCount: 3,
		silhouetteSample: 300
	};
	return countIndices(result, 300, format);
}
const liked = (indices: ReturnType<typeof indicesOf>, id: string) =>
	indices.find((each) => each.id === id)?.liked;

describe('countIndices', () => {
	const indices = indicesOf();
	it('say which number each speaks for', () => {
		expect(Object.fromEntries(indices.map(({ id, liked: k }) => [id, k]))).toEqual({
			inertia: 3,
			silhouette: 3,
			saddle: 3,
			gap: 3,
			stability: 3,
			dunn: 2,
			'calinski-harabasz': 3,
			'davies-bouldin': 3,
			bic: 3
		});
	});
	it('speak for the emptiest ground between segments, where it is a gap', () => {
		expect(liked(indicesOf(), 'saddle')).toBe(3);
		expect(liked(indicesOf({ saddle: 0.5 }), 'saddle')).toBeNull();
		expect(indicesOf({ saddle: null }).some(({ id }) => id === 'saddle')).toBe(false);
	});
	it('hold silhouettes against chance', () => {
		expect(liked(indicesOf({ chance: 0.6 }), 'silhouette')).toBeNull();
		expect(liked(indicesOf({ chance: null }), 'silhouette')).toBe(3);
		expect(indices[1]?.points[0]).toEqual({ k: 2, value: 0.4, reference: 0.45 });
	});
	it('show the stability of what was looked at, without those of no group', () => {
		const refused = [{ k: 4, because: 'unstable', value: 0.5 } as const];
		const stability = indicesOf({}, { refused }).find(({ id }) => id === 'stability');
		expect(stability?.points.map(({ value }) => value)).toEqual([NaN, 0.8, 0.5, NaN]);
	});
	it('leave out what was not worked out', () => {
		const ids = indicesOf({ dunn: null, gap: null, bic: null, saddle: null }).map(({ id }) => id);
		expect(ids).toEqual(['inertia', 'silhouette', 'stability', 'calinski-harabasz', 'davies-bouldin']);
	});
	it('are counted', () => {
		expect(votes(indices).map(({ k, by }) => [k, by.length])).toEqual([
			[3, 8],
			[2, 1]
		]);
		expect(votesWords(indices)).toBe('8 indices speak for 3, 1 for 2.');
		expect(votesWords([])).toBe('');
	});
});
