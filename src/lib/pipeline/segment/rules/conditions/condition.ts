import type { Sql } from '#lib/engine/sql.ts';
import type { Need } from '#lib/pipeline/features/needs.ts';
import type { Condition } from '../schema.ts';
import type { RuleScope } from '../scope.ts';

/** How a kind of condition is asked. */
export interface ConditionKind<C extends Condition> {
	/**
	 * A BOOLEAN over the customer `f` (`f.idx`, `f.customer_id`), TRUE or FALSE and never NULL. A feature that stands in another
	 * table than the customers is reached by `featureColumn`.
	 */
	readonly sql: (condition: C, scope: RuleScope) => Sql;
	/** What the files have to tell. */
	readonly needs: (condition: C) => readonly Need[];
	/** What else is missing or wrong, in words: features that the files cannot tell, segments that are gone, fields that are not there. */
	readonly problems: (condition: C, scope: RuleScope) => readonly string[];
	/** Ids of the features it reads. */
	readonly features: (condition: C) => readonly string[];
}
