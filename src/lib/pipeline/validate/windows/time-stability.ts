import type { Day } from '#lib/core/days.ts';
import { wilson, type Interval } from '#lib/stats/wilson.ts';
import type { WindowDay } from './schema.ts';

/** How well a natural segment keeps its people over time. */
export interface TimeStability {
	readonly cluster: number;
	/** Mean Jaccard of its people on earlier days with those of today, among who was a customer on both. */
	readonly jaccard: number;
	/** The least and the greatest of them. */
	readonly low: number;
	readonly high: number;
	/** The days that were compared, the oldest first. */
	readonly days: readonly Day[];
}

/** Overlap fades as days lie further back: the passport looks at the last three month starts, and no further. */
export const STABILITY_WINDOWS = 3;

/**
 * The time stability of each natural segment, by cluster: the Jaccard of its people across the latest `STABILITY_WINDOWS` of
 * some days and today (Jaccard 1912), from 0 to 1; null where no day tells it.
 */
export function timeStability(days: readonly WindowDay[], clusterCount: number): (TimeStability | null)[] {
	const latest = days.toSorted((a, b) => (a.day < b.day ? 1 : -1)).slice(0, STABILITY_WINDOWS);
	return Array.from({ length: clusterCount }, (_, cluster) => {
		const told = latest.flatMap(({ day, segments }) => {
			const jaccard = segments?.[cluster]?.jaccard ?? null;
			return jaccard === null ? [] : [{ day, jaccard }];
		});
		if (told.length === 0) return null;
		const found = told.map(({ jaccard }) => jaccard);
		const jaccard = found.reduce((sum, value) => sum + value, 0) / found.length;
		const compared = told.map(({ day }) => day).toReversed();
		return { cluster, jaccard, low: Math.min(...found), high: Math.max(...found), days: compared };
	});
}

/** Of fewer people a month tells little of how many order. */
const LEAST_THEN = 20;

/** What the latest days say of a natural segment, for its passport. */
export interface PastOfSegment {
	/** That of `timeStability`; null where no day tells it. */
	readonly jaccard: number | null;
	/** The days that it is of, the oldest first. */
	readonly days: readonly Day[];
	/** Share of those in it at the start of the latest month that has ended who ordered in that month; null of fewer than 20. */
	readonly buyers: Interval | null;
}

/** The past of each natural segment, by cluster. */
export function pastOfSegments(days: readonly WindowDay[], clusterCount: number): PastOfSegment[] {
	const stability = timeStability(days, clusterCount);
	const ended = days.findLast(({ segments }) => segments?.some(({ month }) => month !== null));
	return stability.map((found, cluster) => {
		const latest = ended?.segments?.[cluster];
		const isTold = latest !== undefined && latest.month !== null && latest.customers >= LEAST_THEN;
		return {
			jaccard: found?.jaccard ?? null,
			days: found?.days ?? [],
			buyers: isTold ? wilson(latest.month.buyers, latest.customers) : null
		};
	});
}
