import { describe, expect, it } from 'vitest';
import { fromColumns, type Matrix } from '#lib/core/matrix.ts';
import { below, seeded } from '#lib/core/random.ts';
import { adjustedRand } from '#lib/stats/adjusted-rand.ts';
import type { TreeDetails } from '../../method-details.ts';
import type { Clustering } from '../method.ts';
import { fit } from './fit.ts';
import { HierarchicalParams } from './index.ts';

function blobs(rowCount: number): { data: Matrix; blob: Uint8Array } {
	const random = seeded(6);
	const blob = Uint8Array.from({ length: rowCount }, () => below(random, 4));
	const columns = [0, 1].map((c) => Float64Array.from(blob, (own) => 5 * ((own >> c) & 1) + random()));
	return { data: fromColumns(columns), blob };
}

function fitted(data: Matrix, params: object): Clustering {
	const context = { seed: 1, onProgress: () => undefined };
	return fit({ numbers: data, categories: [] }, HierarchicalParams.parse(params), context);
}

describe('nested groups', () => {
	it('of every number are cut from one tree', () => {
		const { data } = blobs(200);
		const [three, four] = [3, 4].map((clusterCount) => fitted(data, { clusterCount })) as [
			Clustering,
			Clustering
		];
		expect(three.details).toBe(four.details);
		const inside = new Set(Array.from(four.labels, (label, row) => `${label} in ${three.labels[row]}`));
		expect(inside.size).toBe(4);
		expect(fitted(data, { linkage: 'average' }).details).toMatchObject({ linkage: 'average' });
	});
	it('keep the tree of everyone where that is feasible', () => {
		const { details, notices } = fitted(blobs(6000).data, {});
		expect((details as TreeDetails).rows).toHaveLength(6000);
		expect(notices).toEqual([]);
	});
	it.each(['average', 'complete'])('of many are those of a sample, and say so: %s', (linkage) => {
		const { data, blob } = blobs(7000);
		const { details, notices, labels, centroids, inertia } = fitted(data, { clusterCount: 4, linkage });
		expect((details as TreeDetails).rows).toHaveLength(5000);
		expect((details as TreeDetails).merges).toHaveLength(2 * 4999);
		expect(notices).toEqual([{ code: 'segment.sampled-tree', details: { sample: 5000, customers: 7000 } }]);
		expect(adjustedRand({ labels, clusterCount: 4 }, { labels: blob, clusterCount: 4 })).toBe(1);
		let sum = 0;
		labels.forEach((label, row) => {
			for (const c of [0, 1]) {
				sum += ((data.values[2 * row + c] as number) - (centroids.values[2 * label + c] as number)) ** 2;
			}
		});
		expect(inertia).toBeCloseTo(sum, 6);
	});
});
