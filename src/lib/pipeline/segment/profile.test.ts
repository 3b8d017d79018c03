import { describe, expect, it } from 'vitest';
import { fromColumns } from '#lib/core/matrix.ts';
import { applyScaler, fitScaler } from '#lib/stats/scale.ts';
import { profileValues, rankClusters, renumber, revenuePerCluster, valueOf } from './profile.ts';

const labeling = { labels: [0, 1, 1, 2, 2, 2], clusterCount: 3 };
const centroids = fromColumns([
	[5, 3, 1],
	[0, 0, 0]
]);

describe('numbering clusters', () => {
	it('goes by falling revenue', () => {
		const revenue = Float64Array.of(10, 1, 2, 20, 0, 0);
		expect([...revenuePerCluster(labeling, revenue)]).toEqual([10, 3, 20]);
		expect(rankClusters(labeling, centroids, revenue)).toEqual([2, 0, 1]);
	});
	it('goes by falling size without amounts', () => {
		expect(rankClusters(labeling, centroids, null)).toEqual([2, 1, 0]);
	});
	it('breaks ties by size, then by centroid', () => {
		expect(rankClusters(labeling, centroids, new Float64Array(6))).toEqual([2, 1, 0]);
		const even = { labels: [0, 1, 2], clusterCount: 3 };
		expect(rankClusters(even, centroids, null)).toEqual([2, 1, 0]);
		const alike = fromColumns([
			[1, 1, 1],
			[2, 0, 1]
		]);
		expect(rankClusters(even, alike, null)).toEqual([1, 2, 0]);
	});
	it('does not depend on the numbers the method gave', () => {
		const revenue = Float64Array.of(10, 1, 2, 20, 0, 0);
		const other = { labels: [2, 0, 0, 1, 1, 1], clusterCount: 3 };
		const moved = fromColumns([
			[3, 1, 5],
			[0, 0, 0]
		]);
		const before = renumber(labeling.labels, rankClusters(labeling, centroids, revenue));
		expect(renumber(other.labels, rankClusters(other, moved, revenue))).toEqual(before);
		expect([...before]).toEqual([1, 2, 2, 0, 0, 0]);
	});
});

describe('profiles', async () => {
	const data = fromColumns([
		[1, 2, 3, 10, 20, 30],
		[7, 7, 7, 7, 7, 7]
	]);
	const scaled = applyScaler(data, fitScaler(data, 'standard'));
	const labels = { labels: [0, 0, 0, 1, 1, 1], clusterCount: 2 };
	const values = await profileValues({ data, scaled, features: ['days', 'constant'], labeling: labels });

	it('have medians in the unit of the feature', () => {
		expect(values.map((own) => valueOf({ values: own }, 'days'))).toMatchObject([
			{ median: 2, medianAll: 6.5 },
			{ median: 20, medianAll: 6.5 }
		]);
	});
	it('have effects in deviations of everyone, which balance out', () => {
		// Mean 11, population deviation √(691/6 … ) = 10.708…; cluster means 2 and 20.
		const deviation = Math.sqrt((100 + 81 + 64 + 1 + 81 + 361) / 6);
		expect(values[0]?.[0]?.effect).toBeCloseTo(-9 / deviation, 12);
		expect(values[1]?.[0]?.effect).toBeCloseTo(9 / deviation, 12);
	});
	it('say 0 where everyone is alike', () => {
		expect(values.map((own) => own[1]?.effect)).toEqual([0, 0]);
	});
});
