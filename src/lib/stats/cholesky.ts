/**
 * The lower triangular factor L of a positive definite matrix, A = L·Lᵀ, by rows with zeros above the diagonal
 * (Cholesky–Banachiewicz). O(d³).
 *
 * @param matrix d × d by rows; only its lower triangle is read
 * @throws RangeError when the matrix is not square or not positive definite
 */
export function cholesky(matrix: ArrayLike<number>): Float64Array {
	const size = Math.sqrt(matrix.length);
	if (!Number.isInteger(size)) throw new RangeError(`${matrix.length} numbers are no square matrix`);
	const factor = new Float64Array(matrix.length);
	for (let row = 0; row < size; row += 1) {
		for (let column = 0; column <= row; column += 1) {
			let rest = matrix[row * size + column] as number;
			for (let i = 0; i < column; i += 1)
				rest -= (factor[row * size + i] as number) * (factor[column * size + i] as number);
			if (row !== column) factor[row * size + column] = rest / (factor[column * size + column] as number);
			else if (rest > 0) factor[row * size + row] = Math.sqrt(rest);
			else throw new RangeError(`not positive definite at ${row}: ${rest}`);
		}
	}
	return factor;
}
