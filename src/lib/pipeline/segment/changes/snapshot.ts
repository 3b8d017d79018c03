import type { Engine } from '#lib/engine/engine.ts';
import type { CleanResult } from '#lib/pipeline/clean/schema.ts';
import type { FeatureResult } from '#lib/pipeline/features/schema.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import type { RfmResult } from '../schema.ts';
import { readCustomers } from './changes.sql.ts';
import { groupIds, groupRule } from './comparable-groups.ts';
import { ownRows } from './own-changes.ts';
import type { ImportState, OwnSegmentState, Snapshot, SnapshotCustomers } from './schema.ts';

/** The results of a run whose tables are in the engine. */
export interface ImportResults {
	readonly sources: readonly SourceParams[];
	readonly clean: CleanResult;
	readonly features: FeatureResult;
	readonly rfm: Pick<RfmResult, 'scheme' | 'cutPoints' | 'table'>;
	/** Names of the natural segments, by cluster; null where there are none, and no `segment.members`. */
	readonly segmentNames: readonly string[] | null;
	/** The own segments in `segment.own`; absent while they have not been asked. */
	readonly own?: readonly OwnSegmentState[];
}

/** Customers per query: few enough that decoding their ids is no long task. */
const BATCH_CUSTOMERS = 20_000;

/** What the results of a run come to, without any customer. */
export function stateOf({ sources, clean, features, rfm, segmentNames, own }: ImportResults): ImportState {
	return {
		sources: sources.map(({ id, fileName }) => ({ id, fileName })),
		customers: features.customers,
		orders: features.orders,
		revenue: features.revenue,
		rowsRead: clean.rowsRead,
		asOf: features.asOf,
		firstOrder: clean.firstOrder,
		lastOrder: clean.lastOrder,
		segmentNames: segmentNames && [...segmentNames],
		groups: rfm.table.map(({ id, name }) => ({ id, name })),
		groupRule: groupRule(rfm),
		...(own ? { ownSegments: [...own] } : {})
	};
}

/** Keeps the customers of `features.customers` with their RFM groups and segments, as they are now. */
export async function takeSnapshot(
	engine: Engine,
	results: ImportResults,
	signal: AbortSignal
): Promise<Snapshot> {
	const state = stateOf(results);
	const { customers: count, revenue, segmentNames } = state;
	const customerIds: string[] = [];
	const customers = {
		customerIds,
		orders: new Float64Array(count),
		revenue: new Float64Array(count).fill(NaN),
		group: new Int32Array(count),
		segment: segmentNames && new Int32Array(count)
	} satisfies SnapshotCustomers;
	const has = { hasAmount: revenue !== null, hasSegments: segmentNames !== null, groups: groupIds(state) };
	for (let from = 0; from < count; from += BATCH_CUSTOMERS) {
		const columns = await engine.columns(readCustomers(has, from, from + BATCH_CUSTOMERS), signal);
		const column = <Values>(name: string) => columns.get(name) as Values;
		for (const customerId of column<string[]>('customerId')) customerIds.push(customerId);
		customers.orders.set(column<Float64Array>('orders'), from);
		customers.revenue.set(column<Float64Array>('revenue'), from);
		customers.group.set(column<Int32Array>('groupIndex'), from);
		customers.segment?.set(column<Int32Array>('cluster'), from);
	}
	const { ownSegments } = state;
	if (!ownSegments) return { state, customers };
	return { state, customers: { ...customers, own: await ownRows(engine, ownSegments, signal) } };
}
