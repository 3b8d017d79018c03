/*
 * DBSCAN of rows with up to three columns, in the cells of a grid whose diagonal is eps: all rows of a cell are neighbours.
 * Cells are sorted by column, so the cells near a cell are runs of consecutive ones, and their rows stand side by side.
 *
 * Rows have three columns here; those of fewer begin with zeros, which change no sum. Two rows are compared at once.
 */

export const heapBase: usize = __heap_base;

const REACH: i64 = 2;
const RUNS: i32 = 25;
const DIGIT_BITS: i32 = 11;
const DIGITS: i32 = 1 << DIGIT_BITS;
// Below this, keys and sums of keys are whole 64-bit numbers with room to spare.
const MOST_CELLS: f64 = 4503599627370496;
const NONE: i32 = -1;

let n: i32 = 0;
let limit: f64 = 0;
let minPoints: i32 = 0;
let cellCount: i32 = 0;
let runCount: i32 = 0;

let xs: usize = 0, ys: usize = 0, zs: usize = 0;
let order: usize = 0;
let starts: usize = 0, cellKeys: usize = 0;
let cores: usize = 0, firstCores: usize = 0;
// Sets of cells: each is named by its least.
let parents: usize = 0;
let numbers: usize = 0;
// Per run: how far its middle is from the cell, where it was last, and the rows or cells it holds now.
let offsets: usize = 0, froms: usize = 0, tos: usize = 0, near: usize = 0;

let next: usize = 0;

/** Bytes that `prepare` needs. */
export function roomFor(rowCount: i32): usize {
	return (<usize>rowCount + 4) * 73 + DIGITS * 4 + RUNS * 24 + 512;
}

// @ts-ignore: decorator
@inline function take(bytes: usize): usize {
	const address = next;
	next = (next + bytes + 15) & ~15;
	return address;
}

/**
 * Sorts rows into cells; answers how many there are, or -1 where the grid would have too many.
 * `values` are rows of `columnCount` numbers, 1 to 3; `room` are as many bytes as `roomFor` says.
 */
export function prepare(values: usize, rowCount: i32, columnCount: i32, eps: f64, points: i32, room: usize): i32 {
	n = rowCount;
	limit = eps * eps;
	minPoints = points;
	next = room;
	const padded = <usize>n + 2;
	xs = take(padded << 3);
	ys = take(padded << 3);
	zs = take(padded << 3);
	let keys = take(padded << 3), otherKeys = take(padded << 3);
	order = take(padded << 2);
	let otherOrder = take(padded << 2);
	const counts = take(DIGITS * 4);
	offsets = take(RUNS * 8);
	froms = take(RUNS * 4);
	tos = take(RUNS * 4);
	near = take(RUNS * 8);

	const side = eps / Math.sqrt(<f64>columnCount) * (1 - 1e-9);
	const edge = <f64>REACH * 2 + 1;
	let lowX: f64 = 0, lowY: f64 = 0, lowZ: f64 = 0;
	let countX: f64 = 1, countY: f64 = 1, countZ: f64 = 1;
	for (let c = 0; c < columnCount; c++) {
		let low: f64 = Infinity, high: f64 = -Infinity;
		for (let i = 0; i < n; i++) {
			const value = load<f64>(values + (<usize>(i * columnCount + c) << 3));
			low = min(low, value);
			high = max(high, value);
		}
		// Empty cells around, so that no run goes over the edge into the next line.
		const count = Math.floor((high - low) / side) + edge;
		const at = c + 3 - columnCount;
		if (at == 0) { lowX = low; countX = count; }
		else if (at == 1) { lowY = low; countY = count; }
		else { lowZ = low; countZ = count; }
	}
	const grid = countX * countY * countZ;
	if (!(grid < MOST_CELLS)) return -1;
	const strideY = <i64>countZ, strideX = <i64>(countY * countZ);

	for (let i = 0; i < n; i++) {
		const row = values + (<usize>(i * columnCount) << 3);
		let key: i64 = <i64>((load<f64>(row + (<usize>(columnCount - 1) << 3)) - lowZ) / side) + REACH;
		if (columnCount > 1) key += (<i64>((load<f64>(row + (<usize>(columnCount - 2) << 3)) - lowY) / side) + REACH) * strideY;
		if (columnCount > 2) key += (<i64>((load<f64>(row) - lowX) / side) + REACH) * strideX;
		store<i64>(keys + (<usize>i << 3), key);
		store<i32>(order + (<usize>i << 2), i);
	}
	for (let shift: i64 = 0; ((<i64>1) << shift) < <i64>grid; shift += DIGIT_BITS) {
		sortByDigit(keys, order, otherKeys, otherOrder, counts, shift);
		let swapped = keys;
		keys = otherKeys;
		otherKeys = swapped;
		swapped = order;
		order = otherOrder;
		otherOrder = swapped;
	}
	// What is sorted no longer needs its second half: cells are kept there.
	cellKeys = otherKeys;
	starts = take((padded + 1) << 2);
	cores = take(padded);
	firstCores = take(padded << 2);
	parents = take(padded << 2);
	numbers = otherOrder;
	fillCells(keys);
	fillColumns(values, columnCount);
	fillRuns(columnCount, strideX, strideY);
	return cellCount;
}

