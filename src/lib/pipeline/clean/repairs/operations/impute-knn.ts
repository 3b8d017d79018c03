import { z } from 'zod';
import { fromColumns, type Matrix } from '#lib/core/matrix.ts';
import { plural, whole } from '#lib/core/words.ts';
import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import { runStatement } from '../../statement.ts';
import { isMissing, missingParams, wasMissing } from '../missing.ts';
import { numberOf, numberText, twelveDigits } from '../numbers.ts';
import type { RepairColumn, RepairContext, RepairInput, RepairOperation } from '../operation.ts';
import { cell, quoted } from '../rules.ts';
import { stepTable } from '../tables.ts';

type ImputeKnn = RepairContext['compute']['imputeKnn'];
type KnnImputeOutput = Awaited<ReturnType<ImputeKnn>>;

const MOST_COLUMNS = 20;
const MOST_FURTHER = 10;

const Params = z.object({
	neighborCount: z.int().min(1).max(100).meta({
		title: 'Neighbours',
		description: 'How many rows a value is the mean of.'
	}),
	alsoUse: z.array(z.string().min(1)).max(MOST_FURTHER).meta({
		title: 'Compare by these columns too',
		description: 'Other columns of numbers that tell which rows are alike. They are not filled.',
		format: 'columns',
		holds: 'number'
	}),
	...missingParams
});
type Params = z.infer<typeof Params>;

/** How a column was filled. Errors are in deviations of the column; null when too few numbers are known to hide some. */
interface Filling {
	readonly missing: number;
	/** Missing cells that have a value now. */
	readonly filled: number;
	readonly masked: number;
	readonly errorKnn: number | null;
	readonly errorMedian: number | null;
}

/** In the order of the columns. */
type Facts = {
	readonly fillings: readonly Filling[];
	readonly candidates: number;
	readonly donors: number;
	/** Columns that rows are compared by; with fewer than two nothing is filled. */
	readonly compared: number;
};

export const imputeKnn: RepairOperation<Params, Facts> = {
	id: 'impute_knn',
	label: 'Fill missing numbers from similar rows',
	explanation:
		'Fills a missing number with the mean of the rows that are most alike in the other columns (nearest neighbours). Known numbers are hidden and found again, so that you see how far it misses. Ids, consent and outcomes are never filled.',
	group: 'numbers',
	takes: { least: 1, most: MOST_COLUMNS, kinds: ['number'], leavesProtected: true, imputes: true },
	params: Params,
	defaults: { neighborCount: 5, alsoUse: [], words: true, unreadable: false },
	facts: fillFromNeighbors,
	change: (input) => ({
		replace: input.columns.map((column, i) => ({
			column,
			value: sql`CASE WHEN ${isMissing(column, input.source, input.params)}
				THEN coalesce(n.${id(`v${i}`)}, ${cell(column)}) ELSE ${cell(column)} END`
		})),
		add: input.columns.map((column) => wasMissing(input, column)),
		from: sql`LEFT JOIN ${id(...imputedTable(input))} n ON n.row = s.row`
	}),
	words: (input, facts) => [...columnWords(input, facts), ...donorWords(facts)].join(' '),
	problem: (_, { compared }) =>
		compared < 2
			? 'Rows cannot be compared by one column alone: choose another column of numbers to compare by.'
			: null,
	describe: ({ neighborCount }, columns) =>
		`Fill what is missing in ${quoted(columns)} from the ${neighborCount} most similar rows`
};

function columnWords({ columns }: RepairInput<Params>, { fillings, compared }: Facts): string[] {
	if (compared < 2) return [];
	return columns.map(({ name }, i) => {
		const filling = fillings[i];
		if (!filling || filling.missing === 0) return `“${name}”: nothing is missing.`;
		const left = filling.missing - filling.filled;
		const stays = left === 0 ? '' : ` ${plural(left, 'cell')} ${left === 1 ? 'stays' : 'stay'} empty.`;
		return `“${name}”: ${plural(filling.filled, 'missing cell')} filled.${stays}${errorWords(filling)}`;
	});
}

function errorWords({ masked, errorKnn, errorMedian }: Filling): string {
	if (errorKnn === null || errorMedian === null) {
		return ' Too few numbers are known to tell how far that misses.';
	}
	const misses = ` Neighbours miss by ${errorKnn.toFixed(2)} deviations, the median by ${errorMedian.toFixed(2)}, over ${plural(masked, 'known value that was hidden', 'known values that were hidden')}.`;
	return errorKnn < errorMedian ? misses : `${misses} The median does no worse here, and is simpler.`;
}

function donorWords({ donors, candidates }: Facts): string[] {
	if (donors >= candidates) return [];
	return [
		`The neighbours are looked for among ${whole(donors)} of ${whole(candidates)} rows, drawn at random.`
	];
}

/** Same rows, same neighbours: the sample of donors and of hidden values is always drawn alike. */
const SEED = 1;
const MOST_DONORS = 20_000;
const LEAST_DONORS = 1_000;
/** Comparisons of a number with another that are done in some seconds; where there are more, fewer donors take part. */
const MOST_COMPARISONS = 1e10;

