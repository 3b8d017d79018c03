/** Characters that make a spreadsheet read a cell as a formula, with their full-width forms. */
const RISKY = '=+\\-@\uFF1D\uFF0B\uFF0D\uFF20';

/** What spreadsheets skip before they look: blanks of every kind, zero-width marks and the byte order mark. */
const SKIPPED = '\\s\\u200B-\\u200F\\u2060\\uFEFF';

const FORMULA_LINE = new RegExp(`^(?=[${SKIPPED}]*[${RISKY}]|\\t)`);
const PLAIN_NUMBER = /^[+-]?\d+(?:[.,]\d+)*(?:e[+-]?\d+)?$/i;

/** A phone number with its country code (E.164), grouped by blanks, dashes or brackets. */
const PHONE = /^\+[\d(][\d \u00A0()-]*$/;

/**
 * Text that no spreadsheet reads as a formula: an apostrophe goes before a line that starts, after blanks, with
 * `=`, `+`, `-` or `@` (or their full-width forms), or with a tab or line break. Plain numbers stay as they are, and
 * guarding twice changes nothing more.
 * Source: OWASP, CSV Injection, https://owasp.org/www-community/attacks/CSV_Injection
 */
export function guardFormula(text: string): string {
	if (!/[\r\n]/.test(text)) return guardLine(text);
	const guarded = text
		.split(/(\r\n|\r|\n)/)
		.map((part, i) => (i % 2 === 0 ? guardLine(part) : part))
		.join('');
	return /^[\r\n]/.test(text) ? `'${guarded}` : guarded;
}

/**
 * A customer id or phone that no spreadsheet reads as a formula. Sending tools have to find ids again, so everything
 * that is plainly an id stays as it is: `C-1001`, `#1001`, `-5`, `+49 (30) 123-456`. Others are guarded like text.
 */
export function guardId(text: string): string {
	return PHONE.test(text) ? text : guardFormula(text);
}

function guardLine(line: string): string {
	return FORMULA_LINE.test(line) && !PLAIN_NUMBER.test(line.trim()) ? `'${line}` : line;
}
