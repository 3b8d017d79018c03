import { id, type Sql } from '#lib/engine/sql.ts';
import type { FeatureParams } from '../schema.ts';

/** What bases and features may depend on besides the tables. */
export interface FeatureScope {
	/** A DATE: the start of the as-of day. Only what happened before it was known. */
	readonly asOf: Sql;
	readonly params: FeatureParams;
}

/** Rows of customers that features are aggregates of. Each base is read once, whatever the number of its features. */
export interface FeatureBase {
	/** snake_case. */
	readonly id: string;
	/** What one row is, in a sentence for the reader of the code. */
	readonly row: string;
	/** The base whose rows it groups, as `rowsOf` names them; absent: it reads tables of `clean`. */
	readonly over?: FeatureBase;
	/** A SELECT with `customer_id` and columns of its own, of nothing but what happened before `asOf`. */
	readonly sql: (scope: FeatureScope) => Sql;
}

/** The rows of a base, within a query that features are made by: for bases `over` it, and for what is true of all its rows. */
export function rowsOf(base: FeatureBase): Sql {
	return id(`rows_of_${base.id}`);
}
