import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { variance } from './moments.ts';
import { columnOf } from '#lib/core/matrix.ts';
import { farthest, fromRows, small } from '../../../tests/oracle/clustering-small.ts';
import { pca, projectRows } from './pca.ts';

describe('principal components', () => {
	it('equal PCA of scikit-learn', () => {
		const { eigenvalues, loadings } = pca(fromRows(small.rows));
		expect(farthest(eigenvalues, small.pca.eigenvalues)).toBeLessThan(1e-11);
		expect(farthest(loadings.values, small.pca.loadings.flat())).toBeLessThan(1e-10);
	});
	it('finds the direction of a line', () => {
		const { eigenvalues, loadings } = pca(
			fromRows([
				[-1, -1],
				[0, 0],
				[1, 1]
			])
		);
		expect([...eigenvalues]).toEqual([expect.closeTo(2, 14), expect.closeTo(0, 14)]);
		expect([...loadings.values.subarray(0, 2)]).toEqual([
			expect.closeTo(Math.SQRT1_2, 14),
			expect.closeTo(Math.SQRT1_2, 14)
		]);
	});
	it('says 0 of rows that do not vary', () => {
		expect([...pca(fromRows([[1, 2]])).eigenvalues]).toEqual([0, 0]);
		expect([...pca(fromRows([[3], [3], [3]])).eigenvalues]).toEqual([0]);
	});
	it('gives scores whose variances are the eigenvalues, and fills up with zeros', () => {
		const data = fromRows(small.rows);
		const found = pca(data);
		const scores = projectRows(data, found, 4);
		const unbiased = data.rowCount / (data.rowCount - 1);
		for (const component of [0, 1, 2]) {
			const spread = variance(columnOf(scores, component)) * unbiased;
			expect(spread).toBeCloseTo(found.eigenvalues[component] as number, 10);
		}
		expect(columnOf(scores, 3).every((value) => value === 0)).toBe(true);
	});
	it('keeps the total variance and unit length for any table', () => {
		const row = fc.tuple(...[0, 1, 2, 3].map(() => fc.integer({ min: -50, max: 50 })));
		fc.assert(
			fc.property(fc.array(row, { minLength: 2, maxLength: 15 }), (rows) => {
				const data = fromRows(rows);
				const { eigenvalues, loadings } = pca(data);
				const unbiased = data.rowCount / (data.rowCount - 1);
				const total = [0, 1, 2, 3].reduce((sum, c) => sum + variance(columnOf(data, c)) * unbiased, 0);
				expect(eigenvalues.reduce((sum, value) => sum + value, 0)).toBeCloseTo(total, 6);
				for (const start of [0, 4, 8, 12]) {
					const length = loadings.values
						.subarray(start, start + 4)
						.reduce((sum, value) => sum + value * value, 0);
					expect(length).toBeCloseTo(1, 10);
				}
			}),
			{ seed: 8 }
		);
	});
});
