import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cholesky } from './cholesky.ts';

describe('cholesky', () => {
	it('factors a matrix by hand', () => {
		expect([...cholesky([4, 12, -16, 12, 37, -43, -16, -43, 98])]).toEqual([2, 0, 0, 6, 1, 0, -8, 5, 3]);
	});
	it('gives back the matrix it was made of', () => {
		fc.assert(
			fc.property(
				fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 9, maxLength: 9 }),
				(root) => {
					const at = (row: number, column: number): number => root[row * 3 + column] as number;
					const product = Array.from({ length: 9 }, (_, i) => {
						const [row, column] = [Math.floor(i / 3), i % 3];
						const sum = [0, 1, 2].reduce((total, c) => total + at(row, c) * at(column, c), 0);
						return sum + (row === column ? 1 : 0);
					});
					const factor = cholesky(product);
					product.forEach((value, i) => {
						const [row, column] = [Math.floor(i / 3), i % 3];
						const back = [0, 1, 2].reduce(
							(total, c) => total + (factor[row * 3 + c] as number) * (factor[column * 3 + c] as number),
							0
						);
						expect(back).toBeCloseTo(value, 9);
					});
				}
			),
			{ seed: 1 }
		);
	});
	it.each([[[1, 2, 2, 1]], [[0]], [[-1]]])('refuses %j, which is not positive definite', (matrix) => {
		expect(() => cholesky(matrix)).toThrow(/not positive definite/);
	});
	it('refuses what is not square', () => {
		expect(() => cholesky([1, 2])).toThrow(/no square/);
	});
});
