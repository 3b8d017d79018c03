import type { Day } from '#lib/core/days.ts';
import type { Format } from '#lib/core/format.ts';
import type { FeatureSummary } from '#lib/pipeline/features/schema.ts';
import type { ComparedDays, WindowBy } from '#lib/pipeline/validate/windows/schema.ts';
import {
	isOfMonth,
	metricSeries,
	type Metric,
	type MetricSeries
} from '#lib/pipeline/validate/windows/series.ts';
import type { Move } from '#lib/stats/kalman.ts';
import { Z_95 } from '#lib/stats/wilson.ts';
import { hasBand, type LevelPoint } from '#lib/ui/charts/level-band.ts';
import { featureLabel, featureValue } from '../feature-words.ts';
import { lowered, type ShownSegment } from './words.ts';

/** A metric as it is shown. */
export interface ShownMetric {
	readonly id: string;
	readonly metric: Metric;
	readonly label: string;
	/** The label as it stands over a column. */
	readonly head: string;
	readonly write: (value: number) => string;
}

/** Metrics that there are: of natural segments the compared features too, without amounts no money. */
export function shownMetrics(
	{ features }: Pick<ComparedDays, 'features'>,
	hasMoney: boolean,
	known: readonly FeatureSummary[],
	format: Format
): ShownMetric[] {
	const percent = (value: number) => format.percent(value);
	const money: ShownMetric[] = hasMoney
		? [
				{
					id: 'spent',
					metric: 'spent',
					label: 'Spent in the month, each',
					head: 'Spent, each',
					write: (value) => format.money(value)
				}
			]
		: [];
	const count = (value: number) => format.count(value);
	return [
		{ id: 'customers', metric: 'customers', label: 'Customers', head: 'Customers', write: count },
		{ id: 'share', metric: 'share', label: 'Share of customers', head: 'Share', write: percent },
		{ id: 'buyers', metric: 'buyers', label: 'Bought in the month', head: 'Bought', write: percent },
		...money,
		...features.map((feature) => ({
			id: `feature:${feature}`,
			metric: { feature },
			label: `Typical ${lowered(featureLabel(feature, known))}`,
			head: featureLabel(feature, known),
			write: (value: number) => featureValue(feature, value, format, known)
		}))
	];
}

/** A metric of a segment, and what its days say. */
export interface FollowedMetric {
	readonly segment: ShownSegment;
	readonly metric: ShownMetric;
	readonly series: MetricSeries;
	/** The newest known value and its day; null where nothing is known. */
	readonly newest: { readonly day: Day; readonly value: number } | null;
	/** How the newest value moved; null where it did not. */
	readonly moved: Move;
}

/** Follows a metric of a segment over the days that are known. */
export function follow(windows: ComparedDays, segment: ShownSegment, metric: ShownMetric): FollowedMetric {
	const series = metricSeries(windows, segment.category, metric.metric);
	const at = series.values.findLastIndex((value) => Number.isFinite(value));
	const day = series.days[at];
	const newest = day === undefined ? null : { day, value: series.values[at] ?? NaN };
	return { segment, metric, series, newest, moved: series.moves[at] ?? null };
}

/** The month of what people did in it, or the day that all else is of. */
export function dateWords({ metric }: ShownMetric, day: Day, format: Format): string {
	return isOfMonth(metric) ? format.month(day.slice(0, 7)) : format.day(day);
}

/** The days as a chart takes them; the band is the level's 95 % interval. */
export function levelPoints({ metric, series }: FollowedMetric, format: Format): LevelPoint[] {
	const { days, values, fit, moves } = series;
	return days.map((day, at) => {
		const [level, error] = [fit?.levels[at] ?? NaN, fit?.errors[at] ?? NaN];
		return {
			label: dateWords(metric, day, format),
			value: values[at] ?? NaN,
			level,
			low: level - Z_95 * error,
			high: level + Z_95 * error,
			move: moves[at] ?? null
		};
	});
}

/** What the newest value of a metric says, as a sentence with its day. */
export function followedTitle(
	{ segment, metric, series, newest, moved }: FollowedMetric,
	format: Format
): string {
	const label = `${segment.name}, ${lowered(metric.label)}:`;
	if (newest === null) return `${label} not known yet`;
	const when = dateWords(metric, newest.day, format);
	const value = `${metric.write(newest.value)} ${isOfMonth(metric.metric) ? 'in' : 'on'} ${when}`;
	if (series.fit === null) return `${label} ${value}, too few months to follow`;
	if (moved === null) return `${label} ${value}, within what the months before let expect`;
	return `${label} ${value}, moved ${moved} further than the months before let expect`;
}

/** What is drawn, and why there is no band where the level lies on every value. */
export function chartWords(points: readonly LevelPoint[]): string {
	const drawn = hasBand(points)
		? 'Rings: what was seen. Line and band: the level behind it with its 95% interval (Kalman filter).'
		: 'Rings: what was seen. Line: the level behind it (Kalman filter), which follows every month, so there is no band.';
	return `${drawn} Triangles: months that left what the ones before let expect.`;
}

const SIZE_ADVICE: Readonly<Record<WindowBy, string>> = {
	group: 'check whether the lines between its scores still part customers where you want them.',
	segment: 'let natural segments be looked for again, on the scale of today.',
	own: 'look above which condition moved people, and whether its number still says what you mean.'
};

/** What to do about a metric that moved; null where nothing is to be done. */
export function adviceFor({ segment, metric, moved }: FollowedMetric, by: WindowBy): string | null {
	if (moved === null) return null;
	const { name } = segment;
	if (metric.id === 'customers' || metric.id === 'share') {
		return `${name} ${moved === 'up' ? 'grows' : 'shrinks'} beyond what was expected: ${SIZE_ADVICE[by]}`;
	}
	if (metric.id.startsWith('feature:')) {
		return `The people of ${name} are no longer typical in the same way: adjust the rule that stands for it, or look for segments again.`;
	}
	return `What the people of ${name} do has changed: check the message and the offer before the next campaign, and the month for a one-time event.`;
}

/** Values in percent of the largest, for a tiny line; null where nothing is known. */
export function ofLargest(values: readonly number[]): (number | null)[] {
	const most = Math.max(...values.filter((value) => Number.isFinite(value)), 0);
	return values.map((value) => (Number.isFinite(value) ? (100 * value) / (most || 1) : null));
}
