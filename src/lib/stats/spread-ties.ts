import { columnOf, fromColumns, type Matrix } from '#lib/core/matrix.ts';
import { seeded, type Random } from '#lib/core/random.ts';

/**
 * Equal values spread evenly between the midpoints to their neighbours, the outermost as far outwards as inwards: counts and
 * rounded numbers stand for all that lies between, and the empty steps of a count are no gaps.
 *
 * @param ascending sorted values
 */
export function spreadTies(ascending: Float64Array): Float64Array {
	const out = ascending.slice();
	for (let from = 0; from < ascending.length;) {
		const value = ascending[from] as number;
		let to = from;
		while (ascending[to] === value) to += 1;
		const below = from > 0 ? (value - (ascending[from - 1] as number)) / 2 : Infinity;
		const above = to < ascending.length ? ((ascending[to] as number) - value) / 2 : Infinity;
		const low = Number.isFinite(below) ? below : above;
		const high = Number.isFinite(above) ? above : below;
		if (to - from > 1 && Number.isFinite(low)) {
			for (let i = from; i < to; i += 1)
				out[i] = value - low + ((i - from + 0.5) / (to - from)) * (low + high);
		}
		from = to;
	}
	return out;
}

/** Rows of equal values are put in an order that is dealt from this seed: the same rows are always spread alike. */
const ORDER_SEED = 1;

/** A table with `spreadTies` in each column of more than two values; two say yes or no, and stay. O(d·n log n). */
export function spreadColumns(data: Matrix): Matrix {
	const random = seeded(ORDER_SEED);
	return fromColumns(
		Array.from({ length: data.columnCount }, (_, c) => spreadColumn(columnOf(data, c), random))
	);
}

function spreadColumn(column: Float64Array, random: Random): Float64Array {
	if (new Set(column).size <= 2) return column;
	const dealt = column.map(random);
	const rows = Int32Array.from(column, (_, row) => row).sort(
		(a, b) => (column[a] as number) - (column[b] as number) || (dealt[a] as number) - (dealt[b] as number)
	);
	const spread = spreadTies(Float64Array.from(rows, (row) => column[row] as number));
	const out = new Float64Array(column.length);
	rows.forEach((row, i) => (out[row] = spread[i] as number));
	return out;
}
