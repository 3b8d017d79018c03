import type { Matrix } from '#lib/core/matrix.ts';
import type { Union } from './linkage.ts';

/** Progress is told after so many unions. */
const UNIONS_PER_REPORT = 64;

/**
 * Average or complete linkage by chains of nearest neighbours (Murtagh 1983) over a table of all distances, which every
 * union brings up to date by the formula of Lance & Williams (1967). O(n²) time and 4 n² bytes; unions come in the order
 * of the chains, not by height.
 *
 * @param onProgress told how much is done, below 1
 */
export function matrixUnions(
	data: Matrix,
	kind: 'average' | 'complete',
	onProgress: (share: number) => void
): Union[] {
	const { rowCount } = data;
	const table = distanceTable(data);
	const sizes = new Int32Array(rowCount).fill(1);
	const alive = Int32Array.from({ length: rowCount }, (_, row) => row);
	const unions: Union[] = [];
	const chain: number[] = [];
	for (let left = rowCount; left > 1; left -= 1) {
		const [first, second] = followChain(table, alive.subarray(0, left), chain);
		unions.push({ first, second, height: table[placeOf(first, second)] as number });
		const [gone, kept] = first < second ? [first, second] : [second, first];
		drop(alive, gone, left);
		unite(table, alive.subarray(0, left - 1), { gone, kept }, kind, sizes);
		sizes[kept]! += sizes[gone] as number;
		if (unions.length % UNIONS_PER_REPORT === 0) onProgress(1 - (left / rowCount) ** 2);
	}
	return unions;
}

/** Place of a pair in the table: the lower triangle by rows. */
function placeOf(first: number, second: number): number {
	return first > second ? (first * (first - 1)) / 2 + second : (second * (second - 1)) / 2 + first;
}

function distanceTable({ values, rowCount, columnCount }: Matrix): Float64Array {
	const table = new Float64Array((rowCount * (rowCount - 1)) / 2);
	let place = 0;
	for (let row = 1; row < rowCount; row += 1) {
		for (let other = 0; other < row; other += 1) {
			let sum = 0;
			for (let c = 0; c < columnCount; c += 1) {
				const difference =
					(values[row * columnCount + c] as number) - (values[other * columnCount + c] as number);
				sum += difference * difference;
			}
			table[place++] = Math.sqrt(sum);
		}
	}
	return table;
}

/** Goes on from cluster to nearest cluster until two are nearest to each other; takes these from the chain. */
function followChain(table: Float64Array, alive: Int32Array, chain: number[]): [number, number] {
	if (chain.length === 0) chain.push(alive[0] as number);
	for (;;) {
		const own = chain.at(-1) as number;
		const previous = chain.at(-2) ?? -1;
		// The one before is kept where another is as near: the chain could go round otherwise.
		let nearest = previous;
		let least = previous < 0 ? Infinity : (table[placeOf(own, previous)] as number);
		const ownRow = (own * (own - 1)) / 2;
		let i = 0;
		for (; (alive[i] as number) < own; i += 1) {
			const other = alive[i] as number;
			const distance = table[ownRow + other] as number;
			if (distance < least) [least, nearest] = [distance, other];
		}
		for (i += 1; i < alive.length; i += 1) {
			const other = alive[i] as number;
			const distance = table[(other * (other - 1)) / 2 + own] as number;
			if (distance < least) [least, nearest] = [distance, other];
		}
		if (nearest === previous) {
			chain.length -= 2;
			return [own, previous];
		}
		chain.push(nearest);
	}
}

/** Takes a cluster out of the first `left` of the ascending list. */
function drop(alive: Int32Array, gone: number, left: number): void {
	const at = alive.indexOf(gone);
	alive.copyWithin(at, at + 1, left);
}

/** Distances from the union, which takes the place of `kept`. */
function unite(
	table: Float64Array,
	alive: Int32Array,
	{ gone, kept }: { readonly gone: number; readonly kept: number },
	kind: 'average' | 'complete',
	sizes: Int32Array
): void {
	const [goneSize, keptSize] = [sizes[gone] as number, sizes[kept] as number];
	for (const other of alive) {
		if (other === kept) continue;
		const place = placeOf(kept, other);
		const [before, added] = [table[place] as number, table[placeOf(gone, other)] as number];
		table[place] =
			kind === 'complete'
				? Math.max(before, added)
				: (goneSize * added + keptSize * before) / (goneSize + keptSize);
	}
}
