import type { Day } from '#lib/core/days.ts';
import type { Matrix } from '#lib/core/matrix.ts';
import type { Engine } from '#lib/engine/engine.ts';
import type { Sql } from '#lib/engine/sql.ts';
import type { FeatureResult, FeatureSummary } from '#lib/pipeline/features/schema.ts';
import { detectableRate } from '#lib/stats/detectable-rate.ts';
import { mean } from '#lib/stats/moments.ts';
import { wilson, type Interval } from '#lib/stats/wilson.ts';
import type { Disturbance, PerturbationOutput } from '../../segment/compute.ts';
import type { SegmentRef } from '../../segment/rules/schema.ts';
import type { ClusteringResult } from '../../segment/schema.ts';
import { checkFairness } from '../fairness/fairness.ts';
import type { FairnessResult } from '../fairness/schema.ts';
import type { ValidateParams } from '../schema.ts';
import { countBuyers, countReach, knowsContacts } from './reach.sql.ts';
import type { Baseline, OverTime, PassportFacts, Reach } from './schema.ts';

/** What passports are made of; what was not looked at is null. */
export interface PassportRequest {
	readonly params: ValidateParams;
	readonly features: FeatureResult;
	readonly library: readonly FeatureSummary[];
	/** The segments to describe, each with a SELECT of the `idx` of its people. */
	readonly segments: readonly { readonly ref: SegmentRef; readonly name: string; readonly members: Sql }[];
	readonly clustering: ClusteringResult | null;
	/** The compared features of all customers, unscaled; null without clusters. */
	readonly data: Matrix | null;
	readonly perturbation: PerturbationOutput | null;
	/** What earlier days say, by the ref of the segment; of those that are not in it nothing is told. */
	readonly past: ReadonlyMap<SegmentRef, PastOfPeople>;
	/** `clean.people` is there. */
	readonly hasPeople: boolean;
}

/** What earlier days say of a segment. */
export interface PastOfPeople extends OverTime {
	/** Share of those who were in it then that ordered in the month that followed; null where too few were. */
	readonly buyers: Interval | null;
}

/** What passports say, and how evenly segments take from groups of people. */
export interface PassportsOutcome {
	readonly facts: readonly PassportFacts[];
	readonly fairness: readonly FairnessResult[];
}

/** Collects what is known of segments: who they are, who can be reached, what an experiment would show, and fairness. */
export async function collectPassports(
	engine: Engine,
	request: PassportRequest,
	signal: AbortSignal
): Promise<PassportsOutcome> {
	const { segments, features, params, clustering, data } = request;
	if (segments.length === 0) return { facts: [], fairness: [] };
	const counts = await countsOf(engine, request, signal);
	const shop = await shopBaseline(engine, features.asOf, signal);
	const fairness = await checkFairness(
		engine,
		{
			asked: params.fairnessFeatures,
			core: features.features,
			library: request.library,
			segments,
			compared: clustering?.features ?? [],
			data: data ?? { values: new Float64Array(0), rowCount: 0, columnCount: 0 },
			seed: clustering?.seed ?? 1
		},
		signal
	);
	const facts = segments.map(({ ref, name }, place) => {
		const cluster = clusterOf(ref, clustering);
		const { customers, revenue, reach } = counts(place);
		const past = request.past.get(ref) ?? null;
		const baseline = baselineOf(request, past, shop);
		const arms = armsOf(customers, params.testing.holdoutShare);
		return {
			...{ segment: ref, name, customers, allCustomers: features.customers, reach, baseline, arms },
			shareOfRevenue: features.revenue ? revenue / features.revenue : null,
			natural: naturalOf(request, cluster),
			overTime: past && {
				...{ jaccard: past.jaccard, distance: past.distance, days: past.days, problem: past.problem }
			},
			fairness: worstOf(ref, fairness),
			detectable:
				baseline === null
					? null
					: detectableRate({
							...{ baseline: baseline.rate.value, control: arms[0], treated: arms[1] },
							...{ alpha: params.testing.alpha, power: params.testing.power }
						}),
			plan: params.plans[ref] ?? null
		};
	});
	return { facts, fairness };
}

