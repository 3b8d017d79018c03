import { whole } from '#lib/core/words.ts';
import { id, join, sql, type Sql } from '#lib/engine/sql.ts';

/**
 * Joins a list of texts and what each stands for: columns `text` and `label` under the name. The texts are to be unique, so
 * that a row is met once at most.
 */
export function lookup(name: string, text: Sql, entries: readonly (readonly [string, string])[]): Sql {
	const rows = entries.map(([key, label]) => sql`(${key}, ${label})`);
	const table =
		rows.length > 0 ? sql`VALUES ${join(rows, ', ')}` : sql`SELECT NULL::VARCHAR, NULL::VARCHAR WHERE false`;
	return sql`LEFT JOIN (${table}) AS ${id(name)}(text, label) ON ${id(name)}.text = ${text}`;
}

/** Names of columns for a sentence. */
export function quoted(columns: readonly string[]): string {
	return columns.map((name) => `“${name}”`).join(', ');
}

const NAMED = 3;

/** Names of columns for a short sentence; of many, their count. */
export function few(columns: readonly string[]): string {
	return columns.length <= NAMED ? quoted(columns) : `${whole(columns.length)} columns`;
}

const SHOWN = 5;

/** The first of some texts with their rows, and how many more there are. */
export function examples(list: readonly { readonly text: string; readonly rows: number }[]): string {
	const shown = list.slice(0, SHOWN).map(({ text, rows }) => `“${text}” (${whole(rows)})`);
	const more = list.length - shown.length;
	return more > 0 ? `${shown.join(', ')} and ${whole(more)} more` : shown.join(', ');
}
