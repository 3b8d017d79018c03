import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import {
	comesBack,
	describeDifferences,
	describeProfile,
	describeRecommendation,
	gradeSegment,
	shownOverlap
} from './describe.ts';
import type { Candidate, ClusterProfile } from './schema.ts';

const format = createFormat('en-GB', 'GBP');

function profile(change: Partial<ClusterProfile> = {}): ClusterProfile {
	return {
		cluster: 0,
		autoName: 'Regulars',
		isNoise: false,
		modes: [],
		customers: 508,
		revenue: 3_240_000,
		silhouette: 0.31,
		centroid: [-1.2, 1.8, 1.5],
		values: [
			{ feature: 'recency_days', median: 15, medianAll: 73, effect: -1.2 },
			{ feature: 'frequency', median: 8, medianAll: 2, effect: 1.8 },
			{ feature: 'monetary_total', median: 2996.4, medianAll: 556, effect: 0.9 }
		],
		stability: { cluster: 0, jaccard: 0.92, low: 0.85, high: 0.97, resamples: 20 },
		...change
	};
}

function stability(jaccard: number, low = jaccard): ClusterProfile['stability'] {
	return { cluster: 0, jaccard, low, high: 1, resamples: 20 };
}

function candidates(...silhouettes: readonly number[]): Candidate[] {
	return silhouettes.map((silhouette, i) => ({
		k: i + 2,
		inertia: 1,
		silhouette,
		calinskiHarabasz: 1,
		daviesBouldin: 1,
		...{ dunn: null, gap: null, bic: null, chance: null, saddle: null },
		sizes: []
	}));
}

describe('a profile in words', () => {
	it('is the typical customer in one line', () => {
		expect(describeProfile(profile(), format)).toBe(
			'8 orders, the last 15 days ago, typically £2,996 in all'
		);
	});
	it('speaks of one order, and of no money where there is none', () => {
		const values = [
			{ feature: 'recency_days', median: 153, medianAll: 73, effect: 0.8 },
			{ feature: 'frequency', median: 1, medianAll: 2, effect: -0.8 }
		];
		expect(describeProfile(profile({ values }), format)).toBe('One order, 153 days ago');
	});
	it('says what is unusual, strongest first', () => {
		expect(describeDifferences(profile(), format)).toEqual([
			expect.stringMatching(/: 8, far above the typical 2\.$/),
			expect.stringMatching(/: 15 days, far below the typical 73 days\.$/),
			expect.stringMatching(/: £2,996, above the typical £556\.$/)
		]);
	});
	it('is silent where the medians do not show it, and says so when nothing is unusual', () => {
		const values = [{ feature: 'frequency', median: 1, medianAll: 1, effect: -0.7 }];
		expect(describeDifferences({ values }, format)).toEqual([
			'Close to the typical customer in everything that was compared.'
		]);
		expect(describeProfile(profile({ values }), format)).toMatch(/^Close to the typical/);
	});
});

