/*
 * DBSCAN of rows with any number of columns: rows that are near each other stand side by side, 16 to a chunk, and every two
 * chunks whose boxes are within eps are compared row by row.
 *
 * What is compared are coordinates in 32 bits, in units of eps, with a bound so generous that no neighbours are missed;
 * those that pass are compared once more in 64 bits, summed by column, so that the answer is exact. Each pair is compared
 * once, and remembered by both rows until they have neighbours enough; two chunks whose rows all have enough are passed
 * over. A row that never has enough has remembered all its neighbours, so that it is known without another search whether
 * one of them is a core.
 */

export const heapBase: usize = __heap_base;

const CHUNK: i32 = 16;
/** Bytes of one column of a chunk, and of four rows of it. */
const COLUMN: usize = 64;
const FOUR: usize = 16;
/** The coordinate of rows that fill up the last chunk: farther from all others than any bound. */
const NOWHERE: f32 = 1e17;
/** Half a unit in the last place of 1, in 32 bits. */
const ROUNDING: f64 = 5.9604644775390625e-8;
const NONE: i32 = -1;

let n: i32 = 0;
let columnCount: i32 = 0;
let chunkCount: i32 = 0;
let minPoints: i32 = 0;
let limit: f64 = 0;
let bound: v128 = f32x4.splat(0);

// By position: the rows in 64 bits, how many neighbours are known, up to minPoints, and which, minPoints − 1 to a row.
let values: usize = 0, counts: usize = 0, known: usize = 0;
// By chunk: its columns in 32 bits; rows that lack neighbours; a bit for each core; 1 where all cores are of one set.
let shorts: usize = 0, lacking: usize = 0, cores: usize = 0, whole: usize = 0;
// By column and chunk: the least and the largest coordinate.
let lows: usize = 0, highs: usize = 0, boxStride: usize = 0;
// Sets of positions, each named by its least.
let parents: usize = 0;
let near: usize = 0;

let next: usize = 0;

/** Bytes that `prepare` needs; as a float, for there may be too many. */
export function roomFor(rowCount: i32, columns: i32, points: i32): f64 {
	const rows = <f64>rowCount + 64, chunks = rows / CHUNK + 8;
	return rows * 4 * (<f64>points + 2 + columns) + chunks * (16 + 8 * <f64>columns) + 512;
}

// @ts-ignore: decorator
@inline function take(bytes: usize): usize {
	const address = next;
	next = (next + bytes + 15) & ~15;
	return address;
}
// @ts-ignore: decorator
@inline function at4(address: usize, index: i32): usize { return address + (<usize>index << 2); }

/**
 * Lays out the chunks and answers how many there are.
 * @param rows by position, so that near ones stand together; their coordinates less `center` are at most `largest`
 * @param room as many bytes as `roomFor` says
 */
