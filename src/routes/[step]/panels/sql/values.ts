import type { Cell } from '#lib/engine/engine.ts';
import { columnKind, type ColumnKind } from '#lib/pipeline/queries/column-kind.ts';

const KIND_WORDS: Readonly<Record<ColumnKind, string>> = {
	number: 'number',
	exact: 'number',
	boolean: 'yes or no',
	date: 'day',
	time: 'time',
	text: 'text'
};

/** What a column holds, in a word; types without one keep the engine's. */
export function columnTypeWords(type: string): string {
	const kind = columnKind(type);
	return kind === 'text' && type !== 'VARCHAR' ? type.toLowerCase() : KIND_WORDS[kind];
}

const WHOLE = /^-?\d+$/;
const DECIMAL = /^(-?\d+)\.(\d+)$/;

/**
 * A value as a person of this place writes it. Digits are those of the result: none is rounded away, trailing zeros of a
 * fraction apart. A missing value is a dash.
 */
export function valueText(value: Cell, kind: ColumnKind, locale?: string): string {
	if (value === null) return '–';
	if (kind === 'number' && typeof value === 'number') {
		return Number.isFinite(value)
			? new Intl.NumberFormat(locale, { maximumFractionDigits: 12, maximumSignificantDigits: 15 }).format(
					value
				)
			: String(value);
	}
	if (kind === 'exact') return exactText(String(value), locale);
	if (kind === 'boolean') return value ? 'yes' : 'no';
	if (kind === 'time') return String(value).replace(/ 00:00:00$/, '');
	return String(value);
}

function exactText(text: string, locale: string | undefined): string {
	if (WHOLE.test(text)) return new Intl.NumberFormat(locale).format(BigInt(text));
	const parts = DECIMAL.exec(text);
	if (!parts) return text;
	const [, whole = '', all = ''] = parts;
	const fraction = all.replace(/0+$/, '');
	const digits = fraction.length < 2 && fraction !== '' ? fraction.padEnd(2, '0') : fraction;
	const sign = whole === '-0' ? '-' : '';
	const shown = `${sign}${new Intl.NumberFormat(locale).format(BigInt(whole))}`;
	if (digits === '') return shown;
	const mark = new Intl.NumberFormat(locale).formatToParts(0.5).find(({ type }) => type === 'decimal');
	return `${shown}${mark?.value ?? '.'}${digits}`;
}

/** So long something took: `48 ms`, `1.4 s`, `2 min 5 s`. */
export function durationText(durationMs: number): string {
	if (durationMs < 1000) return `${Math.max(1, Math.round(durationMs))} ms`;
	if (durationMs < 60_000) return `${(durationMs / 1000).toFixed(1)} s`;
	return `${Math.floor(durationMs / 60_000)} min ${Math.round((durationMs % 60_000) / 1000)} s`;
}

/** Rows as text to paste into a sheet: cells by tabs. Blanks of a cell that would end it become spaces. */
export function tabSeparated(rows: readonly (readonly string[])[]): string {
	return rows.map((cells) => cells.map((cell) => cell.replaceAll(/[\t\r\n]+/g, ' ')).join('\t')).join('\n');
}

/**
 * The place in a text of a line and column, both from 1, and how far what stands there reaches: a name, else one sign.
 */
export function placeIn(
	text: string,
	line: number,
	column: number,
	found: string | null
): { from: number; to: number } {
	const before = text.split('\n').slice(0, line - 1);
	const from = Math.min(before.reduce((sum, each) => sum + each.length + 1, 0) + column - 1, text.length);
	if (found !== null && text.slice(from, from + found.length).toLowerCase() === found.toLowerCase()) {
		return { from, to: from + found.length };
	}
	const word = /^(?:[\w$]+|"[^"]*"|.)/.exec(text.slice(from))?.[0] ?? '';
	return { from, to: from + word.length };
}
