import { z } from 'zod';
import type { FairnessResult } from '#lib/pipeline/validate/fairness/schema.ts';
import { CHECKS, type Grade, type Passport } from '#lib/pipeline/validate/passport/schema.ts';
import { SegmentRef } from '#lib/pipeline/segment/rules/schema.ts';

/** The passports of a run, and how evenly its segments take from groups of people. */
export interface MadePassports {
	readonly passports: readonly Passport[];
	readonly fairness: readonly FairnessResult[];
}

/** How far a segment can be trusted: `care`: with care; `stop`: do not use; `few`: too few people to say. */
export const ReportGrade = z.enum(['trust', 'care', 'stop', 'few'] satisfies readonly Grade[]);

/** A number with the ends of its 95 % interval. */
const ReportInterval = z.object({ value: z.number(), low: z.number(), high: z.number() });

/** One condition: `short`: with care; `failed`: do not use; `unknown`: it does not apply or nothing tells. */
export const ReportCheck = z.object({
	id: z.enum(CHECKS),
	state: z.enum(['met', 'short', 'failed', 'unknown']),
	found: z.string(),
	needed: z.string()
});

/** What is known of one segment, its conditions, and its grade. All shares and rates are 0 to 1. */
export const ReportPassport = z.object({
	/** `cluster:<k>:<number>`, `own:<id>`, `saved:<name>` or `group:<id>`. */
	segment: SegmentRef,
	name: z.string(),
	customers: z.int(),
	share_of_customers: z.number(),
	/** Null without amounts. */
	share_of_revenue: z.number().nullable(),
	grade: ReportGrade,
	/** The condition that decides the grade. */
	reason: z.string(),
	checks: z.array(ReportCheck),
	/** Null for segments by rules. */
	natural: z
		.object({
			silhouette: z.number(),
			jaccard: ReportInterval,
			/** Mean best Jaccard with noise, with a fifth of the customers left out, and from other starts. */
			disturbed: z.object({ noise: z.number(), subsample: z.number(), seed: z.number() }).nullable(),
			is_noise: z.boolean(),
			has_groups: z.boolean()
		})
		.nullable(),
	/** Mean Jaccard with the last three month starts; null where the history is too short or it cannot be asked of them. */
	over_time: z.number().nullable(),
	/** How far its profile of those days lies from today's on average, in deviations of all customers; null where it is not told. */
	profile_distance: z.number().nullable(),
	/** The worst four-fifths ratio; null where nothing can be checked. */
	fairness: z.object({ label: z.string(), ratio: z.number(), is_uneven: z.boolean() }).nullable(),
	/** `agreed` is null where the files tell no consents. */
	reach: z
		.object({ with_contact: z.int(), agreed: z.int().nullable(), has_contacts: z.boolean() })
		.nullable(),
	/** Share that orders within 30 days anyway, and of whom that is. */
	baseline: z.object({ rate: ReportInterval, from: z.enum(['own', 'shop', 'given']) }).nullable(),
	/** An experiment: people without and with the message, and the least rate that it would find; null when none. */
	experiment: z.object({ control: z.int(), treated: z.int(), detectable: z.number().nullable() }),
	/** What will be done with it. */
	plan: z.string().nullable()
});

/** How segments take from the groups of one feature, such as gender. */
export const ReportFairness = z.object({
	feature: z.string(),
	label: z.string(),
	/** Customers of whom the files tell it. */
	known: z.int(),
	groups: z.array(z.object({ group: z.string(), customers: z.int(), is_small: z.boolean() })),
	/** The share of each group that is in the segment, in the order of the groups; `ratio` is lowest by highest. */
	segments: z.array(
		z.object({
			segment: SegmentRef,
			rates: z.array(ReportInterval),
			ratio: z.number().nullable(),
			is_uneven: z.boolean()
		})
	),
	/** Compared features that tell a group from the others, and how well. */
	proxies: z.array(z.object({ feature: z.string(), group: z.string(), auc: ReportInterval }))
});

/** `passports.json`: one card per segment, natural ones first, and the check by groups of people. */
export const PassportsReport = z.object({
	/** Start of this day: orders strictly before it count. */
	as_of: z.iso.date(),
	segments: z.array(ReportPassport),
	fairness: z.array(ReportFairness)
});
export type PassportsReport = z.infer<typeof PassportsReport>;

/** The passports of a run as its file has them. */
export function buildPassports(asOf: string, { passports, fairness }: MadePassports): PassportsReport {
	return PassportsReport.parse({
		as_of: asOf,
		segments: passports.map(passportOf),
		fairness: fairness.map(fairnessOf)
	});
}

function passportOf(passport: Passport): z.infer<typeof ReportPassport> {
	const { segment, name, customers, allCustomers, shareOfRevenue, grade, reason, plan } = passport;
	const { natural, overTime, fairness, reach, baseline, detectable, checks } = passport;
	const [control, treated] = passport.arms;
	return {
		...{ segment, name, customers, share_of_customers: customers / Math.max(1, allCustomers) },
		...{ share_of_revenue: shareOfRevenue, grade, reason },
		checks: [...checks],
		natural: natural && {
			...{ silhouette: natural.silhouette, jaccard: natural.jaccard, disturbed: natural.disturbed },
			...{ is_noise: natural.isNoise, has_groups: natural.hasGroups }
		},
		over_time: overTime?.jaccard ?? null,
		profile_distance: overTime?.distance ?? null,
		fairness: fairness && { label: fairness.label, ratio: fairness.ratio, is_uneven: fairness.isUneven },
		reach: reach && {
			...{ with_contact: reach.withContact, agreed: reach.agreed, has_contacts: reach.hasContacts }
		},
		baseline,
		experiment: { control, treated, detectable },
		plan
	};
}

function fairnessOf(result: FairnessResult): z.infer<typeof ReportFairness> {
	const { feature, label, known, groups, selections, proxies } = result;
	return {
		...{ feature, label, known },
		groups: groups.map(({ group, customers, isSmall }) => ({ group, customers, is_small: isSmall })),
		segments: selections.map((selection) => ({
			segment: selection.segment,
			rates: selection.groups.map(({ rate }) => rate),
			ratio: selection.ratio,
			is_uneven: selection.isUneven
		})),
		proxies: proxies.map(({ feature: compared, group, auc }) => ({ feature: compared, group, auc }))
	};
}
