import type { Sql } from '#lib/engine/sql.ts';
import type { Role } from '#lib/pipeline/import/schema.ts';

export type FeatureUnit = 'days' | 'orders' | 'months' | 'money' | 'items' | 'ratio';

/** One number per customer, from the orders before the as-of day. */
export interface FeatureDefinition {
	/** snake_case: the name of the column and the word of the recipe. */
	readonly id: string;
	readonly label: string;
	readonly unit: FeatureUnit;
	/** One sentence in plain words. */
	readonly meaning: string;
	/** The same, exactly. */
	readonly formula: string;
	/** Roles a file must have; `amount` stands for money in any form. */
	readonly needs: readonly Role[];
	/** False when some customers have no value (NULL): it is shown, and customers cannot be compared on it. */
	readonly complete: boolean;
	/**
	 * An aggregate over the rows of `clean.orders` of one customer, credit notes included: leave them out with
	 * `FILTER (WHERE NOT is_return)`. `asOf` is a DATE.
	 */
	readonly sql: (asOf: Sql) => Sql;
}
