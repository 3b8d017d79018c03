import type { Format } from './format.ts';

/** The sign between whole and broken part, as a reader writes numbers. */
export type DecimalMark = '.' | ',';

/** What was typed: a number, nothing of the kind, or one that has two readings, as `1,638` where the point is the mark. */
export type PlainNumber =
	| { readonly kind: 'number'; readonly value: number }
	| { readonly kind: 'ambiguous'; readonly readings: readonly [string, string] }
	| { readonly kind: 'none' };

const PLAIN = /^([+-]?)(\d*)(?:([.,])(\d*))?$/;
/** What a separator of thousands parts. */
const THOUSANDS = /^[1-9]\d{0,2}$/;

/** The mark of a reader; all else than a comma counts as a point. */
export function decimalMarkOf(format: Pick<Format, 'decimal'>): DecimalMark {
	return format.decimal(0.5, 1).includes(',') ? ',' : '.';
}

/**
 * Reads digits with an optional sign and one mark: that of the reader, or the other one where it cannot part thousands.
 * No exponents, no hexadecimal digits, nothing that is not finite.
 */
export function readPlainNumber(text: string, mark: DecimalMark): PlainNumber {
	const [, sign = '', whole = '', found, broken = ''] = PLAIN.exec(text.trim()) ?? [];
	if (whole === '' && broken === '') return { kind: 'none' };
	if (found !== undefined && found !== mark && broken.length === 3 && THOUSANDS.test(whole)) {
		return { kind: 'ambiguous', readings: [`${sign}${whole}${broken}`, `${sign}${whole}${mark}${broken}`] };
	}
	const value = Number(`${sign}${whole || '0'}.${broken || '0'}`);
	return Number.isFinite(value) ? { kind: 'number', value } : { kind: 'none' };
}
