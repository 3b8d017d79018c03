import { as, id, sql, type Sql } from '#lib/engine/sql.ts';
import { renderCsv, type CsvBatch, type CsvColumn } from './csv.ts';
import type { ReadContext } from './read-audience.ts';

/** Rows per query. */
const BATCH_ROWS = 20_000;

const COLUMNS: readonly CsvColumn[] = [
	{ name: 'customer_id', kind: 'id' },
	{ name: 'segment', kind: 'text' },
	{ name: 'name', kind: 'text' }
];

/** A segment as the files name it. */
interface NamedSegment {
	readonly segment: string;
	readonly name: string;
}

/**
 * `segment_members.csv`: `customer_id`, `segment` (its id) and `name`, one row per own segment and customer in it, in the
 * order of the segments, then of customer ids.
 */
export function renderMembersCsv(
	context: ReadContext,
	segments: readonly NamedSegment[]
): AsyncIterable<string> {
	return render(context, segments, 'own');
}

/** `assigned.csv`: the same columns, one row per customer in any segment of the priority order: the first they are in. */
export function renderAssignedCsv(
	context: ReadContext,
	segments: readonly NamedSegment[]
): AsyncIterable<string> {
	return render(context, segments, 'assigned');
}

function render(
	context: ReadContext,
	segments: readonly NamedSegment[],
	table: 'own' | 'assigned'
): AsyncIterable<string> {
	return renderCsv(COLUMNS, batches(context, segments, table), { signal: context.signal });
}

async function* batches(
	{ engine, signal }: ReadContext,
	segments: readonly NamedSegment[],
	table: 'own' | 'assigned'
): AsyncGenerator<CsvBatch> {
	for (const { segment, name } of segments) {
		for (let offset = 0; ; offset += BATCH_ROWS) {
			const batch = await engine.columns(page(table, segment, offset), signal);
			const ids = batch.get('customerId') ?? [];
			const same = (text: string) => Array.from({ length: ids.length }, () => text);
			yield { rowCount: ids.length, columns: [ids, same(segment), same(name)] };
			if (ids.length < BATCH_ROWS) break;
		}
	}
}

function page(table: 'own' | 'assigned', segment: string, offset: number): Sql {
	return sql`
		SELECT ${as(sql`f.customer_id::VARCHAR`, 'customer_id')}
		FROM ${id('segment', table)} o JOIN features.customers f ON f.idx = o.idx
		WHERE o.segment = ${segment} ORDER BY f.idx LIMIT ${BATCH_ROWS} OFFSET ${offset}`;
}
