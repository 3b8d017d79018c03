import { sql, type Sql } from '#lib/engine/sql.ts';

/** Spellings, as they stand in the data, and the label that each becomes. */
export type Dictionary = Readonly<Record<string, string>>;

/** What is taken off both ends of a text before it is compared: blanks, and characters that show nothing. */
const BLANKS =
	' \t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff';

const ENDS = new RegExp(`^[${BLANKS}]+|[${BLANKS}]+$`, 'g');

/** A text without blanks at its ends, in SQL. */
export function trimmed(text: Sql): Sql {
	return sql`trim(${text}, ${BLANKS})`;
}

/** The same of a text of ours. */
export function trimText(text: string): string {
	return text.replace(ENDS, '');
}

/** The entries of a dictionary by the trimmed spelling, each once, in the order of the spellings; the first of equals counts. */
export function byTrimmedText(dictionary: Dictionary): (readonly [string, string])[] {
	const entries = new Map<string, string>();
	for (const [text, label] of Object.entries(dictionary).sort(([a], [b]) => (a < b ? -1 : 1))) {
		const key = trimText(text);
		if (key !== '' && !entries.has(key)) entries.set(key, label);
	}
	return [...entries];
}

/**
 * One dictionary that does what the first and then the second would do: labels of the first are looked up in the second, and
 * spellings that stay what they are have no entry.
 */
export function combine(first: Dictionary, second: Dictionary): Dictionary {
	const next = new Map(byTrimmedText(second));
	const both = new Map(
		byTrimmedText(first).map(([text, label]) => [text, next.get(trimText(label)) ?? label])
	);
	for (const [text, label] of next) if (!both.has(text)) both.set(text, label);
	const changed = [...both].filter(([text, label]) => text !== label);
	return Object.fromEntries(changed.sort(([a], [b]) => (a < b ? -1 : 1)));
}
