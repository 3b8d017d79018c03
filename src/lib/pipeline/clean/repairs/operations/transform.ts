import { z } from 'zod';
import { plural } from '#lib/core/words.ts';
import { sql, type Sql } from '#lib/engine/sql.ts';
import { POWER_TRANSFORMS, type PowerTransform } from '#lib/stats/power-transform.ts';
import { double, nineDigits, numberOf, readNumbers } from '../numbers.ts';
import { addedColumn, type RepairContext, type RepairInput, type RepairOperation } from '../operation.ts';
import { few } from '../lookup.ts';

const Params = z.object({
	transform: z.enum(POWER_TRANSFORMS).meta({
		title: 'Transform',
		description: 'The exponents of Box-Cox and Yeo-Johnson are found from the numbers.',
		options: {
			log1p: 'ln(1 + x), for numbers above −1',
			box_cox: 'Box-Cox, for numbers above 0',
			yeo_johnson: 'Yeo-Johnson, for all numbers'
		}
	})
});
type Params = z.infer<typeof Params>;

/** What fits a column. */
interface Fit {
	/** Null for `log1p`, and where there are no two numbers to fit it to. */
	readonly lambda: number | null;
	readonly skewBefore: number | null;
	readonly skewAfter: number | null;
	/** Numbers that the transform takes, and those that it cannot. */
	readonly taken: number;
	readonly refused: number;
}

/** In the order of the columns. */
type Facts = { readonly fits: readonly Fit[] };

const LABELS: Readonly<Record<PowerTransform, string>> = {
	log1p: 'log1p',
	box_cox: 'Box-Cox',
	yeo_johnson: 'Yeo-Johnson'
};

/** For a sentence that everybody reads. */
const WAYS: Readonly<Record<PowerTransform, string>> = { ...LABELS, log1p: 'logarithm' };

export const transform: RepairOperation<Params, Facts> = {
	id: 'transform',
	label: 'Even out skewed numbers',
	explanation:
		'Adds a column with the numbers transformed, so that a few large ones no longer outweigh the others. The numbers themselves stay as they are.',
	group: 'numbers',
	takes: { least: 1, most: 20, kinds: ['number'], leavesProtected: true },
	params: Params,
	defaults: { transform: 'log1p' },
	facts: fitColumns,
	change: (input, { fits }) => ({
		add: input.columns.map((column, i) => ({
			name: addedColumn(input, input.params.transform, column),
			title: `${column.name}, ${LABELS[input.params.transform]}`,
			type: 'DOUBLE' as const,
			value: transformed(numberOf(column, input.source), input.params.transform, fits[i]?.lambda ?? null)
		}))
	}),
	words: ({ columns, params }, { fits }) =>
		columns
			.map(({ name }, i) => `“${name}”: ${fits[i] ? fitWords(fits[i], params.transform) : ''}`)
			.join(' '),
	describe: ({ transform: id }, columns) => `Even out the skewed numbers of ${few(columns)} (${WAYS[id]})`
};

/** Exponents have so many decimals: what is shown is what is reckoned with. */
const LAMBDA_DECIMALS = 4;

async function fitColumns(
	{ engine, compute, signal, onProgress }: RepairContext,
	input: RepairInput<Params>
): Promise<Facts> {
	const { transform: id } = input.params;
	const fits: Fit[] = [];
	for (const column of input.columns) {
		onProgress({ what: `Finding the exponent of ${column.name}`, share: null });
		const read = await engine.columns(
			sql`SELECT x0::DOUBLE AS x FROM (${readNumbers({ ...input, columns: [column] })}) WHERE x0 IS NOT NULL ORDER BY row`,
			signal
		);
		const values = read.get('x') as Float64Array;
		const taken = values.reduce((count, value) => count + (takes(id, value) ? 1 : 0), 0);
		const fit = await compute.powerFit({ values, transform: id }, signal, () => undefined);
		fits.push({
			lambda: fit.lambda === null || taken < 2 ? null : Number(fit.lambda.toFixed(LAMBDA_DECIMALS)),
			skewBefore: finite(fit.skewBefore),
			skewAfter: finite(fit.skewAfter),
			taken,
			refused: values.length - taken
		});
	}
	return { fits };
}

function takes(id: PowerTransform, value: number): boolean {
	if (id === 'yeo_johnson') return true;
	return id === 'box_cox' ? value > 0 : value > -1;
}

function finite(value: number): number | null {
	return Number.isFinite(value) ? value : null;
}

/** The transformed number; NULL where the transform cannot take it, or nothing could be fitted. */
function transformed(value: Sql, id: PowerTransform, lambda: number | null): Sql {
	if (id === 'log1p') return nineDigits(sql`CASE WHEN ${value} > -1 THEN ln(1 + ${value}) END`);
	if (lambda === null) return sql`NULL`;
	if (id === 'box_cox') return nineDigits(sql`CASE WHEN ${value} > 0 THEN ${power(value, lambda)} END`);
	return nineDigits(
		sql`CASE WHEN ${value} >= 0 THEN ${power(sql`(1 + ${value})`, lambda)}
			ELSE -${power(sql`(1 - ${value})`, 2 - lambda)} END`
	);
}

/** (x^λ − 1) / λ, and ln x for λ = 0. */
function power(value: Sql, lambda: number): Sql {
	const exponent = double(Number(lambda.toFixed(LAMBDA_DECIMALS)));
	return lambda === 0 ? sql`ln(${value})` : sql`((pow(${value}, ${exponent}) - 1) / ${exponent})`;
}

function fitWords({ lambda, skewBefore, skewAfter, taken, refused }: Fit, id: PowerTransform): string {
	if (taken < 2) return `fewer than two numbers that ${LABELS[id]} can take.${refusedWords(refused, id)}`;
	const exponent = lambda === null ? '' : `λ = ${lambda}, `;
	const skew =
		skewBefore === null || skewAfter === null
			? 'all numbers are equal.'
			: `skew from ${skewBefore.toFixed(2)} to ${skewAfter.toFixed(2)}.`;
	return `${exponent}${skew}${refusedWords(refused, id)}`;
}

function refusedWords(refused: number, id: PowerTransform): string {
	if (refused === 0) return '';
	const numbers = plural(refused, 'number');
	const limit = id === 'box_cox' ? '0 or less' : '−1 or less';
	const verb = refused === 1 ? 'is' : 'are';
	return ` ${numbers} ${verb} ${limit}, which ${LABELS[id]} cannot take: left empty. Yeo-Johnson takes every number.`;
}
