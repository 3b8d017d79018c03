import type { Matrix } from '#lib/core/matrix.ts';

/**
 * Squared Euclidean distances from every row to one point, written to `out`. O(n·d); unrolled for two and
 * three columns.
 */
export function squaredDistances(data: Matrix, point: ArrayLike<number>, out: Float64Array): void {
	switch (data.columnCount) {
		case 2:
			return distances2(data, point, out);
		case 3:
			return distances3(data, point, out);
		default:
			return distancesAny(data, point, out);
	}
}

/** One row of a matrix, as a view. */
export function rowAt({ values, columnCount }: Matrix, row: number): Float64Array {
	return values.subarray(row * columnCount, (row + 1) * columnCount);
}

function distances2({ values, rowCount }: Matrix, point: ArrayLike<number>, out: Float64Array): void {
	const [p, q] = [point[0] as number, point[1] as number];
	for (let row = 0, at = 0; row < rowCount; row += 1, at += 2) {
		const x = (values[at] as number) - p;
		const y = (values[at + 1] as number) - q;
		out[row] = x * x + y * y;
	}
}

function distances3({ values, rowCount }: Matrix, point: ArrayLike<number>, out: Float64Array): void {
	const [p, q, r] = [point[0] as number, point[1] as number, point[2] as number];
	for (let row = 0, at = 0; row < rowCount; row += 1, at += 3) {
		const x = (values[at] as number) - p;
		const y = (values[at + 1] as number) - q;
		const z = (values[at + 2] as number) - r;
		out[row] = x * x + y * y + z * z;
	}
}

function distancesAny(
	{ values, rowCount, columnCount }: Matrix,
	point: ArrayLike<number>,
	out: Float64Array
): void {
	for (let row = 0, at = 0; row < rowCount; row += 1) {
		let sum = 0;
		for (let c = 0; c < columnCount; c += 1, at += 1) {
			const difference = (values[at] as number) - (point[c] as number);
			sum += difference * difference;
		}
		out[row] = sum;
	}
}
