import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { variance } from './moments.ts';
import { columnOf } from '#lib/core/matrix.ts';
import { farthest, fromRows, small } from '../../../tests/oracle/clustering-small.ts';
import { componentCount, pca, projectRows } from './pca.ts';

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
	it('has loadings at right angles, that give the rows back', () => {
		const row = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 5, maxLength: 5 });
		fc.assert(
			fc.property(fc.array(row, { minLength: 1, maxLength: 15 }), (rows) => {
				const data = fromRows(rows);
				const { loadings, means, explained } = pca(data);
				const row = (i: number) => loadings.values.subarray(i * 5, i * 5 + 5);
				for (let a = 0; a < 5; a += 1)
					for (let b = 0; b < 5; b += 1)
						expect(row(a).reduce((sum, value, i) => sum + value * (row(b)[i] as number), 0)).toBeCloseTo(
							a === b ? 1 : 0,
							10
						);
				expect([...explained]).toEqual([...explained].sort((a, b) => b - a));
				const scores = projectRows(data, { loadings, means }, 5);
				const back = rows.map((_, i) =>
					means.map((centre, c) =>
						[0, 1, 2, 3, 4].reduce(
							(sum, k) => sum + (scores.values[i * 5 + k] as number) * (loadings.values[k * 5 + c] as number),
							centre
						)
					)
				);
				expect(
					farthest(
						back.flatMap((each) => [...each]),
						rows.flat()
					)
				).toBeLessThan(1e-10);
			}),
			{ seed: 9 }
		);
	});
	it('follows the columns when they change places, and does not mind the order of rows', () => {
		const data = fromRows(small.rows);
		const turned = pca(fromRows(small.rows.map((row) => row.toReversed()).toReversed()));
		const { eigenvalues, loadings } = pca(data);
		expect(farthest(turned.eigenvalues, eigenvalues)).toBeLessThan(1e-12);
		for (const start of [0, 3, 6]) {
			const [own, other] = [loadings, turned.loadings].map(({ values }) => values.slice(start, start + 3));
			expect(farthest([...(other ?? [])].toReversed(), own ?? [])).toBeLessThan(1e-11);
		}
	});
	it('finds the same in rows that stand there twice', () => {
		const { explained, loadings } = pca(fromRows(small.rows));
		const twice = pca(fromRows([...small.rows, ...small.rows]));
		expect(farthest(twice.explained, explained)).toBeLessThan(1e-12);
		expect(farthest(twice.loadings.values, loadings.values)).toBeLessThan(1e-11);
	});
	it('gives a column that does not vary, or repeats another, a component without a share', () => {
		const same = pca(fromRows(small.rows.map(([a = 0, b = 0]) => [a, 7, b])));
		expect([...same.loadings.values.subarray(6, 9)]).toEqual([0, 1, 0]);
		const copied = pca(fromRows(small.rows.map(([a = 0]) => [a, a])));
		expect(copied.explained[1]).toBeCloseTo(0, 14);
		expect(copied.loadings.values[0]).toBeCloseTo(Math.SQRT1_2, 12);
	});
	it('is the column itself when there is one', () => {
		const { explained, loadings, eigenvalues } = pca(fromRows([[1], [2], [6]]));
		expect([[...explained], [...loadings.values], [...eigenvalues]]).toEqual([[1], [1], [7]]);
	});
});

describe('the number of components', () => {
	it.each([
		[[0.5, 0.3, 0.2], 0.5, 1],
		[[0.5, 0.3, 0.2], 0.51, 2],
		[[0.5, 0.3, 0.2], 0.8, 2],
		[[0.5, 0.3, 0.2], 0.9, 3],
		[[0.1, 0.1, 0.1, 0.7 - 1e-16], 1, 4],
		[[1, 0], 1, 1],
		[[0, 0, 0], 0.9, 1]
	])('of %j that hold %d is %i', (explained, share, expected) => {
		expect(componentCount(explained, share)).toBe(expected);
	});
});
