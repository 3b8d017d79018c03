// @ts-check
/**
 * Sums of distances between rows and groups of rows, over half of the matrix of distances: each distance is made once
 * and counts for both of its rows.
 *
 * Points are 32-bit columns, `stride` bytes apart, with groups side by side and padded to a multiple of 4. Four rows meet
 * four columns at a time: the sums of the rows stay in registers, those of the columns in memory, and both move to
 * 64 bits before they have taken more than 128 additions.
 */

const UNROLLED = [1, 2, 3, 4, 5, 6, 7, 8];
const ROWS = [0, 1, 2, 3];

export function source() {
	return [HEAD, ...UNROLLED.map(addFourRows), ADD_FOUR_ROWS_ANY, dispatch(), EXPORTS].join('\n');
}

/**
 * The distances of rows `row` to `row` + 3 to the columns from `from` to `to`, for so many dimensions.
 *
 * @param {number} size
 */
function addFourRows(size) {
	const dimensions = Array.from({ length: size }, (_, t) => t);
	const squares = (/** @type {number} */ row) =>
		dimensions
			.map((t) => `f32x4.mul(e${row}${t}, e${row}${t})`)
			.reduce((sum, next) => `f32x4.add(${sum}, ${next})`);
	const distance = (/** @type {number} */ row) => [
		...dimensions.map((t) => `const e${row}${t} = f32x4.sub(y${t}, p${row}${t});`),
		`const q${row} = f32x4.sqrt(${squares(row)});`,
		`s${row} = f32x4.add(s${row}, q${row});`
	];
	return `
function addFourRows${size}(points: usize, stride: usize, row: usize, from: usize, to: usize, sums: usize, columns: usize): void {
	${dimensions.map((t) => `const x${t} = points + ${t} * stride;`).join(' ')}
	${ROWS.flatMap((row) => dimensions.map((t) => `const p${row}${t} = v128.load32_splat(x${t} + ((row + ${row}) << 2));`)).join('\n\t')}
	${ROWS.map((row) => `let s${row} = f32x4.splat(0);`).join(' ')}
	for (let at = from << 2, end = to << 2; at < end; at += 16) {
		${dimensions.map((t) => `const y${t} = v128.load(x${t} + at);`).join(' ')}
		${ROWS.flatMap(distance).join('\n\t\t')}
		v128.store(columns, f32x4.add(v128.load(columns), f32x4.add(f32x4.add(q0, q1), f32x4.add(q2, q3))));
		columns += 16;
	}
	${ROWS.map((row) => `add(sums + ((row + ${row}) << 3), total(s${row}));`).join(' ')}
}`;
}

function dispatch() {
	return `
// @ts-ignore: decorator
@inline
function addFour(size: i32, points: usize, stride: usize, row: usize, from: usize, to: usize, sums: usize, columns: usize, copies: usize): void {
	switch (size) {
${UNROLLED.map((size) => `		case ${size}: addFourRows${size}(points, stride, row, from, to, sums, columns); break;`).join('\n')}
		default: addFourRows(size, points, stride, row, from, to, sums, columns, copies);
	}
}`;
}

const HEAD = `
export const heapBase: usize = __heap_base;

/** Rows that are added to the sums of columns before these move to 64 bits. */
const CHUNK: usize = 64;

// @ts-ignore: decorator
@inline
function total(v: v128): f64 {
	const high = i8x16.shuffle(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15);
	const sums = f64x2.add(f64x2.promote_low_f32x4(v), f64x2.promote_low_f32x4(high));
	return f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
}

// @ts-ignore: decorator
@inline
function add(address: usize, value: f64): void {
	store<f64>(address, load<f64>(address) + value);
}
`;

