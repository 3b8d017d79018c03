import type { Day } from '#lib/core/days.ts';
import { mean } from '#lib/stats/moments.ts';
import { wilson, type Interval } from '#lib/stats/wilson.ts';
import type { SegmentRef } from '#lib/pipeline/segment/rules/schema.ts';
import type { ClusteringResult } from '#lib/pipeline/segment/schema.ts';
import type { ComparedDay } from './schema.ts';

/** How well a natural segment keeps its people over time. */
export interface TimeStability {
	readonly cluster: number;
	/** Mean Jaccard of its people on earlier days with those of today, among who was a customer on both. */
	readonly jaccard: number;
	/** The least and the greatest of them. */
	readonly low: number;
	readonly high: number;
	/** Mean distance of its profile on those days from that of today, in deviations of all; null where no day tells it. */
	readonly distance: number | null;
	/** The days that were compared, the oldest first. */
	readonly days: readonly Day[];
}

/** Overlap fades as days lie further back: the passport looks at the last three month starts, and no further. */
export const STABILITY_WINDOWS = 3;

/**
 * The time stability of each natural segment, by cluster: the Jaccard of its people across the latest `STABILITY_WINDOWS` of
 * some days and today (Jaccard 1912), from 0 to 1, and how far its profile moved; null where no day tells it.
 */
export function timeStability(
	days: readonly Pick<ComparedDay, 'day' | 'segments'>[],
	clusterCount: number
): (TimeStability | null)[] {
	const latest = days.toSorted((a, b) => (a.day < b.day ? 1 : -1)).slice(0, STABILITY_WINDOWS);
	return Array.from({ length: clusterCount }, (_, cluster) => {
		const told = latest.flatMap(({ day, segments }) => {
			const { jaccard = null, distance = null } = segments?.[cluster] ?? {};
			return jaccard === null ? [] : [{ day, jaccard, distance }];
		});
		if (told.length === 0) return null;
		const found = told.map(({ jaccard }) => jaccard);
		const distances = told.flatMap(({ distance }) => distance ?? []);
		return {
			cluster,
			jaccard: mean(found),
			low: Math.min(...found),
			high: Math.max(...found),
			distance: distances.length === 0 ? null : mean(distances),
			days: told.map(({ day }) => day).toReversed()
		};
	});
}

/** Of fewer people a month tells little of how many order. */
const LEAST_THEN = 20;

/** What the latest days say of a segment, for its passport. */
export interface PastOfSegment {
	/** That of `timeStability`; null where no day tells it. */
	readonly jaccard: number | null;
	readonly distance: number | null;
	/** The days that it is of, the oldest first. */
	readonly days: readonly Day[];
	/** Share of those in it at the start of the latest month that has ended who ordered in that month; null of fewer than 20. */
	readonly buyers: Interval | null;
}

/** The past of each segment, in the order of the days: of natural ones by cluster. */
export function pastOfSegments(
	days: readonly Pick<ComparedDay, 'day' | 'segments'>[],
	clusterCount: number
): PastOfSegment[] {
	const stability = timeStability(days, clusterCount);
	const ended = days.findLast(({ segments }) =>
		segments?.some((segment) => (segment?.month ?? null) !== null)
	);
	return stability.map((found, cluster) => {
		const latest = ended?.segments?.[cluster];
		const isTold = latest != null && latest.month !== null && latest.customers >= LEAST_THEN;
		return {
			jaccard: found?.jaccard ?? null,
			distance: found?.distance ?? null,
			days: found?.days ?? [],
			buyers: isTold ? wilson(latest.month.buyers, latest.customers) : null
		};
	});
}

/** What the latest days say of natural segments, by ref; of days that are not known nothing. */
export function pastOfNatural(
	days: readonly Pick<ComparedDay, 'day' | 'segments'>[],
	{ clusterCount, profiles }: Pick<ClusteringResult, 'clusterCount' | 'profiles'>
): Map<SegmentRef, PastOfSegment & { readonly problem: null }> {
	const past = pastOfSegments(days, profiles.length);
	return new Map(
		past.map((each, cluster) => [`cluster:${clusterCount}:${cluster}`, { ...each, problem: null }])
	);
}