function sortByDigit(keys: usize, rows: usize, keysOut: usize, rowsOut: usize, counts: usize, shift: i64): void {
	memory.fill(counts, 0, DIGITS * 4);
	for (let i = 0; i < n; i++) {
		const at = counts + (<usize>((load<i64>(keys + (<usize>i << 3)) >> shift) & (DIGITS - 1)) << 2);
		store<i32>(at, load<i32>(at) + 1);
	}
	let sum = 0;
	for (let digit = 0; digit < DIGITS; digit++) {
		const at = counts + (<usize>digit << 2);
		const count = load<i32>(at);
		store<i32>(at, sum);
		sum += count;
	}
	for (let i = 0; i < n; i++) {
		const key = load<i64>(keys + (<usize>i << 3));
		const at = counts + (<usize>((key >> shift) & (DIGITS - 1)) << 2);
		const place = load<i32>(at);
		store<i32>(at, place + 1);
		store<i64>(keysOut + (<usize>place << 3), key);
		store<i32>(rowsOut + (<usize>place << 2), load<i32>(rows + (<usize>i << 2)));
	}
}

function fillCells(keys: usize): void {
	cellCount = 0;
	let last: i64 = -1;
	for (let i = 0; i < n; i++) {
		const key = load<i64>(keys + (<usize>i << 3));
		if (key == last) continue;
		store<i64>(cellKeys + (<usize>cellCount << 3), key);
		store<i32>(starts + (<usize>cellCount << 2), i);
		store<i32>(parents + (<usize>cellCount << 2), cellCount);
		store<i32>(firstCores + (<usize>cellCount << 2), NONE);
		cellCount++;
		last = key;
	}
	store<i32>(starts + (<usize>cellCount << 2), n);
	memory.fill(cores, 0, n);
}

function fillColumns(values: usize, columnCount: i32): void {
	for (let i = 0; i < n; i++) {
		const row = values + (<usize>(load<i32>(order + (<usize>i << 2)) * columnCount) << 3);
		const at = <usize>i << 3;
		store<f64>(zs + at, load<f64>(row + (<usize>(columnCount - 1) << 3)));
		store<f64>(ys + at, columnCount > 1 ? load<f64>(row + (<usize>(columnCount - 2) << 3)) : 0);
		store<f64>(xs + at, columnCount > 2 ? load<f64>(row) : 0);
	}
}

// The nearest runs first: they decide most often.
function fillRuns(columnCount: i32, strideX: i64, strideY: i64): void {
	runCount = 0;
	const mostX: i64 = columnCount > 2 ? REACH : 0, mostY: i64 = columnCount > 1 ? REACH : 0;
	for (let squares: i64 = 0; squares <= 2 * REACH * REACH; squares++) {
		for (let x = -mostX; x <= mostX; x++) {
			for (let y = -mostY; y <= mostY; y++) {
				if (x * x + y * y != squares) continue;
				store<i64>(offsets + (<usize>runCount << 3), x * strideX + y * strideY);
				runCount++;
			}
		}
	}
}

/** Starts a pass over the cells, which are asked for in rising order. */
export function startPass(): void {
	memory.fill(froms, 0, RUNS * 4);
	memory.fill(tos, 0, RUNS * 4);
}

