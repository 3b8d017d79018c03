// @ts-check
/**
 * One pass of k-means over all rows, as AssemblyScript: which centroid is nearest, and the sums that make the means.
 *
 * Sixteen rows a turn, from columns of 32-bit floats. Of centroid c only |c|²/2 − x·c is compared, which is a multiplication
 * and a subtraction per column; its last bits give way to the number of the centroid, so that the least tells which it is. The
 * least and the second least are kept; where they are nearer to each other than they can be wrong, the row is decided again
 * in 64 bits from the original values, so that the labels are those of plain 64-bit arithmetic. Only rows that change side touch the sums, in 64 bits and in the order of the rows.
 *
 * A pass can also list the rows that lie near a border between clusters: until the centroids have moved so far that others
 * may change side too, the passes that follow need only look at these.
 */

import { rows } from './parts/kmeans-rows.mjs';

/** With so many columns the loop over columns is unrolled, and the values of the rows stay in registers. */
const UNROLLED = [1, 2, 3];
const VECTORS = [0, 1, 2, 3];
const PAIRS = [VECTORS.slice(0, 2), VECTORS.slice(2)];

export function source() {
	return [
		PREAMBLE,
		rows(UNROLLED),
		...UNROLLED.map((columns) => pass(`pass${columns}`, String(columns), nearestUnrolled(columns))),
		pass('passAny', 'columnCount', nearestAny()),
		assign()
	].join('\n');
}

