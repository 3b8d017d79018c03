import { z } from 'zod';
import { plural } from '#lib/core/words.ts';
import { as, sql, type Sql } from '#lib/engine/sql.ts';
import { aggregate, double, numberOf, numberText, spoken, twelveDigits } from '../numbers.ts';
import { addedColumn, type RepairContext, type RepairInput, type RepairOperation } from '../operation.ts';
import { quoted } from '../rules.ts';

const Params = z
	.object({
		lower: z.number().min(0).max(1).meta({
			title: 'Lower quantile',
			description: 'Numbers below it become it. 0 leaves the small ones alone.'
		}),
		upper: z.number().min(0).max(1).meta({
			title: 'Upper quantile',
			description: 'Numbers above it become it. 1 leaves the large ones alone.'
		})
	})
	.refine(({ lower, upper }) => lower < upper, {
		path: ['upper'],
		message: 'needed above the lower quantile'
	});
type Params = z.infer<typeof Params>;

/** Where a column is cut, what stands there then, and how many of its numbers lie outside. */
interface Bounds {
	readonly lower: number;
	readonly upper: number;
	/** The bound in twelve digits, or as it is where a number of the column lies between the two. */
	readonly lowerWritten: number;
	readonly upperWritten: number;
	readonly below: number;
	readonly above: number;
}

/** In the order of the columns; null for one without numbers. */
type Facts = { readonly bounds: readonly (Bounds | null)[] };

export const winsorise: RepairOperation<Params, Facts> = {
	id: 'winsorise',
	label: 'Pull extreme numbers in',
	explanation:
		'Numbers below the lower quantile become it, numbers above the upper one become that (winsorising). A mark keeps which were changed; the file keeps what they were.',
	group: 'numbers',
	takes: { least: 1, most: 20, kinds: ['number'], leavesProtected: true },
	params: Params,
	defaults: { lower: 0.01, upper: 0.99 },
	facts: findBounds,
	change: (input, { bounds }) => {
		const cuts = input.columns.flatMap((column, i) => {
			const cut = bounds[i];
			if (!cut) return [];
			const value = numberOf(column, input.source);
			const [low, high] = [sql`${value} < ${double(cut.lower)}`, sql`${value} > ${double(cut.upper)}`];
			return [{ column, cut, low, high }];
		});
		return {
			replace: cuts.map(({ column, cut, low, high }) => ({
				column,
				value: sql`CASE WHEN ${low} THEN ${numberText(cut.lowerWritten, input.source)}
					WHEN ${high} THEN ${numberText(cut.upperWritten, input.source)} ELSE s.${column.text} END`
			})),
			add: cuts.map(({ column, low, high }) => ({
				name: addedColumn(input, 'was_clipped', column),
				title: `${column.name} was pulled in`,
				type: 'BOOLEAN' as const,
				value: sql`coalesce(${low} OR ${high}, false)`
			}))
		};
	},
	words: ({ columns }, { bounds }) =>
		columns.map(({ name }, i) => `“${name}”: ${boundsWords(bounds[i] ?? null)}`).join(' '),
	describe: ({ lower, upper }, columns) =>
		`Pull ${quoted(columns)} in to between the ${percent(lower)} and ${percent(upper)} quantile`
};

function percent(share: number): string {
	return `${Number((100 * share).toPrecision(6))} %`;
}

function boundsWords(bounds: Bounds | null): string {
	if (bounds === null) return 'holds no number.';
	const { lowerWritten: lower, upperWritten: upper, below, above } = bounds;
	return `${plural(below, 'number')} below ${spoken(lower)}, ${plural(above, 'number')} above ${spoken(upper)}.`;
}

async function findBounds(context: RepairContext, input: RepairInput<Params>): Promise<Facts> {
	const { lower, upper } = input.params;
	const quantiles = await aggregate(context, input, (value, i) => [
		as(sql`quantile_cont(${value}, ${lower})::DOUBLE`, `lower_${i}`),
		as(sql`quantile_cont(${value}, ${upper})::DOUBLE`, `upper_${i}`)
	]);
	const cuts = input.columns.map((_, i) => {
		const [low, high] = [quantiles[`lower${i}`], quantiles[`upper${i}`]];
		return low == null || high == null ? null : { lower: low, upper: high };
	});
	const counts = await aggregate(context, input, (value, i) => [
		as(sql`count_if(${value} < ${double(cuts[i]?.lower ?? 0)})::INTEGER`, `below_${i}`),
		as(sql`count_if(${value} > ${double(cuts[i]?.upper ?? 0)})::INTEGER`, `above_${i}`),
		as(sql`count_if(${isPassed(value, cuts[i]?.lower ?? 0)})::INTEGER`, `passed_lower_${i}`),
		as(sql`count_if(${isPassed(value, cuts[i]?.upper ?? 0)})::INTEGER`, `passed_upper_${i}`)
	]);
	const count = (name: string) => counts[name] ?? 0;
	return {
		bounds: cuts.map(
			(cut, i) =>
				cut && {
					...cut,
					lowerWritten: count(`passedLower${i}`) > 0 ? cut.lower : twelveDigits(cut.lower),
					upperWritten: count(`passedUpper${i}`) > 0 ? cut.upper : twelveDigits(cut.upper),
					below: count(`below${i}`),
					above: count(`above${i}`)
				}
		)
	};
}

/** A number that lies between a bound and the twelve digits of it: these must not be written then. */
function isPassed(value: Sql, bound: number): Sql {
	const rounded = twelveDigits(bound);
	const [least, most] = [Math.min(bound, rounded), Math.max(bound, rounded)];
	return sql`${least !== most} AND ${value} BETWEEN ${double(least)} AND ${double(most)}`;
}
