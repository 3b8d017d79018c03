import type { Engine } from '#lib/engine/engine.ts';
import { id, sql } from '#lib/engine/sql.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import { namesNobody } from '../operations/missing-customer.ts';
import { runStatement } from '../statement.ts';
import { CHANGES, COMPARED, compareParts, countCompared, createChanges, keepChanges } from './compare.sql.ts';
import { seriesOf, type Series } from './series.ts';

/** What the newest export of a list brought, against all older ones together. Counts are of orders or of customers. */
export interface SeriesChange {
	/** Id of the series. */
	readonly series: string;
	readonly kind: 'orders' | 'customers';
	/** Source ids of the newest export, in the order of the recipe. */
	readonly newest: readonly string[];
	/** Source ids of all older exports, in the order of the recipe. */
	readonly older: readonly string[];
	/** In the newest export alone. */
	readonly added: number;
	/** In both, with another amount, status, number of lines, customer or date; a customer with another value. */
	readonly changed: number;
	readonly unchanged: number;
	/**
	 * In an older export and not in the newest: orders of its days, from its first to its last; customers of any day.
	 */
	readonly vanished: number;
}

/** The records of a `SeriesChange` that can be listed. */
export const CHANGE_KINDS = ['added', 'changed', 'vanished'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** One order or customer that the newest export brought, changed, or no longer has. */
export interface ChangedRecord {
	/** The number of the order; what the list calls a customer. Rows without order numbers are named by source and row. */
	readonly id: string;
	/** The person, as in `clean.customers`; null when it is nobody. */
	readonly customerId: string | null;
	/** Day of the order, as it is now where it still is; null where it has none, as customers. */
	readonly date: string | null;
	/** Money of the order less what was given back, as the files say, whether it counts or not; null without. */
	readonly amountBefore: number | null;
	readonly amountNow: number | null;
	/** What changed, such as `amount, status`; empty unless it is a change. */
	readonly what: string;
}

/** A page of a list. */
export interface Page {
	readonly offset: number;
	readonly limit: number;
}

/**
 * Compares the newest export of every series of orders or customers with its older ones, and keeps what differs in
 * `clean.changes` for `changedRecords`. Series of one export are left out. Needs the tables of `runClean`.
 * @param sources all sources of the recipe
 */
export async function compareVersions(
	engine: Engine,
	sources: readonly SourceParams[],
	signal: AbortSignal
): Promise<SeriesChange[]> {
	await runStatement(engine, createChanges(), signal);
	const changes: SeriesChange[] = [];
	for (const series of seriesOf(sources)) {
		if (series.newest === series.oldest) continue;
		if (series.kind !== 'orders' && series.kind !== 'customers') continue;
		const counts = await compareSeries(engine, series, signal);
		const idsOf = (isNewest: boolean) =>
			series.sources.filter(({ version }) => (version === series.newest) === isNewest).map(({ id }) => id);
		changes.push({
			series: series.id,
			kind: series.kind,
			newest: idsOf(true),
			older: idsOf(false),
			added: counts.get('added') ?? 0,
			changed: counts.get('changed') ?? 0,
			unchanged: counts.get('unchanged') ?? 0,
			vanished: counts.get('vanished') ?? 0
		});
	}
	return changes;
}

/** A page of what the newest export of a series brought, changed, or no longer has; the latest first, then by id. */
export async function changedRecords(
	engine: Engine,
	{ series }: Pick<SeriesChange, 'series'>,
	which: ChangeKind,
	{ offset, limit }: Page,
	signal: AbortSignal
): Promise<ChangedRecord[]> {
	return engine.rows<ChangedRecord>(
		sql`
			SELECT record_id::VARCHAR AS id, customer_id::VARCHAR AS customer_id,
				strftime(happened_on, '%Y-%m-%d')::VARCHAR AS date,
				amount_before::DOUBLE AS amount_before, amount_now::DOUBLE AS amount_now, what::VARCHAR AS what
			FROM ${CHANGES} WHERE series = ${series} AND change = ${which}
			ORDER BY happened_on DESC NULLS LAST, length(record_id), record_id
			LIMIT ${limit} OFFSET ${offset}`,
		signal
	);
}

/** How many of the records that the newest export of a series added have no customer. */
export async function countAddedOfNobody(
	engine: Engine,
	{ series }: Pick<SeriesChange, 'series'>,
	signal: AbortSignal
): Promise<number> {
	const [found] = await engine.rows<{ records: number }>(
		sql`
			SELECT count(*)::INTEGER AS records FROM ${CHANGES}
			WHERE series = ${series} AND change = 'added'
				AND (customer_id IS NULL OR ${namesNobody(id('customer_id'))})
			ORDER BY records`,
		signal
	);
	return found?.records ?? 0;
}

/** Records by what became of them, a part of the series at a time. */
async function compareSeries(
	engine: Engine,
	series: Series,
	signal: AbortSignal
): Promise<Map<string, number>> {
	const counts = new Map<string, number>();
	try {
		for (const part of await compareParts(engine, series, signal)) {
			await runStatement(engine, part, signal);
			const found = await engine.rows<{ change: string; records: number }>(countCompared(), signal);
			for (const { change, records } of found) counts.set(change, (counts.get(change) ?? 0) + records);
			await engine.exec(keepChanges(series), signal);
		}
	} finally {
		// Where the engine is gone, so is the table.
		await Promise.allSettled([engine.place('memory', 'clean', COMPARED)]);
	}
	return counts;
}