// Writes the runs of cells near a cell, without empty ones, and answers how many. Runs only move on from cell to cell.
function findNear(cell: i32): i32 {
	const key = load<i64>(cellKeys + (<usize>cell << 3));
	let found = 0;
	for (let run = 0; run < runCount; run++) {
		const middle = key + load<i64>(offsets + (<usize>run << 3));
		let first = load<i32>(froms + (<usize>run << 2));
		while (first < cellCount && load<i64>(cellKeys + (<usize>first << 3)) < middle - REACH) first++;
		let last = max(load<i32>(tos + (<usize>run << 2)), first);
		while (last < cellCount && load<i64>(cellKeys + (<usize>last << 3)) <= middle + REACH) last++;
		store<i32>(froms + (<usize>run << 2), first);
		store<i32>(tos + (<usize>run << 2), last);
		if (first == last) continue;
		store<i32>(near + (<usize>found << 3), first);
		store<i32>(near + (<usize>found << 3), last, 4);
		found++;
	}
	return found;
}

// @ts-ignore: decorator
@inline function startOf(cell: i32): i32 { return load<i32>(starts + (<usize>cell << 2)); }
// @ts-ignore: decorator
@inline function nearFirst(run: i32): i32 { return load<i32>(near + (<usize>run << 3)); }
// @ts-ignore: decorator
@inline function nearLast(run: i32): i32 { return load<i32>(near + (<usize>run << 3), 4); }
// @ts-ignore: decorator
@inline function firstCoreOf(cell: i32): i32 { return load<i32>(firstCores + (<usize>cell << 2)); }

/** Finds the cores of cells. */
export function markCores(from: i32, to: i32): void {
	for (let cell = from; cell < to; cell++) {
		const start = startOf(cell), end = startOf(cell + 1);
		if (end - start >= minPoints) {
			memory.fill(cores + start, 1, end - start);
			store<i32>(firstCores + (<usize>cell << 2), start);
			continue;
		}
		const runs = findNear(cell);
		let rows = 0;
		for (let run = 0; run < runs; run++) rows += startOf(nearLast(run)) - startOf(nearFirst(run));
		if (rows < minPoints) continue;
		for (let i = start; i < end; i++) {
			let count = 0;
			for (let run = 0; run < runs && count < minPoints; run++) {
				count += countWithin(i, startOf(nearFirst(run)), startOf(nearLast(run)));
			}
			if (count < minPoints) continue;
			store<u8>(cores + i, 1);
			if (firstCoreOf(cell) == NONE) store<i32>(firstCores + (<usize>cell << 2), i);
		}
	}
}

function countWithin(i: i32, from: i32, to: i32): i32 {
	const x = load<f64>(xs + (<usize>i << 3)), y = load<f64>(ys + (<usize>i << 3)), z = load<f64>(zs + (<usize>i << 3));
	const wideX = f64x2.splat(x), wideY = f64x2.splat(y), wideZ = f64x2.splat(z), wideLimit = f64x2.splat(limit);
	let counts = i64x2.splat(0);
	let j = from;
	for (; j + 2 <= to; j += 2) {
		const at = <usize>j << 3;
		const a = f64x2.sub(v128.load(xs + at), wideX);
		const b = f64x2.sub(v128.load(ys + at), wideY);
		const c = f64x2.sub(v128.load(zs + at), wideZ);
		const squares = f64x2.add(f64x2.add(f64x2.mul(a, a), f64x2.mul(b, b)), f64x2.mul(c, c));
		counts = i64x2.sub(counts, f64x2.le(squares, wideLimit));
	}
	let count = <i32>(i64x2.extract_lane(counts, 0) + i64x2.extract_lane(counts, 1));
	if (j < to && isNear(x, y, z, j)) count++;
	return count;
}

// @ts-ignore: decorator
@inline function isNear(x: f64, y: f64, z: f64, j: i32): bool {
	const at = <usize>j << 3;
	const a = load<f64>(xs + at) - x, b = load<f64>(ys + at) - y, c = load<f64>(zs + at) - z;
	return a * a + b * b + c * c <= limit;
}