const PREAMBLE = `
export const heapBase: usize = __heap_base;

/** Sixteen labels: those just found, and those before. */
const FOUND: usize = memory.data(32, 16);
const BEFORE: usize = FOUND + 16;
/** Rows that change side wait in a list: its number, from and to. */
const MOVE: usize = 8;
const MOST_MOVES: usize = 256;
const MOVES: usize = memory.data(2176, 16);
const UNASSIGNED: usize = 255;
/** A comparison value above all that count. */
const FARTHEST: f32 = 1e38;
/** How many rows the last pass listed; −1 when they were too many to be worth it. */
let listed: i32 = 0;
export function listedRows(): i32 {
	return listed;
}
/** A list is given up where it is longer than half of the rows so far by this many. */
const MARGIN: i32 = 1024;
/** Half the distance from 1 to the next float. */
const UNIT: f64 = 1.0 / 16777216.0;
/** The last bits of a value hold the number of a centroid. */
const NUMBER: i32 = 255;
/** What a value may be wrong by, relative to |c|² + |x|²/2; see below. */
// @ts-ignore
@inline
function errorUnit(columnCount: i32): f32 {
	return <f32>(UNIT * (<f64>columnCount + 520));
}
/** The error by what is known of a row, and by its two values. */
const BY_ROW: f32 = 9;
const BY_VALUES: f32 = 4;

/**
 * Reads rows into columns of 32-bit floats, moved by \`shift\` and multiplied by \`scale\`; \`rowCount\` is a multiple of 4. One
 * more column gets the part of the error that follows from |row|². Adds sums and sums of squares, moved but not multiplied,
 * to \`moments\`; answers the largest magnitude written.
 */
export function readRows(
	columnCount: i32, rowCount: usize, rows: usize, shift: usize, scale: f64, columns: usize, moments: usize
): f32 {
	const step = <usize>columnCount << 3;
	const scales = f64x2.splat(scale);
	const magnitude = i32x4.splat(0x7fffffff);
	const errors = columns + <usize>columnCount * (rowCount << 2);
	const error = f32x4.splat(BY_ROW * errorUnit(columnCount));
	let largest = f32x4.splat(0);
	for (let block: usize = 0; block < rowCount; block += 256) {
		const end = min(block + 256, rowCount);
		for (let c = 0; c < columnCount; c++) {
			const shifts = f64x2.splat(load<f64>(shift + (<usize>c << 3)));
			let sums = f64x2.splat(0), squares = sums;
			let from = rows + block * step + (<usize>c << 3);
			let to = columns + ((<usize>c * rowCount + block) << 2);
			let squared = errors + (block << 2);
			for (let row = block; row < end; row += 4) {
				const first = f64x2.sub(v128.load64_lane(from + step, v128.load64_zero(from), 1), shifts);
				from += step << 1;
				const second = f64x2.sub(v128.load64_lane(from + step, v128.load64_zero(from), 1), shifts);
				from += step << 1;
				sums = f64x2.add(sums, f64x2.add(first, second));
				squares = f64x2.add(squares, f64x2.add(f64x2.mul(first, first), f64x2.mul(second, second)));
				const narrow = i64x2.shuffle(
					f32x4.demote_f64x2_zero(f64x2.mul(first, scales)),
					f32x4.demote_f64x2_zero(f64x2.mul(second, scales)), 0, 2
				);
				largest = f32x4.pmax(largest, v128.and(narrow, magnitude));
				v128.store(to, narrow);
				to += 16;
				// What is lost to zero is less than 1e-30.
				const others = c == 0 ? f32x4.splat(1e-30) : v128.load(squared);
				v128.store(squared, f32x4.add(others, f32x4.mul(error, f32x4.mul(narrow, narrow))));
				squared += 16;
			}
			const at = moments + (<usize>c << 4);
			store<f64>(at, load<f64>(at) + f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1));
			store<f64>(at, load<f64>(at, 8) + f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1), 8);
		}
	}
	return max(
		max(f32x4.extract_lane(largest, 0), f32x4.extract_lane(largest, 1)),
		max(f32x4.extract_lane(largest, 2), f32x4.extract_lane(largest, 3))
	);
}

/** The centroids as vectors of four equal floats: per centroid its columns, then |c|²/2. */
function spread(
	columnCount: i32, clusterCount: i32, centroids: usize, shift: usize, scale: f64, spreads: usize
): void {
	for (let cluster = 0; cluster < clusterCount; cluster++) {
		let square: f64 = 0;
		for (let c = 0; c < columnCount; c++) {
			const value = (load<f64>(centroids) - load<f64>(shift + (<usize>c << 3))) * scale;
			square += value * value;
			v128.store(spreads, f32x4.splat(<f32>value));
			centroids += 8;
			spreads += 16;
		}
		v128.store(spreads, f32x4.splat(<f32>(square / 2)));
		spreads += 16;
	}
}

/** Decides the doubtful ones of sixteen rows in 64 bits; of equals a row keeps what it has, else takes the first. */
function decide(
	columnCount: i32, rows: usize, numbers: usize, first: usize, labels: usize, doubtful: i32, centroids: usize,
	clusterCount: i32
): void {
	const step = <usize>columnCount << 3;
	while (doubtful) {
		const lane = <usize>ctz(doubtful);
		doubtful &= doubtful - 1;
		const row = rows + numberOf(numbers, first + lane) * step;
		const before = <usize>load<u8>(labels + lane);
		let label = before;
		let best: f64 = Infinity;
		if (before != UNASSIGNED) best = squaredDistance(row, centroids + before * step, step);
		for (let cluster: usize = 0; cluster < <usize>clusterCount; cluster++) {
			const distance = squaredDistance(row, centroids + cluster * step, step);
			if (distance < best) {
				best = distance;
				label = cluster;
			}
		}
		store<u8>(FOUND + lane, <u8>label);
	}
}

/** Holds nothing of use, but keeps what is read for it from being left out. */
let fetched: i32 = 0;

/** Moves the rows of the list between sums, in order; answers how many. */
function move(
	columnCount: i32, rows: usize, weights: usize, end: usize, sums: usize, totals: usize, members: usize
): i32 {
	const step = <usize>columnCount << 3;
	// Asking for rows ahead of their use, so that fetching one does not wait for another.
	if (load<u8>(MOVES, 4) != UNASSIGNED) {
		for (let at = MOVES; at < end; at += MOVE) {
			const row = rows + <usize>load<u32>(at) * step;
			fetched += load<u8>(row) + load<u8>(row + step - 1);
		}
	}
	for (let at = MOVES; at < end; at += MOVE) {
		const number = <usize>load<u32>(at);
		const from = <usize>load<u8>(at, 4);
		const to = <usize>load<u8>(at, 5);
		const row = rows + number * step;
		const weight = weights ? load<f64>(weights + (number << 3)) : 1;
		store<f64>(totals + (to << 3), load<f64>(totals + (to << 3)) + weight);
		store<i32>(members + (to << 2), load<i32>(members + (to << 2)) + 1);
		const sumTo = sums + to * step;
		if (from == UNASSIGNED) {
			for (let c: usize = 0; c < step; c += 8) {
				store<f64>(sumTo + c, load<f64>(sumTo + c) + weight * load<f64>(row + c));
			}
			continue;
		}
		store<f64>(totals + (from << 3), load<f64>(totals + (from << 3)) - weight);
		store<i32>(members + (from << 2), load<i32>(members + (from << 2)) - 1);
		const sumFrom = sums + from * step;
		for (let c: usize = 0; c < step; c += 8) {
			const value = weight * load<f64>(row + c);
			store<f64>(sumTo + c, load<f64>(sumTo + c) + value);
			store<f64>(sumFrom + c, load<f64>(sumFrom + c) - value);
		}
	}
	return <i32>((end - MOVES) / MOVE);
}

/** Which row the i-th is, in a list of rows or in all. */
// @ts-ignore
@inline
function numberOf(numbers: usize, i: usize): usize {
	return numbers ? <usize>load<u32>(numbers + (i << 2)) : i;
}

/** Appends rows of sixteen to a list: its labels, its row numbers, then its columns, for \`capacity\` rows each. */
function append(
	columnCount: i32, first: usize, lanes: i32, columns: usize, stride: usize, labels: usize, list: usize, capacity: usize
): void {
	while (lanes) {
		const row = first + <usize>ctz(lanes);
		lanes &= lanes - 1;
		store<u8>(list + listed, load<u8>(labels + row));
		let to = list + capacity + (<usize>listed << 2);
		store<u32>(to, <u32>row);
		for (let from = columns + (row << 2), last = from + <usize>columnCount * stride; from <= last; from += stride) {
			to += capacity << 2;
			store<f32>(to, load<f32>(from));
		}
		listed += 1;
	}
}

// @ts-ignore
@inline
function squaredDistance(row: usize, centroid: usize, step: usize): f64 {
	let sum: f64 = 0;
	for (let at: usize = 0; at < step; at += 8) {
		const difference = load<f64>(row + at) - load<f64>(centroid + at);
		sum += difference * difference;
	}
	return sum;
}
`;

