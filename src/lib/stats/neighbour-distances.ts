import { isLeaf, siblingOf, squaredDistance, squaredReach, type SpatialIndex } from './spatial-index.ts';

/**
 * How far each position is from the `rank`-th nearest row, itself being the first; from the farthest where there are fewer
 * rows. So a row has at least `rank` neighbours within eps exactly when its distance is at most eps. About
 * O(log n) per position in few dimensions.
 *
 * @param positions those to ask about, rising; all when left out
 */
export function neighbourDistances(
	index: SpatialIndex,
	rank: number,
	positions: Int32Array | null = null,
	onProgress?: (share: number) => void
): Float64Array {
	const asked = positions ?? Int32Array.from({ length: index.rowCount }, (_, i) => i);
	const nearest = new Float64Array(Math.min(rank, index.rowCount));
	const distances = new Float64Array(asked.length);
	let leaf = 0;
	for (let i = 0; i < asked.length; i += 1) {
		const position = asked[i] as number;
		if (i % 4096 === 0) onProgress?.(i / asked.length);
		while (!isLeaf(index, leaf) || (index.ends[leaf] as number) <= position) leaf += 1;
		nearest.fill(Infinity);
		searchOutward(index, position, leaf, nearest);
		distances[i] = Math.sqrt(nearest[nearest.length - 1] as number);
	}
	onProgress?.(1);
	return distances;
}

/** Fills the squared distances of the nearest rows: from the own leaf to ever larger parts around it. */
function searchOutward(index: SpatialIndex, position: number, leaf: number, nearest: Float64Array): void {
	offerLeaf(index, position, leaf, nearest);
	for (let node = leaf; node > 0; node = index.parents[node] as number) {
		const sibling = siblingOf(index, node);
		searchPart(index, position, sibling, nearest);
	}
}

function searchPart(index: SpatialIndex, position: number, part: number, nearest: Float64Array): void {
	const { after } = index;
	const end = after[part] as number;
	for (let node = part; node < end;) {
		if (squaredReach(index, position, node) >= (nearest[nearest.length - 1] as number)) {
			node = after[node] as number;
			continue;
		}
		if (after[node] === node + 1) offerLeaf(index, position, node, nearest);
		node += 1;
	}
}

function offerLeaf(index: SpatialIndex, position: number, leaf: number, nearest: Float64Array): void {
	const last = nearest.length - 1;
	const end = index.ends[leaf] as number;
	for (let i = index.starts[leaf] as number; i < end; i += 1) {
		const squares = squaredDistance(index, position, i);
		if (squares >= (nearest[last] as number)) continue;
		let place = last;
		while (place > 0 && (nearest[place - 1] as number) > squares) {
			nearest[place] = nearest[place - 1] as number;
			place -= 1;
		}
		nearest[place] = squares;
	}
}
