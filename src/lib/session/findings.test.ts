import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '#lib/core/errors.ts';
import { createFormat } from '#lib/core/format.ts';
import type { FeatureResult } from '#lib/pipeline/features/schema.ts';
import { gradeSegment } from '#lib/pipeline/segment/describe.ts';
import { TEN_GROUPS } from '#lib/pipeline/segment/rfm/ten-groups.ts';
import type { ClusteringResult, RfmGroupResult, RfmResult } from '#lib/pipeline/segment/schema.ts';
import type { CheckId, Grade, Passport } from '#lib/pipeline/validate/passport/schema.ts';
import {
	bestCustomersFinding,
	leadingGroup,
	pendingFinding,
	segmentsFinding,
	stabilityFinding,
	trustFinding
} from './findings.ts';
import { STEPS } from './steps.ts';

const format = createFormat('en-GB', 'GBP');

function features(customers: number, revenue: number | null): FeatureResult {
	return {
		asOf: '2011-09-01',
		customers,
		orders: customers,
		revenue,
		ordersAfter: 0,
		features: []
	};
}

type GroupCount = Pick<RfmGroupResult, 'id' | 'customers' | 'revenue'>;

function rfm(...counts: readonly GroupCount[]): RfmResult {
	const cuts = [1, 2, 3, 4];
	const cutPoints = { recencyDays: cuts, frequency: cuts, monetaryTotal: cuts };
	const groups = counts.flatMap(({ id, customers, revenue }) => {
		const { name = '', meaning = '', advice = '' } = TEN_GROUPS.find((group) => group.id === id) ?? {};
		return [{ id, name, meaning, advice, customers, revenue }];
	});
	return {
		scheme: 'quintiles',
		levels: 5,
		axes: ['r', 'f'],
		cutPoints,
		table: TEN_GROUPS,
		groups,
		cells: []
	};
}

function best(groups: readonly GroupCount[], customers: number, revenue: number | null) {
	return bestCustomersFinding(rfm(...groups), features(customers, revenue), format);
}

describe('the headline of the best customers', () => {
	it('leads with the group that carries most for its size', () => {
		const groups = [
			{ id: 'champion', customers: 150, revenue: 4600 },
			{ id: 'hibernating', customers: 850, revenue: 5400 }
		] as const;
		const { title, sub } = best(groups, 1000, 10_000);
		expect(title).toBe('15% of customers bring 46% of the revenue');
		expect(sub).toContain('Champions, 150 customers: among the most recent and the most frequent buyers.');
	});

	it('never leads with a group below average, be it of champions', () => {
		const groups = [
			{ id: 'champion', customers: 300, revenue: 2000 },
			{ id: 'cant_lose_them', customers: 100, revenue: 4000 },
			{ id: 'hibernating', customers: 600, revenue: 4000 }
		] as const;
		expect(best(groups, 1000, 10_000).title).toBe('10% of customers bring 40% of the revenue');
		expect(leadingGroup(rfm(...groups), features(1000, 10_000))?.id).toBe('cant_lose_them');
	});

	it('says so when no group stands out', () => {
		const groups = [
			{ id: 'champion', customers: 500, revenue: 5020 },
			{ id: 'new', customers: 500, revenue: 4980 }
		] as const;
		expect(best(groups, 1000, 10_000).title).toBe('No group stands out');
		expect(best([{ id: 'new', customers: 9, revenue: 90 }], 9, 90)).toEqual({
			title: 'Everybody is in one group: New',
			sub: '9 customers, too alike in when and how often they bought to be told apart.'
		});
	});

	it('speaks of champions where there is no money', () => {
		const groups = [{ id: 'champion', customers: 5, revenue: 0 }] as const;
		expect(best(groups, 20, null).title).toBe('25% of customers are Champions: recent and frequent.');
		expect(best([], 20, null).title).toBe('Nobody is recent and frequent enough to be a champion.');
	});
});

/** A clustering as far as its stability is concerned. */
function clustering(...jaccards: readonly number[]): ClusteringResult {
	const profiles = jaccards.map((jaccard, cluster) => ({
		cluster,
		autoName: `Segment ${cluster}`,
		customers: 500,
		revenue: 0,
		silhouette: 0.4,
		centroid: [],
		values: [],
		isNoise: false,
		modes: [],
		stability: { cluster, jaccard, low: jaccard, high: 1, resamples: 20 }
	}));
	return {
		method: 'k-means',
		features: [],
		categories: [],
		assignment: { kind: 'nearest', gamma: 0 },
		scaler: { scaling: 'none', centers: [], scales: [], lambdas: null },
		projection: null,
		seed: 1,
		candidates: [],
		recommendation: { k: 2, reason: 'clearest', runnerUp: null, refused: [] },
		clusterCount: jaccards.length,
		inertia: 0,
		silhouette: 0,
		silhouetteSample: 0,
		profiles
	};
}

describe('the headline of natural segments', () => {
	const described = { customers: 100, revenue: 400 } as FeatureResult;
	const found = clustering(0.9, 0.9);
	const titleOf = (result: ClusteringResult) =>
		segmentsFinding(result, described, (cluster) => `Group ${cluster}`, format);
	it('says plainly that there are no groups', () => {
		const { title, sub } = titleOf({
			...found,
			recommendation: { ...found.recommendation, reason: 'no-groups' }
		});
		expect(title).toBe('No natural segments: people differ by degrees here.');
		expect(sub).toContain('Two slices');
	});
	it('does not count the people of no group as a segment', () => {
		const profiles = found.profiles.map((profile, i) => ({ ...profile, isNoise: i === 1 }));
		const { title, sub } = titleOf({ ...found, profiles });
		expect(title).toMatch(/^One natural segment\. Group 0/);
		expect(sub).toMatch(/people are in none of them\.$/);
		const nobody = profiles.slice(1);
		expect(titleOf({ ...found, profiles: nobody, clusterCount: 1 }).title).toMatch(/^No natural segments/);
	});
});

