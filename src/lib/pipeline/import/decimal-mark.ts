import type { Reading } from './schema.ts';

/** A number as it stands in a file, and what it is with each decimal mark; empty where it is no number with that mark. */
export interface NumberExample {
	readonly text: string;
	readonly point: string;
	readonly comma: string;
}

/** The decimal mark of a file, and examples of what could not tell it. */
export interface DecimalMarkEvidence {
	/** Null when every number with a mark can be read both ways, or when numbers contradict each other. */
	readonly mark: Reading['decimalMark'];
	/** The column of the examples; null when there are none. */
	readonly column: string | null;
	/** At most four, only where the mark is open. */
	readonly examples: readonly NumberExample[];
	/** True when some numbers can only have a decimal point and others only a decimal comma. */
	readonly contradictory: boolean;
}

/** A column of numbers with a role. */
export interface NumberColumn {
	readonly column: string;
	readonly values: readonly string[];
}

/** A number with either decimal mark; null where it is not well formed. */
export interface NumberReadings {
	readonly point: number | null;
	readonly comma: number | null;
}

const MAX_EXAMPLES = 4;
const NO_MARKS: DecimalMarkEvidence = { mark: '.', column: null, examples: [], contradictory: false };

/** Blanks and apostrophes, and the currencies that are written with a point. */
const BESIDE_DIGITS = /[\s\u00A0\u2009\u202F'’]|(?:kr|fr)\.?/gi;
const WITH_POINT = /^(?:\d{1,3}(?:,\d{2,3})*,\d{3}|\d+)?(?:\.\d*)?$/;
const WITH_COMMA = /^(?:\d{1,3}(?:\.\d{2,3})*\.\d{3}|\d+)?(?:,\d*)?$/;

/**
 * The decimal mark of the columns of money; where they do not tell, of the columns of other numbers; `.` when no number
 * has a mark that matters. `1.234` alone tells nothing: three digits behind one mark are thousands or decimals.
 */
export function decimalMarkOf(
	money: readonly NumberColumn[],
	others: readonly NumberColumn[]
): DecimalMarkEvidence {
	const ofMoney = evidenceOf(money);
	if (ofMoney !== null && (ofMoney.mark !== null || ofMoney.contradictory)) return ofMoney;
	const ofOthers = evidenceOf(others);
	if (ofOthers !== null && ofOthers.mark !== null) return ofOthers;
	return ofMoney ?? ofOthers ?? NO_MARKS;
}

/**
 * What a text is with each decimal mark. Currencies, blanks and apostrophes around and between the digits do not count;
 * `(5.00)` and `5.00-` are negative.
 */
export function numberReadings(text: string): NumberReadings {
	const bare = text.replace(BESIDE_DIGITS, '');
	const [exponent = ''] = /(?<=[\d.,])e[-+]?\d{1,2}$/i.exec(bare) ?? [];
	const body = bare.slice(0, bare.length - exponent.length).replace(/^\D*?(?=[.,]?\d)|[^\d.,]+$/g, '');
	if (!/\d/.test(body)) return { point: null, comma: null };
	const sign = /^\(|^[^\d]*[-−]|-$/.test(bare) ? -1 : 1;
	const valueOf = (digits: string) => sign * Number(`${digits}${exponent}`);
	return {
		point: WITH_POINT.test(body) ? valueOf(body.replaceAll(',', '')) : null,
		comma: WITH_COMMA.test(body) ? valueOf(body.replaceAll('.', '').replace(',', '.')) : null
	};
}

type Tells = 'point' | 'comma' | 'either' | 'nothing';

/** No thousands begin with a zero, so the mark in `0.125` is the decimal one. */
function tells(text: string): Tells {
	const small = /^\D*0([.,])\d+\D*$/.exec(text);
	if (small !== null) return small[1] === '.' ? 'point' : 'comma';
	const { point, comma } = numberReadings(text);
	if (point === comma) return 'nothing';
	if (comma === null) return 'point';
	return point === null ? 'comma' : 'either';
}

/** Null when no number has a mark that matters. */
function evidenceOf(columns: readonly NumberColumn[]): DecimalMarkEvidence | null {
	const found: Record<Tells, { readonly column: string; readonly text: string }[]> = {
		point: [],
		comma: [],
		either: [],
		nothing: []
	};
	for (const { column, values } of columns) {
		for (const text of values) found[tells(text)].push({ column, text });
	}
	const { point, comma, either } = found;
	if (point.length > 0 && comma.length > 0)
		return openEvidence([...distinct(comma, 2), ...distinct(point, 2)], true);
	if (point.length > 0) return NO_MARKS;
	if (comma.length > 0) return { ...NO_MARKS, mark: ',' };
	return either.length > 0 ? openEvidence(distinct(either, MAX_EXAMPLES), false) : null;
}

interface Found {
	readonly column: string;
	readonly text: string;
}

function openEvidence(examples: readonly Found[], contradictory: boolean): DecimalMarkEvidence {
	const columns = [...new Set(examples.map(({ column }) => column))];
	return {
		mark: null,
		column: columns.join(' and '),
		examples: examples.map(({ text }) => exampleOf(text)),
		contradictory
	};
}

function distinct(found: readonly Found[], limit: number): Found[] {
	const texts = new Map<string, Found>();
	for (const one of found) {
		if (!texts.has(one.text)) texts.set(one.text, one);
		if (texts.size === limit) break;
	}
	return [...texts.values()];
}

function exampleOf(text: string): NumberExample {
	const { point, comma } = numberReadings(text);
	return { text, point: shown(point), comma: shown(comma) };
}

/** A number as the messages write it: `1.23`, `1,234`. The digits behind the second are cut off, not rounded. */
function shown(value: number | null): string {
	if (value === null) return '';
	const cut = Math.trunc(Math.round(value * 1000) / 10) / 100;
	const digits = Number.isInteger(cut) ? 0 : 2;
	return cut.toLocaleString('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
