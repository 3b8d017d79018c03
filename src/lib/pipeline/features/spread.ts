import type { Engine } from '#lib/engine/engine.ts';
import { id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { FeatureKind } from './schema.ts';
import { binEdges, type BinPlan, type ValueRange } from './spread-bins.ts';
import type { FeatureTableName } from './step.ts';

/** A column of a feature, and the table that it stands in. */
export interface FeatureColumn {
	readonly id: string;
	readonly kind: FeatureKind;
	readonly table: FeatureTableName;
}

/** Customers with a value above `from` and not above `to`; in the first bin also those of `from` itself. */
export interface FeatureBin {
	readonly from: number;
	readonly to: number;
	readonly customers: number;
}

/** The quantiles of a spread, besides the smallest and the largest value. */
export const SPREAD_QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

/** What the values of a feature of numbers are, over the customers who have one. */
export interface NumberSpread extends ValueRange {
	readonly kind: 'number';
	/** Customers with a value. */
	readonly told: number;
	readonly mean: number;
	/** As in SPREAD_QUANTILES, between the two values nearest (type 7). */
	readonly quantiles: readonly number[];
	readonly scale: BinPlan['scale'];
	/** Touching, lowest first. The last one holds all that is higher as well. */
	readonly bins: readonly FeatureBin[];
}

/** What the values of a feature of texts are. */
export interface TextSpread {
	readonly kind: 'text';
	readonly told: number;
	/** How many different ones there are. */
	readonly distinct: number;
	/** The most frequent ones, those of most customers first. */
	readonly values: readonly { readonly text: string; readonly customers: number }[];
}

export type FeatureSpread = NumberSpread | TextSpread;

const MOST_TEXTS = 12;

/**
 * How customers spread over features: what is known of each, by its id. A feature that nobody has a value of is told as
 * such. Three queries, however many features are asked for.
 */
export async function describeSpread(
	engine: Engine,
	columns: readonly FeatureColumn[],
	signal: AbortSignal
): Promise<Map<string, FeatureSpread>> {
	const numbers = await numberSpreads(
		engine,
		columns.filter(({ kind }) => kind === 'number'),
		signal
	);
	const texts = await textSpreads(
		engine,
		columns.filter(({ kind }) => kind === 'text'),
		signal
	);
	return new Map<string, FeatureSpread>([...numbers, ...texts]);
}

interface RangeRow {
	readonly told: number;
	readonly low: number;
	readonly high: number;
	readonly mean: number;
	readonly isWhole: boolean;
	readonly q0: number;
	readonly q1: number;
	readonly q2: number;
	readonly q3: number;
	readonly q4: number;
}

async function numberSpreads(
	engine: Engine,
	columns: readonly FeatureColumn[],
	signal: AbortSignal
): Promise<Map<string, NumberSpread>> {
	if (columns.length === 0) return new Map();
	const rows = await engine.rows<RangeRow>(
		sql`${join(columns.map(rangeOf), ' UNION ALL ')} ORDER BY i`,
		signal
	);
	const plans = rows.map(({ told, low, high, isWhole, q0, q1, q2, q3, q4 }) =>
		told === 0 ? null : binEdges({ low, high, isWhole }, [q0, q1, q2, q3, q4])
	);
	const counts = await binCounts(engine, columns, plans, signal);
	return new Map(
		rows.map(({ told, low, high, mean, isWhole, q0, q1, q2, q3, q4 }, i) => {
			const { edges = [], scale = 'linear' } = plans[i] ?? {};
			const bins = (counts[i] ?? []).map((customers, bin) => ({
				from: edges[bin] as number,
				to: edges[bin + 1] as number,
				customers
			}));
			const quantiles = [q0, q1, q2, q3, q4];
			return [
				columns[i]?.id ?? '',
				{ kind: 'number', told, low, high, mean, isWhole, quantiles, scale, bins }
			];
		})
	);
}

function rangeOf({ id: feature, table }: FeatureColumn, i: number): Sql {
	const quantiles = SPREAD_QUANTILES.map(
		(share, at) => sql`quantile_cont(v, ${share})::DOUBLE AS ${id(`q${at}`)}`
	);
	return sql`
		SELECT ${i}::INTEGER AS i, count(v)::INTEGER AS told, min(v)::DOUBLE AS low, max(v)::DOUBLE AS high,
			avg(v)::DOUBLE AS mean, coalesce(bool_and(v = floor(v)), true)::BOOLEAN AS is_whole, ${join(quantiles, ', ')}
		FROM (SELECT ${id(feature)} AS v FROM ${id(...table)})`;
}

/** The customers in each bin of each column; nothing where there is no plan. */
async function binCounts(
	engine: Engine,
	columns: readonly FeatureColumn[],
	plans: readonly (BinPlan | null)[],
	signal: AbortSignal
): Promise<number[][]> {
	const asked = columns.flatMap(({ id: feature, table }, i) => {
		const plan = plans[i];
		if (!plan) return [];
		// The number of a bin is that of the inner edges below the value: comparing alone gives the same on every engine.
		const above = plan.edges.slice(1, -1).map((edge) => sql`(v > ${edge})::INTEGER`);
		return [
			sql`
			SELECT ${i}::INTEGER AS i, (${join([sql`0`, ...above], ' + ')})::INTEGER AS bin, count(*)::INTEGER AS customers
			FROM (SELECT ${id(feature)} AS v FROM ${id(...table)}) WHERE v IS NOT NULL GROUP BY bin`
		];
	});
	const counts = plans.map((plan) => new Array<number>(plan ? plan.edges.length - 1 : 0).fill(0));
	if (asked.length === 0) return counts;
	const rows = await engine.rows<{ i: number; bin: number; customers: number }>(
		sql`${join(asked, ' UNION ALL ')} ORDER BY i, bin`,
		signal
	);
	for (const { i, bin, customers } of rows) {
		const own = counts[i];
		if (own) own[bin] = customers;
	}
	return counts;
}

async function textSpreads(
	engine: Engine,
	columns: readonly FeatureColumn[],
	signal: AbortSignal
): Promise<Map<string, TextSpread>> {
	if (columns.length === 0) return new Map();
	const asked = columns.map(
		({ id: feature, table }, i) => sql`
		SELECT * FROM (
			SELECT ${i}::INTEGER AS i, ${id(feature)}::VARCHAR AS text, count(*)::INTEGER AS customers,
				(sum(count(*)) OVER ())::INTEGER AS told, (count(*) OVER ())::INTEGER AS distinct_count
			FROM ${id(...table)} WHERE ${id(feature)} IS NOT NULL GROUP BY ${id(feature)}
			ORDER BY customers DESC, text LIMIT ${MOST_TEXTS}
		)`
	);
	const rows = await engine.rows<{
		i: number;
		text: string;
		customers: number;
		told: number;
		distinctCount: number;
	}>(sql`${join(asked, ' UNION ALL ')} ORDER BY i, customers DESC, text`, signal);
	return new Map(
		columns.map(({ id: feature }, i) => {
			const own = rows.filter((row) => row.i === i);
			return [
				feature,
				{
					kind: 'text',
					told: own[0]?.told ?? 0,
					distinct: own[0]?.distinctCount ?? 0,
					values: own.map(({ text, customers }) => ({ text, customers }))
				}
			];
		})
	);
}
