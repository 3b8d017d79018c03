import type { Engine } from '#lib/engine/engine.ts';
import { changedRecords, type ChangeKind, type SeriesChange } from '../clean/versions/compare.ts';
import { renderCsv, type CsvBatch, type CsvColumn } from './csv.ts';

/** Records read at a time. */
const BATCH_ROWS = 20_000;

/** The columns of a list of changes. Amounts are in the currency of the files. */
export const CHANGED_COLUMNS: readonly CsvColumn[] = [
	{ name: 'id', kind: 'id' },
	{ name: 'customer_id', kind: 'id' },
	{ name: 'date', kind: 'text' },
	{ name: 'amount_before', kind: 'number' },
	{ name: 'amount_now', kind: 'number' },
	{ name: 'what_changed', kind: 'text' }
];

/** What the newest export of a series brought, changed, or no longer has, as CSV text in the order of `changedRecords`. */
export function renderChangedCsv(
	engine: Engine,
	change: Pick<SeriesChange, 'series'>,
	which: ChangeKind,
	signal: AbortSignal
): AsyncIterable<string> {
	return renderCsv(CHANGED_COLUMNS, changedBatches(engine, change, which, signal), { signal });
}

async function* changedBatches(
	engine: Engine,
	change: Pick<SeriesChange, 'series'>,
	which: ChangeKind,
	signal: AbortSignal
): AsyncGenerator<CsvBatch> {
	for (let offset = 0; ; offset += BATCH_ROWS) {
		const records = await changedRecords(engine, change, which, { offset, limit: BATCH_ROWS }, signal);
		if (records.length > 0) {
			const amounts = (name: 'amountBefore' | 'amountNow') =>
				Float64Array.from(records, (record) => record[name] ?? NaN);
			yield {
				rowCount: records.length,
				columns: [
					records.map(({ id }) => id),
					records.map(({ customerId }) => customerId),
					records.map(({ date }) => date),
					amounts('amountBefore'),
					amounts('amountNow'),
					records.map(({ what }) => what)
				]
			};
		}
		if (records.length < BATCH_ROWS) return;
	}
}
