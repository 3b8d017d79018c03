import type { Sql } from '#lib/engine/sql.ts';
import type { FeatureBase, FeatureScope } from '../bases/base.ts';
import type { Need } from '../needs.ts';
import type { FeatureFamily, FeatureKind, FeatureParams, FeatureUnit } from '../schema.ts';

/** A value of each customer that features are made of, and that is none itself. */
export interface FeaturePart {
	/** snake_case: the name of the column. Parts of one name are one part. */
	readonly id: string;
	readonly kind: FeatureKind;
	/** The rows that it is an aggregate of; null where it is made of other features. */
	readonly base: FeatureBase | null;
	/** What a customer without any row of the base has. */
	readonly absent: 0 | null;
	/**
	 * With a base, an aggregate over its rows of one customer; credit notes are rows of orders: `FILTER (WHERE NOT is_return)`.
	 * Without one, an expression over the columns of `uses` and `parts`, with windows over all customers where it needs them.
	 */
	readonly sql: (scope: FeatureScope) => Sql;
}

/** One value per customer, of what was known before the as-of day. The id is also the word of the recipe. */
export interface FeatureDefinition extends FeaturePart {
	readonly label: string;
	/** The heading it stands under. */
	readonly family: FeatureFamily;
	readonly unit: FeatureUnit;
	/** One sentence in plain words. */
	readonly meaning: string;
	/** The same, exactly; a function where the recipe has a say in it, so that its weights travel with the score. */
	readonly formula: string | ((params: FeatureParams) => string);
	readonly needs: readonly Need[];
	/** What a reader has to mind, in a sentence, such as opens that are made by privacy proxies; absent: nothing. */
	readonly caution?: string;
	/** True for what tells of a person's nature, such as age: compared only where the recipe says why. */
	readonly isSensitive?: boolean;
	/** False when some customers may have no value (NULL): where some have none, customers cannot be compared on it. */
	readonly complete: boolean;
	/** The features that it is made of, which are no such features themselves; only without a base. */
	readonly uses?: readonly string[];
	/** What it is made of besides; only without a base. */
	readonly parts?: readonly FeaturePart[];
}

/** A part that is a number: the aggregate of a base, 0 for customers without a row of it. */
export function numberPart(id: string, base: FeatureBase, aggregate: FeaturePart['sql']): FeaturePart {
	return { id, kind: 'number', base, absent: 0, sql: aggregate };
}

/** The features that a definition is made of. */
export function usedBy(
	{ uses = [] }: FeatureDefinition,
	known: readonly FeatureDefinition[]
): FeatureDefinition[] {
	return known.filter(({ id }) => uses.includes(id));
}

/** What definitions are made of besides each other, each part once. */
export function partsOf(
	definitions: readonly FeatureDefinition[],
	known: readonly FeatureDefinition[]
): FeaturePart[] {
	const all = definitions.flatMap((each) => [...usedBy(each, known), ...(each.parts ?? [])]);
	const parts = new Map<string, FeaturePart>(all.map((part) => [part.id, part]));
	for (const { id } of definitions) parts.delete(id);
	return [...parts.values()];
}
