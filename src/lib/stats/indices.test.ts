import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { farthest, fromRows, small } from '../../../tests/oracle/clustering-small.ts';
import { adjustedRand } from './adjusted-rand.ts';
import { calinskiHarabasz } from './calinski-harabasz.ts';
import { clusterMeans } from './cluster-means.ts';
import { daviesBouldin } from './davies-bouldin.ts';
import { bestJaccard } from './jaccard.ts';
import { mean } from './moments.ts';
import { silhouettePerCluster, silhouetteSamples } from './silhouette.ts';

const data = fromRows(small.rows);
const four = { labels: small.runs[0]?.labels ?? [], clusterCount: 4 };
const three = { labels: small.otherLabels, clusterCount: 3 };

/** Two pairs on a line: 0, 1 and 10, 12. */
const line = fromRows([[0], [1], [10], [12]]);
const pairs = { labels: [0, 0, 1, 1], clusterCount: 2 };

const table = fc.array(fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -20, max: 20 })), {
	minLength: 6,
	maxLength: 24
});

/** Labels 0 to 2 in turn, so that every cluster has at least two rows. */
function inTurn(count: number): number[] {
	return Array.from({ length: count }, (_, row) => row % 3);
}

describe('silhouette', () => {
	it('is what the definition gives by hand', () => {
		const [samples] = silhouetteSamples(line, [pairs]);
		expect([...(samples ?? [])]).toEqual(
			[1 - 1 / 11, 1 - 1 / 10, 1 - 2 / 9.5, 1 - 2 / 11.5].map((v) => expect.closeTo(v, 14))
		);
	});
	it('equals silhouette_samples of scikit-learn, for several labelings at once', () => {
		const [first, second] = silhouetteSamples(data, [four, three]) as [Float64Array, Float64Array];
		expect(farthest(first, small.silhouetteSamples)).toBeLessThan(1e-11);
		expect(mean(first)).toBeCloseTo(small.indices.silhouette, 11);
		expect(mean(second)).toBeCloseTo(small.otherIndices.silhouette, 11);
	});
	it('is 0 for a row alone in its cluster, for one cluster, and where all rows are alike', () => {
		const [alone] = silhouetteSamples(line, [{ labels: [0, 1, 1, 1], clusterCount: 2 }]);
		expect(alone?.[0]).toBe(0);
		const [one] = silhouetteSamples(line, [{ labels: [1, 1, 1, 1], clusterCount: 2 }]);
		expect([...(one ?? [])]).toEqual([0, 0, 0, 0]);
		const alike = fromRows([[1], [1], [1], [1]]);
		expect([...(silhouetteSamples(alike, [pairs])[0] ?? [])]).toEqual([0, 0, 0, 0]);
		expect(silhouetteSamples(fromRows([]), [{ labels: [], clusterCount: 2 }])[0]?.length).toBe(0);
	});
	it('averages to the clusters, 0 for an empty one', () => {
		const per = silhouettePerCluster(Float64Array.of(0.2, 0.4, 1), { labels: [0, 0, 2], clusterCount: 3 });
		expect([...per]).toEqual([expect.closeTo(0.3, 14), 0, 1]);
	});
	it('lies within −1 and 1, and rows may come in any order', () => {
		fc.assert(
			fc.property(table, (rows) => {
				const labels = inTurn(rows.length);
				const samples = silhouetteSamples(fromRows(rows), [{ labels, clusterCount: 3 }])[0] as Float64Array;
				const turned = silhouetteSamples(fromRows(rows.toReversed()), [
					{ labels: labels.toReversed(), clusterCount: 3 }
				])[0] as Float64Array;
				expect(samples.every((value) => value >= -1 && value <= 1)).toBe(true);
				expect(farthest(turned.toReversed(), samples)).toBeLessThan(1e-12);
			}),
			{ seed: 5 }
		);
	});
	it('does not change when rows are moved or stretched', () => {
		fc.assert(
			fc.property(table, fc.integer({ min: 1, max: 9 }), (rows, factor) => {
				const labeling = { labels: inTurn(rows.length), clusterCount: 3 };
				const moved = rows.map((row) => row.map((value) => factor * value + 7));
				const [before] = silhouetteSamples(fromRows(rows), [labeling]) as [Float64Array];
				const [after] = silhouetteSamples(fromRows(moved), [labeling]) as [Float64Array];
				expect(farthest(after, before)).toBeLessThan(1e-10);
			}),
			{ seed: 6 }
		);
	});
	it('reports progress', () => {
		const shares: number[] = [];
		silhouetteSamples(data, [four], (share) => shares.push(share));
		expect(shares).toEqual([0]);
	});
});

