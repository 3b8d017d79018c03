import { describe, expect, it } from 'vitest';
import { fromColumns } from '#lib/core/matrix.ts';
import { below, seeded } from '#lib/core/random.ts';
import { adjustedRand } from '#lib/stats/adjusted-rand.ts';
import type { PrototypeDetails } from '../../method-details.ts';
import type { CategoryColumn, Clustering } from '../method.ts';
import { fit } from './fit.ts';
import { KPrototypesParams } from './index.ts';

const random = seeded(12);
const numbers = fromColumns([Float64Array.from({ length: 300 }, () => random())]);
/** Tells two groups that the numbers do not tell. */
const tells: CategoryColumn = {
	feature: 'top_category',
	codes: Int32Array.from({ length: 300 }, (_, row) => row % 2),
	levels: ['Books', 'Toys']
};
const noise: CategoryColumn = {
	feature: 'channel',
	codes: Int32Array.from({ length: 300 }, () => below(random, 3)),
	levels: ['web', 'store', 'phone']
};

function fitted(categories: readonly CategoryColumn[], params: object): Clustering {
	const context = { seed: 1, onProgress: () => undefined };
	return fit({ numbers, categories }, KPrototypesParams.parse(params), context);
}

describe('numbers and categories', () => {
	it('says how much categories count, and which of them tells the groups', () => {
		const { labels, modes, details } = fitted([tells], { clusterCount: 2, gamma: 3 });
		expect(adjustedRand({ labels, clusterCount: 2 }, { labels: tells.codes, clusterCount: 2 })).toBe(1);
		expect(modes.toSorted()).toEqual([[0], [1]]);
		const { categoryShare, categoryEffects, gamma } = details as PrototypeDetails;
		expect(gamma).toBe(3);
		expect(categoryEffects[0]).toBeCloseTo(1, 9);
		expect(categoryShare).toBeGreaterThan(0.8);
		const both = fitted([tells, noise], { clusterCount: 2, gamma: 3 }).details as PrototypeDetails;
		expect(both.categoryEffects).toHaveLength(2);
	});
	it('leaves categories out without weight', () => {
		const { modes, details } = fitted([tells], { clusterCount: 2, gamma: 0 });
		expect(modes).toHaveLength(2);
		expect(details).toMatchObject({ gamma: 0, categoryShare: 0 });
		expect((details as PrototypeDetails).categoryEffects[0]).toBeLessThan(0.1);
	});
	it('counts people who differ in a category alone as different', () => {
		const alike = fromColumns([new Float64Array(300)]);
		const context = { seed: 1, onProgress: () => undefined };
		const params = KPrototypesParams.parse({ clusterCount: 3 });
		const found = fit({ numbers: alike, categories: [tells] }, params, context);
		expect(found.clusterCount).toBe(2);
		expect(found.notices).toEqual([{ code: 'segment.distinct-points', details: { distinct: 2, asked: 3 } }]);
		expect(found.inertia).toBe(0);
	});
	it('has a weight of its own from the numbers when none is given', () => {
		const { details } = fitted([tells], {});
		const { gamma } = details as PrototypeDetails;
		expect(gamma).toBeCloseTo(Math.sqrt(1 / 12) / 2, 1);
	});
});
