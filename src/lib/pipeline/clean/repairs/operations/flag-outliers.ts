import { z } from 'zod';
import { plural } from '#lib/core/words.ts';
import { as, join, sql, type Sql } from '#lib/engine/sql.ts';
import { aggregate, double, numberOf, spoken } from '../numbers.ts';
import { addedColumn, type RepairContext, type RepairInput, type RepairOperation } from '../operation.ts';
import { few } from '../lookup.ts';

const METHODS = ['iqr', 'robust_z'] as const;

const Params = z.object({
	method: z.enum(METHODS).meta({
		title: 'An outlier lies',
		options: {
			iqr: 'Far outside the middle half (quartiles)',
			robust_z: 'Far from the median, in robust deviations'
		}
	}),
	quartileRanges: z.number().min(0).max(100).meta({
		title: 'Outside the middle half by',
		description: 'In lengths of the middle half: 1.5 is far, 3 is extreme. For quartiles.'
	}),
	deviations: z.number().min(0).max(100).meta({
		title: 'From the median by more than',
		description: 'In deviations estimated from the median distance; 3.5 is usual. For robust deviations.'
	})
});
type Params = z.infer<typeof Params>;

/** Numbers below `lower` or above `upper` are outliers. */
interface Fences {
	readonly lower: number;
	readonly upper: number;
	readonly outliers: number;
}

/** In the order of the columns; null for one without numbers. */
type Facts = { readonly fences: readonly (Fences | null)[] };

export const flagOutliers: RepairOperation<Params, Facts> = {
	id: 'flag_outliers',
	label: 'Mark outliers',
	explanation:
		'Marks numbers that lie far from the others, and counts their rows. Nothing is changed and nothing is set aside: a large order may be a good customer.',
	group: 'numbers',
	takes: { least: 1, most: 20, kinds: ['number'], leavesProtected: true },
	params: Params,
	defaults: { method: 'iqr', quartileRanges: 1.5, deviations: 3.5 },
	facts: async (context, input) => {
		const limits = await (input.params.method === 'iqr' ? quartileLimits : medianLimits)(context, input);
		const counts = await aggregate(context, input, (value, i) => {
			const limit = limits[i];
			return [as(sql`count_if(${limit ? outside(value, limit) : sql`false`})::INTEGER`, `outliers_${i}`)];
		});
		return { fences: limits.map((limit, i) => limit && { ...limit, outliers: counts[`outliers${i}`] ?? 0 }) };
	},
	change: (input, { fences }) => {
		const flags = input.columns.map((column, i) => {
			const limits = fences[i];
			const isOut = limits ? outside(numberOf(column, input.source), limits) : sql`false`;
			return { column, isOut: sql`coalesce(${isOut}, false)` };
		});
		return {
			add: flags.map(({ column, isOut }) => ({
				name: addedColumn(input, 'outlier', column),
				title: `${column.name} is an outlier`,
				type: 'BOOLEAN' as const,
				value: isOut
			})),
			failing: join(
				flags.map(({ isOut }) => isOut),
				' OR '
			)
		};
	},
	words: ({ columns }, { fences }) =>
		columns.map(({ name }, i) => `“${name}”: ${fenceWords(fences[i] ?? null)}`).join(' '),
	describe: ({ method }, columns) =>
		`Mark values far from ${method === 'iqr' ? 'the others' : 'the median'} in ${few(columns)}`
};

type Limits = Pick<Fences, 'lower' | 'upper'>;

function outside(value: Sql, { lower, upper }: Limits): Sql {
	return sql`(${value} < ${double(lower)} OR ${value} > ${double(upper)})`;
}

function fenceWords(fences: Fences | null): string {
	if (fences === null) return 'holds no number.';
	const { lower, upper, outliers } = fences;
	return `${plural(outliers, 'number')} below ${spoken(lower)} or above ${spoken(upper)}.`;
}

/** Tukey's fences (1977): so many interquartile ranges below the first and above the third quartile (type 7). */
async function quartileLimits(
	context: RepairContext,
	input: RepairInput<Params>
): Promise<(Limits | null)[]> {
	const found = await aggregate(context, input, (value, i) => [
		as(sql`quantile_cont(${value}, 0.25e0)::DOUBLE`, `first_${i}`),
		as(sql`quantile_cont(${value}, 0.75e0)::DOUBLE`, `third_${i}`)
	]);
	return input.columns.map((_, i) => {
		const [first, third] = [found[`first${i}`], found[`third${i}`]];
		if (first == null || third == null) return null;
		const reach = input.params.quartileRanges * (third - first);
		return { lower: first - reach, upper: third + reach };
	});
}

/** A normal deviation over the median distance from the median, and over the mean distance. */
const DEVIATION_OF_MEDIAN = 1.4826;
const DEVIATION_OF_MEAN = 1.253314;

/**
 * The modified z-score of Iglewicz & Hoaglin (1993): |x − median| over 1.4826 times the median distance from the median;
 * where that is 0, because most numbers are equal, over 1.253314 times the mean distance.
 */
async function medianLimits(context: RepairContext, input: RepairInput<Params>): Promise<(Limits | null)[]> {
	const medians = await aggregate(context, input, (value, i) => [
		as(sql`quantile_cont(${value}, 0.5e0)::DOUBLE`, `median_${i}`)
	]);
	const middle = input.columns.map((_, i) => medians[`median${i}`] ?? null);
	const distances = await aggregate(context, input, (value, i) => {
		const distance = sql`abs(${value} - ${double(middle[i] ?? 0)})`;
		return [
			as(sql`quantile_cont(${distance}, 0.5e0)::DOUBLE`, `median_${i}`),
			as(sql`favg(${distance})::DOUBLE`, `mean_${i}`)
		];
	});
	return middle.map((median, i) => {
		if (median === null) return null;
		const ofMedian = DEVIATION_OF_MEDIAN * (distances[`median${i}`] ?? 0);
		const deviation = ofMedian > 0 ? ofMedian : DEVIATION_OF_MEAN * (distances[`mean${i}`] ?? 0);
		const reach = input.params.deviations * deviation;
		return { lower: median - reach, upper: median + reach };
	});
}
