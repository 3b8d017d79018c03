/** What a text looks like, from nothing to free text. `money` is a number with a currency sign or code. */
export const VALUE_KINDS = ['empty', 'integer', 'number', 'money', 'date', 'text'] as const;
export type ValueKind = (typeof VALUE_KINDS)[number];

const INTEGER = /^[-+]?\d+$/;
const NUMBER = /^[-+]?(\d+([.,]\d+)?|\d{1,3}([.,' \u00A0]\d{3})+([.,]\d+)?|[.,]\d+)-?$/;
/** Codes of ISO 4217 that stand beside numbers in exports, parted by `|`; other three letters are parts of ids. */
export const CURRENCY_CODES =
	'USD|EUR|GBP|CHF|JPY|CNY|CAD|AUD|NZD|SEK|NOK|DKK|ISK|PLN|CZK|HUF|RON|BGN|UAH|RUB|TRY|ILS|AED|SAR|EGP|ZAR|NGN|KES|' +
	'INR|IDR|THB|VND|KRW|SGD|HKD|TWD|MYR|PHP|BRL|MXN|ARS|CLP|COP|PEN';
const CURRENCY_NAMES = String.raw`(?:${CURRENCY_CODES}|kr\.?)`;
const CURRENCY = new RegExp(
	String.raw`\p{Sc}|^${CURRENCY_NAMES}\s?(?=[-\d])|(?<=\d)\s?${CURRENCY_NAMES}$`,
	'gu'
);
const COMPACT_DATE = /^(19|20|21)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(\d{2}|\d{4}|\d{6})?$/;
const SPLIT_DATE = /^(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})(?=$|[T ,])/;
const NAMED_DATE = /^(?:\d{1,2}[- ]\p{L}{3,9}\.?[- ]|\p{L}{3,9}\.? \d{1,2},? )(?:\d{4}|\d{2})(?=$|[T ,])/u;

/** The three numbers at the start of a date such as `31/8/2011 10:15`, or null. */
export function dateParts(text: string): readonly [number, number, number] | null {
	const parts = SPLIT_DATE.exec(text.trim());
	return parts === null ? null : [Number(parts[1]), Number(parts[2]), Number(parts[3])];
}

/** True for `yyyymmdd`, alone or with a time glued to it. */
export function isCompactDate(text: string): boolean {
	return COMPACT_DATE.test(text.trim());
}

/** True for a date with the month as a word, such as `4-Sep-12` or `Sep 4, 2012`. */
export function isNamedDate(text: string): boolean {
	return NAMED_DATE.test(text.trim());
}

/** The kind of one text. A compact date is told from an integer by `columnKind`, which sees the whole column. */
export function valueKind(text: string): ValueKind {
	const trimmed = text.trim();
	if (trimmed === '') return 'empty';
	if (INTEGER.test(trimmed)) return 'integer';
	if (isDate(trimmed)) return 'date';
	if (NUMBER.test(trimmed)) return 'number';
	const bare = trimmed
		.replace(CURRENCY, '')
		.replace(/^\((.*)\)$/, '$1')
		.trim();
	if (bare !== trimmed && NUMBER.test(bare)) return 'money';
	return 'text';
}

/**
 * The kind of a column: the one that at least nine of ten filled values have. Integers count as numbers and numbers as
 * money, and a column of nothing but plausible `yyyymmdd` is one of dates.
 */
export function columnKind(values: readonly string[]): ValueKind {
	const filled = values.filter((value) => value.trim() !== '');
	if (filled.length === 0) return 'empty';
	if (filled.every(isCompactDate)) return 'date';
	const counts = new Map<ValueKind, number>();
	for (const value of filled) {
		const kind = valueKind(value);
		counts.set(kind, (counts.get(kind) ?? 0) + 1);
	}
	const needed = filled.length * 0.9;
	const share = (...kinds: ValueKind[]) => kinds.reduce((sum, kind) => sum + (counts.get(kind) ?? 0), 0);
	if (share('date') >= needed) return 'date';
	if (share('integer') >= needed) return 'integer';
	if (share('integer', 'number') >= needed) return 'number';
	if (share('integer', 'number', 'money') >= needed) return 'money';
	return 'text';
}

/** True for the kinds that hold a quantity or an amount. */
export function isNumeric(kind: ValueKind): boolean {
	return kind === 'integer' || kind === 'number' || kind === 'money';
}

function isDate(text: string): boolean {
	const parts = dateParts(text);
	if (parts === null) return isNamedDate(text);
	const [first, second, third] = parts;
	if (first > 31) return first >= 1000 && second >= 1 && second <= 12 && third >= 1 && third <= 31;
	const dayAndMonth = first >= 1 && second >= 1 && second <= 31 && Math.min(first, second) <= 12;
	return dayAndMonth && (third < 100 || third >= 1000);
}
