import { z } from 'zod';
import type { CleanResult } from '#lib/pipeline/clean/schema.ts';
import { segmentNames } from '#lib/pipeline/export/audience.ts';
import type { FeatureResult } from '#lib/pipeline/features/schema.ts';
import { isTooSmall } from '#lib/pipeline/segment/own/guard.ts';
import type { OwnParams, OwnResult } from '#lib/pipeline/segment/own/schema.ts';
import { ownRef } from '#lib/pipeline/segment/own/scope.ts';
import {
	CutPoints,
	Recommendation,
	RfmGroup,
	RfmParams,
	SCALINGS,
	type ClusteringResult,
	type RfmResult,
	type SegmentParams
} from '#lib/pipeline/segment/schema.ts';
import type { SegmentRef } from '#lib/pipeline/segment/rules/schema.ts';
import type { Grade } from '#lib/pipeline/validate/passport/schema.ts';
import { ReportGrade } from './passports-report.ts';

/** How many rows of one file were read, loaded and set aside. `rows_read` = `rows_loaded` + `rows_set_aside`. */
export const ReportSource = z.object({
	/** Name of the file, without folders. */
	file: z.string(),
	rows_read: z.int(),
	rows_loaded: z.int(),
	rows_set_aside: z.int(),
	/** Rows set aside by reason, in the order of the rules; their sum is `rows_set_aside`. */
	reasons: z.record(z.string(), z.int()),
	/** Day of its last record, set aside or not; null where it has no dates. */
	newest_record: z.iso.date().nullable()
});

/** One RFM group. `revenue` is 0 without amounts; `share` is its part of all customers, 0 to 1. */
export const ReportGroup = z.object({
	id: RfmGroup,
	name: z.string(),
	customers: z.int(),
	revenue: z.number(),
	share: z.number(),
	/** That of its passport. */
	grade: ReportGrade.nullable()
});

export const ReportRfm = z.object({
	scheme: RfmParams.shape.scheme,
	/** Thresholds between the scores, one fewer than there are scores: days, orders, money. `monetary_total` is null without amounts. */
	cut_points: z.object({
		recency_days: CutPoints,
		frequency: CutPoints,
		monetary_total: CutPoints.nullable()
	}),
	/** Largest first by revenue (by customers without amounts); every group, also those with nobody. */
	groups: z.array(ReportGroup)
});

/** The quality indices of one k. An index that was not computed is null. */
export const ReportCandidate = z.object({
	k: z.int(),
	inertia: z.number(),
	silhouette: z.number(),
	calinski_harabasz: z.number(),
	davies_bouldin: z.number(),
	dunn: z.number().nullable(),
	gap: z.number().nullable(),
	/** Standard error of the gap. */
	gap_error: z.number().nullable(),
	bic: z.number().nullable(),
	/** The silhouette that customers without groups stay under in 19 of 20 cases. */
	chance: z.number().nullable(),
	/** How many customers stand between segments, of those inside, 0 to 1. */
	saddle: z.number().nullable()
});

/** Which k is recommended and why, whatever the k in use; `no-groups`: there are no natural groups. */
export const ReportRecommendation = z.object({
	k: z.int(),
	reason: Recommendation.shape.reason,
	runner_up: z.int().nullable(),
	/** The k that were refused, the failed condition, and the Jaccard, people, silhouette or saddle it failed by. */
	refused: Recommendation.shape.refused
});

/** Bootstrap stability of one segment: mean Jaccard similarity, and its 2.5 % and 97.5 % quantiles. */
export const ReportStability = z.object({
	cluster: z.int(),
	name: z.string(),
	jaccard: z.number(),
	low: z.number(),
	high: z.number(),
	/** That of its passport. */
	grade: ReportGrade.nullable()
});

export const ReportClustering = z.object({
	method: z.string(),
	/** Ids of the features compared, in the order of the matrix. */
	features: z.array(z.string()),
	scaling: z.enum(SCALINGS),
	/** How many principal components were compared; null: the features themselves. */
	components: z.int().nullable(),
	/** The number of clusters in use. */
	k: z.int(),
	seed: z.int(),
	inertia: z.number(),
	silhouette: z.number(),
	recommendation: ReportRecommendation,
	/** Every k that was tried, ascending. */
	candidates: z.array(ReportCandidate),
	/** One entry per cluster, in the order of cluster numbers. */
	stability: z.array(ReportStability)
});

/** One of the user's own segments. `revenue` is null without amounts; `problem` says why it could not be asked. */
export const ReportOwnSegment = z.object({
	id: z.string(),
	name: z.string(),
	kind: z.enum(['rule', 'sql', 'list']),
	customers: z.int(),
	revenue: z.number().nullable(),
	/** Customers of it with an order, event or click in the days that the recipe looks at. */
	active: z.int(),
	/** Fewer are active than the recipe asks for, and it does not say why the segment is used all the same: it has no file. */
	held_back: z.boolean(),
	/** That of its passport; null where it could not be asked. */
	grade: ReportGrade.nullable(),
	problem: z.string().nullable()
});