export function prepare(rows: usize, rowCount: i32, columns: i32, center: usize, largest: f64, eps: f64, points: i32, room: usize): i32 {
	values = rows;
	n = rowCount;
	columnCount = columns;
	minPoints = points;
	limit = eps * eps;
	chunkCount = (n + CHUNK - 1) / CHUNK;
	// Coordinates are off by half a place each, in all columns at once, and so is each step of the sum; twice that for the
	// rounding of 64 bits.
	const reach = 1 + Math.sqrt(<f64>columns) * 4 * ROUNDING * (largest / eps);
	bound = f32x4.splat(<f32>(reach * reach * (1 + <f64>(2 * columns + 8) * ROUNDING)));

	next = room;
	const chunks = <usize>chunkCount;
	boxStride = ((chunks + 3) & ~3) << 2;
	shorts = take(chunks * <usize>columns * COLUMN);
	lows = take(<usize>columns * boxStride);
	highs = take(<usize>columns * boxStride);
	counts = take(<usize>n << 2);
	known = take((<usize>n * <usize>(points - 1)) << 2);
	parents = take(<usize>n << 2);
	near = take(chunks << 2);
	lacking = take(chunks);
	cores = take(chunks << 1);
	whole = take(chunks);

	for (let c = 0; c < columns; c++) {
		const middle = load<f64>(center + (<usize>c << 3));
		for (let chunk = 0; chunk < chunkCount; chunk++) {
			const out = columnOf(chunk, c);
			let low: f32 = Infinity, high: f32 = -Infinity;
			for (let i = 0; i < CHUNK; i++) {
				const position = chunk * CHUNK + i;
				let value = NOWHERE;
				if (position < n) {
					value = <f32>((load<f64>(rowOf(position) + (<usize>c << 3)) - middle) / eps);
					low = min(low, value);
					high = max(high, value);
				}
				store<f32>(at4(out, i), value);
			}
			store<f32>(at4(lows + <usize>c * boxStride, chunk), low);
			store<f32>(at4(highs + <usize>c * boxStride, chunk), high);
		}
	}
	for (let i = 0; i < n; i++) {
		store<i32>(at4(counts, i), 1);
		store<i32>(at4(parents, i), i);
	}
	for (let chunk = 0; chunk < chunkCount; chunk++) {
		store<u8>(lacking + <usize>chunk, points > 1 ? <u8>(endOf(chunk) - chunk * CHUNK) : 0);
		store<u8>(whole + <usize>chunk, 0);
	}
	return chunkCount;
}

// @ts-ignore: decorator
@inline function columnOf(chunk: i32, c: i32): usize { return shorts + <usize>(chunk * columnCount + c) * COLUMN; }
// @ts-ignore: decorator
@inline function rowOf(position: i32): usize { return values + ((<usize>position * <usize>columnCount) << 3); }
// @ts-ignore: decorator
@inline function endOf(chunk: i32): i32 { return min((chunk + 1) * CHUNK, n); }
// @ts-ignore: decorator
@inline function countOf(position: i32): i32 { return load<i32>(at4(counts, position)); }
// @ts-ignore: decorator
@inline function isCore(position: i32): bool { return countOf(position) >= minPoints; }
// @ts-ignore: decorator
@inline function coresOf(chunk: i32): i32 { return <i32>load<u16>(cores + (<usize>chunk << 1)); }

/** Writes the chunks up to this one whose boxes are near it, itself last, and answers how many. */
function findNear(chunk: i32): i32 {
	let found = 0;
	for (let other = 0; other <= chunk; other += 4) {
		let sum = f32x4.splat(0);
		for (let c = 0; c < columnCount; c++) {
			const low = lows + <usize>c * boxStride, high = highs + <usize>c * boxStride;
			const below = f32x4.sub(v128.load(at4(low, other)), v128.load32_splat(at4(high, chunk)));
			const above = f32x4.sub(v128.load32_splat(at4(low, chunk)), v128.load(at4(high, other)));
			const gap = f32x4.pmax(f32x4.pmax(below, above), f32x4.splat(0));
			sum = f32x4.add(sum, f32x4.mul(gap, gap));
		}
		for (let bits = i32x4.bitmask(f32x4.le(sum, bound)); bits !== 0; bits &= bits - 1) {
			const one = other + ctz(bits);
			if (one <= chunk) store<i32>(at4(near, found++), one);
		}
	}
	return found;
}