describe('Caliński-Harabasz', () => {
	it('is what the definition gives by hand', () => {
		// Means 0.5 and 11, overall 5.75: B = 2·5.25² + 2·5.25² = 110.25, W = 0.5 + 2 = 2.5.
		expect(calinskiHarabasz(line, pairs)).toBeCloseTo(110.25 / 1 / (2.5 / 2), 12);
	});
	it('equals scikit-learn', () => {
		expect(calinskiHarabasz(data, four)).toBeCloseTo(small.indices.calinskiHarabasz, 8);
		expect(calinskiHarabasz(data, three)).toBeCloseTo(small.otherIndices.calinskiHarabasz, 8);
	});
	it('says when it is not defined', () => {
		expect(calinskiHarabasz(line, { labels: [0, 0, 0, 0], clusterCount: 2 })).toBeNaN();
		expect(calinskiHarabasz(line, { labels: [0, 1, 2, 3], clusterCount: 4 })).toBeNaN();
		expect(calinskiHarabasz(fromRows([[1], [1], [3], [3]]), pairs)).toBe(1);
	});
});

describe('Davies-Bouldin', () => {
	it('is what the definition gives by hand', () => {
		expect(daviesBouldin(line, pairs)).toBeCloseTo((0.5 + 1) / 10.5, 12);
	});
	it('equals scikit-learn', () => {
		expect(daviesBouldin(data, four)).toBeCloseTo(small.indices.daviesBouldin, 11);
		expect(daviesBouldin(data, three)).toBeCloseTo(small.otherIndices.daviesBouldin, 11);
	});
	it('leaves out empty clusters and equal means', () => {
		expect(daviesBouldin(line, { ...pairs, clusterCount: 3 })).toBeCloseTo(1.5 / 10.5, 12);
		expect(daviesBouldin(fromRows([[1], [1]]), { labels: [0, 1], clusterCount: 2 })).toBe(0);
		expect(daviesBouldin(line, { labels: [0, 0, 0, 0], clusterCount: 1 })).toBeNaN();
	});
});

describe('adjusted Rand', () => {
	it('equals scikit-learn', () => {
		expect(adjustedRand(four, three)).toBeCloseTo(small.adjustedRand, 11);
	});
	it('is 1 for the same partition under other numbers', () => {
		expect(adjustedRand(pairs, { labels: [1, 1, 0, 0], clusterCount: 2 })).toBe(1);
		expect(adjustedRand({ labels: [0, 0], clusterCount: 1 }, { labels: [0, 0], clusterCount: 1 })).toBe(1);
		expect(adjustedRand({ labels: [], clusterCount: 1 }, { labels: [], clusterCount: 1 })).toBe(1);
	});
	it('is what the definition gives by hand', () => {
		expect(adjustedRand(pairs, { labels: [0, 1, 0, 1], clusterCount: 2 })).toBeCloseTo(-0.5, 14);
	});
	it('does not care which labeling is first', () => {
		const labels = fc.array(fc.tuple(fc.nat(2), fc.nat(3)), { minLength: 2, maxLength: 30 });
		fc.assert(
			fc.property(labels, (list) => {
				const first = { labels: list.map(([a]) => a), clusterCount: 3 };
				const second = { labels: list.map(([, b]) => b), clusterCount: 4 };
				expect(adjustedRand(first, second)).toBeCloseTo(adjustedRand(second, first), 12);
				expect(adjustedRand(first, first)).toBeCloseTo(1, 12);
			}),
			{ seed: 7 }
		);
	});
});

describe('best Jaccard', () => {
	it('is shared rows over rows in either, for the best match', () => {
		const before = { labels: [0, 0, 0, 1, 1, 2], clusterCount: 4 };
		const after = { labels: [1, 1, 0, 0, 0, 0], clusterCount: 2 };
		expect([...bestJaccard(before, after)]).toEqual([2 / 3, 2 / 4, 1 / 4, NaN]);
	});
	it('is 1 for every cluster of the same partition', () => {
		expect([
			...bestJaccard(four, { labels: four.labels.map((label) => 3 - label), clusterCount: 4 })
		]).toEqual([1, 1, 1, 1]);
	});
});

describe('cluster means', () => {
	it('averages the rows of each cluster', () => {
		expect([...clusterMeans(line, { ...pairs, clusterCount: 3 }).values]).toEqual([0.5, 11, NaN]);
	});
});