function find(cell: i32): i32 {
	let at = cell;
	while (true) {
		const parent = load<i32>(parents + (<usize>at << 2));
		if (parent == at) return at;
		const grandparent = load<i32>(parents + (<usize>parent << 2));
		store<i32>(parents + (<usize>at << 2), grandparent);
		at = grandparent;
	}
}

/** Joins cells with the cells before them where they have cores that are neighbours. */
export function joinCores(from: i32, to: i32): void {
	for (let cell = from; cell < to; cell++) {
		if (firstCoreOf(cell) == NONE) continue;
		const runs = findNear(cell);
		let own = find(cell);
		for (let run = 0; run < runs; run++) {
			const last = min(nearLast(run), cell);
			for (let other = nearFirst(run); other < last; other++) {
				if (firstCoreOf(other) == NONE) continue;
				const theirs = find(other);
				if (own == theirs || !haveNearCores(cell, other)) continue;
				store<i32>(parents + (<usize>max(own, theirs) << 2), min(own, theirs));
				own = min(own, theirs);
			}
		}
	}
}

function haveNearCores(cell: i32, other: i32): bool {
	const end = startOf(cell + 1), otherEnd = startOf(other + 1), otherStart = firstCoreOf(other);
	for (let i = firstCoreOf(cell); i < end; i++) {
		if (load<u8>(cores + i) == 0) continue;
		const x = load<f64>(xs + (<usize>i << 3)), y = load<f64>(ys + (<usize>i << 3)), z = load<f64>(zs + (<usize>i << 3));
		for (let j = otherStart; j < otherEnd; j++) {
			if (isNear(x, y, z, j) && load<u8>(cores + j) == 1) return true;
		}
	}
	return false;
}

/** Numbers the clusters by their first core in the order of rows, labels cores, and answers how many there are. */
export function numberClusters(labels: usize): i32 {
	memory.fill(labels, 0xff, <usize>n << 2);
	for (let cell = 0; cell < cellCount; cell++) {
		if (firstCoreOf(cell) == NONE) continue;
		const set = find(cell);
		for (let i = firstCoreOf(cell); i < startOf(cell + 1); i++) {
			if (load<u8>(cores + i)) store<i32>(labels + (<usize>load<i32>(order + (<usize>i << 2)) << 2), set);
		}
	}
	memory.fill(numbers, 0xff, <usize>cellCount << 2);
	let count = 0;
	for (let row = 0; row < n; row++) {
		const at = labels + (<usize>row << 2);
		const set = load<i32>(at);
		if (set == NONE) continue;
		if (load<i32>(numbers + (<usize>set << 2)) == NONE) store<i32>(numbers + (<usize>set << 2), count++);
		store<i32>(at, load<i32>(numbers + (<usize>set << 2)));
	}
	return count;
}

/** Gives rows that are no cores to the lowest numbered cluster with a core for a neighbour. */
export function labelBorders(labels: usize, from: i32, to: i32): void {
	for (let cell = from; cell < to; cell++) {
		const start = startOf(cell), end = startOf(cell + 1);
		let runs = NONE;
		for (let i = start; i < end; i++) {
			if (load<u8>(cores + i)) continue;
			if (runs == NONE) runs = findNear(cell);
			store<i32>(labels + (<usize>load<i32>(order + (<usize>i << 2)) << 2), lowestNear(i, runs));
		}
	}
}

function lowestNear(i: i32, runs: i32): i32 {
	const x = load<f64>(xs + (<usize>i << 3)), y = load<f64>(ys + (<usize>i << 3)), z = load<f64>(zs + (<usize>i << 3));
	let lowest = i32.MAX_VALUE;
	for (let run = 0; run < runs; run++) {
		const last = nearLast(run);
		for (let other = nearFirst(run); other < last; other++) {
			if (firstCoreOf(other) == NONE) continue;
			const label = load<i32>(numbers + (<usize>find(other) << 2));
			if (label >= lowest) continue;
			for (let j = firstCoreOf(other), end = startOf(other + 1); j < end; j++) {
				if (isNear(x, y, z, j) && load<u8>(cores + j) == 1) {
					lowest = label;
					break;
				}
			}
		}
	}
	return lowest == i32.MAX_VALUE ? NONE : lowest;
}
