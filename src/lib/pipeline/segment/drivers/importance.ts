import { columnOf, rowsOf, type Matrix } from '#lib/core/matrix.ts';
import { pause } from '#lib/core/pause.ts';
import { throwIfAborted, type OnProgress } from '#lib/core/progress.ts';
import { deriveSeed, sampleWithoutReplacement, seeded } from '#lib/core/random.ts';
import { auc } from '#lib/stats/auc.ts';
import { correlationMatrix } from '#lib/stats/correlation-matrix.ts';
import { countPairs, pearson, pearsonInterval, spearman, spearmanInterval } from '#lib/stats/correlation.ts';
import { growForest, type ForestData, type ForestOptions } from '#lib/stats/histogram-forest.ts';
import { mutualInformation } from '#lib/stats/mutual-information.ts';
import { permutationImportance } from '#lib/stats/permutation-importance.ts';
import { binByEdges, quantileEdges } from '#lib/stats/quantile-bins.ts';
import { median } from '#lib/stats/quantile.ts';
import type { Compute } from '#lib/pipeline/compute.ts';
import { nearCopies } from './near-copies.ts';
import { COPY_AT, LEAK_AT, type ColumnImportance, type ImportanceInput } from './schema.ts';
import { byTenths, TENTHS } from './tenths.ts';

const TREES = 100;
const BINS = 64;
const MOST_DEPTH = 14;
/** Of more rows, predictions are judged on a sample of this size. */
const MOST_JUDGED = 8000;
const REPEATS = 5;
/** Where the parts of the work end, as shares of the progress. */
const AFTER_COLUMNS = 0.2;
const AFTER_FOREST = 0.55;

/** What a column is, before the forest. */
type Alone = Omit<ColumnImportance, 'importance'>;

/**
 * Weighs columns against an outcome: each on its own, and all together in a random forest by permutation, beside a column
 * of random numbers. Columns that are constant, or tell too much, take no part in the forest.
 */
export const importance: Compute['importance'] = async (input, signal, onProgress) => {
	const { data, outcome, shown } = sampled(input);
	const step = stepper(signal, onProgress);
	const values = Array.from({ length: data.columnCount }, (_, c) => columnOf(data, c));
	const columns: Alone[] = [];
	for (const column of values) {
		columns.push(weighAlone(column, outcome, shown, input.isBinary));
		await step((columns.length / values.length) * AFTER_COLUMNS * 0.6);
	}
	const [plain, ranked] = [correlationMatrix(data, 'pearson'), correlationMatrix(data, 'spearman')];
	await step(AFTER_COLUMNS);
	const taking = columns.flatMap(({ isConstant, isLeak }, c) => (isConstant || isLeak ? [] : [c]));
	const copies = nearCopies(ranked, taking, COPY_AT);
	const found = await weighTogether({ ...input, outcome, shown }, values, taking, copies, step);
	return {
		rows: data.rowCount,
		judged: found.judged,
		skill: found.skill,
		columns: columns.map((column, c) => ({ ...column, importance: found.ofColumn.get(c) ?? null })),
		copies: copies.map((group, g) => ({ columns: group, importance: found.ofCopies[g] ?? found.probe })),
		probe: found.probe,
		pearson: plain,
		spearman: ranked
	};
};

function sampled({ data, outcome, shown, mostRows, seed }: ImportanceInput): {
	data: Matrix;
	outcome: Float64Array;
	shown: Float64Array;
} {
	if (data.rowCount <= mostRows) return { data, outcome, shown };
	const rows = sampleWithoutReplacement(seeded(deriveSeed(seed, 1)), mostRows, data.rowCount);
	const take = (values: Float64Array): Float64Array =>
		Float64Array.from(rows, (row) => values[row] as number);
	return { data: rowsOf(data, rows), outcome: take(outcome), shown: take(shown) };
}

/** Reports whole percents, lets others run, and stops when it was aborted. */
function stepper(signal: AbortSignal, onProgress: OnProgress): (share: number) => Promise<void> {
	let percent = -1;
	return async (share) => {
		throwIfAborted(signal);
		if (Math.floor(share * 100) <= percent) return;
		percent = Math.floor(share * 100);
		onProgress({ what: 'Weighing what tells the outcome', share });
		await pause();
		throwIfAborted(signal);
	};
}

