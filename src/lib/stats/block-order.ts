import type { Matrix } from '#lib/core/matrix.ts';

/**
 * The rows in an order that puts near ones into the same block: halved along their widest side until each block has its
 * share, as the leaves of a k-d tree (Bentley 1975). O(n·log(blocks)·d) on average.
 *
 * @param starts where each block begins, and the end of the last; one more than a power of two
 */
export function blockOrder(data: Matrix, starts: Int32Array): Int32Array {
	const order = Int32Array.from({ length: data.rowCount }, (_, row) => row);
	const keys = new Float64Array(data.rowCount);
	const halve = (from: number, to: number): void => {
		if (to - from < 2) return;
		const middle = (from + to) / 2;
		const [first, cut, end] = [starts[from] as number, starts[middle] as number, starts[to] as number];
		const column = widestColumn(data, order, first, end);
		for (let i = first; i < end; i += 1) {
			keys[i] = data.values[(order[i] as number) * data.columnCount + column] as number;
		}
		partition(keys, order, [first, end - 1], cut);
		halve(from, middle);
		halve(middle, to);
	};
	halve(0, starts.length - 1);
	return order;
}

function widestColumn({ values, columnCount }: Matrix, order: Int32Array, from: number, to: number): number {
	let [widest, column] = [-1, 0];
	for (let c = 0; c < columnCount; c += 1) {
		let [low, high] = [Infinity, -Infinity];
		for (let i = from; i < to; i += 1) {
			const value = values[(order[i] as number) * columnCount + c] as number;
			if (value < low) low = value;
			if (value > high) high = value;
		}
		if (high - low > widest) [widest, column] = [high - low, c];
	}
	return column;
}

/** Moves keys, and what goes with them, so that none before `cut` is above one from there on (Hoare 1961). */
function partition(
	keys: Float64Array,
	order: Int32Array,
	[from, to]: readonly [number, number],
	cut: number
): void {
	let [left, right] = [from, to];
	while (left < right) {
		const pivot = keys[(left + right) >> 1] as number;
		let [i, j] = [left, right];
		while (i <= j) {
			while ((keys[i] as number) < pivot) i += 1;
			while ((keys[j] as number) > pivot) j -= 1;
			if (i > j) break;
			const [key, row] = [keys[i] as number, order[i] as number];
			keys[i] = keys[j] as number;
			order[i] = order[j] as number;
			keys[j] = key;
			order[j] = row;
			i += 1;
			j -= 1;
		}
		if (cut <= j) right = j;
		else if (cut >= i) left = i;
		else return;
	}
}
