import type { Matrix } from '#lib/core/matrix.ts';
import { chunkDbscan } from './dbscan-chunks.ts';
import { kernelDbscan } from './dbscan-kernel.ts';
import { DisjointSets } from './disjoint-sets.ts';
import { gridBlocks } from './grid-blocks.ts';
import { blockCount, type NearBlocks, type NeighbourBlocks } from './neighbour-blocks.ts';
import { buildSpatialIndex } from './spatial-index.ts';
import { treeBlocks } from './tree-blocks.ts';

export interface DbscanOptions {
	/** Rows at most so far from each other are neighbours. Above 0. */
	readonly eps: number;
	/** A row with so many neighbours, itself included, is a core of a cluster. */
	readonly minPoints: number;
	/** Told how much is done, rising from 0 to 1. */
	readonly onProgress?: (share: number) => void;
	/** True for plain TypeScript where a kernel could do it: for tests. */
	readonly plain?: boolean;
}

export interface DbscanFit {
	/** Per row its cluster, −1 for noise. */
	readonly labels: Int32Array;
	readonly clusterCount: number;
}

/** Blocks between two reports of progress. */
const BLOCKS_PER_REPORT = 4096;

/**
 * Density-based clusters (DBSCAN; Ester, Kriegel, Sander and Xu 1996), labelled as scikit-learn's `DBSCAN` labels them:
 * cores that are neighbours share a cluster, clusters are numbered by their first core, and a row that is no core but has
 * cores for neighbours joins the lowest numbered of their clusters.
 *
 * Rows are compared in blocks, cells of a grid up to three columns and parts of a tree above. Where all rows of a block
 * are neighbours, `minPoints` of them are cores without counting, and two such blocks meet as soon as one pair of cores
 * does. Up to three columns a kernel does the same; above, one compares many rows at once and remembers their neighbours.
 * Distances are compared squared and summed by column, as scikit-learn's tree does. O(n) for few columns and a small eps,
 * O(n²) at worst.
 */
export function dbscan(data: Matrix, options: DbscanOptions): DbscanFit {
	const fit = options.plain === true ? null : (kernelDbscan(data, options) ?? chunkDbscan(data, options));
	return fit ?? plainDbscan(data, options);
}

function plainDbscan(data: Matrix, { eps, minPoints, onProgress }: DbscanOptions): DbscanFit {
	const blocks = gridBlocks(data, eps) ?? treeBlocks(buildSpatialIndex(data), eps);
	const search = startSearch(blocks, eps * eps, minPoints);
	const count = blockCount(blocks);
	const pass = (number: number, work: (search: Search, block: number, near: NearBlocks) => void): void => {
		const near = blocks.walk();
		for (let block = 0; block < count; block += 1) {
			if (block % BLOCKS_PER_REPORT === 0) onProgress?.((number + block / count) / 3);
			work(search, block, near);
		}
	};
	pass(0, markCores);
	pass(1, joinCores);
	const clusterCount = numberClusters(search);
	pass(2, labelBorders);
	onProgress?.(1);
	const labels = new Int32Array(data.rowCount);
	for (let i = 0; i < labels.length; i += 1) labels[blocks.order[i] as number] = search.labels[i] as number;
	return { labels, clusterCount };
}

/** What the passes share. */
interface Search {
	readonly blocks: NeighbourBlocks;
	/** The square of eps. */
	readonly limit: number;
	readonly minPoints: number;
	/** Per position 1 for a core. */
	readonly cores: Uint8Array;
	/** Per block its first core, −1 without. */
	readonly firstCores: Int32Array;
	/** Sets of positions: the cores of a cluster are one. */
	readonly sets: DisjointSets;
	/** Per position its cluster, −1 for noise. */
	readonly labels: Int32Array;
	/** Room for the blocks near the one at hand, and for those with cores. */
	readonly near: Int32Array;
	readonly coreBlocks: Int32Array;
}

function startSearch(blocks: NeighbourBlocks, limit: number, minPoints: number): Search {
	const { length } = blocks.order;
	return {
		...{ blocks, limit, minPoints },
		cores: new Uint8Array(length),
		firstCores: new Int32Array(blockCount(blocks)).fill(-1),
		sets: new DisjointSets(length),
		labels: new Int32Array(length).fill(-1),
		near: new Int32Array(2 * blockCount(blocks)),
		coreBlocks: new Int32Array(blockCount(blocks))
	};
}

function markCores(search: Search, block: number, nearBlocks: NearBlocks): void {
	const { blocks, minPoints, cores, firstCores, sets, near } = search;
	const { starts } = blocks;
	const [start, end] = [starts[block] as number, starts[block + 1] as number];
	const isTight = blocks.isTight[block] === 1;
	const isDense = isTight && end - start >= minPoints;
	const written = isDense ? 0 : nearBlocks(block, near);
	if (!isDense && rowsNear(search, written) < minPoints) return;
	for (let i = start; i < end; i += 1) {
		if (!isDense && !hasNeighbours(search, i, written)) continue;
		cores[i] = 1;
		if (firstCores[block] === -1) firstCores[block] = i;
		else if (isTight) sets.join(firstCores[block] as number, i);
	}
}

function rowsNear({ blocks: { starts }, near }: Search, written: number): number {
	let count = 0;
	for (let at = 0; at < written; at += 2) {
		count += (starts[near[at + 1] as number] as number) - (starts[near[at] as number] as number);
	}
	return count;
}

