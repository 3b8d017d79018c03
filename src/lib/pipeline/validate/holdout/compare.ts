import { fromColumns, rowsOf, type Matrix } from '#lib/core/matrix.ts';
import { clusterMeans } from '#lib/stats/cluster-means.ts';
import { columnMoments } from '#lib/stats/moments.ts';
import { shareDifference } from '#lib/stats/newcombe.ts';
import { applyScaler, invertScaler } from '#lib/stats/scale.ts';
import { wilson } from '#lib/stats/wilson.ts';
import type { Scaler } from '#lib/pipeline/segment/schema.ts';
import type { HoldoutSegment, HoldoutSide, HoldoutVerdict } from './schema.ts';

/** The customers of one of the two days. */
export interface DayOutcome {
	/** Unscaled. */
	readonly data: Matrix;
	readonly clusters: Uint8Array;
	/** Bought within the horizon: 0 or 1. */
	readonly bought: Int32Array;
	readonly spent: Float64Array;
}

/** Fewer people than this on a day carry no verdict. */
const FEWEST_PEOPLE = 20;

/** Each segment on both days: how its means moved, and whether its people still buy more, or less, than all others. */
export function compareOutcomes(
	fit: DayOutcome,
	check: DayOutcome,
	{ clusterCount, scaler, hasMoney }: Shape
): Omit<HoldoutSegment, 'like' | 'overlap'>[] {
	const { scaled, means } = meansOf(fit, clusterCount, scaler);
	const later = meansOf(check, clusterCount, scaler).means;
	const deviations = columnMoments(scaled).variances.map(Math.sqrt);
	const [before, after] = [
		sides(fit, means, clusterCount, scaler, hasMoney),
		sides(check, later, clusterCount, scaler, hasMoney)
	];
	return before.map((side, cluster) => {
		const now = after[cluster] as HoldoutSide;
		const drift = Array.from(deviations, (deviation, c) => {
			const at = cluster * deviations.length + c;
			return deviation === 0 ? 0 : ((later.values[at] as number) - (means.values[at] as number)) / deviation;
		});
		const distance = Math.sqrt(drift.reduce((sum, value) => sum + value * value, 0) / drift.length);
		return {
			cluster,
			fit: side,
			check: now,
			drift,
			distance: Number.isFinite(distance) ? distance : null,
			verdict: verdictOf(side, now)
		};
	});
}

/** What both days share. */
interface Shape {
	readonly clusterCount: number;
	readonly scaler: Scaler;
	readonly hasMoney: boolean;
}

/** What became of the difference between a segment and everyone else. */
export function verdictOf(fit: HoldoutSide, check: HoldoutSide): HoldoutVerdict {
	if (fit.customers < FEWEST_PEOPLE || check.customers < FEWEST_PEOPLE) return 'few';
	const [first, second] = [wayOf(fit), wayOf(check)];
	if (first === 0) return 'none';
	if (second === 0) return 'vanished';
	return first === second ? 'holds' : 'reversed';
}

/** 1 or −1 where the interval lies above or below 0. */
function wayOf({ difference: { low, high } }: HoldoutSide): number {
	return Number(low > 0) - Number(high < 0);
}

function meansOf({ data, clusters: labels }: DayOutcome, clusterCount: number, scaler: Scaler) {
	const scaled = applyScaler(data, scaler);
	return { scaled, means: clusterMeans(scaled, { labels, clusterCount }) };
}

function sides(
	{ clusters, bought, spent }: DayOutcome,
	means: Matrix,
	clusterCount: number,
	scaler: Scaler,
	hasMoney: boolean
): HoldoutSide[] {
	const [customers, buyers] = [new Int32Array(clusterCount), new Int32Array(clusterCount)];
	const money = new Float64Array(clusterCount);
	clusters.forEach((cluster, row) => {
		customers[cluster]! += 1;
		buyers[cluster]! += bought[row] as number;
		money[cluster]! += spent[row] as number;
	});
	const everyone = clusters.length;
	const allBuyers = buyers.reduce((sum, count) => sum + count, 0);
	return Array.from(customers, (trials, cluster) => {
		const successes = buyers[cluster] as number;
		const others = { successes: allBuyers - successes, trials: everyone - trials };
		return {
			customers: trials,
			share: trials / Math.max(1, everyone),
			buyers: successes,
			bought: wilson(successes, trials),
			difference: shareDifference({ successes, trials }, others),
			value: hasMoney ? (money[cluster] as number) / trials : null,
			typical: typicalOf(means, cluster, scaler)
		};
	});
}

function typicalOf(means: Matrix, cluster: number, scaler: Scaler): number[] {
	const row = rowsOf(means, [cluster]);
	return Array.from(invertScaler(fromColumns(Array.from(row.values, (value) => [value])), scaler).values);
}
