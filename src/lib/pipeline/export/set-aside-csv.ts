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
		const reasonOf = await readReasons(context, source.id);
		for await (const records of streamRecords(blob, source, context.signal)) {
			yield batchOf(source.fileName, records, reasonOf);
		}
	}
}

function batchOf(
	fileName: string,
	records: readonly RawRecord[],
	reasonOf: ReadonlyMap<number, string>
): CsvBatch {
	const files: string[] = [];
	const numbers: string[] = [];
	const lines: string[] = [];
	const reasons: string[] = [];
	const texts: string[] = [];
	for (const { record, line, raw, problem } of records) {
		const reason = problem === null ? reasonOf.get(record) : 'unreadable';
		if (reason === undefined) continue;
		files.push(fileName);
		numbers.push(String(record));
		lines.push(String(line));
		reasons.push(reason);
		texts.push(raw);
	}
	return { rowCount: files.length, columns: [files, numbers, lines, reasons, texts] };
}

/** Reasons of the rows that were set aside, by record number. */
async function readReasons({ engine, signal }: ReadContext, sourceId: string): Promise<Map<number, string>> {
	const columns = await engine.columns(
		sql`
			SELECT "row"::INTEGER AS record_number, reason::VARCHAR AS reason
			FROM clean.rows
			WHERE source = ${sourceId} AND reason IS NOT NULL
			ORDER BY "row"`,
		signal
	);
	const reasons = columns.get('reason') as readonly string[];
	const numbers = columns.get('recordNumber') as Int32Array;
	return new Map(reasons.map((reason, i) => [numbers[i] as number, reason]));
}
