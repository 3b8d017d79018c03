import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import { gradePassport } from './grade.ts';
import type { PassportFacts } from './schema.ts';

const format = createFormat('en-GB', 'GBP');
type Natural = NonNullable<PassportFacts['natural']>;

const overTime = (
	jaccard: number | null,
	problem: string | null = null,
	distance: number | null = 0.1
): PassportFacts['overTime'] => ({
	...{ jaccard, distance, problem, days: jaccard === null ? [] : ['2024-01-01', '2024-02-01'] }
});

function facts(change: Partial<PassportFacts> = {}, natural: Partial<Natural> = {}): PassportFacts {
	return {
		...{ segment: 'cluster:4:0', name: 'Regulars', customers: 500, allCustomers: 4000, shareOfRevenue: 0.4 },
		natural: {
			silhouette: 0.4,
			jaccard: { value: 0.92, low: 0.85, high: 0.97 },
			disturbed: { noise: 0.95, subsample: 0.93, seed: 1 },
			isNoise: false,
			hasGroups: true,
			...natural
		},
		overTime: overTime(0.8),
		fairness: { label: 'Gender', ratio: 0.95, isUneven: false },
		reach: { withContact: 480, agreed: 300, hasContacts: true },
		baseline: { rate: { value: 0.1, low: 0.08, high: 0.12 }, from: 'own' },
		detectable: 0.188,
		arms: [250, 250],
		plan: 'Thank them',
		...change
	};
}

const graded = (change: Partial<PassportFacts> = {}, natural: Partial<Natural> = {}) =>
	gradePassport(facts(change, natural), format);

