import type { Matrix } from '#lib/core/matrix.ts';
import { rowsOf } from '#lib/core/matrix.ts';
import { below, deriveSeed, sampleWithoutReplacement, seeded, type Random } from '#lib/core/random.ts';
import { columnMoments } from './moments.ts';

/** Numbers and categories of the same rows. */
export interface MixedData {
	readonly numbers: Matrix;
	/** Row-major codes of categories: `codes[row * categoryCount + category]`. */
	readonly codes: Int32Array;
	/** Per category how many levels it has; codes are below. */
	readonly levelCounts: readonly number[];
}

export interface KPrototypesOptions {
	/** 1 to 250, at most as many as there are rows that differ. */
	readonly clusterCount: number;
	/** What one different category counts, as a squared distance. */
	readonly gamma: number;
	readonly seed: number;
	/** Different starts, of which the best is kept. */
	readonly initCount: number;
	/** Told how much is done, 0 to 1. */
	readonly onProgress?: (share: number) => void;
}

export interface KPrototypesFit {
	readonly labels: Uint8Array;
	/** k × d: the means. */
	readonly centroids: Float64Array;
	/** k × categories: the most frequent levels. */
	readonly modes: Int32Array;
	/** Σ |row − mean|² + γ · Σ categories that differ from the mode: what is made small. */
	readonly cost: number;
	readonly iterations: number;
}

/** The search runs on a sample of so many rows, its best goes on with all. */
const SEARCH_ROWS = 5000;
const MOST_ITERATIONS = 300;
/** Of more rows than are searched a pass that moves so few is the last. */
const MOVED_AT_END = 1e-4;
/** Swaps for each start. */
const SWAPS_PER_START = 2;
/** The part of the progress that is the search. */
const SEARCH_SHARE = 0.6;

/**
 * k-prototypes (Huang 1998): clusters around a mean of the numbers and the most frequent level of each category, from
 * several greedy k-means++ starts in the same distance, the best made better by swaps. In turn every row goes to its nearest prototype, and prototypes
 * are made anew, until nothing moves (of more than 5,000 rows: less
 * than one in 10,000); a prototype without rows takes the row that is farthest from its own. Up to 5,000
 * rows the search runs on all of them, above that on a sample. O(n·k·(d + categories)) per pass; same seed, same answer.
 */
export function kPrototypes(data: MixedData, options: KPrototypesOptions): KPrototypesFit {
	const { gamma, seed, onProgress } = options;
	const { rowCount } = data.numbers;
	const sample =
		rowCount > SEARCH_ROWS
			? rowsOfMixed(data, sampleWithoutReplacement(seeded(seed), SEARCH_ROWS, rowCount))
			: data;
	const found = search(sample, { ...options, onProgress: (share) => onProgress?.(share * SEARCH_SHARE) });
	const settled = sample === data ? found : settle(data, { ...found, labels: unassigned(rowCount) }, gamma);
	onProgress?.(1);
	const { labels, means, modes, cost, iterations } = settled;
	return { labels, centroids: means, modes, cost, iterations };
}

/** The best of the starts, made better by swaps: a prototype gives way to a row, and stays away where that costs less. */
function search(
	data: MixedData,
	{ clusterCount, gamma, seed, initCount, onProgress }: KPrototypesOptions
): State {
	const tries = initCount * (1 + SWAPS_PER_START);
	let best = settle(data, start(0), gamma);
	for (let trial = 1; trial < tries; trial += 1) {
		onProgress?.(trial / tries);
		const from = trial < initCount ? start(trial) : swap(best, seeded(deriveSeed(seed, trial)));
		const state = settle(data, from, gamma);
		if (state.cost < best.cost) best = state;
	}
	return best;

	function start(trial: number): State {
		return stateAt(data, seedRows(data, clusterCount, gamma, seeded(deriveSeed(seed, trial))));
	}

	function swap(state: State, random: Random): State {
		const { means, modes } = stateAt(data, Int32Array.of(below(random, data.numbers.rowCount)));
		const cluster = below(random, clusterCount);
		const swapped = { ...state, means: state.means.slice(), modes: state.modes.slice() };
		swapped.means.set(means, cluster * means.length);
		swapped.modes.set(modes, cluster * modes.length);
		return { ...swapped, labels: unassigned(data.numbers.rowCount) };
	}
}

/** Half the mean deviation of the numbers (Huang 1998): one different category then weighs about as one number. */
export function defaultGamma(numbers: Matrix): number {
	const { variances } = columnMoments(numbers);
	const mean = variances.reduce((sum, variance) => sum + Math.sqrt(variance), 0) / numbers.columnCount;
	return mean > 0 ? mean / 2 : 1;
}