function weighAlone(
	values: Float64Array,
	outcome: Float64Array,
	shown: Float64Array,
	isBinary: boolean
): Alone {
	const known = values.filter(Number.isFinite);
	const isConstant = known.every((value) => value === known[0]);
	const pairs = countPairs(values, outcome);
	const ranks = spearmanInterval(spearman(values, outcome), pairs);
	const alone = isBinary ? areaAlone(values, outcome) : Math.abs(ranks.value);
	const outcomeBins = isBinary ? Uint8Array.from(outcome) : tenthsOf(outcome);
	const { corrected, share } = mutualInformation(tenthsOf(values), outcomeBins);
	return {
		missing: 1 - known.length / values.length,
		isConstant,
		alone: isConstant ? NaN : alone,
		isLeak: !isConstant && alone >= LEAK_AT,
		pearson: pearsonInterval(pearson(values, outcome), pairs),
		spearman: ranks,
		information: { bits: corrected / Math.LN2, share },
		tenths: byTenths(values, shown, isBinary)
	};
}

/** The area under the ROC curve of the values themselves, whichever way they point, over the rows that have one. */
function areaAlone(values: Float64Array, outcome: Float64Array): number {
	const area = auc(
		values.filter(Number.isFinite),
		outcome.filter((_, row) => Number.isFinite(values[row]))
	);
	return Math.max(area, 1 - area);
}

function tenthsOf(values: Float64Array): Uint8Array {
	return binByEdges(values, quantileEdges(values, TENTHS));
}

/** The forest and what each column, each group of near-copies and the random column is worth to it. */
async function weighTogether(
	{ outcome, isBinary, seed }: ImportanceInput,
	values: readonly Float64Array[],
	taking: readonly number[],
	copies: readonly (readonly number[])[],
	step: (share: number) => Promise<void>
) {
	const { columns, ofColumn, probe } = forestColumns(values, taking, deriveSeed(seed, 2));
	const data: ForestData = { columns, outcome };
	const forest = await growForest(data, {
		...forestOptions(columns.length, outcome.length, isBinary),
		seed: deriveSeed(seed, 3),
		onTree: (done) => step(AFTER_COLUMNS + (done / TREES) * (AFTER_FOREST - AFTER_COLUMNS))
	});
	const placesOf = (column: number): readonly number[] => ofColumn.get(column) ?? [];
	const groups = [...taking.map(placesOf), ...copies.map((group) => group.flatMap(placesOf)), [probe]];
	const found = await permutationImportance(forest, data, {
		measure: isBinary ? 'auc' : 'r2',
		rows: sampleWithoutReplacement(seeded(deriveSeed(seed, 4)), MOST_JUDGED, outcome.length),
		groups,
		repeats: REPEATS,
		seed: deriveSeed(seed, 5),
		onGroup: (done) => step(AFTER_FOREST + (done / groups.length) * (1 - AFTER_FOREST))
	});
	return {
		skill: found.skill,
		judged: found.judged,
		ofColumn: new Map(taking.map((column, i) => [column, found.drops[i] ?? null])),
		ofCopies: found.drops.slice(taking.length, -1),
		probe: found.drops.at(-1) ?? { value: 0, low: 0, high: 0 }
	};
}

function forestOptions(
	columnCount: number,
	rowCount: number,
	isBinary: boolean
): Omit<ForestOptions, 'seed' | 'onTree'> {
	return {
		treeCount: TREES,
		// The usual share of columns for classes and for numbers (Breiman 2001; Liaw & Wiener 2002).
		columnsPerSplit: Math.ceil(isBinary ? Math.sqrt(columnCount) : columnCount / 3),
		minLeaf: Math.max(5, Math.round(rowCount / 1000)),
		maxDepth: MOST_DEPTH
	};
}

/**
 * Bins of the columns that take part, missing values filled by the median, each followed by a flag of what was missing where
 * anything was; last, random numbers.
 */
function forestColumns(
	values: readonly Float64Array[],
	taking: readonly number[],
	seed: number
): { columns: Uint8Array[]; ofColumn: Map<number, number[]>; probe: number } {
	const columns: Uint8Array[] = [];
	const ofColumn = new Map<number, number[]>();
	for (const c of taking) {
		const column = values[c] as Float64Array;
		const middle = median(column.filter(Number.isFinite));
		const filled = column.map((value) => (Number.isFinite(value) ? value : middle));
		const places = [columns.push(binByEdges(filled, quantileEdges(filled, BINS))) - 1];
		if (column.some((value) => !Number.isFinite(value))) {
			places.push(columns.push(Uint8Array.from(column, (value) => (Number.isFinite(value) ? 0 : 1))) - 1);
		}
		ofColumn.set(c, places);
	}
	const random = seeded(seed);
	const noise = Float64Array.from({ length: values[0]?.length ?? 0 }, random);
	const probe = columns.push(binByEdges(noise, quantileEdges(noise, BINS))) - 1;
	return { columns, ofColumn, probe };
}
