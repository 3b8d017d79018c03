import { decimalMarkOf, numberReadings } from './decimal-mark.ts';
import type { ColumnSample } from './drift-sample.ts';
import type { Reading } from './schema.ts';
import { dateParts, isCompactDate, isNamedDate, isNumeric, valueKind } from './value-kind.ts';

/** Texts that a column must have before its values are compared: fewer prove nothing. */
export const FEWEST_TEXTS = 5;

/** Shared by chance in long texts: hardly any. Next month's customers and products are mostly this month's. */
const SHARED = 0.3;
/** Texts of fewer characters, such as 1 or 12, are shared by columns that have nothing to do with each other. */
const SHORTEST_SHARED = 3;
/** Forms of texts, such as `a-9`, that two exports of one column have in common. */
const SIMILAR_FORMS = 0.6;
/** Amounts of one column differ less from export to export, those of another column often more. */
const SIMILAR_SIZE = 4;
/** Prices have decimals and counts have none, in every export. */
const SIMILAR_DECIMALS = 0.4;

type Family = 'empty' | 'number' | 'date' | 'text';

/** True when the values of two columns cannot be the same thing: dates and numbers, or words and dates. */
export function areUnlike(a: ColumnSample, b: ColumnSample): boolean {
	if (a.texts.length < FEWEST_TEXTS || b.texts.length < FEWEST_TEXTS) return false;
	return familyOf(a) !== familyOf(b);
}

/** True when two columns have many values in common that no other column would have. */
export function shareValues(a: ColumnSample, b: ColumnSample): boolean {
	if (areUnlike(a, b) || isMeasured(a) || isMeasured(b)) return false;
	const [first, second] = [distinctLong(a), distinctLong(b)];
	if (Math.min(first.size, second.size) < FEWEST_TEXTS) return false;
	const common = [...second].filter((text) => first.has(text)).length;
	return common >= SHARED * Math.min(first.size, second.size);
}

/** True when the values of two columns are of the same form and size. */
export function areSimilar(a: ColumnSample, b: ColumnSample): boolean {
	if (a.texts.length < FEWEST_TEXTS || b.texts.length < FEWEST_TEXTS || areUnlike(a, b)) return false;
	switch (familyOf(a)) {
		case 'number': {
			const [x, y] = [sizeOf(a, '.'), sizeOf(b, '.')];
			const ratio = y.median / x.median;
			const isSameSize = ratio <= SIMILAR_SIZE && ratio >= 1 / SIMILAR_SIZE;
			return isSameSize && Math.abs(x.decimals - y.decimals) <= SIMILAR_DECIMALS;
		}
		case 'date':
			return overlap(sharesOf(a.texts, dateForm), sharesOf(b.texts, dateForm)) >= SIMILAR_FORMS;
		default:
			return overlap(sharesOf(a.texts, formOf), sharesOf(b.texts, formOf)) >= SIMILAR_FORMS;
	}
}

/** What the numbers of a column are like. */
export interface NumberSize {
	readonly count: number;
	/** Of the sizes of the numbers that are not zero; NaN when there are none. */
	readonly median: number;
	/** Share of the numbers that have one or two decimals, 0 … 1. */
	readonly decimals: number;
}

/** The sizes of the numbers in a column. `known`: the decimal mark where its own texts do not tell. */
export function sizeOf({ texts }: Pick<ColumnSample, 'texts'>, known: Reading['decimalMark']): NumberSize {
	const mark = markOf(texts) ?? known ?? '.';
	const sizes = texts
		.map((text) => Math.abs(numberReadings(text)[mark === '.' ? 'point' : 'comma'] ?? 0))
		.filter((size) => size > 0)
		.sort((a, b) => a - b);
	const decimals = texts.filter((text) => /[.,]\d{1,2}\D*$/.test(text)).length / Math.max(1, texts.length);
	return { count: sizes.length, median: sizes[Math.floor(sizes.length / 2)] ?? Number.NaN, decimals };
}

/** The decimal mark that the texts of a column tell; null when they tell none, or both. */
export function markOf(texts: readonly string[]): Reading['decimalMark'] {
	const values = texts.filter((text) => /\d[.,]\d/.test(text));
	return values.length === 0 ? null : decimalMarkOf([{ column: '', values }], []).mark;
}

/** The form of a text: runs of letters as `a`, runs of digits as `9`, all else as it is. */
export function formOf(text: string): string {
	return text.replace(/\p{L}+/gu, 'a').replace(/\d+/g, '9');
}

/** The form of the day in a date: which part comes first, and what parts them. */
export function dateForm(text: string): string {
	if (isCompactDate(text)) return 'compact';
	if (isNamedDate(text)) return 'named';
	const parts = dateParts(text);
	if (valueKind(text) !== 'date' || parts === null) return 'none';
	return `${parts[0] > 31 ? 'year' : 'day'} first with ${text.replace(/^\d+/, '')[0] ?? ''}`;
}

/** The share of each form among texts. */
export function sharesOf(
	texts: readonly string[],
	form: (text: string) => string
): ReadonlyMap<string, number> {
	const shares = new Map<string, number>();
	for (const text of texts) {
		const found = form(text);
		shares.set(found, (shares.get(found) ?? 0) + 1 / texts.length);
	}
	return shares;
}

/** Numbers, dates or texts. */
export function familyOf({ kind }: Pick<ColumnSample, 'kind'>): Family {
	if (kind === 'empty' || kind === 'date' || kind === 'text') return kind;
	return isNumeric(kind) ? 'number' : 'text';
}

function overlap(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
	let common = 0;
	for (const [form, share] of a) common += Math.min(share, b.get(form) ?? 0);
	return common;
}

/** Dates, and numbers with decimals: other columns have the same ones. Ids that end in `.0` are whole numbers. */
function isMeasured({ kind, texts }: ColumnSample): boolean {
	if (kind === 'date' || kind === 'money') return true;
	return kind === 'number' && texts.some((text) => /[.,]\d*[1-9]/.test(text));
}

function distinctLong({ texts }: ColumnSample): Set<string> {
	return new Set(texts.filter((text) => text.length >= SHORTEST_SHARED));
}
