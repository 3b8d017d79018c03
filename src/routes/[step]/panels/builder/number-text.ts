/** Which numbers a field takes. */
export interface NumberRange {
	readonly least?: number | undefined;
	readonly most?: number | undefined;
	/** Whole numbers only. */
	readonly whole?: boolean | undefined;
}

/** A number that was typed, or what is wrong with it: what was found, and what is needed. */
export type ReadNumber = { readonly value: number } | { readonly error: string };

const MOST_SHOWN = 20;

/**
 * Reads a number as people type it: spaces and signs of thousands are passed over, a comma is a point where it stands for one,
 * and a sign of money or % at either end counts for nothing.
 */
export function readNumber(text: string, range: NumberRange = {}): ReadNumber {
	const plain = text
		.trim()
		.replace(/^\p{Sc}\s*|\s*[\p{Sc}%]$/gu, '')
		.replaceAll(/[\s\u00a0\u202f'’]/g, '');
	const number = withPoint(plain);
	if (number === null) return { error: `Found ${found(text)}, needs ${needed(range)}.` };
	const value = Number(number);
	const fits =
		Number.isFinite(value) &&
		(range.whole !== true || Number.isInteger(value)) &&
		value >= (range.least ?? -Infinity) &&
		value <= (range.most ?? Infinity);
	return fits ? { value } : { error: `Found ${found(text)}, needs ${needed(range)}.` };
}

/** A number as a field shows it, so that it is read back as the same. */
export function numberText(value: number): string {
	return String(value);
}

function withPoint(text: string): string | null {
	if (/^[-−]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text)) return minus(text.replaceAll(',', ''));
	if (/^[-−]?\d{1,3}(\.\d{3}){2,}(,\d+)?$/.test(text))
		return minus(text.replaceAll('.', '').replace(',', '.'));
	if (/^[-−]?(\d+([.,]\d*)?|[.,]\d+)(e[-+]?\d+)?$/i.test(text)) return minus(text.replace(',', '.'));
	return null;
}

function minus(text: string): string {
	return text.replace('−', '-');
}

function found(text: string): string {
	const trimmed = text.trim();
	return trimmed === '' ? 'nothing' : `“${trimmed.slice(0, MOST_SHOWN)}”`;
}

function needed({ least, most, whole }: NumberRange): string {
	const kind = whole === true ? 'a whole number' : 'a number';
	if (least !== undefined && most !== undefined) return `${kind} from ${least} to ${most}`;
	if (least !== undefined) return `${kind} of at least ${least}`;
	return most === undefined ? `${kind} such as 500` : `${kind} of at most ${most}`;
}
