import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	LOYALTY_PARTS,
	loyaltyFormula,
	loyaltyRanks,
	loyaltyScores,
	loyaltyWeights,
	weighRanks
} from './loyalty.ts';
import { DEFAULT_FEATURES } from './schema.ts';

const EQUAL = Object.fromEntries(LOYALTY_PARTS.map(({ id }) => [id, 1]));
const columnsOf = (columns: Readonly<Record<string, readonly number[]>>) =>
	new Map(Object.entries(columns).map(([part, values]) => [part, Float64Array.from(values)]));

describe('the loyalty score', () => {
	it('is the weighted mean of the shares of the others who have less', () => {
		const columns = columnsOf({ recency: [10, 20, 20], frequency: [5, 1, 1], money: [1, 2, 3] });
		const scores = loyaltyScores(columns, { recency: 2, frequency: 1, money: 1 });
		expect([...scores]).toEqual([75, (100 * (2 * 0.5 + 0 + 0.5)) / 4, (100 * (2 * 0.5 + 0 + 1)) / 4]);
	});

	it('is 0 where nothing counts, and for a customer alone that of the reversed parts', () => {
		const columns = columnsOf({ recency: [10], frequency: [5] });
		expect([...loyaltyScores(columns, {})]).toEqual([0]);
		expect([...loyaltyScores(columns, { recency: 1, frequency: 3 })]).toEqual([25]);
		expect([...loyaltyScores(new Map(), EQUAL)]).toEqual([]);
	});

	it('says its weights in its formula', () => {
		const formula = loyaltyFormula({ loyalty: { weights: { money: 7.5, tenure: 0 } } });
		expect(formula).toContain('3 × bought lately (1 − rank of recency_days)');
		expect(formula).toContain('7.5 × spends much (rank of monetary_total)');
		expect(formula).toContain('0 × customer for long (rank of tenure_days)');
		const named = loyaltyFormula({ loyalty: { weights: {} } }, LOYALTY_PARTS, (id) => `«${id}»`);
		expect(named).toContain('3 × bought lately (1 − rank of «recency_days»)');
		expect(loyaltyWeights(DEFAULT_FEATURES).frequency).toBe(3);
	});

	it('stays within 0 and 100, and weights that are in proportion give the same', () => {
		const column = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 30, maxLength: 30 });
		const weight = fc.integer({ min: 0, max: 100 });
		fc.assert(
			fc.property(column, column, weight, weight, (recency, money, first, second) => {
				const ranks = loyaltyRanks(columnsOf({ recency, money }));
				const scores = weighRanks(ranks, { recency: first, money: second });
				const doubled = weighRanks(ranks, { recency: 2 * first, money: 2 * second });
				scores.forEach((score, i) => {
					expect(score).toBeGreaterThanOrEqual(0);
					expect(score).toBeLessThanOrEqual(100);
					expect(doubled[i]).toBeCloseTo(score, 9);
				});
			}),
			{ seed: 5, numRuns: 40 }
		);
	});
});
