import type { Matrix } from '#lib/core/matrix.ts';
import { rowsOf } from '#lib/core/matrix.ts';
import type { Union } from './linkage.ts';
import { WardIndex, WardMemory, type WeightedMeans } from './ward-index.ts';

/** The index is made anew when so few of its clusters are left, but not for so few that it saves nothing. */
const LEFT_BEFORE_ANEW = 0.6;
const FEWEST_ANEW = 64;
/** Progress is told after so many unions. */
const UNIONS_PER_REPORT = 512;

export interface WardOptions {
	/** Told how much is done, below 1. */
	readonly onProgress: (share: number) => void;
	/** Plain TypeScript in place of the kernel; the unions are the same. */
	readonly plain?: boolean;
}

/**
 * Ward's hierarchical clustering (Ward 1963) by chains of nearest neighbours (Murtagh 1983): from any cluster to the one
 * whose union with it costs least, from there on, until two are nearest to each other; these unite. Unions come in the
 * order of the chains, not by height; a height is the square root of twice the cost, as in SciPy.
 *
 * What a union costs follows from two means and two sizes alone, so that no table of distances is needed: O(n·d) memory,
 * and, as a search looks at few blocks of a `WardIndex`, near O(n·log n·d) time where columns are few; O(n²·d) at worst.
 */
export function wardUnions(data: Matrix, { onProgress, plain = false }: WardOptions): Union[] {
	const { clusters, unions } = uniteCopies(data);
	const memory = new WardMemory(plain);
	let index = new WardIndex(clusters, memory);
	let chain: number[] = [];
	let first = 0;
	for (let left = clusters.weights.length; left > 1; left -= 1) {
		if (left < LEFT_BEFORE_ANEW * index.placeCount && left > FEWEST_ANEW) {
			const rows = chain.map((place) => index.rows[place] as number);
			index = new WardIndex(clustersOf(index, left, data.columnCount), memory);
			chain = rows.map((row) => index.rows.indexOf(row));
			first = 0;
		}
		if (chain.length === 0) {
			while (index.weights[first] === 0) first += 1;
			chain.push(first);
		}
		const { pair, cost } = followChain(index, chain);
		const [one, other] = pair.map((place) => index.rows[place] as number) as [number, number];
		unions.push({ first: one, second: other, height: Math.sqrt(2 * cost) });
		index.unite(...pair);
		if (left % UNIONS_PER_REPORT === 0) onProgress(1 - left / clusters.weights.length);
	}
	return unions;
}

/** Goes on from cluster to nearest cluster until two are nearest to each other; takes these from the chain. */
function followChain(index: WardIndex, chain: number[]): { pair: [number, number]; cost: number } {
	for (;;) {
		const own = chain.at(-1) as number;
		const previous = chain.at(-2) ?? -1;
		const cost = previous < 0 ? Infinity : index.costOf(own, previous);
		// The one before stays where another is as near: the chain could go round otherwise.
		const next = index.nearest(own, cost, previous);
		if (next === previous) {
			chain.length -= 2;
			return { pair: [own, previous], cost };
		}
		chain.push(next);
	}
}

/** Rows that are the same united first, at height 0: clusters for the rest, each named by the last of its rows. */
function uniteCopies(data: Matrix): { clusters: WeightedMeans; unions: Union[] } {
	const { values, rowCount, columnCount } = data;
	const compare = (a: number, b: number): number => {
		for (let c = 0; c < columnCount; c += 1) {
			const difference = (values[a * columnCount + c] as number) - (values[b * columnCount + c] as number);
			if (difference !== 0) return difference;
		}
		return 0;
	};
	const ordered = Int32Array.from({ length: rowCount }, (_, row) => row).sort(
		(a, b) => compare(a, b) || a - b
	);
	const unions: Union[] = [];
	const last: number[] = [];
	const weights: number[] = [];
	ordered.forEach((row, i) => {
		const before = ordered[i - 1];
		if (before === undefined || compare(before, row) !== 0) {
			last.push(row);
			weights.push(1);
			return;
		}
		unions.push({ first: before, second: row, height: 0 });
		last[last.length - 1] = row;
		weights[weights.length - 1]! += 1;
	});
	const rows = Int32Array.from(last);
	return { clusters: { means: rowsOf(data, rows), weights: Float64Array.from(weights), rows }, unions };
}

/** The clusters of an index that are left. */
function clustersOf(index: WardIndex, left: number, columnCount: number): WeightedMeans {
	const values = new Float64Array(left * columnCount);
	const weights = new Float64Array(left);
	const rows = new Int32Array(left);
	let at = 0;
	for (let place = 0; place < index.placeCount; place += 1) {
		if (index.weights[place] === 0) continue;
		values.set(index.meanAt(place), at * columnCount);
		weights[at] = index.weights[place] as number;
		rows[at] = index.rows[place] as number;
		at += 1;
	}
	return { means: { values, rowCount: left, columnCount }, weights, rows };
}