/** True when a row has neighbours enough among the near blocks. */
function hasNeighbours(
	{ blocks, limit, minPoints, near }: Search,
	position: number,
	written: number
): boolean {
	const { starts, values, columnCount } = blocks;
	let lacking = minPoints;
	for (let at = 0; at < written && lacking > 0; at += 2) {
		const [from, to] = [starts[near[at] as number] as number, starts[near[at + 1] as number] as number];
		lacking -= countWithin(values, columnCount, position, from, to, limit);
	}
	return lacking <= 0;
}

/** Joins the cores of a block with those of the blocks before it. */
function joinCores(search: Search, block: number, nearBlocks: NearBlocks): void {
	const { blocks, firstCores, sets, near } = search;
	const first = firstCores[block] as number;
	if (first === -1) return;
	const written = nearBlocks(block, near);
	if (blocks.isTight[block] === 0) joinPairs(search, block, block, false);
	for (let at = 0; at < written; at += 2) {
		const to = Math.min(near[at + 1] as number, block);
		for (let other = near[at] as number; other < to; other += 1) {
			const theirs = firstCores[other] as number;
			if (theirs === -1) continue;
			const isOneEnough = blocks.isTight[block] === 1 && blocks.isTight[other] === 1;
			if (isOneEnough && sets.find(first) === sets.find(theirs)) continue;
			joinPairs(search, block, other, isOneEnough);
		}
	}
}

/** Joins cores of two blocks that are neighbours: all of them, or the first pair where that is enough. */
function joinPairs(
	{ blocks, limit, cores, firstCores, sets }: Search,
	block: number,
	other: number,
	isOneEnough: boolean
): void {
	const { starts, values, columnCount } = blocks;
	const [end, otherEnd] = [starts[block + 1] as number, starts[other + 1] as number];
	for (let i = firstCores[block] as number; i < end; i += 1) {
		if (cores[i] === 0) continue;
		for (let j = block === other ? i + 1 : (firstCores[other] as number); j < otherEnd; j += 1) {
			if (cores[j] === 0 || squaredDistance(values, columnCount, i, j) > limit) continue;
			sets.join(i, j);
			if (isOneEnough) return;
		}
	}
}

/** Numbers the clusters by their first core in the order of rows. */
function numberClusters({ blocks: { order }, cores, sets, labels }: Search): number {
	const positions = new Int32Array(order.length);
	for (let i = 0; i < order.length; i += 1) positions[order[i] as number] = i;
	const numbers = new Int32Array(order.length).fill(-1);
	let count = 0;
	for (let row = 0; row < order.length; row += 1) {
		const position = positions[row] as number;
		if (cores[position] === 0) continue;
		const set = sets.find(position);
		if (numbers[set] === -1) numbers[set] = count++;
		labels[position] = numbers[set] as number;
	}
	return count;
}

/** Gives rows that are no cores to the lowest numbered cluster with a core for a neighbour. */
function labelBorders(search: Search, block: number, nearBlocks: NearBlocks): void {
	const { blocks, cores, labels, near } = search;
	let written = -1;
	for (let i = blocks.starts[block] as number; i < (blocks.starts[block + 1] as number); i += 1) {
		if (cores[i] === 1) continue;
		if (written === -1) written = blocksWithCores(search, nearBlocks(block, near));
		let least = -1;
		for (let at = 0; at < written; at += 1)
			least = leastLabel(search, i, search.coreBlocks[at] as number, least);
		labels[i] = least;
	}
}

/** Writes those of the near blocks that have cores, and answers how many. */
function blocksWithCores({ firstCores, near, coreBlocks }: Search, written: number): number {
	let count = 0;
	for (let at = 0; at < written; at += 2) {
		const to = near[at + 1] as number;
		for (let other = near[at] as number; other < to; other += 1) {
			if (firstCores[other] !== -1) coreBlocks[count++] = other;
		}
	}
	return count;
}

/** The lowest cluster among the cores of a block that are neighbours of a position, or what was found before. */
function leastLabel(search: Search, position: number, block: number, found: number): number {
	const { blocks, limit, cores, firstCores, labels } = search;
	const { starts, values, columnCount, isTight } = blocks;
	const first = firstCores[block] as number;
	let least = found === -1 ? Infinity : found;
	if (isTight[block] === 1 && (labels[first] as number) >= least) return found;
	for (let j = first; j < (starts[block + 1] as number); j += 1) {
		if (cores[j] === 0 || (labels[j] as number) >= least) continue;
		if (squaredDistance(values, columnCount, position, j) <= limit) least = labels[j] as number;
	}
	return least === Infinity ? -1 : least;
}

function countWithin(
	values: Float64Array,
	columnCount: number,
	position: number,
	from: number,
	to: number,
	limit: number
): number {
	if (columnCount === 3) return countWithin3(values, position, from, to, limit);
	let count = 0;
	for (let j = from; j < to; j += 1)
		if (squaredDistance(values, columnCount, position, j) <= limit) count += 1;
	return count;
}

/** The default three features, unrolled. */
function countWithin3(
	values: Float64Array,
	position: number,
	from: number,
	to: number,
	limit: number
): number {
	const p = values[3 * position] as number;
	const q = values[3 * position + 1] as number;
	const r = values[3 * position + 2] as number;
	let count = 0;
	for (let at = 3 * from; at < 3 * to; at += 3) {
		const x = (values[at] as number) - p;
		const y = (values[at + 1] as number) - q;
		const z = (values[at + 2] as number) - r;
		if (x * x + y * y + z * z <= limit) count += 1;
	}
	return count;
}

function squaredDistance(values: Float64Array, columnCount: number, i: number, j: number): number {
	let sum = 0;
	for (let c = 0, a = i * columnCount, b = j * columnCount; c < columnCount; c += 1) {
		const difference = (values[a + c] as number) - (values[b + c] as number);
		sum += difference * difference;
	}
	return sum;
}
