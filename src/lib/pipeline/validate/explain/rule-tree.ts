import { columnOf } from '#lib/core/matrix.ts';
import { pause } from '#lib/core/pause.ts';
import { throwIfAborted } from '#lib/core/progress.ts';
import { below, deriveSeed, sampleWithoutReplacement, seeded } from '#lib/core/random.ts';
import {
	growDecisionTree,
	predictClasses,
	type TreeData,
	type TreeOptions
} from '#lib/stats/decision-tree.ts';
import type { Compute } from '../../compute.ts';
import type { RuleTreeInput } from './compute.ts';
import { roundBetween } from './round-between.ts';

const FOLDS = 5;
/** A leaf has at least one in so many customers, within bounds. */
const CUSTOMERS_PER_LEAF = 200;
const LEAST_LEAF = 3;
const MOST_LEAST_LEAF = 200;
/** What a split may lose for a round number: 500 says more than 498.3. */
const SLACK = 0.01;

/**
 * Learns a tree of rules that tells clusters apart, with round thresholds. How well it does on customers whom it has not seen is
 * told by cross-validation: five trees, each grown without a fifth of them and judged on it.
 */
export const ruleTree: Compute['ruleTree'] = async (input, signal, onProgress) => {
	const columns = Array.from({ length: input.data.columnCount }, (_, c) => columnOf(input.data, c));
	const everyone = { columns, labels: input.labels, classCount: input.clusterCount };
	const rows = sampleWithoutReplacement(seeded(input.seed), input.mostRows, input.data.rowCount);
	const learned = rows.length === input.data.rowCount ? everyone : part(everyone, rows);
	const options = optionsFor(input, rows.length);
	const step = async (done: number): Promise<void> => {
		onProgress({ what: 'Finding rules', share: done / (FOLDS + 1) });
		await pause();
		throwIfAborted(signal);
	};
	await step(0);
	const tree = growDecisionTree(learned, options);
	await step(1);
	const folds = foldsOf(rows.length, deriveSeed(input.seed, 1));
	let right = 0;
	for (let fold = 0; fold < FOLDS; fold += 1) {
		right += judge(learned, folds, fold, options);
		await step(fold + 2);
	}
	return {
		tree,
		predicted: predictClasses(tree, columns),
		learned: rows.length,
		unseen: { right, of: rows.length < FOLDS ? 0 : rows.length }
	};
};

function optionsFor({ limits }: RuleTreeInput, rowCount: number): TreeOptions {
	const share = Math.ceil(rowCount / CUSTOMERS_PER_LEAF);
	const minLeaf = Math.min(Math.max(share, LEAST_LEAF), MOST_LEAST_LEAF);
	return { ...limits, minLeaf, threshold: roundBetween, slack: SLACK };
}

function part({ columns, labels, classCount }: TreeData, rows: ArrayLike<number>): TreeData {
	const from = Int32Array.from(rows);
	return {
		columns: columns.map((column) => Float64Array.from(from, (row) => column[row] as number)),
		labels: Uint8Array.from(from, (row) => labels[row] as number),
		classCount
	};
}

/** The fold of each row: folds of equal size, dealt out by the seed. */
function foldsOf(rowCount: number, seed: number): Uint8Array {
	const random = seeded(seed);
	const folds = Uint8Array.from({ length: rowCount }, (_, i) => i % FOLDS);
	for (let i = rowCount - 1; i > 0; i -= 1) {
		const j = below(random, i + 1);
		[folds[i], folds[j]] = [folds[j] as number, folds[i] as number];
	}
	return folds;
}

/** How many rows of a fold a tree of the others gives their own class. */
function judge(data: TreeData, folds: Uint8Array, fold: number, options: TreeOptions): number {
	const rowsWhere = (isIn: (own: number) => boolean): number[] =>
		[...folds.keys()].filter((row) => isIn(folds[row] as number));
	const [seen, unseen] = [rowsWhere((own) => own !== fold), rowsWhere((own) => own === fold)];
	if (seen.length === 0 || unseen.length === 0) return 0;
	const judged = part(data, unseen);
	const tree = growDecisionTree(part(data, seen), options);
	const predicted = predictClasses(tree, judged.columns);
	return predicted.reduce((count, label, row) => count + Number(label === judged.labels[row]), 0);
}
