import { addDays, type Day } from '#lib/core/days.ts';
import type { Engine } from '#lib/engine/engine.ts';
import type { CleanResult } from '#lib/pipeline/clean/schema.ts';
import { DEFAULT_FEATURES, type FeatureResult } from '#lib/pipeline/features/schema.ts';
import { runFeatures } from '#lib/pipeline/features/step.ts';
import { runClustering, type ClusteringOutcome } from '#lib/pipeline/segment/cluster-step.ts';
import { runRfm } from '#lib/pipeline/segment/rfm/step.ts';
import type { ClusteringParams, RfmParams, RfmResult } from '#lib/pipeline/segment/schema.ts';
import { cleanRows, makeSource, stepContext } from './raw-tables.ts';

/** An order: its customer, day and amount. */
export interface MadeOrder {
	readonly customer: string;
	readonly day: Day;
	readonly amount: number;
}

const FIRST = '2023-01-01';
export const RFM: RfmParams = { scheme: 'quintiles', cutPoints: null, groups: null };
export const CLUSTERING: ClusteringParams = {
	method: 'kmeans',
	options: {},
	features: [],
	categories: [],
	scaling: 'log1p-standard',
	scaler: null,
	componentShare: null,
	clusterCount: 2,
	seed: 1,
	initCount: 5
};

/**
 * A year of 2023: 30 people who buy every week until `stop`, 10 who do so until June, with small orders, and then no more, and 60 who bought once.
 */
export function regularOrders(stop: Day = '2024-01-01'): MadeOrder[] {
	const weekly = (customer: string, from: number, until: Day, amount: number): MadeOrder[] =>
		Array.from({ length: 52 }, (_, week) => ({
			customer,
			day: addDays(FIRST, from + 7 * week),
			amount
		})).filter(({ day }) => day < until);
	return [
		...Array.from({ length: 30 }, (_, i) => weekly(`weekly${i}`, i % 7, stop, 100 + i)).flat(),
		...Array.from({ length: 10 }, (_, i) => weekly(`stopped${i}`, i % 7, '2023-06-01', 15)).flat(),
		...Array.from({ length: 60 }, (_, i) => ({
			customer: `once${i}`,
			day: addDays(FIRST, (i * 29) % 360),
			amount: 10 + (i % 5)
		}))
	];
}

/** What a run gives of them. */
export interface RegularsRun {
	readonly clean: CleanResult;
	readonly features: FeatureResult;
	readonly rfm: RfmResult;
	readonly outcome: ClusteringOutcome;
}

/** Cleans orders and runs everything up to the natural segments. */
export async function runRegulars(
	engine: Engine,
	orders: readonly MadeOrder[],
	clustering: ClusteringParams = CLUSTERING
): Promise<RegularsRun> {
	const source = makeSource(['Order', 'Day', 'Price', 'Customer'], {
		order_id: 'Order',
		date: 'Day',
		amount: 'Price',
		customer: 'Customer'
	});
	const rows = orders.map(({ customer, day, amount }, i) => [String(i + 1), day, String(amount), customer]);
	const clean = await cleanRows(engine, [{ source, rows }]);
	const context = stepContext(engine);
	const features = await runFeatures(context, { ...DEFAULT_FEATURES, asOf: '2024-01-01' }, clean);
	const rfm = await runRfm(context, RFM, features);
	const outcome = await runClustering(context, { clustering }, features);
	return { clean, features, rfm, outcome };
}
