import { pause } from '#lib/core/pause.ts';
import type { Column } from '#lib/engine/engine.ts';
import { guardFormula, guardId } from './guard-formula.ts';

/**
 * What a column holds, which decides how far a spreadsheet's formulas are guarded against: `number` is written as it
 * is; `id` (customer ids, phones) is guarded unless it is plainly an id or a phone such as +49 30 123; `email` and `text`
 * are guarded.
 */
export type CsvKind = 'number' | 'id' | 'email' | 'text';

export interface CsvColumn {
	readonly name: string;
	readonly kind: CsvKind;
}

/** Some rows of a table, column by column; every column has `rowCount` values. */
export interface CsvBatch {
	readonly rowCount: number;
	readonly columns: readonly Column[];
}

type Cell = string | number | boolean | null | undefined;

/** Rows of one chunk of text: about 10 ms of work, so that the page stays responsive. */
const CHUNK_ROWS = 2_000;

/** One field: quoted when it holds a comma, a quote, a line break, or a blank at an end (RFC 4180, section 2). */
export function csvField(text: string): string {
	return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One record with its line end. A record of one empty field is quoted, because a blank line is no record. */
export function csvRecord(fields: readonly string[]): string {
	const [only] = fields;
	if (fields.length === 1 && only === '') return '""\r\n';
	return `${fields.map(csvField).join(',')}\r\n`;
}

/** A value as the text of a field. Missing values (null, NaN) are empty; numbers are the shortest exact text. */
export function cellText(value: Cell, kind: CsvKind): string {
	if (value === null || value === undefined || Number.isNaN(value)) return '';
	const text = String(value);
	if (kind === 'number') return text;
	return kind === 'id' ? guardId(text) : guardFormula(text);
}

/**
 * A table as CSV text (UTF-8 when encoded, commas, CRLF; RFC 4180) in chunks, with pauses so that long tables leave
 * room for other work. Stops with the reason of the signal when it is aborted.
 */
export async function* renderCsv(
	columns: readonly CsvColumn[],
	batches: AsyncIterable<CsvBatch>,
	{ header = true, signal }: { header?: boolean; signal?: AbortSignal } = {}
): AsyncGenerator<string> {
	if (header) yield csvRecord(columns.map((column) => column.name));
	let sincePause = 0;
	for await (const batch of batches) {
		for (let from = 0; from < batch.rowCount; from += CHUNK_ROWS) {
			signal?.throwIfAborted();
			const to = Math.min(from + CHUNK_ROWS, batch.rowCount);
			yield renderRows(columns, batch, from, to);
			sincePause += to - from;
			if (sincePause < CHUNK_ROWS) continue;
			sincePause = 0;
			await pause();
		}
	}
}

/** The chunks as one file in memory. */
export async function toBlob(chunks: AsyncIterable<string>, type = 'text/csv;charset=utf-8'): Promise<Blob> {
	const parts: string[] = [];
	for await (const chunk of chunks) parts.push(chunk);
	return new Blob(parts, { type });
}

/** A name that every file system takes: letters, digits, `-`, `_` and `.`, at most 80 characters, never empty. */
export function safeFileName(name: string): string {
	const clean = name
		.normalize('NFC')
		.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
		.replace(/^[-.]+/, '')
		.slice(0, 80)
		.replace(/[-.]+$/, '');
	return clean === '' ? 'file' : clean;
}

function renderRows(columns: readonly CsvColumn[], batch: CsvBatch, from: number, to: number): string {
	const lines: string[] = [];
	for (let row = from; row < to; row += 1) {
		lines.push(csvRecord(columns.map((column, c) => cellText(batch.columns[c]?.[row], column.kind))));
	}
	return lines.join('');
}