/** The rows of a chunk that may be neighbours of two positions side by side: 16 bits for the first, 16 for the second. */
function mayBeNear(first: i32, other: i32): i32 {
	let b = columnOf(other, 0);
	let x = at4(columnOf(first / CHUNK, 0), first % CHUNK);
	let p0 = f32x4.splat(0), p1 = p0, p2 = p0, p3 = p0, q0 = p0, q1 = p0, q2 = p0, q3 = p0;
	for (let end = b + <usize>columnCount * COLUMN; b < end; b += COLUMN, x += COLUMN) {
		const p = v128.load32_splat(x), q = v128.load32_splat(x, 4);
		let at = v128.load(b);
		let e = f32x4.sub(at, p), f = f32x4.sub(at, q);
		p0 = f32x4.add(p0, f32x4.mul(e, e));
		q0 = f32x4.add(q0, f32x4.mul(f, f));
		at = v128.load(b, FOUR);
		e = f32x4.sub(at, p); f = f32x4.sub(at, q);
		p1 = f32x4.add(p1, f32x4.mul(e, e));
		q1 = f32x4.add(q1, f32x4.mul(f, f));
		at = v128.load(b, 2 * FOUR);
		e = f32x4.sub(at, p); f = f32x4.sub(at, q);
		p2 = f32x4.add(p2, f32x4.mul(e, e));
		q2 = f32x4.add(q2, f32x4.mul(f, f));
		at = v128.load(b, 3 * FOUR);
		e = f32x4.sub(at, p); f = f32x4.sub(at, q);
		p3 = f32x4.add(p3, f32x4.mul(e, e));
		q3 = f32x4.add(q3, f32x4.mul(f, f));
	}
	return within(p0, p1, p2, p3) | (within(q0, q1, q2, q3) << 16);
}

// @ts-ignore: decorator
@inline
function within(a: v128, b: v128, c: v128, d: v128): i32 {
	const first = i16x8.narrow_i32x4_s(f32x4.le(a, bound), f32x4.le(b, bound));
	const second = i16x8.narrow_i32x4_s(f32x4.le(c, bound), f32x4.le(d, bound));
	return i8x16.bitmask(i8x16.narrow_i16x8_s(first, second));
}

function areNear(i: i32, j: i32): bool {
	const a = rowOf(i), b = rowOf(j);
	let sum: f64 = 0;
	for (let c: usize = 0, end = <usize>columnCount << 3; c < end; c += 8) {
		const difference = load<f64>(a + c) - load<f64>(b + c);
		sum += difference * difference;
	}
	return sum <= limit;
}

/** Finds neighbours, minPoints of each row or all, for each pair of chunks of which these are the later. */
export function countNeighbours(from: i32, to: i32): void {
	for (let chunk = from; chunk < to; chunk++) {
		for (let k = findNear(chunk) - 1; k >= 0; k--) {
			const other = load<i32>(at4(near, k));
			if (load<u8>(lacking + <usize>chunk) | load<u8>(lacking + <usize>other)) compare(chunk, other);
		}
	}
}

function compare(chunk: i32, other: i32): void {
	const end = endOf(chunk), start = other * CHUNK;
	for (let first = chunk * CHUNK; first < end; first += 2) {
		for (let bits = mayBeNear(first, other); bits !== 0; bits &= bits - 1) {
			const bit = ctz(bits);
			const i = first + (bit >> 4), j = start + (bit & 15);
			if (i >= end || (chunk === other && j <= i) || !areNear(i, j)) continue;
			remember(i, j);
			remember(j, i);
		}
	}
}

function remember(i: i32, j: i32): void {
	const count = countOf(i);
	if (count >= minPoints) return;
	store<i32>(at4(known, i * (minPoints - 1) + count - 1), j);
	store<i32>(at4(counts, i), count + 1);
	if (count + 1 < minPoints) return;
	const own = lacking + <usize>(i / CHUNK);
	store<u8>(own, load<u8>(own) - 1);
}

function find(position: i32): i32 {
	let at = position;
	while (true) {
		const parent = load<i32>(at4(parents, at));
		if (parent === at) return at;
		const grandparent = load<i32>(at4(parents, parent));
		store<i32>(at4(parents, at), grandparent);
		at = grandparent;
	}
}

function join(i: i32, j: i32): void {
	const a = find(i), b = find(j);
	if (a !== b) store<i32>(at4(parents, max(a, b)), min(a, b));
}

