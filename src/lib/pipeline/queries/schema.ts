import { z } from 'zod';

/** What a saved query is used as. */
export const QUERY_USES = ['table', 'feature', 'segment'] as const;
export const QueryUse = z.enum(QUERY_USES);
export type QueryUse = z.infer<typeof QueryUse>;

/** The name of a saved query in SQL: `saved.<name>`. */
export const QueryName = z
	.string()
	.regex(/^[a-z][a-z0-9_]{0,39}$/, 'small letters, digits and _, a letter first');

/** What a feature says of customers whom its query gives no number: nothing, or 0. */
export const MissingValue = z.enum(['none', 'zero']);
export type MissingValue = z.infer<typeof MissingValue>;

/** A query that the user saved; it runs again whenever the data changes. */
export const SavedQuery = z.object({
	/** Stable within a recipe: `q1`, `q2`, … */
	id: z.string().regex(/^q\d+$/),
	name: QueryName,
	/** What the screens call it. */
	title: z.string().min(1).max(80),
	/** One SELECT over `files.*`, `clean.*`, and `saved.*` of queries before it. */
	sql: z.string().min(1).max(20_000),
	use: QueryUse,
	/** Read where it is used as a feature. */
	missing: MissingValue
});
export type SavedQuery = z.infer<typeof SavedQuery>;

/** A saved query after a run. */
export const QueryResult = z.object({
	id: z.string(),
	/** Rows of the result; for a segment, customers with orders that are in it. */
	rows: z.int(),
	/** Names of its columns; for a feature, the numbers that were taken. */
	columns: z.array(z.string()),
	/** Why it gives nothing; null when it does. Others run on without it. */
	problem: z.string().nullable()
});
export type QueryResult = z.infer<typeof QueryResult>;

/** A saved query whose table `saved.<name>` has one row per customer and these numbers. */
export interface OwnFeatures {
	readonly name: string;
	readonly missing: MissingValue;
	/** The names of its columns, and what the screens call each. */
	readonly features: readonly { readonly id: string; readonly label: string }[];
}

/** The saved queries that give features. A query of one number gives it its title; one of several puts it in front. */
export function ownFeatures(queries: readonly SavedQuery[], results: readonly QueryResult[]): OwnFeatures[] {
	return queries.flatMap(({ id, name, title, use, missing }) => {
		const result = results.find((each) => each.id === id);
		if (use !== 'feature' || result?.problem !== null) return [];
		const labelOf = (column: string) =>
			column === name ? title : `${title}: ${column.slice(name.length + 1).replaceAll('_', ' ')}`;
		return [
			{ name, missing, features: result.columns.map((column) => ({ id: column, label: labelOf(column) })) }
		];
	});
}

/*
 * saved.<name>       the result of a saved query: a view for a table; a table for a feature (customer_id, one DOUBLE column
 *                    per number) and for a segment (customer_id, each once)
 */