interface Counted {
	readonly customers: number;
	readonly revenue: number;
	readonly reach: Reach | null;
}

async function countsOf(
	engine: Engine,
	{ segments, features, hasPeople }: PassportRequest,
	signal: AbortSignal
): Promise<(place: number) => Counted> {
	const hasAmount = features.features.some(({ id, available }) => id === 'monetary_total' && available);
	const members = segments.map((segment) => segment.members);
	const rows = await engine.rows<{
		place: number;
		customers: number;
		revenue: number;
		withContact: number;
		agreed: number;
	}>(countReach(members, hasAmount, hasPeople), signal);
	const [known] = hasPeople
		? await engine.rows<{ hasContacts: boolean; hasConsents: boolean }>(knowsContacts(), signal)
		: [];
	return (place) => {
		const row = rows.find((each) => each.place === place);
		const { customers = 0, revenue = 0, withContact = 0, agreed = 0 } = row ?? {};
		const reach = known && {
			withContact,
			agreed: known.hasConsents ? agreed : null,
			hasContacts: known.hasContacts
		};
		return { customers, revenue, reach: reach ?? null };
	};
}

async function shopBaseline(engine: Engine, asOf: Day, signal: AbortSignal): Promise<Baseline | null> {
	const [row] = await engine.rows<{ customers: number; buyers: number }>(countBuyers(asOf), signal);
	if (!row || row.customers === 0) return null;
	return { rate: wilson(row.buyers, row.customers), from: 'shop' };
}

function clusterOf(ref: SegmentRef, clustering: ClusteringResult | null): number | null {
	const [kind, count, cluster] = ref.split(':');
	const isOfThis = kind === 'cluster' && clustering !== null && Number(count) === clustering.clusterCount;
	return isOfThis ? Number(cluster) : null;
}

function baselineOf(
	{ params }: PassportRequest,
	past: PastOfPeople | null,
	shop: Baseline | null
): Baseline | null {
	const { baselineRate } = params.testing;
	if (baselineRate !== null) {
		return { rate: { value: baselineRate, low: baselineRate, high: baselineRate }, from: 'given' };
	}
	const own = past?.buyers ?? null;
	return own === null || !Number.isFinite(own.value) ? shop : { rate: own, from: 'own' };
}

function armsOf(customers: number, holdoutShare: number): readonly [number, number] {
	const control = Math.round(customers * holdoutShare);
	return [control, customers - control];
}

function naturalOf(
	{ clustering, perturbation }: PassportRequest,
	cluster: number | null
): PassportFacts['natural'] {
	const profile = cluster === null ? undefined : clustering?.profiles[cluster];
	if (profile === undefined) return null;
	const { jaccard, low, high } = profile.stability;
	const met = (kind: Disturbance): number => {
		const values = perturbation?.[kind].similarities[profile.cluster] ?? [];
		return values.length === 0 ? 0 : mean(Float64Array.from(values));
	};
	return {
		silhouette: profile.silhouette,
		jaccard: { value: jaccard, low, high },
		disturbed:
			perturbation === null ? null : { noise: met('noise'), subsample: met('subsample'), seed: met('seed') },
		isNoise: profile.isNoise,
		hasGroups: !['no-groups', 'nothing-holds'].includes(clustering?.recommendation.reason ?? '')
	};
}

/** Of all features, the one whose groups a segment takes from least evenly; sure ones first. */
function worstOf(segment: SegmentRef, results: readonly FairnessResult[]): PassportFacts['fairness'] {
	const found = results.flatMap(({ label, selections }) => {
		const own = selections.find((each) => each.segment === segment);
		return own?.ratio == null ? [] : [{ label, ratio: own.ratio, isUneven: own.isUneven }];
	});
	return found.toSorted((a, b) => Number(b.isUneven) - Number(a.isUneven) || a.ratio - b.ratio)[0] ?? null;
}
