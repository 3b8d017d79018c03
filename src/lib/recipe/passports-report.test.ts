import { expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import { gradePassport } from '#lib/pipeline/validate/passport/grade.ts';
import type { PassportFacts } from '#lib/pipeline/validate/passport/schema.ts';
import { buildPassports, PassportsReport } from './passports-report.ts';

const interval = { value: 0.9, low: 0.8, high: 1 };

const natural: PassportFacts = {
	...{ segment: 'cluster:4:0', name: 'Regulars', customers: 500, allCustomers: 4000, shareOfRevenue: 0.4 },
	natural: {
		silhouette: 0.4,
		jaccard: interval,
		disturbed: { noise: 0.95, subsample: 0.93, seed: 1 },
		isNoise: false,
		hasGroups: true
	},
	overTime: { jaccard: 0.5, distance: 0.1, days: ['2024-01-01', '2024-02-01'], problem: null },
	fairness: { label: 'Gender', ratio: 0.95, isUneven: false },
	reach: { withContact: 480, agreed: 300, hasContacts: true },
	baseline: { rate: { value: 0.1, low: 0.08, high: 0.12 }, from: 'own' },
	...{ detectable: 0.188, arms: [250, 250], plan: 'Thank them' }
};
const rule: PassportFacts = {
	...{ segment: 'own:g1', name: 'Staff', customers: 2, allCustomers: 4000, shareOfRevenue: null },
	...{
		natural: null,
		overTime: { jaccard: null, distance: null, days: [], problem: 'A list stays as it is.' },
		fairness: null,
		reach: null,
		baseline: null,
		detectable: null,
		arms: [1, 1],
		plan: null
	}
};
const fairness = {
	feature: 'gender',
	label: 'Gender',
	known: 90,
	groups: [{ group: 'female', customers: 90, isSmall: false }],
	selections: [
		{
			segment: 'own:g1',
			groups: [{ selected: 81, rate: interval }],
			...{ ratio: null, lowest: null, highest: null, isUneven: false }
		}
	],
	proxies: [{ feature: 'frequency', group: 'female', auc: interval }]
};

it('says all of passports in snake case, with every condition', () => {
	const format = createFormat('en-GB', 'GBP');
	const passports = [natural, rule].map((facts) => gradePassport(facts, format));
	const report = buildPassports('2024-02-02', { passports, fairness: [fairness] });
	const [first, second] = report.segments;
	const { checks, ...regulars } = first as (typeof report.segments)[number];
	expect(regulars).toEqual({
		...{ segment: 'cluster:4:0', name: 'Regulars', customers: 500, share_of_customers: 0.125 },
		...{ share_of_revenue: 0.4, grade: 'trust', reason: expect.stringContaining('people move through it') },
		natural: {
			...{ silhouette: 0.4, jaccard: interval, disturbed: { noise: 0.95, subsample: 0.93, seed: 1 } },
			...{ is_noise: false, has_groups: true }
		},
		over_time: 0.5,
		profile_distance: 0.1,
		fairness: { label: 'Gender', ratio: 0.95, is_uneven: false },
		reach: { with_contact: 480, agreed: 300, has_contacts: true },
		baseline: { rate: { value: 0.1, low: 0.08, high: 0.12 }, from: 'own' },
		experiment: { control: 250, treated: 250, detectable: 0.188 },
		plan: 'Thank them'
	});
	expect(checks).toHaveLength(9);
	expect(checks.find(({ id }) => id === 'time')).toMatchObject({
		state: 'met',
		found: expect.stringContaining('overlap 0.50 on average')
	});
	expect(second).toMatchObject({ grade: 'few', natural: null, over_time: null, fairness: null, reach: null });
	expect(report.fairness).toEqual([
		{
			...{ feature: 'gender', label: 'Gender', known: 90 },
			groups: [{ group: 'female', customers: 90, is_small: false }],
			segments: [{ segment: 'own:g1', rates: [interval], ratio: null, is_uneven: false }],
			proxies: [{ feature: 'frequency', group: 'female', auc: interval }]
		}
	]);
	expect(PassportsReport.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
});