/**
 * A pass for rows of so many columns.
 *
 * @param {string} name
 * @param {string} columnCount
 * @param {string} nearest declares best, second and label of each vector of four rows, and its |x|² as `square`
 */
function pass(name, columnCount, nearest) {
	return `
function ${name}(
	columnCount: i32, rowCount: usize, columns: usize, stride: usize, numbers: usize, rows: usize, weights: usize,
	centroids: usize, spreads: usize, clusterCount: i32, labels: usize, allLabels: usize, sums: usize, totals: usize,
	members: usize, reach: f32, list: usize, capacity: usize
): i32 {
	const step = <usize>${columnCount} << 3;
	const width = (<usize>${columnCount} + 1) << 4;
	const end = spreads + <usize>clusterCount * width;
	const errors = columns + <usize>${columnCount} * stride;
	const errorByValues = f32x4.splat(BY_VALUES * errorUnit(${columnCount}));
	const squareOfError = f32x4.splat(1 / (BY_ROW * errorUnit(${columnCount})));
	const one = i32x4.splat(1);
	const value = i32x4.splat(~NUMBER);
	const number = i32x4.splat(NUMBER);
	const unassigned = i8x16.splat(<i8>UNASSIGNED);
	let moved = 0, next = MOVES;
	listed = reach > 0 ? 0 : -1;
	for (let first: usize = 0; first < rowCount; first += 16) {
		const valid = rowCount - first < 16 ? (1 << <i32>(rowCount - first)) - 1 : 0xffff;
		const x = columns + (first << 2);
		${nearest}
		${VECTORS.map(doubt).join('\n\t\t')}
		${VECTORS.map((v) => `const label${v} = v128.and(best${v}, number);`).join(' ')}
		let found = i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_s(label0, label1), i16x8.narrow_i32x4_s(label2, label3));
		const at = labels + first;
		const before = v128.load(at);
		if (v128.any_true(v128.or(v128.or(near0, near1), v128.or(near2, near3)))) {
			v128.store(FOUND, found);
			decide(${columnCount}, rows, numbers, first, at, ${bits('near')} & valid, centroids, clusterCount);
			found = v128.load(FOUND);
		}
		const differs = i8x16.ne(found, before);
		if (valid == 0xffff && i8x16.all_true(i8x16.eq(before, unassigned))) {
			v128.store(at, found);
			moved += move(${columnCount}, rows, weights, next, sums, totals, members);
			next = MOVES;
			addSixteen(${columnCount}, rows, weights, first, at, sums, totals, members);
			moved += 16;
		} else if (v128.any_true(differs)) {
			v128.store(BEFORE, before);
			v128.store(FOUND, found);
			v128.store(at, found);
			let changed = i8x16.bitmask(differs) & valid;
			while (changed) {
				const lane = <usize>ctz(changed);
				changed &= changed - 1;
				const row = numberOf(numbers, first + lane);
				const label = load<u8>(FOUND + lane);
				store<u8>(allLabels + row, label);
				store<u32>(next, <u32>row);
				store<u8>(next, load<u8>(BEFORE + lane), 4);
				store<u8>(next, label, 5);
				next += MOVE;
			}
			if (next >= MOVES + MOST_MOVES * MOVE) {
				moved += move(${columnCount}, rows, weights, next, sums, totals, members);
				next = MOVES;
			}
		}
		if (listed < 0) continue;
		${VECTORS.map(border).join('\n\t\t')}
		append(${columnCount}, first, ${bits('border')} & valid, columns, stride, labels, list, capacity);
		if (listed > <i32>(first >> 1) + MARGIN) listed = -1;
	}
	return moved + move(${columnCount}, rows, weights, next, sums, totals, members);
}`;
}

