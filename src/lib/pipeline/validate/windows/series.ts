import type { Day } from '#lib/core/days.ts';
import { fitLocalLevel, movesOf, type LocalLevel, type Move } from '#lib/stats/kalman.ts';
import type { ComparedDays, MonthDeeds, SegmentNow } from './schema.ts';

/** What is followed: people, their share of all, who bought within the month, money each, or a compared feature. */
export type Metric = 'customers' | 'share' | 'buyers' | 'spent' | { readonly feature: string };

/** A metric of a segment over months. All arrays are of one entry per day. */
export interface MetricSeries {
	/** Starts of months, the oldest first; for what is known at once, today is the last. */
	readonly days: readonly Day[];
	/** NaN where it is not known. */
	readonly values: readonly number[];
	/** Null with fewer than three known values. */
	readonly fit: LocalLevel | null;
	readonly moves: readonly Move[];
}

/** Shares and means of fewer people are left out. */
export const FEWEST_PEOPLE = 20;

/** Whether a metric is of the month that begins on a day, and so known only when that has ended. */
export function isOfMonth(metric: Metric): boolean {
	return metric === 'buyers' || metric === 'spent';
}

/**
 * A metric of a segment on the starts of months that have ended, or on the starts of months and today, with the level behind
 * it (`stats/kalman.ts`) and the days that left what the ones before let expect.
 */
export function metricSeries(
	{ asOf, now, days, features }: ComparedDays,
	category: number,
	metric: Metric
): MetricSeries {
	const past = days
		.map(({ day, customers, segments }) => ({ day, customers, segment: segments?.[category] ?? undefined }))
		.filter(({ segment }) => !isOfMonth(metric) || segment?.month !== null);
	const today = { day: asOf, customers: now.customers, segment: now.segments?.[category] };
	const points = isOfMonth(metric) || past.at(-1)?.day === asOf ? past : [...past, today];
	const values = points.map(({ segment, customers }) =>
		segment === undefined ? NaN : valueOf(segment, customers, metric, features)
	);
	return { days: points.map(({ day }) => day), values, fit: fitLocalLevel(values), moves: movesOf(values) };
}

function valueOf(
	{ customers, month = null, typical }: SegmentNow & { readonly month?: MonthDeeds | null },
	everyone: number,
	metric: Metric,
	features: readonly string[]
): number {
	if (metric === 'customers') return customers;
	if (metric === 'share') return everyone === 0 ? NaN : customers / everyone;
	if (customers < FEWEST_PEOPLE) return NaN;
	if (metric === 'buyers') return month === null ? NaN : month.buyers / customers;
	if (metric === 'spent') return month?.spent == null ? NaN : month.spent / customers;
	return typical[features.indexOf(metric.feature)] ?? NaN;
}
