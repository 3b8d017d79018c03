import { expect, it } from 'vitest';
import { nearCopies } from './near-copies.ts';

/** A symmetric matrix from its upper triangle, row by row. */
function symmetric(size: number, upper: readonly number[]) {
	const values = new Float64Array(size * size).fill(1);
	let at = 0;
	for (let a = 0; a < size; a += 1) {
		for (let b = a + 1; b < size; b += 1) {
			values[a * size + b] = upper[at] as number;
			values[b * size + a] = upper[at++] as number;
		}
	}
	return { values, rowCount: size, columnCount: size };
}

it('groups what is alike pair by pair, whichever way it points', () => {
	const matrix = symmetric(5, [0.95, 0.1, -0.97, 0, 0.2, -0.93, NaN, 0.05, 0.91, 0.1]);
	expect(nearCopies(matrix, [0, 1, 2, 3, 4], 0.9)).toEqual([
		[0, 1, 3],
		[2, 4]
	]);
	expect(nearCopies(matrix, [0, 2, 4], 0.9)).toEqual([[2, 4]]);
	expect(nearCopies(matrix, [0, 1, 2, 3, 4], 0.99)).toEqual([]);
});

it('does not chain: the ends of a row of neighbours are no copies', () => {
	const chain = symmetric(3, [0.95, 0.8, 0.94]);
	expect(nearCopies(chain, [0, 1, 2], 0.9)).toEqual([[0, 1]]);
	expect(nearCopies(chain, [], 0.9)).toEqual([]);
});