/**
 * The part of the distances between any two rows that categories make, on average: γ · Σ (1 − Σ p²) of that and twice the
 * variances together, p being the shares of the levels. 0 when there is no distance at all.
 */
export function categoryShare({ numbers, codes, levelCounts }: MixedData, gamma: number): number {
	const { variances } = columnMoments(numbers);
	const ofNumbers = 2 * variances.reduce((sum, variance) => sum + variance, 0);
	let ofCategories = 0;
	levelCounts.forEach((levelCount, category) => {
		const counts = new Float64Array(levelCount);
		for (let at = category; at < codes.length; at += levelCounts.length) counts[codes[at] as number]! += 1;
		const same = counts.reduce((sum, count) => sum + (count / numbers.rowCount) ** 2, 0);
		ofCategories += gamma * (1 - same);
	});
	const all = ofNumbers + ofCategories;
	return all > 0 ? ofCategories / all : 0;
}

/** Prototypes, and who belongs to them. */
interface State {
	readonly labels: Uint8Array;
	readonly means: Float64Array;
	readonly modes: Int32Array;
	/** Of the rows to the prototypes they were given to. */
	readonly cost: number;
	readonly iterations: number;
}

const UNASSIGNED = 255;

function unassigned(rowCount: number): Uint8Array {
	return new Uint8Array(rowCount).fill(UNASSIGNED);
}

/** Prototypes that are rows. */
function stateAt(data: MixedData, rows: Int32Array): State {
	const { numbers, codes } = rowsOfMixed(data, rows);
	const labels = unassigned(data.numbers.rowCount);
	return { labels, means: numbers.values, modes: codes, cost: Infinity, iterations: 0 };
}

function rowsOfMixed({ numbers, codes, levelCounts }: MixedData, rows: Int32Array): MixedData {
	const width = levelCounts.length;
	const own = new Int32Array(rows.length * width);
	rows.forEach((row, i) => own.set(codes.subarray(row * width, (row + 1) * width), i * width));
	return { numbers: rowsOf(numbers, rows), codes: own, levelCounts };
}

function settle(data: MixedData, start: State, gamma: number): State {
	const labels = start.labels.slice();
	const prototypes = { means: start.means.slice(), modes: start.modes.slice() };
	const distances = new Float64Array(labels.length);
	const few = labels.length > SEARCH_ROWS ? labels.length * MOVED_AT_END : 0;
	let iterations = 0;
	for (let changed = Infinity; changed > few && iterations < MOST_ITERATIONS; iterations += 1) {
		changed = assign(data, prototypes, gamma, labels, distances);
		changed += fillEmpty(labels, distances, clusterCountOf(data, prototypes));
		if (changed > 0) remake(data, labels, prototypes);
	}
	measure(data, prototypes, gamma, labels, distances);
	const cost = distances.reduce((sum, distance) => sum + distance, 0);
	return { labels, ...prototypes, cost, iterations };
}

interface Prototypes {
	readonly means: Float64Array;
	readonly modes: Int32Array;
}

function clusterCountOf({ numbers, levelCounts }: MixedData, { means, modes }: Prototypes): number {
	return numbers.columnCount > 0 ? means.length / numbers.columnCount : modes.length / levelCounts.length;
}

/** Gives every row to its nearest prototype, its own on a tie; answers how many changed. */
function assign(
	data: MixedData,
	prototypes: Prototypes,
	gamma: number,
	labels: Uint8Array,
	distances: Float64Array
): number {
	const clusterCount = clusterCountOf(data, prototypes);
	const distanceTo = distanceIn(data, prototypes, gamma);
	let changed = 0;
	for (let row = 0; row < labels.length; row += 1) {
		const before = labels[row] as number;
		let label = before;
		let least = before === UNASSIGNED ? Infinity : distanceTo(row, before);
		for (let cluster = 0; cluster < clusterCount; cluster += 1) {
			const distance = distanceTo(row, cluster);
			if (distance >= least) continue;
			least = distance;
			label = cluster;
		}
		distances[row] = least;
		if (label === before) continue;
		labels[row] = label;
		changed += 1;
	}
	return changed;
}

function measure(
	data: MixedData,
	prototypes: Prototypes,
	gamma: number,
	labels: Uint8Array,
	distances: Float64Array
): void {
	const distanceTo = distanceIn(data, prototypes, gamma);
	labels.forEach((label, row) => (distances[row] = distanceTo(row, label)));
}

