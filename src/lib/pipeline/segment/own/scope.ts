import { day, id, sql } from '#lib/engine/sql.ts';
import type {
	FeatureParams,
	FeatureResult,
	FeatureSummary,
	LibraryResult
} from '#lib/pipeline/features/schema.ts';
import { CUSTOMERS, LIBRARY } from '#lib/pipeline/features/step.ts';
import type { QueryResult, SavedQuery } from '#lib/pipeline/queries/schema.ts';
import type { SegmentRef } from '../rules/schema.ts';
import type { RuleFeature, RuleScope, RuleSegment } from '../rules/scope.ts';
import type { ClusteringResult, RfmResult, SegmentParams } from '../schema.ts';
import type { OwnParams, OwnResult, OwnSegment } from './schema.ts';

/** The results that rules of today are asked of. */
export interface RuleFacts {
	readonly params: SegmentParams;
	readonly featureParams: FeatureParams;
	readonly features: FeatureResult;
	/** Null while the library is not there. */
	readonly library: LibraryResult | null;
	readonly rfm: Pick<RfmResult, 'table'>;
	/** Null where there are no clusters. */
	readonly clustering: Pick<ClusteringResult, 'clusterCount' | 'profiles'> | null;
	readonly queries: readonly SavedQuery[];
	readonly queryResults: readonly QueryResult[];
}

/** What rules of today are asked of. */
export function scopeOfToday(facts: RuleFacts): RuleScope {
	const { params, featureParams, features } = facts;
	return {
		asOf: day(features.asOf),
		customers: CUSTOMERS,
		features: featuresOfToday(facts),
		segments: new Map(segmentsOfToday(facts).map((segment) => [segment.ref, segment])),
		featureParams,
		carts: params.carts,
		journeys: params.journeys
	};
}

/** The same scope where nobody knows who is in the own segments that could not be asked. */
export function withoutUnasked(scope: RuleScope, results: OwnResult['segments']): RuleScope {
	const segments = new Map(scope.segments);
	for (const { id: segment, problem } of results) {
		const known = segments.get(ownRef(segment));
		if (known === undefined || problem === null) continue;
		segments.set(known.ref, {
			...known,
			members: null,
			problem: `${known.name} cannot be asked. ${problem}`
		});
	}
	return { ...scope, segments };
}

function featuresOfToday({ features, library }: RuleFacts): Map<string, RuleFeature> {
	const core = new Set(features.features.map(({ id: feature }) => feature));
	const all: readonly FeatureSummary[] = [
		...features.features,
		...(library?.features ?? []).filter(({ id: feature }) => !core.has(feature))
	];
	return new Map(
		all.map(({ id: feature, label, kind, available, needs }) => {
			const table = core.has(feature) ? CUSTOMERS : LIBRARY;
			return [feature, { id: feature, label, kind, table: available ? table : null, needs }];
		})
	);
}

/** Every segment there is: RFM groups, natural segments, own segments, and those of saved queries. */
export function segmentsOfToday({
	params,
	rfm,
	clustering,
	queries,
	queryResults
}: Pick<RuleFacts, 'params' | 'rfm' | 'clustering' | 'queries' | 'queryResults'>): RuleSegment[] {
	const groups = rfm.table.map((group) => ({
		ref: `group:${group.id}`,
		name: group.name,
		members: sql`SELECT idx FROM segment.rfm WHERE rfm_group = ${group.id}`,
		problem: null
	}));
	const count = clustering?.clusterCount ?? 0;
	const clusters = (clustering?.profiles ?? []).map(({ cluster, autoName }) => ({
		ref: `cluster:${count}:${cluster}`,
		name: params.names[`${count}:${cluster}`] ?? autoName,
		members: sql`SELECT idx FROM segment.members WHERE cluster = ${cluster}`,
		problem: null
	}));
	const saved = queries
		.filter(({ use }) => use === 'segment')
		.map(({ id: query, name, title }) => {
			const problem = queryResults.find((each) => each.id === query)?.problem ?? null;
			const members = sql`
				SELECT c.idx FROM features.customers c WHERE c.customer_id IN (SELECT customer_id FROM ${id('saved', name)})`;
			return { ref: `saved:${name}`, name: title, members: problem === null ? members : null, problem };
		});
	return [...groups, ...clusters, ...params.own.segments.map(ownSegment), ...saved];
}

function ownSegment({ id: segment, name }: OwnSegment): RuleSegment {
	return {
		ref: ownRef(segment),
		name,
		members: sql`SELECT idx FROM segment.own WHERE segment = ${segment}`,
		problem: null
	};
}

/** The ref of an own segment. */
export function ownRef(segment: string): SegmentRef {
	return `own:${segment}`;
}

/** The own segments whose people are known after a run. */
export function askedSegments(
	{ segments }: Pick<OwnParams, 'segments'>,
	{ segments: results }: Pick<OwnResult, 'segments'>
): OwnSegment[] {
	return segments.filter(({ id: segment }) =>
		results.some((result) => result.id === segment && result.problem === null)
	);
}
