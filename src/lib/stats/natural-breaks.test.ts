import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { naturalBreaks } from './natural-breaks.ts';
import oracle from '../../../tests/oracle/rfm-schemes.json' with { type: 'json' };

/** The least sum of squared distances to class means among all ways to part the values. */
function leastCost(values: readonly number[], weights: readonly number[], classes: number): number {
	if (classes === 1) return costOf(values, weights);
	let best = Infinity;
	for (let cut = classes - 1; cut < values.length; cut += 1) {
		const left = leastCost(values.slice(0, cut), weights.slice(0, cut), classes - 1);
		best = Math.min(best, left + costOf(values.slice(cut), weights.slice(cut)));
	}
	return best;
}

function costOf(values: readonly number[], weights: readonly number[]): number {
	const total = weights.reduce((sum, weight) => sum + weight, 0);
	const mean = values.reduce((sum, value, i) => sum + value * (weights[i] as number), 0) / total;
	return values.reduce((sum, value, i) => sum + (weights[i] as number) * (value - mean) ** 2, 0);
}

/** The sum of squared distances of classes between these breaks. */
function costBetween(
	values: readonly number[],
	weights: readonly number[],
	breaks: readonly number[]
): number {
	const edges = [-Infinity, ...breaks, Infinity];
	return breaks
		.concat(Infinity)
		.map((to, i) => {
			const places = values.flatMap((value, at) => (value > (edges[i] as number) && value <= to ? [at] : []));
			return costOf(
				places.map((at) => values[at] as number),
				places.map((at) => weights[at] as number)
			);
		})
		.reduce((sum, cost) => sum + cost, 0);
}

describe('naturalBreaks', () => {
	it('finds the gaps', () => {
		expect(naturalBreaks([1, 2, 3, 20, 21, 22, 100], 3)).toEqual([3, 22]);
		expect(naturalBreaks([1, 2, 4, 5, 7, 9, 10, 20], 3)).toEqual([5, 10]);
	});

	it('minds how often a value is there', () => {
		expect(naturalBreaks([1, 2, 4], 2)).toEqual([2]);
		expect(naturalBreaks([1, 2, 4], 2, [9, 1, 1])).toEqual([2]);
		expect(naturalBreaks([1, 2, 4], 2, [100, 1, 1])).toEqual([2]);
		expect(naturalBreaks([1, 2, 4], 2, [100, 10, 1])).toEqual([1]);
	});

	it('gives fewer breaks where there are fewer values', () => {
		expect(naturalBreaks([], 5)).toEqual([]);
		expect(naturalBreaks([7], 5)).toEqual([]);
		expect(naturalBreaks([7, 8], 5)).toEqual([7]);
		expect(naturalBreaks([1, 5, 9], 1)).toEqual([]);
		expect(() => naturalBreaks([1], 0)).toThrow(RangeError);
	});

	it('is as good as the best of all ways', () => {
		const value = fc.integer({ min: -50, max: 50 });
		const values = fc.uniqueArray(value, { minLength: 2, maxLength: 9 });
		const weights = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 9, maxLength: 9 });
		fc.assert(
			fc.property(values, weights, fc.integer({ min: 2, max: 5 }), (found, counts, classes) => {
				const ascending = found.toSorted((a, b) => a - b);
				const weighing = counts.slice(0, ascending.length);
				const k = Math.min(classes, ascending.length);
				const breaks = naturalBreaks(ascending, classes, weighing);
				expect(breaks).toHaveLength(k - 1);
				const cost = costBetween(ascending, weighing, breaks);
				expect(cost).toBeCloseTo(leastCost(ascending, weighing, k), 6);
			}),
			{ seed: 41, numRuns: 150 }
		);
	});

	it.each(oracle.naturalBreaks)(
		'equals the reference on $values.length values in $classes classes',
		(each) => {
			expect(naturalBreaks(each.values, each.classes, each.weights)).toEqual(each.breaks);
		}
	);
});