const ADD_FOUR_ROWS_ANY = `
function addFourRows(size: i32, points: usize, stride: usize, row: usize, from: usize, to: usize, sums: usize, columns: usize, copies: usize): void {
	for (let t = 0; t < size; t++) {
		const x = points + <usize>t * stride + (row << 2);
		const p = copies + (<usize>t << 6);
		v128.store(p, v128.load32_splat(x));
		v128.store(p, v128.load32_splat(x + 4), 16);
		v128.store(p, v128.load32_splat(x + 8), 32);
		v128.store(p, v128.load32_splat(x + 12), 48);
	}
	const copiesEnd = copies + (<usize>size << 6);
	let s0 = f32x4.splat(0), s1 = f32x4.splat(0), s2 = f32x4.splat(0), s3 = f32x4.splat(0);
	for (let at = from << 2, end = to << 2; at < end; at += 16) {
		let q0 = f32x4.splat(0), q1 = f32x4.splat(0), q2 = f32x4.splat(0), q3 = f32x4.splat(0);
		let x = points + at;
		for (let p = copies; p < copiesEnd; p += 64) {
			const y = v128.load(x);
			const e0 = f32x4.sub(y, v128.load(p)), e1 = f32x4.sub(y, v128.load(p, 16));
			const e2 = f32x4.sub(y, v128.load(p, 32)), e3 = f32x4.sub(y, v128.load(p, 48));
			q0 = f32x4.add(q0, f32x4.mul(e0, e0)); q1 = f32x4.add(q1, f32x4.mul(e1, e1));
			q2 = f32x4.add(q2, f32x4.mul(e2, e2)); q3 = f32x4.add(q3, f32x4.mul(e3, e3));
			x += stride;
		}
		q0 = f32x4.sqrt(q0); q1 = f32x4.sqrt(q1); q2 = f32x4.sqrt(q2); q3 = f32x4.sqrt(q3);
		s0 = f32x4.add(s0, q0); s1 = f32x4.add(s1, q1); s2 = f32x4.add(s2, q2); s3 = f32x4.add(s3, q3);
		v128.store(columns, f32x4.add(v128.load(columns), f32x4.add(f32x4.add(q0, q1), f32x4.add(q2, q3))));
		columns += 16;
	}
	const out = sums + (row << 3);
	add(out, total(s0)); add(out + 8, total(s1)); add(out + 16, total(s2)); add(out + 24, total(s3));
}`;

const EXPORTS = `
/** Adds \`factor\` times the distance of one row to the sum of each column. */
export function addRow(size: i32, points: usize, stride: usize, row: usize, from: usize, to: usize, sums: usize, factor: f64): void {
	const factors = f64x2.splat(factor);
	for (let at = from; at < to; at += 4) {
		let squares = f32x4.splat(0);
		for (let t = 0, x = points; t < size; t++, x += stride) {
			const e = f32x4.sub(v128.load(x + (at << 2)), v128.load32_splat(x + (row << 2)));
			squares = f32x4.add(squares, f32x4.mul(e, e));
		}
		const q = f32x4.sqrt(squares);
		const high = i8x16.shuffle(q, q, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15);
		const out = sums + (at << 3);
		v128.store(out, f64x2.add(v128.load(out), f64x2.mul(factors, f64x2.promote_low_f32x4(q))));
		v128.store(out, f64x2.add(v128.load(out, 16), f64x2.mul(factors, f64x2.promote_low_f32x4(high))), 16);
	}
}

function moveColumns(from: usize, to: usize, sums: usize, columns: usize): void {
	for (let at = from; at < to; at++, columns += 4) add(sums + (at << 3), <f64>load<f32>(columns));
}

/**
 * The distances between rows of one group and at most 512 columns behind them: each row's go to \`rowSums\` at its place,
 * each column's to \`columnSums\`. \`scratch\` has room for copies of four rows, 64 bytes a dimension, and for 512 sums.
 */
export function addTile(size: i32, points: usize, stride: usize, rowFrom: usize, rowTo: usize, from: usize, to: usize, rowSums: usize, columnSums: usize, scratch: usize): void {
	const columns = scratch + (<usize>size << 6);
	for (let chunk = rowFrom; chunk < rowTo; chunk += CHUNK) {
		memory.fill(columns, 0, (to - from) << 2);
		const end = min(chunk + CHUNK, rowTo);
		for (let row = chunk; row < end; row += 4) addFour(size, points, stride, row, from, to, rowSums, columns, scratch);
		moveColumns(from, to, columnSums, columns);
	}
}

/** The distances among at most 512 rows of one group. */
export function addTriangle(size: i32, points: usize, stride: usize, from: usize, to: usize, sums: usize, scratch: usize): void {
	const columns = scratch + (<usize>size << 6);
	memory.fill(columns, 0, (to - from) << 2);
	for (let row = from; row < to; row += 4) {
		for (let r = row; r < row + 4; r++) addRow(size, points, stride, r, row, row + 4, sums, 1);
		addFour(size, points, stride, row, row + 4, to, sums, columns + ((row + 4 - from) << 2), scratch);
	}
	moveColumns(from, to, sums, columns);
}
`;
