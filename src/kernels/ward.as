// The search of stats/ward-index.ts, which says what the memory holds: two places, and two sister nodes, are the lanes of
// one vector. Every cost is computed by the same operations in the same order as there, so the answers are the same.

export const heapBase: usize = __heap_base;

const ROUNDING: f64 = 1 - 2e-15;
const NODES = memory.data(64 * 4);
const BOUNDS = memory.data(64 * 8);

let points: usize;
let weights: usize;
let rows: usize;
let boxes: usize;
let leastWeights: usize;
let starts: usize;
let blocks: i32;
let columnCount: i32;
let bestCost: f64;

export function use(
	pointsAt: usize, weightsAt: usize, rowsAt: usize, boxesAt: usize, leastWeightsAt: usize, startsAt: usize,
	blockCount: i32, columns: i32
): void {
	points = pointsAt;
	weights = weightsAt;
	rows = rowsAt;
	boxes = boxesAt;
	leastWeights = leastWeightsAt;
	starts = startsAt;
	blocks = blockCount;
	columnCount = columns;
}

export function cost(): f64 {
	return bestCost;
}

// Address of the first coordinate of a place; the next ones follow at every second number.
// @ts-ignore: decorator
@inline
function pointAt(place: i32): usize {
	return points + ((<usize>((place >> 1) * columnCount * 2 + (place & 1))) << 3);
}

// @ts-ignore: decorator
@inline
function boundsOfPair(pair: i32, own: usize, weight: f64): v128 {
	let low = boxes + (<usize>(pair * columnCount * 4) << 3);
	let sum = f64x2.splat(0);
	const none = f64x2.splat(0);
	for (let c = 0; c < columnCount; c++) {
		const value = v128.load64_splat(own + (<usize>c << 4));
		const below = f64x2.sub(v128.load(low), value);
		const above = f64x2.sub(value, v128.load(low, 16));
		const gap = f64x2.pmax(none, f64x2.pmax(below, above));
		sum = f64x2.add(sum, f64x2.mul(gap, gap));
		low += 32;
	}
	const least = v128.load(leastWeights + (<usize>pair << 4));
	const own2 = f64x2.splat(weight);
	const factor = f64x2.div(f64x2.mul(own2, least), f64x2.add(own2, least));
	return f64x2.mul(f64x2.mul(factor, sum), f64x2.splat(ROUNDING));
}

let best: f64;
let found: i32;
let foundRow: i32;

// @ts-ignore: decorator
@inline
function compare(place: i32, own: i32, weight: f64, sum: f64): void {
	const other = load<f64>(weights + (<usize>place << 3));
	if (place == own || other == 0) return;
	const cost = ((weight * other) / (weight + other)) * sum;
	if (cost > best) return;
	const row = load<i32>(rows + (<usize>place << 2));
	if (cost == best && row > foundRow) return;
	best = cost;
	found = place;
	foundRow = row;
}

// @ts-ignore: decorator
@inline
function searchBlock(block: i32, own: i32, from: usize, weight: f64): void {
	const least = load<f64>(leastWeights + (<usize>(block + blocks) << 3));
	const factor = ((weight * least) / (weight + least)) * ROUNDING;
	const end = load<i32>(starts + (<usize>(block + 1) << 2));
	let place = load<i32>(starts + (<usize>block << 2));
	let at = pointAt(place);
	for (; place < end; place += 2) {
		let sum = f64x2.splat(0);
		for (let c = 0; c < columnCount; c++) {
			const difference = f64x2.sub(v128.load(at), v128.load64_splat(from + (<usize>c << 4)));
			sum = f64x2.add(sum, f64x2.mul(difference, difference));
			at += 16;
		}
		const first = f64x2.extract_lane(sum, 0);
		const second = f64x2.extract_lane(sum, 1);
		if (first * factor <= best) compare(place, own, weight, first);
		if (second * factor <= best) compare(place + 1, own, weight, second);
	}
}

export function nearest(own: i32, before: f64, otherwise: i32): i32 {
	const from = pointAt(own);
	const weight = load<f64>(weights + (<usize>own << 3));
	best = before;
	found = otherwise;
	foundRow = -1;
	let depth = 1;
	store<i32>(NODES, 1);
	store<f64>(BOUNDS, 0);
	while (depth > 0) {
		depth--;
		if (load<f64>(BOUNDS + (<usize>depth << 3)) > best) continue;
		let node = load<i32>(NODES + (<usize>depth << 2));
		while (node < blocks) {
			const bounds = boundsOfPair(node, from, weight);
			const left = f64x2.extract_lane(bounds, 0);
			const right = f64x2.extract_lane(bounds, 1);
			const isLeft = left <= right;
			const far = isLeft ? right : left;
			if (far <= best) {
				store<i32>(NODES + (<usize>depth << 2), 2 * node + i32(isLeft));
				store<f64>(BOUNDS + (<usize>depth << 3), far);
				depth++;
			}
			if ((isLeft ? left : right) > best) break;
			node = 2 * node + i32(!isLeft);
		}
		if (node >= blocks) searchBlock(node - blocks, own, from, weight);
	}
	bestCost = best;
	return found;
}