describe('the headline of trust', () => {
	it.each([
		[[0.9, 0.75], 'Both segments come back when the data is resampled.'],
		[[0.9, 0.9, 0.9], 'All three segments come back when the data is resampled.'],
		[[0.9, 0.69, 0.5], 'One of three segments comes back reliably when the data is resampled.'],
		[[0.9, 0.8, 0.5], 'Two of three segments come back reliably when the data is resampled.'],
		[[0.9], 'The one segment comes back when the data is resampled.'],
		[[0.7, 0.6], 'No segment comes back reliably when the data is resampled.']
	])('of overlaps %j is “%s”', (jaccards, title) => {
		expect(stabilityFinding(clustering(...jaccards)).title).toBe(title);
	});

	it('agrees with the grades and the passports: what it does not count is not one to trust', () => {
		for (const jaccard of [0.2, 0.59, 0.6, 0.65, 0.699, 0.7, 0.72, 0.8, 0.95]) {
			for (const low of [jaccard, jaccard / 2]) {
				const { profiles } = clustering(jaccard, jaccard);
				const [profile] = profiles.map((each) => ({ ...each, stability: { ...each.stability, low } }));
				const { grade } = gradeSegment(profile as (typeof profiles)[number], 1000);
				const { title } = stabilityFinding({ profiles: profile ? [profile, profile] : [] });
				expect(title.startsWith('No segment')).toBe(grade !== 'trust');
			}
		}
	});

	const graded = (
		grade: Grade,
		{
			short = [],
			overlap = 0.9,
			hasGroups = true
		}: { short?: CheckId[]; overlap?: number; hasGroups?: boolean } = {}
	) =>
		({
			grade,
			checks: short.map((id) => ({ id, state: 'short', found: '', needed: '' })),
			natural: { hasGroups },
			overTime: { jaccard: overlap, distance: 0.1, days: [], problem: null }
		}) as unknown as Passport;

	it.each([
		[['trust'], 'The one segment can be trusted.'],
		[['trust', 'trust'], 'Both segments can be trusted.'],
		[['trust', 'trust', 'trust'], 'All three segments can be trusted.'],
		[['care', 'care'], 'Both segments can be used with care.'],
		[['stop'], 'The one segment should not be used.'],
		[['stop', 'stop'], 'Neither segment should be used.'],
		[['stop', 'stop', 'stop'], 'None of the segments should be used.'],
		[['few', 'few'], 'Both segments are too small to say.'],
		[['few'], 'The one segment is too small to say.'],
		[
			['trust', 'care', 'trust', 'care', 'care', 'care'],
			'Two of six segments can be trusted and four can be used with care.'
		],
		[
			['care', 'stop', 'few'],
			'One of three segments can be used with care, one should not be used and one is too small to say.'
		],
		[[], 'No segment to test yet.']
	] as const)('of grades %j is “%s”', (grades, title) => {
		expect(trustFinding(grades.map((grade) => graded(grade))).title).toBe(title);
	});
	it('reads well for every combination of grades', () => {
		const grade = fc.constantFrom<Grade>('trust', 'care', 'stop', 'few');
		fc.assert(
			fc.property(fc.array(grade, { minLength: 1, maxLength: 10 }), (grades) => {
				const { title } = trustFinding(grades.map((each) => graded(each)));
				expect(title).toMatch(/^[A-Z][a-z].*[a-z]\.$/);
				expect(title).not.toMatch(/undefined|\bNo\b|  |;/);
				for (const [each, words] of [
					['trust', 'can be trusted'],
					['care', 'with care'],
					['stop', 'be used'],
					['few', 'too small']
				] as const)
					if (grades.includes(each)) expect(title).toContain(words);
			}),
			{ seed: 1 }
		);
	});
	it.each([
		[
			graded('care', { hasGroups: false, short: ['separation', 'size'] }),
			/with care: they are slices, for people differ by degrees\.$/
		],
		[graded('care', { short: ['time'] }), /with care: they change over time\.$/],
		[graded('care', { short: ['fairness'], overlap: 0.2 }), /with care: they take unevenly\.$/],
		[graded('trust', { overlap: 0.5 }), /trusted: refresh them before each use, as people move through\.$/]
	])('says what all have in common', (passport, title) => {
		expect(trustFinding([passport, passport, passport]).title).toMatch(title);
	});
	it('gives no reason that only some have', () => {
		const mixed = [graded('care', { short: ['size'] }), graded('care', { short: ['time'] })];
		expect(trustFinding(mixed).title).toBe('Both segments can be used with care.');
	});
});

describe('a screen without a result', () => {
	const failure = new AppError('import.role-missing', {
		fileName: 'a.csv',
		role: 'customer',
		columns: ['x']
	});

	it.each(STEPS.map(({ id }) => id))('of %s never reads as running when it failed or was stopped', (step) => {
		const running = pendingFinding(step, { busy: true, failure: null }).title;
		expect(running).toMatch(/ing /);
		for (const state of [
			{ busy: false, failure },
			{ busy: true, failure },
			{ busy: false, failure: null }
		]) {
			expect(pendingFinding(step, state).title).toMatch(/yet\.$|needs your eye\.$/);
		}
	});
});
