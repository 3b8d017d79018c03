import { describe, expect, it } from 'vitest';
import { forests } from '../../../tests/oracle/drivers.ts';
import { auc } from './auc.ts';
import { growForest, predictForest, type ForestData, type ForestOptions } from './histogram-forest.ts';
import { mean, variance } from './moments.ts';
import { binByEdges, quantileEdges } from './quantile-bins.ts';

const OPTIONS: ForestOptions = { treeCount: 100, columnsPerSplit: 3, minLeaf: 5, maxDepth: 30, seed: 1 };

function binned(columns: readonly ArrayLike<number>[]): Uint8Array[] {
	return columns.map((column) => {
		const values = Float64Array.from(column);
		return binByEdges(values, quantileEdges(values, 64));
	});
}

const columns = binned(forests.columns);
const answer: ForestData = { columns, outcome: Float64Array.from(forests.answer) };
const number: ForestData = { columns, outcome: Float64Array.from(forests.number) };

function explained(predicted: Float64Array, truth: Float64Array): number {
	return 1 - mean(predicted.map((value, i) => (value - (truth[i] as number)) ** 2)) / variance(truth);
}

describe('growForest', () => {
	it('tells 0 and 1 as well as the forest of scikit-learn, within 0.01', async () => {
		const { outOfBag } = await growForest(answer, { ...OPTIONS, treeCount: 200 });
		const area = auc(outOfBag, forests.answer);
		expect(area).toBeGreaterThan(forests.auc[0] - 0.01);
		expect(area).toBeLessThan(forests.auc[1] + 0.01);
		const right = forests.answer.filter((truth, i) => (outOfBag[i] as number) > 0.5 === (truth === 1));
		expect(right.length / 1000).toBeGreaterThan(forests.accuracy[0] - 0.015);
		expect(right.length / 1000).toBeLessThan(forests.accuracy[1] + 0.015);
	});

	it('tells a number as well, within 0.02 of R²', async () => {
		const { outOfBag } = await growForest(number, { ...OPTIONS, treeCount: 200 });
		const share = explained(outOfBag, number.outcome);
		expect(share).toBeGreaterThan(forests.r2[0] - 0.02);
		expect(share).toBeLessThan(forests.r2[1] + 0.02);
	});

	it('cuts where one cut tells all', async () => {
		const column = Uint8Array.from({ length: 60 }, (_, i) => i % 6);
		const outcome = Float64Array.from(column, (bin) => (bin >= 4 ? 1 : 0));
		const { trees } = await growForest(
			{ columns: [column], outcome },
			{ treeCount: 3, columnsPerSplit: 1, minLeaf: 1, maxDepth: 5, seed: 2 }
		);
		for (const tree of trees) {
			expect([...tree.column]).toEqual([0, -1, -1]);
			expect([...tree.bin.slice(0, 1)]).toEqual([3]);
			expect([...tree.value.slice(1)]).toEqual([0, 1]);
		}
	});

	it('keeps to its limits', async () => {
		const { trees } = await growForest(number, { ...OPTIONS, treeCount: 5, maxDepth: 2 });
		for (const { column, outOfBag } of trees) {
			expect(column.length).toBeLessThanOrEqual(7);
			expect(outOfBag.length / 1000).toBeGreaterThan(0.3);
			expect(outOfBag.length / 1000).toBeLessThan(0.44);
		}
		const stumps = await growForest(number, { ...OPTIONS, treeCount: 2, minLeaf: 600 });
		expect(stumps.trees.every(({ column }) => column.length === 1)).toBe(true);
	});

	it('is a matter of the seed alone, and its first trees do not depend on how many follow', async () => {
		const first = await growForest(answer, { ...OPTIONS, treeCount: 4 });
		const again = await growForest(answer, { ...OPTIONS, treeCount: 6 });
		const other = await growForest(answer, { ...OPTIONS, treeCount: 4, seed: 2 });
		expect(again.trees.slice(0, 4)).toEqual(first.trees);
		expect(other.trees).not.toEqual(first.trees);
	});

	it('predicts the mean of what it saw, and within its range', async () => {
		const forest = await growForest(number, { ...OPTIONS, treeCount: 50 });
		const predicted = predictForest(forest, columns);
		expect(Math.max(...predicted)).toBeLessThanOrEqual(Math.max(...forests.number));
		expect(explained(predicted, number.outcome)).toBeGreaterThan(explained(forest.outOfBag, number.outcome));
	});

	it('stops when it is told to, and refuses nothing to learn from', async () => {
		const onTree = (done: number): void => {
			if (done === 2) throw new RangeError('stop');
		};
		await expect(growForest(answer, { ...OPTIONS, onTree })).rejects.toThrow('stop');
		await expect(growForest({ columns: [], outcome: answer.outcome }, OPTIONS)).rejects.toThrow(RangeError);
	});
});