/**
 * Whether the two least may stand in the wrong order. With u half a unit in the last place and d columns, the error of one
 * comparison value s is at most (d + 3) u (|c|² + |x|²/2), and 512 u of the same for the bits it gave away; and
 * |c|² ≤ 2|x|² + 2|x − c|² = 4|x|² + 4s, so that a far centroid does not make all rows doubtful. A few more u cover what is
 * left out here.
 *
 * @param {number} v
 */
function doubt(v) {
	const values = `f32x4.mul(errorByValues, f32x4.add(best${v}, second${v}))`;
	return [
		`const errorByRow${v} = v128.load(errors + (first << 2), ${v * 16});`,
		`const error${v} = f32x4.add(errorByRow${v}, ${values});`,
		`const gap${v} = f32x4.sub(second${v}, best${v});`,
		`const near${v} = f32x4.le(gap${v}, error${v});`
	].join(' ');
}

/**
 * Whether the second nearest centroid may be less than `reach` farther away than the nearest. With distances p ≤ q and
 * values s ≤ t, q − p = (q² − p²) / (q + p) = 2 (t − s) / (q + p), and (q + p)² ≤ 2 (p² + q²) = 4 (|x|² + s + t).
 *
 * @param {number} v
 */
function border(v) {
	const squares = [`second${v}`, `best${v}`, `error${v}`].reduce(
		(sum, term) => `f32x4.add(${sum}, ${term})`,
		`f32x4.mul(errorByRow${v}, squareOfError)`
	);
	const needed = `f32x4.mul(f32x4.splat(reach), f32x4.sqrt(${squares}))`;
	// What is not a number is not far.
	return `const border${v} = v128.not(f32x4.gt(f32x4.sub(gap${v}, error${v}), ${needed}));`;
}

/**
 * One bit for each of sixteen rows.
 *
 * @param {string} name
 */
function bits(name) {
	const [first, second] = PAIRS.map(
		(pair) => `i16x8.narrow_i32x4_s(${pair.map((v) => name + v).join(', ')})`
	);
	return `i8x16.bitmask(i8x16.narrow_i16x8_s(${first}, ${second}))`;
}