describe('a passport', () => {
	it('grades a segment that meets every condition as one to trust', () => {
		const passport = graded();
		expect(passport.grade).toBe('trust');
		expect(passport.checks.map(({ id, state }) => [id, state])).toEqual([
			...['size', 'stability', 'disturbance', 'separation', 'time', 'fairness', 'reach', 'lift', 'plan'].map(
				(id) => [id, 'met']
			)
		]);
	});
	it.each<[string, Partial<PassportFacts>, Partial<Natural>, string, RegExp]>([
		['few people', { customers: 40 }, {}, 'few', /40 people, 80 needed/],
		['a cluster that dissolves', {}, { jaccard: { value: 0.55, low: 0.3, high: 0.8 } }, 'stop', /0\.55/],
		['people of no group', {}, { isNoise: true }, 'stop', /belong to no group/],
		['a slice where there are no groups', {}, { hasGroups: false }, 'care', /no natural groups/],
		[
			'a doubtful cluster',
			{},
			{ jaccard: { value: 0.65, low: 0.5, high: 0.8 } },
			'care',
			/0\.65.*0\.70 line/
		],
		[
			'a cluster that is stable but for some draws',
			{},
			{ jaccard: { value: 0.9, low: 0.4, high: 1 } },
			'care',
			/0\.40/
		],
		[
			'noise that moves people',
			{},
			{ disturbed: { noise: 0.65, subsample: 0.9, seed: 0.9 } },
			'care',
			/noise.*0\.65/
		],
		[
			'noise in which it dissolves',
			{},
			{ disturbed: { noise: 0.5, subsample: 0.9, seed: 0.9 } },
			'stop',
			/noise.*0\.50/
		],
		['an edge in its neighbour', {}, { silhouette: 0.04 }, 'care', /0\.04/],
		['a profile that drifts', { overTime: overTime(0.8, null, 0.25) }, {}, 'care', /drifts.* 0\.25 .*0\.80/],
		['other people, of whom nothing is known', { overTime: overTime(0.4, null, null) }, {}, 'care', /0\.40/],
		[
			'groups that are taken unevenly',
			{ fairness: { label: 'Gender', ratio: 0.5, isUneven: true } },
			{},
			'care',
			/gender.*0\.50/
		],
		['under a hundred people', { customers: 90 }, {}, 'care', /Under 100/]
	])('says which condition failed: %s', (_, change, natural, grade, reason) => {
		const passport = graded(change, natural);
		expect(passport.grade).toBe(grade);
		expect(passport.reason).toMatch(reason);
	});
	it('names what else falls short in a few words', () => {
		const { reason } = graded(
			{ overTime: overTime(0.4, null, 0.6) },
			{ jaccard: { value: 0.9, low: 0.42, high: 1 } }
		);
		expect(reason).toMatch(
			/worst cases only 0\.42\. Also: it changes over time\. Refresh it before each use/
		);
	});
	it('advises to refresh what people move through while its profile stays, and does not grade it lower', () => {
		const passport = graded({ overTime: overTime(0.15, null, 0.24) });
		expect(passport).toMatchObject({
			grade: 'trust',
			reason: expect.stringMatching(/Refresh it before each use/)
		});
		const time = passport.checks.find(({ id }) => id === 'time');
		expect(time).toMatchObject({
			state: 'met',
			found: expect.stringMatching(/overlap 0\.15.*moved by 0\.24/)
		});
		expect(graded({ overTime: overTime(0.7) }).reason).not.toContain('Refresh');
		expect(graded({ customers: 40, overTime: overTime(0.15) }).reason).not.toContain('Refresh');
	});
	it('names the days that it is compared with, met or not', () => {
		const timeOf = (jaccard: number) =>
			graded({ overTime: overTime(jaccard) }).checks.find(({ id }) => id === 'time')?.found;
		for (const jaccard of [0.8, 0.4]) expect(timeOf(jaccard)).toContain('1 Jan 2024 and 1 Feb 2024');
	});
	it.each([
		['own', 0.1, 'met', 'From 10% (these people before), a rise to 19% could be shown'],
		['shop', 0.1, 'met', 'From 10% (all customers), a rise to 19% could be shown'],
		['given', 0.1, 'met', 'From 10% (your number), a rise to 19% could be shown'],
		['own', 0, 'short', 'nobody ordered in a month: a rate of nothing tells little.']
	] as const)('says where the baseline is from: %s %d', (from, value, state, words) => {
		const passport = graded({ baseline: { rate: { value, low: value, high: value }, from } });
		const lift = passport.checks.find(({ id }) => id === 'lift');
		expect(lift).toMatchObject({ state, found: expect.stringContaining(words) });
	});
	it('lets what was not looked at count neither way', () => {
		const passport = graded(
			{ fairness: null, reach: null, baseline: null, overTime: overTime(null) },
			{ disturbed: null }
		);
		expect(passport.grade).toBe('trust');
		expect(passport.checks.filter(({ state }) => state === 'unknown')).toHaveLength(5);
	});
	it('grades a rule by whether people move through it, and says why where that cannot be asked', () => {
		const rule = (jaccard: number | null, problem: string | null = null) =>
			graded({ natural: null, overTime: overTime(jaccard, problem) });
		const timeOf = ({ checks }: ReturnType<typeof graded>) => checks.find(({ id }) => id === 'time');
		expect([rule(0.8).grade, timeOf(rule(0.8))?.state]).toEqual(['trust', 'met']);
		expect(rule(0.4)).toMatchObject({
			grade: 'trust',
			reason: expect.stringMatching(/Refresh it before each use/)
		});
		const list = rule(null, 'A list stays as it is.');
		expect(list.grade).toBe('trust');
		expect(timeOf(list)).toMatchObject({ state: 'unknown', found: 'A list stays as it is.' });
		expect(timeOf(graded({ natural: null, overTime: null }))).toBeUndefined();
	});
	it('grades a rule by its size and its fairness', () => {
		expect(graded({ natural: null })).toMatchObject({
			grade: 'trust',
			reason: expect.stringMatching(/rule/)
		});
		expect(graded({ natural: null, customers: 10 }).grade).toBe('few');
	});
	it('does not change the grade for reach, lift or plan', () => {
		const passport = graded({
			reach: { withContact: 3, agreed: null, hasContacts: true },
			detectable: null,
			plan: null
		});
		expect(passport.grade).toBe('trust');
		expect(passport.checks.slice(-3).map(({ state }) => state)).toEqual(['short', 'short', 'short']);
	});
	it('has a number or a reason in every check, and never trusts what fails one', () => {
		const share = fc.double({ min: 0, max: 1, noNaN: true });
		fc.assert(
			fc.property(
				share,
				share,
				share,
				share,
				fc.integer({ min: 1, max: 4000 }),
				(value, low, noise, time, customers) => {
					const jaccard = { value, low: Math.min(low, value), high: 1 };
					const passport = graded(
						{ customers, overTime: overTime(time) },
						{ jaccard, disturbed: { noise, subsample: 1, seed: 1 } }
					);
					expect(passport.checks.every(({ found, needed }) => found.endsWith('.') || needed.length > 0)).toBe(
						true
					);
					const grading = passport.checks.slice(0, 6);
					if (passport.grade === 'trust') expect(grading.every(({ state }) => state === 'met')).toBe(true);
					if (grading.some(({ state }) => state === 'failed')) expect(passport.grade).toMatch(/stop|few/);
				}
			),
			{ seed: 1 }
		);
	});
});