/** `report.json`: what was read, what came out, and with which versions and times. */
export const Report = z.object({
	sources: z.array(ReportSource),
	/** Start of this day: orders strictly before it count. */
	as_of: z.iso.date(),
	customers: z.int(),
	rfm: ReportRfm,
	/** Null when there are too few different customers to look for clusters. */
	clustering: ReportClustering.nullable(),
	/** In the order of the recipe. */
	own_segments: z.array(ReportOwnSegment),
	/** Versions of the program, of DuckDB and, headless, of Node. */
	versions: z.object({ pomelo: z.string(), engine: z.string(), node: z.string().optional() }),
	/** Milliseconds per stage, and `total`. */
	timings_ms: z.record(z.string(), z.number())
});
export type Report = z.infer<typeof Report>;

/** What a report is made of. */
export interface ReportInput {
	readonly clean: CleanResult;
	readonly features: FeatureResult;
	readonly rfm: RfmResult;
	readonly clustering: ClusteringResult | null;
	readonly names: SegmentParams['names'];
	readonly ownParams: OwnParams;
	readonly own: OwnResult;
	/** How far each segment can be trusted. */
	readonly grades: ReadonlyMap<SegmentRef, Grade>;
	readonly versions: Report['versions'];
	readonly timingsMs: Readonly<Record<string, number>>;
}

/** The report of a run. */
export function buildReport(input: ReportInput): Report {
	const { clean, features, rfm, clustering, names, grades, ...rest } = input;
	return Report.parse({
		sources: clean.sources.map(sourceOf),
		as_of: features.asOf,
		customers: features.customers,
		rfm: rfmOf(rfm, features.customers, grades),
		clustering: clustering && clusteringOf(clustering, names, grades),
		own_segments: ownSegmentsOf(input),
		versions: rest.versions,
		timings_ms: rest.timingsMs
	});
}

function sourceOf(source: CleanResult['sources'][number]): z.infer<typeof ReportSource> {
	return {
		file: source.fileName,
		rows_read: source.rowsRead,
		rows_loaded: source.rowsLoaded,
		rows_set_aside: source.rowsSetAside,
		reasons: Object.fromEntries(source.reasons.map(({ reason, count }) => [reason, count])),
		newest_record: source.newest
	};
}

function ownSegmentsOf({ ownParams, own, grades }: ReportInput): z.infer<typeof ReportOwnSegment>[] {
	return ownParams.segments.flatMap(({ id, name, kind }) => {
		const result = own.segments.find((each) => each.id === id);
		if (!result) return [];
		const { customers, revenue, problem } = result;
		const ref = ownRef(id);
		const active = own.reach.find(({ segment }) => segment === ref)?.active ?? 0;
		const held = problem === null && isTooSmall(ref, active, ownParams.guard);
		const grade = grades.get(ref) ?? null;
		return [{ id, name, kind, customers, revenue, active, held_back: held, grade, problem }];
	});
}

function rfmOf(
	{ scheme, cutPoints, groups }: RfmResult,
	customers: number,
	grades: ReportInput['grades']
): z.infer<typeof ReportRfm> {
	return {
		scheme,
		cut_points: {
			recency_days: cutPoints.recencyDays,
			frequency: cutPoints.frequency,
			monetary_total: cutPoints.monetaryTotal
		},
		groups: groups.map(({ id, name, customers: count, revenue }) => ({
			id,
			name,
			customers: count,
			revenue,
			share: count / customers,
			grade: grades.get(`group:${id}`) ?? null
		}))
	};
}

function clusteringOf(
	clustering: ClusteringResult,
	names: SegmentParams['names'],
	grades: ReportInput['grades']
): z.infer<typeof ReportClustering> {
	const byCluster = segmentNames(clustering, names);
	const { runnerUp, ...recommendation } = clustering.recommendation;
	return {
		method: clustering.method,
		features: clustering.features,
		scaling: clustering.scaler.scaling,
		components: clustering.projection?.loadings.length ?? null,
		k: clustering.clusterCount,
		seed: clustering.seed,
		inertia: clustering.inertia,
		silhouette: clustering.silhouette,
		recommendation: { ...recommendation, runner_up: runnerUp },
		candidates: clustering.candidates.map(
			({ k, inertia, silhouette, dunn, gap, bic, chance, saddle, ...other }) => ({
				k,
				inertia,
				silhouette,
				calinski_harabasz: other.calinskiHarabasz,
				davies_bouldin: other.daviesBouldin,
				dunn,
				gap: gap?.value ?? null,
				gap_error: gap?.error ?? null,
				bic,
				chance,
				saddle
			})
		),
		stability: clustering.profiles.map(({ cluster, stability: { jaccard, low, high } }, i) => ({
			cluster,
			name: byCluster[i] as string,
			jaccard,
			low,
			high,
			grade: grades.get(`cluster:${clustering.clusterCount}:${cluster}`) ?? null
		}))
	};
}