/** Marks the cores, and joins those that remember each other. */
export function joinKnown(): void {
	for (let chunk = 0; chunk < chunkCount; chunk++) {
		let bits = 0;
		for (let i = chunk * CHUNK; i < endOf(chunk); i++) if (isCore(i)) bits |= 1 << (i % CHUNK);
		store<u16>(cores + (<usize>chunk << 1), <u16>bits);
	}
	for (let i = 0; i < n; i++) {
		if (!isCore(i)) continue;
		for (let k = 0; k < minPoints - 1; k++) {
			const j = load<i32>(at4(known, i * (minPoints - 1) + k));
			if (isCore(j)) join(i, j);
		}
	}
}

/** Joins the cores of chunks with those of the chunks before them that are neighbours. */
export function joinCores(from: i32, to: i32): void {
	for (let chunk = from; chunk < to; chunk++) {
		if (coresOf(chunk) === 0) continue;
		for (let k = findNear(chunk) - 1; k >= 0; k--) {
			const other = load<i32>(at4(near, k));
			if (coresOf(other) === 0) continue;
			if (isWhole(chunk) && isWhole(other) && setOf(chunk) === setOf(other)) continue;
			joinPair(chunk, other);
		}
	}
}

// @ts-ignore: decorator
@inline function setOf(chunk: i32): i32 { return find(chunk * CHUNK + ctz(coresOf(chunk))); }

/** True once all cores of a chunk are of one set. */
function isWhole(chunk: i32): bool {
	if (load<u8>(whole + <usize>chunk)) return true;
	const set = setOf(chunk);
	for (let bits = coresOf(chunk); bits !== 0; bits &= bits - 1) {
		if (find(chunk * CHUNK + ctz(bits)) !== set) return false;
	}
	store<u8>(whole + <usize>chunk, 1);
	return true;
}

function joinPair(chunk: i32, other: i32): void {
	const own = coresOf(chunk), theirs = coresOf(other);
	for (let row = 0; row < CHUNK; row += 2) {
		const asked = ((own >> row) & 1 ? theirs : 0) | ((own >> (row + 1)) & 1 ? theirs << 16 : 0);
		if (asked === 0) continue;
		const first = chunk * CHUNK + row;
		for (let bits = mayBeNear(first, other) & asked; bits !== 0; bits &= bits - 1) {
			const bit = ctz(bits);
			const i = first + (bit >> 4), j = other * CHUNK + (bit & 15);
			if (find(i) !== find(j) && areNear(i, j)) join(i, j);
		}
	}
}

/**
 * Labels all rows and answers how many clusters there are. They are numbered by their first core in the order of rows;
 * rows that are no cores belong to the lowest numbered cluster with a core for a neighbour.
 * @param order the row at each position
 */
export function labelRows(order: usize, labels: usize): i32 {
	memory.fill(labels, 0xff, <usize>n << 2);
	for (let i = 0; i < n; i++) if (isCore(i)) store<i32>(labelOf(order, labels, i), find(i));
	// Sets are named by cores: theirs are the parents that are no longer needed.
	memory.fill(parents, 0xff, <usize>n << 2);
	let count = 0;
	for (let row = 0; row < n; row++) {
		const set = load<i32>(at4(labels, row));
		if (set === NONE) continue;
		if (load<i32>(at4(parents, set)) === NONE) store<i32>(at4(parents, set), count++);
		store<i32>(at4(labels, row), load<i32>(at4(parents, set)));
	}
	for (let i = 0; i < n; i++) {
		if (isCore(i)) continue;
		let lowest = i32.MAX_VALUE;
		for (let k = 0; k < countOf(i) - 1; k++) {
			const j = load<i32>(at4(known, i * (minPoints - 1) + k));
			if (isCore(j)) lowest = min(lowest, load<i32>(labelOf(order, labels, j)));
		}
		if (lowest !== i32.MAX_VALUE) store<i32>(labelOf(order, labels, i), lowest);
	}
	return count;
}

// @ts-ignore: decorator
@inline function labelOf(order: usize, labels: usize, position: i32): usize {
	return at4(labels, load<i32>(at4(order, position)));
}
