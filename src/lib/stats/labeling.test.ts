import { describe, expect, it } from 'vitest';
import { clusterSizes, contingency } from './labeling.ts';

describe('labeling', () => {
	it('counts the rows of each cluster, also of empty ones', () => {
		expect([...clusterSizes({ labels: [2, 0, 2], clusterCount: 4 })]).toEqual([1, 0, 2, 0]);
	});
	it('counts the rows of each pair of clusters', () => {
		const first = { labels: [0, 0, 1, 1], clusterCount: 2 };
		const second = { labels: [2, 0, 2, 2], clusterCount: 3 };
		expect([...contingency(first, second)]).toEqual([1, 0, 1, 0, 0, 2]);
	});
	it('refuses labelings of different rows', () => {
		const one = { labels: [0], clusterCount: 1 };
		expect(() => contingency(one, { labels: [0, 0], clusterCount: 1 })).toThrow('labelings of 1 and 2 rows');
	});
});
