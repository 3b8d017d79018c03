import { sql } from '#lib/engine/sql.ts';
import { streamRecords, type RawRecord } from '../import/raw-records.ts';
import type { SourceParams } from '../import/schema.ts';
import { renderCsv, type CsvBatch, type CsvColumn } from './csv.ts';
import type { ReadContext } from './read-audience.ts';

/** A source and the file it was loaded from. */
export interface SetAsideSource {
	readonly source: SourceParams;
	readonly blob: Blob;
}

/** The columns of `set_aside.csv`. `record_number` counts from 1 after the header, `line` from 1 at the top of the file. */
export const SET_ASIDE_COLUMNS: readonly CsvColumn[] = [
	{ name: 'file', kind: 'text' },
	{ name: 'record_number', kind: 'number' },
	{ name: 'line', kind: 'number' },
	{ name: 'reason', kind: 'text' },
	{ name: 'raw_text', kind: 'text' }
];

/** `set_aside.csv`: every record that was read and not used, with its reason and its text, in the order of the files. */
export function renderSetAsideCsv(
	context: ReadContext,
	sources: readonly SetAsideSource[]
): AsyncIterable<string> {
	return renderCsv(SET_ASIDE_COLUMNS, setAsideBatches(context, sources), { signal: context.signal });
}

async function* setAsideBatches(
	context: ReadContext,
	sources: readonly SetAsideSource[]
): AsyncGenerator<CsvBatch> {
	for (const { source, blob } of sources) {
		const reasons = await readReasons(context, source.id);
		let left = reasons.size;
		if (left === 0) continue;
		for await (const records of streamRecords(blob, source, context.signal)) {
			const batch = batchOf(source.fileName, records, reasons);
			yield batch;
			left -= batch.rowCount;
			if (left === 0) break;
		}
	}
}

function batchOf(
	fileName: string,
	records: readonly RawRecord[],
	reasons: ReadonlyMap<number, string>
): CsvBatch {
	const files: string[] = [];
	const numbers: string[] = [];
	const lines: string[] = [];
	const found: string[] = [];
	const texts: string[] = [];
	for (const { record, line, raw } of records) {
		const reason = reasons.get(record);
		if (reason === undefined) continue;
		files.push(fileName);
		numbers.push(String(record));
		lines.push(String(line));
		found.push(reason);
		texts.push(raw);
	}
	return { rowCount: files.length, columns: [files, numbers, lines, found, texts] };
}

/** Reasons by record number: of rows, and of records that never became rows. */
async function readReasons({ engine, signal }: ReadContext, sourceId: string): Promise<Map<number, string>> {
	const query = sql`
		SELECT "row"::INTEGER AS record_number, reason::VARCHAR AS reason
		FROM (
			SELECT source, "row", reason FROM clean.rows
			UNION ALL SELECT source, "row", reason FROM clean.records
		)
		WHERE source = ${sourceId} AND reason IS NOT NULL
		ORDER BY "row"`;
	const columns = await engine.columns(query, signal);
	const reasons = columns.get('reason') as readonly string[];
	const numbers = columns.get('recordNumber') as Int32Array;
	return new Map(reasons.map((reason, i) => [numbers[i] as number, reason]));
}