async function fillFromNeighbors(context: RepairContext, input: RepairInput<Params>): Promise<Facts> {
	const { compute, signal, onProgress } = context;
	const compared = comparedColumns(input);
	const { rows, data, isMissingIn } = await readMatrix(context, input, compared);
	const missing = isMissingIn.map(countOnes);
	const cells = missing.reduce((sum, count) => sum + count, 0);
	const affordable = Math.floor(MOST_COMPARISONS / Math.max(1, cells * compared.length));
	const request: Parameters<ImputeKnn>[0] = {
		data,
		columns: input.columns.map((_, i) => i),
		scaling: 'standard',
		neighborCount: input.params.neighborCount,
		mostDonors: Math.min(MOST_DONORS, Math.max(LEAST_DONORS, affordable)),
		seed: SEED
	};
	const isPossible = compared.length >= 2 && cells > 0;
	const found = isPossible ? await compute.imputeKnn(request, signal, onProgress) : nothingFound(input);
	const isWanted = (i: number): boolean =>
		isMissingIn[found.columns[i] as number]?.[found.rows[i] as number] === 1;
	await writeImputed(context, input, imputedLines(input, rows, found, isWanted));
	const filled = missing.map(() => 0);
	found.columns.forEach((column, i) => (filled[column]! += isWanted(i) ? 1 : 0));
	return {
		fillings: missing.map((count, i) => ({
			missing: count,
			filled: filled[i] ?? 0,
			masked: found.masked[i] ?? 0,
			errorKnn: finite(found.errorKnn[i]),
			errorMedian: finite(found.errorMedian[i])
		})),
		candidates: found.candidates,
		donors: found.donors,
		compared: compared.length
	};
}

function countOnes(flags: Int32Array): number {
	return flags.reduce((sum, flag) => sum + flag, 0);
}

function finite(value: number | undefined): number | null {
	return value !== undefined && Number.isFinite(value) ? value : null;
}

function nothingFound({ columns }: RepairInput<Params>): KnnImputeOutput {
	const none = { rows: new Int32Array(), columns: new Int32Array(), values: new Float64Array() };
	const errors = columns.map(() => NaN);
	return {
		...none,
		candidates: 0,
		donors: 0,
		masked: columns.map(() => 0),
		errorKnn: errors,
		errorMedian: errors
	};
}

/** The columns to fill, then the others that rows are compared by. */
function comparedColumns({ columns, others, params }: RepairInput<Params>): RepairColumn[] {
	const further = others.filter(
		({ name, raw }) => params.alsoUse.includes(name) && !columns.some((column) => column.raw === raw)
	);
	return [...columns, ...further];
}

/** The numbers of the rows that no step set aside, and per column to fill 1 where it is missing: a text may be no number. */
async function readMatrix(
	{ engine, signal }: RepairContext,
	{ columns, source, params, table }: RepairInput<Params>,
	compared: readonly RepairColumn[]
): Promise<{
	readonly rows: Int32Array;
	readonly data: Matrix;
	readonly isMissingIn: readonly Int32Array[];
}> {
	const wanted = [
		sql`s.row::INTEGER AS row`,
		...compared.map((column, i) => as(sql`${numberOf(column, source)}::DOUBLE`, `x${i}`)),
		...columns.map((column, i) => as(sql`${isMissing(column, source, params)}::INTEGER`, `missing${i}`))
	];
	const read = await engine.columns(
		sql`SELECT ${join(wanted, ', ')} FROM ${table} s WHERE s.set_aside_by IS NULL ORDER BY row`,
		signal
	);
	return {
		rows: read.get('row') as Int32Array,
		data: fromColumns(compared.map((_, i) => read.get(`x${i}`) as Float64Array)),
		isMissingIn: columns.map((_, i) => read.get(`missing${i}`) as Int32Array)
	};
}

function imputedTable({ source, id: repairId }: RepairInput<Params>): readonly ['clean', string] {
	return stepTable(source.id, repairId, 'imputed');
}

/** Rows of the table of values that one statement holds. */
const CHUNK_ROWS = 10_000;

/** Makes the table of values as they will stand in the file: `row`, and a text per column, NULL where none is missing. */
async function writeImputed(
	{ engine, signal }: RepairContext,
	input: RepairInput<Params>,
	lines: readonly string[]
): Promise<void> {
	const [schema, name] = imputedTable(input);
	const texts = input.columns.map((_, i) => as(sql`NULL::VARCHAR`, `v${i}`));
	const content = sql`AS SELECT ${join([sql`0::INTEGER AS row`, ...texts], ', ')} LIMIT 0`;
	await runStatement(engine, { database: 'memory', table: name, content }, signal);
	for (let at = 0; at < lines.length; at += CHUNK_ROWS) {
		const chunk = valuesOf(lines.slice(at, at + CHUNK_ROWS), input.columns.length);
		await engine.exec(sql`INSERT INTO ${id(schema, name)} ${chunk}`, signal);
	}
}

/** Per row its number and the text of each column, apart by `;`. */
function imputedLines(
	{ columns, source }: RepairInput<Params>,
	rows: Int32Array,
	{ rows: at, columns: columnOf, values }: KnnImputeOutput,
	isWanted: (i: number) => boolean
): string[] {
	const lines: string[] = [];
	for (let i = 0; i < at.length;) {
		const row = at[i] as number;
		const texts = columns.map(() => '');
		for (; i < at.length && at[i] === row; i += 1) {
			if (!isWanted(i)) continue;
			texts[columnOf[i] as number] = numberText(twelveDigits(values[i] as number), source);
		}
		lines.push([rows[row], ...texts].join(';'));
	}
	return lines;
}

/** Rows as one text that is split: thousands of literals would take the engine far longer to read. */
function valuesOf(lines: readonly string[], columnCount: number): Sql {
	const texts = Array.from(
		{ length: columnCount },
		(_, i) => sql`nullif(split_part(line, ';', ${i + 2}), '')`
	);
	return sql`
		SELECT ${join([sql`split_part(line, ';', 1)::INTEGER`, ...texts], ', ')}
		FROM (SELECT unnest(string_split(${lines.join(' ')}, ' ')) AS line)`;
}