describe('a recommendation in words', () => {
	it('says why not two, and the runner-up', () => {
		const words = describeRecommendation(
			{ k: 4, reason: 'clearest', runnerUp: 2, refused: [] },
			candidates(0.448, 0.353, 0.362)
		);
		expect(words).toBe(
			'We recommend 4. Two separates best (0.45), but is too coarse to act on. Of the finer splits that hold, 4 is the ' +
				'clearest (0.36), and every segment comes back when the data is resampled. Runner-up: 2.'
		);
	});
	it('names what separates better and was refused', () => {
		const words = describeRecommendation(
			{
				k: 3,
				reason: 'clearest',
				runnerUp: null,
				refused: [
					{ k: 5, because: 'too-small', value: 12 },
					{ k: 4, because: 'unstable', value: 0.512 }
				]
			},
			candidates(0.2, 0.3, 0.36, 0.4)
		);
		expect(words).toContain('5 would leave a segment of only 12 people.');
		expect(words).toContain('With 4, a segment does not come back when the data is resampled (0.51).');
		expect(words).not.toContain('Two separates best');
		expect(words).not.toContain('Runner-up');
	});
	it('is frank when only two hold, or nothing does', () => {
		const refused = [{ k: 3, because: 'unstable' as const, value: 0.4 }];
		const two = describeRecommendation(
			{ k: 2, reason: 'only-two-hold', runnerUp: null, refused },
			candidates(0.5, 0.3)
		);
		expect(two).toContain('no finer split holds');
		const none = describeRecommendation(
			{ k: 2, reason: 'nothing-holds', runnerUp: null, refused },
			candidates(0.1, 0.1)
		);
		expect(none).toContain('to look at, not to act on');
	});
	it('says where a choice is only just above chance', () => {
		const [two, three] = candidates(0.4, 0.36) as [Candidate, Candidate];
		const words = (chance: number | null) =>
			describeRecommendation({ k: 3, reason: 'clearest', runnerUp: 2, refused: [] }, [
				two,
				{ ...three, chance }
			]);
		expect(words(0.355)).toContain('only just clearer than people without groups would be (up to 0.35)');
		expect(words(0.3)).not.toContain('only just');
		expect(words(null)).not.toContain('only just');
	});
});

describe('the grade of a segment', () => {
	it.each([
		[profile(), 'trust', /nearly unchanged .*0\.92 on average/],
		[profile({ stability: stability(0.92, 0.65) }), 'trust', /reliably .*0\.92/],
		[profile({ stability: stability(0.8) }), 'trust', /reliably/],
		[profile({ stability: stability(0.8, 0.26) }), 'care', /in the worst resamples only 0\.26 overlap/],
		[profile({ silhouette: 0.05 }), 'care', /runs into its neighbour \(silhouette 0\.05\)/],
		[profile({ stability: stability(0.72) }), 'care', /but just: it overlaps 0\.72/],
		[profile({ stability: stability(0.65) }), 'care', /under the 0\.70 line/],
		[profile({ stability: stability(0.59) }), 'stop', /falls apart .*0\.59/],
		[profile({ customers: 20 }), 'few', /20 people, 67 needed/],
		[profile({ customers: 99 }), 'care', /Only 99 people: under 100 a result can be chance/],
		[profile({ customers: 99, stability: stability(0.5) }), 'stop', /falls apart/]
	])('%# is as the bands say', (own, grade, reason) => {
		expect(gradeSegment(own, 3317)).toEqual({ grade, reason: expect.stringMatching(reason) as string });
	});

	it('shows no number that rounds up to the line it misses', () => {
		expect(gradeSegment(profile({ stability: stability(0.698) }), 3317).reason).toContain(
			'overlaps 0.69 on average'
		);
		expect([0.598, 0.6, 0.698, 0.7, 0.747, 0.849, 0.866].map(shownOverlap)).toEqual([
			0.59, 0.6, 0.69, 0.7, 0.74, 0.84, 0.87
		]);
	});

	it('asks for care with a handful of people in a small shop', () => {
		expect(gradeSegment(profile({ customers: 8 }), 60)).toEqual({
			grade: 'care',
			reason: 'Only 8 people: under 100 a result can be chance.'
		});
	});

	it('never is Trust for few people, a segment that does not come back, or one that sometimes dissolves', () => {
		const share = fc.double({ min: 0, max: 1, noNaN: true });
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 400 }), share, share, (customers, jaccard, low) => {
				const { grade, reason } = gradeSegment(
					profile({ customers, stability: stability(jaccard, low) }),
					3317
				);
				if (customers < 100 || !comesBack({ jaccard }) || low < 0.6) expect(grade).not.toBe('trust');
				if (jaccard < 0.6) expect(['few', 'stop']).toContain(grade);
				if (reason.includes('nearly unchanged')) expect(jaccard >= 0.85 && low >= 0.7).toBe(true);
				expect(reason).not.toContain('most of the time');
			}),
			{ seed: 1 }
		);
	});
});
