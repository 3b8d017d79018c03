import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';

/** A kind of text and how it is told: the first of a list whose pattern is found names the kind. */
export interface TextKind {
	readonly id: string;
	/** RE2, searched in the words in lower case with one blank between them. */
	readonly pattern: string;
}

/** A text in lower case: letters and digits, with one blank for all between them. */
export function plainWords(text: Sql): Sql {
	return sql`trim(regexp_replace(lower(${text}), ${String.raw`[^\p{L}\p{N}]+`}, ' ', 'g'))`;
}

/** The id of the first kind whose pattern is found in a text; NULL when none is. */
export function kindOf(text: Sql, kinds: readonly TextKind[]): Sql {
	const words = plainWords(text);
	const branches = kinds.map(
		({ id: kind, pattern }) => sql`WHEN regexp_matches(${words}, ${pattern}) THEN ${kind}`
	);
	return sql`CASE ${join(branches, '\n')} END`;
}

/**
 * The different texts of a column with their `kind`, so that each is judged once: a table of two million events has
 * a dozen. Columns: the texts under the name of the column, and `kind`, NULL where no pattern is found.
 */
export function judgedTexts(table: string, column: string, kinds: readonly TextKind[]): Sql {
	const text = id(column);
	return sql`SELECT ${text}, ${as(kindOf(text, kinds), 'kind')} FROM (SELECT DISTINCT ${text} FROM ${id('clean', table)} WHERE ${text} IS NOT NULL)`;
}