function distanceIn(
	{ numbers: { values, columnCount }, codes, levelCounts }: MixedData,
	{ means, modes }: Prototypes,
	gamma: number
): (row: number, cluster: number) => number {
	const width = levelCounts.length;
	return (row, cluster) => {
		let distance = 0;
		for (let c = 0, at = row * columnCount, of = cluster * columnCount; c < columnCount; c += 1) {
			const difference = (values[at + c] as number) - (means[of + c] as number);
			distance += difference * difference;
		}
		for (let c = 0, at = row * width, of = cluster * width; c < width; c += 1) {
			if (codes[at + c] !== modes[of + c]) distance += gamma;
		}
		return distance;
	};
}

/** Gives each cluster without rows the one farthest from its prototype that is not alone; answers how many moved. */
function fillEmpty(labels: Uint8Array, distances: Float64Array, clusterCount: number): number {
	const sizes = new Int32Array(clusterCount);
	for (const label of labels) sizes[label]! += 1;
	let moved = 0;
	for (let cluster = 0; cluster < clusterCount; cluster += 1) {
		if (sizes[cluster] !== 0) continue;
		let farthest = -1;
		let most = 0;
		distances.forEach((distance, row) => {
			if (distance <= most || (sizes[labels[row] as number] as number) < 2) return;
			most = distance;
			farthest = row;
		});
		if (farthest < 0) return moved;
		sizes[labels[farthest] as number]! -= 1;
		sizes[cluster] = 1;
		labels[farthest] = cluster;
		distances[farthest] = 0;
		moved += 1;
	}
	return moved;
}

/** Means and most frequent levels of the rows of each cluster; of equally frequent levels the lower code. */
function remake(
	{ numbers, codes, levelCounts }: MixedData,
	labels: Uint8Array,
	prototypes: Prototypes
): void {
	const { values, columnCount } = numbers;
	const { means, modes } = prototypes;
	const width = levelCounts.length;
	const clusterCount = columnCount > 0 ? means.length / columnCount : modes.length / width;
	const sizes = new Int32Array(clusterCount);
	for (const label of labels) sizes[label]! += 1;
	const sums = new Float64Array(means.length);
	for (let row = 0, at = 0; row < labels.length; row += 1) {
		const of = (labels[row] as number) * columnCount;
		for (let c = 0; c < columnCount; c += 1) sums[of + c]! += values[at++] as number;
	}
	sums.forEach((sum, at) => {
		const size = sizes[Math.floor(at / columnCount)] as number;
		if (size > 0) means[at] = sum / size;
	});
	levelCounts.forEach((levelCount, category) => {
		const counts = new Int32Array(clusterCount * levelCount);
		labels.forEach(
			(label, row) => (counts[label * levelCount + (codes[row * width + category] as number)]! += 1)
		);
		for (let cluster = 0; cluster < clusterCount; cluster += 1) {
			const own = counts.subarray(cluster * levelCount, (cluster + 1) * levelCount);
			if ((sizes[cluster] as number) > 0) modes[cluster * width + category] = firstMost(own);
		}
	});
}

function firstMost(counts: Int32Array): number {
	let most = 0;
	for (let level = 1; level < counts.length; level += 1) {
		if ((counts[level] as number) > (counts[most] as number)) most = level;
	}
	return most;
}

/** Rows to start from: each the best of 2 + ⌊ln k⌋ drawn by their distance to those before (Arthur & Vassilvitskii 2007). */
function seedRows(data: MixedData, clusterCount: number, gamma: number, random: Random): Int32Array {
	const { rowCount } = data.numbers;
	const trials = 2 + Math.floor(Math.log(clusterCount));
	const distancesFrom = (row: number, cap: Float64Array): Float64Array => {
		const { means, modes } = stateAt(data, Int32Array.of(row));
		const distanceTo = distanceIn(data, { means, modes }, gamma);
		return cap.map((least, other) => Math.min(least, distanceTo(other, 0)));
	};
	const rows = new Int32Array(clusterCount);
	rows[0] = below(random, rowCount);
	let nearest = distancesFrom(rows[0] as number, new Float64Array(rowCount).fill(Infinity));
	for (let cluster = 1; cluster < clusterCount; cluster += 1) {
		let least = Infinity;
		let kept = nearest;
		for (let trial = 0; trial < trials; trial += 1) {
			const row = draw(nearest, random);
			const left = distancesFrom(row, nearest);
			const potential = left.reduce((sum, distance) => sum + distance, 0);
			if (potential >= least) continue;
			least = potential;
			kept = left;
			rows[cluster] = row;
		}
		nearest = kept;
	}
	return rows;
}

/** An index drawn in proportion to its mass. */
function draw(mass: Float64Array, random: Random): number {
	let left = random() * mass.reduce((sum, own) => sum + own, 0);
	let last = 0;
	for (let i = 0; i < mass.length; i += 1) {
		if (mass[i] === 0) continue;
		last = i;
		left -= mass[i] as number;
		if (left < 0) return i;
	}
	return last;
}
