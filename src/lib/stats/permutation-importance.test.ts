import { describe, expect, it } from 'vitest';
import { seeded } from '#lib/core/random.ts';
import { forests } from '../../../tests/oracle/drivers.ts';
import { auc } from './auc.ts';
import { growForest, type ForestData, type ForestOptions } from './histogram-forest.ts';
import { mean, variance } from './moments.ts';
import { permutationImportance } from './permutation-importance.ts';
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
const rows = Int32Array.from(forests.answer, (_, i) => i);
const groups = columns.map((_, c) => [c]);

function explained(predicted: Float64Array, truth: Float64Array): number {
	return 1 - mean(predicted.map((value, i) => (value - (truth[i] as number)) ** 2)) / variance(truth);
}

/** Places of a list, those of the largest number first. */
function falling(values: readonly number[]): number[] {
	return values.map((_, i) => i).sort((a, b) => (values[b] as number) - (values[a] as number));
}

describe('permutationImportance', () => {
	it('orders columns as scikit-learn does, and puts those that tell nothing last', async () => {
		for (const [data, measure, order] of [
			[answer, 'auc', forests.order.answer],
			[number, 'r2', forests.order.number]
		] as const) {
			const forest = await growForest(data, OPTIONS);
			const found = await permutationImportance(forest, data, { measure, rows, groups, repeats: 5, seed: 1 });
			const drops = found.drops.map(({ value }) => value);
			expect(falling(drops).slice(0, 4)).toEqual(order.slice(0, 4));
			expect(found.judged).toBe(1000);
			for (const [c, { value, low, high }] of found.drops.entries()) {
				expect(low).toBeLessThanOrEqual(value);
				expect(high).toBeGreaterThanOrEqual(value);
				expect([c, low > 0.001]).toEqual([c, c < 4]);
			}
		}
	});

	it('measures the forest out of bag', async () => {
		const options = { rows, groups: [], repeats: 1, seed: 1 };
		const classes = await growForest(answer, OPTIONS);
		const { skill } = await permutationImportance(classes, answer, { ...options, measure: 'auc' });
		expect(skill.value).toBeCloseTo(auc(classes.outOfBag, forests.answer), 12);
		const numbers = await growForest(number, OPTIONS);
		const fit = (await permutationImportance(numbers, number, { ...options, measure: 'r2' })).skill;
		expect(fit.value).toBeCloseTo(explained(numbers.outOfBag, number.outcome), 12);
		expect(fit.high - fit.low).toBeGreaterThan(0.02);
		expect(fit.high - fit.low).toBeLessThan(0.12);
	});

	it('finds what near-copies hide from each other when they are shuffled together', async () => {
		const random = seeded(4);
		const copy = forests.columns[0]?.map((value) => value + 0.02 * random()) ?? [];
		const data = { ...answer, columns: [...columns, ...binned([copy])] };
		const forest = await growForest(data, OPTIONS);
		const { drops } = await permutationImportance(forest, data, {
			measure: 'auc',
			rows,
			groups: [[0], [7], [0, 7]],
			repeats: 5,
			seed: 1
		});
		const [one, other, both] = drops.map(({ value }) => value) as [number, number, number];
		expect(both).toBeGreaterThan(1.5 * one);
		expect(both).toBeGreaterThan(1.5 * other);
	});

	it('is nothing for a column that no tree asks', async () => {
		const data = { ...answer, columns: [...columns, new Uint8Array(1000)] };
		const forest = await growForest(data, OPTIONS);
		const { drops } = await permutationImportance(forest, data, {
			measure: 'auc',
			rows,
			groups: [[7]],
			repeats: 2,
			seed: 1
		});
		expect(drops).toEqual([{ value: 0, low: 0, high: 0 }]);
	});

	it('is a matter of the seed alone, group by group', async () => {
		const forest = await growForest(answer, { ...OPTIONS, treeCount: 10 });
		const options = { measure: 'auc', rows, repeats: 2, seed: 3 } as const;
		const all = await permutationImportance(forest, answer, { ...options, groups });
		const first = await permutationImportance(forest, answer, { ...options, groups: groups.slice(0, 2) });
		expect(first.drops).toEqual(all.drops.slice(0, 2));
	});
});
