import { columnOf, type Matrix } from '#lib/core/matrix.ts';
import { ascendingOrder, pearson, ranksInOrder } from './correlation.ts';

export type CorrelationKind = 'pearson' | 'spearman';

/**
 * The correlations of all pairs of columns: symmetric, row-major, 1 on the diagonal, NaN where a column does not vary. A
 * pair is over the rows that have both. Orders are found once per column, so Spearman's takes O(d·n log n + d²·n).
 */
export function correlationMatrix(data: Matrix, kind: CorrelationKind): Matrix {
	const size = data.columnCount;
	const columns = Array.from({ length: size }, (_, c) => columnOf(data, c));
	const between = kind === 'pearson' ? pearson : rankCorrelation(columns);
	const values = new Float64Array(size * size);
	for (let a = 0; a < size; a += 1) {
		values[a * size + a] = 1;
		for (let b = 0; b < a; b += 1) {
			const r = between(columns[a] as Float64Array, columns[b] as Float64Array);
			values[a * size + b] = r;
			values[b * size + a] = r;
		}
	}
	return { values, rowCount: size, columnCount: size };
}

/** Spearman's correlation of columns of a table, whose orders and ranks are found once. */
function rankCorrelation(columns: readonly Float64Array[]): (x: Float64Array, y: Float64Array) => number {
	const known = new Map(
		columns.map((column) => {
			const order = ascendingOrder(column);
			return [column, { order, ranks: ranksInOrder(column, order), isFull: order.length === column.length }];
		})
	);
	return (x, y) => {
		const [first, second] = [known.get(x), known.get(y)];
		if (!first || !second) return NaN;
		const xRanks = second.isFull ? first.ranks : ranksInOrder(x, first.order, y);
		const yRanks = first.isFull ? second.ranks : ranksInOrder(y, second.order, x);
		return pearson(xRanks, yRanks);
	};
}