/** @param {number} columnCount */
function nearestUnrolled(columnCount) {
	const columns = Array.from({ length: columnCount }, (_, c) => c);
	const lines = VECTORS.map(declare);
	for (const pair of PAIRS) {
		const name = (/** @type {number} */ v, /** @type {number} */ c) => `x${v}_${c}`;
		lines.push('{');
		const load = (/** @type {number} */ v) => (/** @type {number} */ c) =>
			`const ${name(v, c)} = v128.load(x + ${c} * stride, ${v * 16});`;
		lines.push(...pair.flatMap((v) => columns.map(load(v))));
		lines.push('let cluster = i32x4.splat(0);', 'for (let s = spreads; s < end; s += width) {');
		for (const v of pair) lines.push(`let value${v} = v128.load(s, ${columnCount * 16});`);
		for (const c of columns) {
			lines.push(`const c${c} = v128.load(s, ${c * 16});`);
			for (const v of pair) lines.push(`value${v} = f32x4.sub(value${v}, f32x4.mul(${name(v, c)}, c${c}));`);
		}
		lines.push(...pair.map((v) => compare(v, `value${v}`)), 'cluster = i32x4.add(cluster, one);', '}');
		lines.push('}');
	}
	return lines.join('\n\t\t');
}

function nearestAny() {
	const lines = VECTORS.map(declare);
	lines.push('let cluster = i32x4.splat(0);', 'let s = spreads;');
	lines.push('for (const last = end - width; s < last; s += width << 1) {', ...compareLooped(2), '}');
	lines.push('if (s < end) {', ...compareLooped(1), '}');
	return lines.join('\n\t\t');
}

/**
 * Compares the rows with so many centroids at once, by a loop over columns. The values of the rows are read again for each
 * time, which costs less than registers that run out.
 *
 * @param {number} centroidCount
 */
function compareLooped(centroidCount) {
	const centroids = Array.from({ length: centroidCount }, (_, i) => i);
	const offset = (/** @type {number} */ i) => (i === 0 ? '' : ' + width');
	const lines = [];
	for (const i of centroids)
		lines.push(...VECTORS.map((v) => `let value${i}_${v} = v128.load(s${offset(i)} + step * 2);`));
	lines.push('let at = x;', 'for (let c = s, last = s + step * 2; c < last; c += 16) {');
	lines.push(...centroids.map((i) => `const c${i} = v128.load(c${offset(i)});`));
	for (const v of VECTORS) {
		lines.push(`const x${v} = v128.load(at, ${v * 16});`);
		lines.push(
			...centroids.map((i) => `value${i}_${v} = f32x4.sub(value${i}_${v}, f32x4.mul(x${v}, c${i}));`)
		);
	}
	lines.push('at += stride;', '}');
	for (const i of centroids) {
		lines.push(...VECTORS.map((v) => compare(v, `value${i}_${v}`)), 'cluster = i32x4.add(cluster, one);');
	}
	return lines;
}

/** @param {number} v */
function declare(v) {
	return `let best${v} = f32x4.splat(FARTHEST); let second${v} = best${v};`;
}

/**
 * @param {number} v
 * @param {string} name
 */
function compare(v, name) {
	return [
		`${name} = v128.or(v128.and(${name}, value), cluster);`,
		`second${v} = f32x4.pmin(second${v}, f32x4.pmax(best${v}, ${name}));`,
		`best${v} = f32x4.pmin(best${v}, ${name});`
	].join(' ');
}

/** @param {readonly number[]} unrolled */
function assign() {
	const given = [
		'columnCount, rowCount, columns, stride, numbers, rows, weights, centroids, spreads, clusterCount, labels,',
		'allLabels, sums, totals, members, reach, list, capacity'
	].join(' ');
	return `
/**
 * Gives every row its nearest of at least two centroids and keeps sums, totals and members in step; answers how many rows
 * changed side. \`stride\` is the distance of columns in bytes; labels are read and written in sixteens. With \`numbers\` the
 * columns and labels are those of a list of rows, and \`allLabels\` those of all. With a \`reach\` above 0 the rows are
 * listed whose second nearest centroid is less than that farther away than the nearest, in the unit of the columns.
 */
export function assign(
	columnCount: i32, rowCount: usize, columns: usize, stride: usize, numbers: usize, shift: usize, scale: f64,
	rows: usize, weights: usize, centroids: usize, spreads: usize, clusterCount: i32, labels: usize, allLabels: usize,
	sums: usize, totals: usize, members: usize, reach: f32, list: usize, capacity: usize
): i32 {
	spread(columnCount, clusterCount, centroids, shift, scale, spreads);
	switch (columnCount) {
		${UNROLLED.map((columns) => `case ${columns}: return pass${columns}(${given});`).join('\n\t\t')}
		default: return passAny(${given});
	}
}
`;
}
