import { join, sql, type Sql } from '#lib/engine/sql.ts';
import type { FeatureParams } from './schema.ts';

/** A part of the loyalty score: the place of a customer among all by one feature. */
export interface LoyaltyPart {
	/** The word of the recipe. */
	readonly id: string;
	readonly label: string;
	/** The feature it ranks by; every customer has it. */
	readonly feature: string;
	/** True where a low value is good. */
	readonly reversed: boolean;
	/** Its weight where the recipe says none. */
	readonly weight: number;
}

/** The parts of the loyalty score, in order. */
export const LOYALTY_PARTS: readonly LoyaltyPart[] = [
	{ id: 'recency', label: 'Bought lately', feature: 'recency_days', reversed: true, weight: 3 },
	{ id: 'frequency', label: 'Buys often', feature: 'frequency', reversed: false, weight: 3 },
	{ id: 'money', label: 'Spends much', feature: 'monetary_total', reversed: false, weight: 2 },
	{ id: 'tenure', label: 'Customer for long', feature: 'tenure_days', reversed: false, weight: 1 },
	{ id: 'returns', label: 'Returns little', feature: 'returns_per_order', reversed: true, weight: 1 }
];

/** What each part counts, by id: from the recipe, else its default. */
export type LoyaltyWeights = Readonly<Record<string, number>>;

/** The weights of a recipe, complete. */
export function loyaltyWeights({ loyalty }: Pick<FeatureParams, 'loyalty'>): LoyaltyWeights {
	return Object.fromEntries(LOYALTY_PARTS.map((part) => [part.id, loyalty.weights[part.id] ?? part.weight]));
}

/**
 * The score in words, with the weights of the recipe.
 * @param told the parts that the files can tell
 * @param nameOf what a feature is called; its id when left out
 */
export function loyaltyFormula(
	params: Pick<FeatureParams, 'loyalty'>,
	told: readonly LoyaltyPart[] = LOYALTY_PARTS,
	nameOf: (feature: string) => string = (feature) => feature
): string {
	const weights = loyaltyWeights(params);
	const parts = told.map(
		(part) => `${weights[part.id]} × ${part.label.toLowerCase()} (${rankWords(part, nameOf)})`
	);
	const total = told.reduce((sum, part) => sum + (weights[part.id] ?? 0), 0);
	if (total === 0) return '0, because no part counts';
	return `100 × (${parts.join(' + ')}) ÷ ${total}, where the rank is the share of the other customers who have less`;
}

function rankWords({ feature, reversed }: LoyaltyPart, nameOf: (feature: string) => string): string {
	return `${reversed ? '1 − ' : ''}rank of ${nameOf(feature)}`;
}

/** A part and the SQL of its feature. */
export interface LoyaltyColumn extends LoyaltyPart {
	readonly value: Sql;
}

/** The score of every customer, 0 to 100, over the columns of the parts; 0 when no part counts. */
export function loyaltySql(params: Pick<FeatureParams, 'loyalty'>, columns: readonly LoyaltyColumn[]): Sql {
	const weights = loyaltyWeights(params);
	const counted = columns.filter((part) => (weights[part.id] ?? 0) > 0);
	if (counted.length === 0) return sql`0`;
	const terms = counted.map((part) => sql`${weights[part.id] ?? 0}::DOUBLE * ${rankSql(part)}`);
	const total = counted.reduce((sum, part) => sum + (weights[part.id] ?? 0), 0);
	return sql`100 * (${join(terms, ' + ')}) / ${total}::DOUBLE`;
}

function rankSql({ value, reversed }: LoyaltyColumn): Sql {
	const rank = sql`percent_rank() OVER (ORDER BY ${value})`;
	return reversed ? sql`(1 - ${rank})` : rank;
}

/**
 * The same scores as `loyaltySql`, for weights that are being tried.
 * @param columns by part id, one value per customer each
 */
export function loyaltyScores(
	columns: ReadonlyMap<string, Float64Array>,
	weights: LoyaltyWeights
): Float64Array {
	return weighRanks(loyaltyRanks(columns), weights);
}

/** The place of every customer by part, 0 (worst) to 1: what does not change while weights are tried. */
export function loyaltyRanks(columns: ReadonlyMap<string, Float64Array>): ReadonlyMap<string, Float64Array> {
	const ranks = LOYALTY_PARTS.flatMap(({ id: part, reversed }) => {
		const values = columns.get(part);
		if (values === undefined) return [];
		const rank = percentRanks(values);
		return [[part, reversed ? rank.map((each) => 1 - each) : rank] as const];
	});
	return new Map(ranks);
}

/** The weighted mean of ranks, 0 to 100; 0 when no part counts. Parts without ranks do not count. */
export function weighRanks(ranks: ReadonlyMap<string, Float64Array>, weights: LoyaltyWeights): Float64Array {
	const [first] = ranks.values();
	const scores = new Float64Array(first?.length ?? 0);
	const counted = LOYALTY_PARTS.filter(({ id: part }) => ranks.has(part) && (weights[part] ?? 0) > 0);
	const total = counted.reduce((sum, { id: part }) => sum + (weights[part] ?? 0), 0);
	for (const { id: part } of counted) {
		const weight = weights[part] ?? 0;
		ranks.get(part)?.forEach((rank, i) => (scores[i] = (scores[i] as number) + weight * rank));
	}
	return total === 0 ? scores : scores.map((sum) => (100 * sum) / total);
}

/** For each value the share of the others that are less, as `percent_rank` of SQL: (rank − 1) ÷ (count − 1). */
function percentRanks(values: Float64Array): Float64Array {
	const sorted = values.toSorted();
	const last = values.length - 1;
	return values.map((value) => (last < 1 ? 0 : firstAtLeast(sorted, value) / last));
}

/** The index of the first of sorted values that is not less than a value. */
function firstAtLeast(sorted: Float64Array, value: number): number {
	let low = 0;
	let high = sorted.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((sorted[middle] as number) < value) low = middle + 1;
		else high = middle;
	}
	return low;
}
