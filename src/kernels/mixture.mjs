// @ts-check
/**
 * One pass of expectation and maximization over all rows, for mixtures of Gaussians: 64 bits but for e^x.
 *
 * Rows are taken in blocks of 64 that stay in the nearest memory. Per block: the log density of every component, then the
 * responsibilities, then the moments that the next components are made of. Moments are products of a row's
 * responsibilities with its monomials (1, x, x·x), which all components share, so that they are one small matrix product.
 * A component to which a block owes nothing is passed over; it helps when rows that belong together stand together.
 *
 * Points are columns, `stride` bytes apart, with whole blocks. A component is its mean, its factor (the inverse of the
 * Cholesky factor of its covariance over √2: a lower triangle by rows, or its diagonal), and a constant.
 */

const UNROLLED = [1, 2, 3, 4, 5, 6, 7, 8];

export function source() {
	return [
		HEAD,
		EXP,
		...UNROLLED.map(density),
		DENSITY_ANY,
		DENSITY_DIAGONAL,
		dispatch(),
		RESPONSIBILITIES,
		MOMENTS,
		PASS
	].join('\n');
}

/**
 * The log densities of one component for a block, a few rows at a time, for so many dimensions.
 *
 * @param {number} size
 */
function density(size) {
	// Two rows at a time where four would need more registers than there are.
	const halves = size > 4 ? [0] : [0, 1];
	const dimensions = Array.from({ length: size }, (_, t) => t);
	const factorAt = (/** @type {number} */ t, /** @type {number} */ s) => (size + (t * (t + 1)) / 2 + s) * 8;
	const difference = (/** @type {number} */ t) => [
		`const m${t} = v128.load64_splat(component, ${t * 8});`,
		...halves.map((h) => `const e${h}${t} = f64x2.sub(v128.load(x + ${t} * stride, ${h * 16}), m${t});`)
	];
	const row = (/** @type {number} */ t) => [
		...dimensions
			.slice(0, t + 1)
			.map((s) => `const p${t}${s} = v128.load64_splat(component, ${factorAt(t, s)});`),
		...halves.map((h) => {
			const products = dimensions.slice(0, t + 1).map((s) => `f64x2.mul(e${h}${s}, p${t}${s})`);
			return `const y${h}${t} = ${products.reduce((sum, next) => `f64x2.add(${sum}, ${next})`)};`;
		}),
		...halves.map((h) => `q${h} = f64x2.sub(q${h}, f64x2.mul(y${h}${t}, y${h}${t}));`)
	];
	return `
function density${size}(points: usize, stride: usize, component: usize, out: usize): void {
	const constant = v128.load64_splat(component, ${factorAt(size, 0)});
	for (let x = points, end = points + BLOCK_BYTES; x < end; x += ${16 * halves.length}) {
		${dimensions.flatMap(difference).join('\n\t\t')}
		let q0 = constant, q1 = constant;
		${dimensions.flatMap(row).join('\n\t\t')}
		${halves.map((h) => `v128.store(out, q${h}, ${h * 16});`).join(' ')}
		out += ${16 * halves.length};
	}
}`;
}

function dispatch() {
	return `
// @ts-ignore: decorator
@inline
function densityTriangle(size: i32, points: usize, stride: usize, component: usize, out: usize, differences: usize): void {
	switch (size) {
${UNROLLED.map((size) => `		case ${size}: density${size}(points, stride, component, out); break;`).join('\n')}
		default: densityAny(size, points, stride, component, out, differences);
	}
}`;
}

const HEAD = `
export const heapBase: usize = __heap_base;

/** Rows of a block, and the bytes of as many numbers. */
const BLOCK: usize = 64;
const BLOCK_BYTES: usize = 512;
`;

/*
 * Responsibilities are told to seven digits, which thousands of rows average out: e^x of four rows at once, in 32 bits, by
 * the reduction and the polynomial of Cephes' expf (Moshier). Below −40, less than rounding, it counts as nothing.
 */
const EXP = `
const LEAST: f32 = -40;

// @ts-ignore: decorator
@inline
function exp(x: v128): v128 {
	// Adding 1.5 · 2^23 rounds to a whole number and leaves it in the lowest bits.
	const shifted = f32x4.add(f32x4.mul(x, f32x4.splat(1.44269504)), f32x4.splat(12582912));
	const whole = f32x4.sub(shifted, f32x4.splat(12582912));
	const r = f32x4.sub(
		f32x4.sub(x, f32x4.mul(whole, f32x4.splat(0.693359375))),
		f32x4.mul(whole, f32x4.splat(-0.000212194440))
	);
	const r2 = f32x4.mul(r, r);
	const a = f32x4.add(f32x4.splat(0.5), f32x4.mul(r, f32x4.splat(0.16666665459)));
	const b = f32x4.add(f32x4.splat(0.041665795894), f32x4.mul(r, f32x4.splat(0.0083334519073)));
	const c = f32x4.add(f32x4.splat(0.0013981999507), f32x4.mul(r, f32x4.splat(0.00019875691500)));
	const tail = f32x4.add(a, f32x4.mul(r2, f32x4.add(b, f32x4.mul(r2, c))));
	const value = f32x4.add(f32x4.add(f32x4.splat(1), r), f32x4.mul(r2, tail));
	return v128.and(f32x4.ge(x, f32x4.splat(LEAST)), i32x4.add(value, i32x4.shl(shifted, 23)));
}

// @ts-ignore: decorator
@inline
function high(v: v128): v128 {
	return i8x16.shuffle(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15);
}
`;

const DENSITY_ANY = `
function densityAny(size: i32, points: usize, stride: usize, component: usize, out: usize, differences: usize): void {
	const means = component + (<usize>size << 3);
	for (let x = points, end = points + BLOCK_BYTES; x < end; x += 32) {
		let e = differences;
		for (let mean = component, at = x; mean < means; mean += 8, at += stride, e += 32) {
			const m = v128.load64_splat(mean);
			v128.store(e, f64x2.sub(v128.load(at), m));
			v128.store(e, f64x2.sub(v128.load(at, 16), m), 16);
		}
		let q0 = f64x2.splat(0), q1 = f64x2.splat(0);
		let factor = means;
		for (let t = 0, rowEnd = differences + 32; t < size; t++, rowEnd += 32) {
			let y0 = f64x2.splat(0), y1 = f64x2.splat(0);
			for (e = differences; e < rowEnd; e += 32, factor += 8) {
				const p = v128.load64_splat(factor);
				y0 = f64x2.add(y0, f64x2.mul(v128.load(e), p));
				y1 = f64x2.add(y1, f64x2.mul(v128.load(e, 16), p));
			}
			q0 = f64x2.add(q0, f64x2.mul(y0, y0));
			q1 = f64x2.add(q1, f64x2.mul(y1, y1));
		}
		const constant = v128.load64_splat(factor);
		v128.store(out, f64x2.sub(constant, q0));
		v128.store(out, f64x2.sub(constant, q1), 16);
		out += 32;
	}
}`;

const DENSITY_DIAGONAL = `
function densityDiagonal(size: i32, points: usize, stride: usize, component: usize, out: usize): void {
	const means = component + (<usize>size << 3);
	const constant = v128.load64_splat(means + (<usize>size << 3));
	for (let x = points, end = points + BLOCK_BYTES; x < end; x += 32) {
		let q0 = constant, q1 = constant;
		for (let mean = component, factor = means, at = x; mean < means; mean += 8, factor += 8, at += stride) {
			const m = v128.load64_splat(mean), p = v128.load64_splat(factor);
			const y0 = f64x2.mul(f64x2.sub(v128.load(at), m), p);
			const y1 = f64x2.mul(f64x2.sub(v128.load(at, 16), m), p);
			q0 = f64x2.sub(q0, f64x2.mul(y0, y0));
			q1 = f64x2.sub(q1, f64x2.mul(y1, y1));
		}
		v128.store(out, q0);
		v128.store(out, q1, 16);
		out += 32;
	}
}`;

const RESPONSIBILITIES = `
// @ts-ignore: decorator
@inline
function total(v: v128): f64 {
	return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
}

/**
 * Makes responsibilities of the log densities of a block, and marks the components that have some. Rows from \`count\` on
 * are none. Answers the log-likelihood of the block.
 */
function responsibilities(componentCount: i32, count: i32, densities: usize, active: usize): f64 {
	const end = densities + <usize>componentCount * BLOCK_BYTES;
	let product0 = f64x2.splat(1), product1 = product0;
	let mosts0 = f64x2.splat(0), mosts1 = mosts0;
	let index0 = f64x2(0, 1), index1 = f64x2(2, 3);
	const counts = f64x2.splat(count);
	for (let column = densities, last = densities + BLOCK_BYTES; column < last; column += 32) {
		let most0 = v128.load(column), most1 = v128.load(column, 16);
		for (let at = column + BLOCK_BYTES; at < end; at += BLOCK_BYTES) {
			most0 = f64x2.pmax(most0, v128.load(at));
			most1 = f64x2.pmax(most1, v128.load(at, 16));
		}
		let sum0 = f64x2.splat(0), sum1 = sum0;
		let mark = active;
		for (let at = column; at < end; at += BLOCK_BYTES, mark += 4) {
			const below = i8x16.shuffle(
				f32x4.demote_f64x2_zero(f64x2.sub(v128.load(at), most0)),
				f32x4.demote_f64x2_zero(f64x2.sub(v128.load(at, 16), most1)),
				0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23
			);
			if (i32x4.bitmask(f32x4.ge(below, f32x4.splat(LEAST)))) {
				const shares = exp(below);
				const share0 = f64x2.promote_low_f32x4(shares), share1 = f64x2.promote_low_f32x4(high(shares));
				sum0 = f64x2.add(sum0, share0);
				sum1 = f64x2.add(sum1, share1);
				v128.store(at, share0);
				v128.store(at, share1, 16);
				store<i32>(mark, 1);
			} else {
				v128.store(at, f64x2.splat(0));
				v128.store(at, f64x2.splat(0), 16);
			}
		}
		const isRow0 = f64x2.lt(index0, counts), isRow1 = f64x2.lt(index1, counts);
		const inverse0 = v128.and(isRow0, f64x2.div(f64x2.splat(1), sum0));
		const inverse1 = v128.and(isRow1, f64x2.div(f64x2.splat(1), sum1));
		for (let at = column; at < end; at += BLOCK_BYTES) {
			v128.store(at, f64x2.mul(v128.load(at), inverse0));
			v128.store(at, f64x2.mul(v128.load(at, 16), inverse1), 16);
		}
		product0 = f64x2.mul(product0, v128.bitselect(sum0, f64x2.splat(1), isRow0));
		product1 = f64x2.mul(product1, v128.bitselect(sum1, f64x2.splat(1), isRow1));
		mosts0 = f64x2.add(mosts0, v128.and(isRow0, most0));
		mosts1 = f64x2.add(mosts1, v128.and(isRow1, most1));
		index0 = f64x2.add(index0, f64x2.splat(4));
		index1 = f64x2.add(index1, f64x2.splat(4));
	}
	const product = f64x2.mul(product0, product1);
	return (
		total(f64x2.add(mosts0, mosts1)) +
		Math.log(f64x2.extract_lane(product, 0)) + Math.log(f64x2.extract_lane(product, 1))
	);
}
`;

const MOMENTS = `
function multiply(first: usize, second: usize, out: usize): void {
	for (let at: usize = 0; at < BLOCK_BYTES; at += 16) v128.store(out + at, f64x2.mul(v128.load(first + at), v128.load(second + at)));
}

/** Columns of 1, x and, by kind, nothing, the squares, or the products of all pairs by the lower triangle. */
function monomials(kind: i32, size: i32, points: usize, stride: usize, out: usize): void {
	for (let at: usize = 0; at < BLOCK_BYTES; at += 16) v128.store(out + at, f64x2.splat(1));
	out += BLOCK_BYTES;
	for (let t = 0; t < size; t++, out += BLOCK_BYTES) memory.copy(out, points + <usize>t * stride, BLOCK_BYTES);
	if (kind === TIED) return;
	for (let t = 0; t < size; t++) {
		const x = points + <usize>t * stride;
		for (let s = kind === FULL ? 0 : t; s <= t; s++, out += BLOCK_BYTES) multiply(x, points + <usize>s * stride, out);
	}
}

// @ts-ignore: decorator
@inline
function addTotal(address: usize, v: v128): void {
	store<f64>(address, load<f64>(address) + total(v));
}

/** Adds the sums of responsibility times monomial, four monomials at a time. */
function addMoments(shares: usize, monomial: usize, monomialCount: i32, moments: usize): void {
	for (let m = 0; m < monomialCount; m += 4) {
		let s0 = f64x2.splat(0), s1 = f64x2.splat(0), s2 = f64x2.splat(0), s3 = f64x2.splat(0);
		for (let at: usize = 0; at < BLOCK_BYTES; at += 16) {
			const r = v128.load(shares + at);
			s0 = f64x2.add(s0, f64x2.mul(r, v128.load(monomial + at)));
			s1 = f64x2.add(s1, f64x2.mul(r, v128.load(monomial + at, 512)));
			s2 = f64x2.add(s2, f64x2.mul(r, v128.load(monomial + at, 1024)));
			s3 = f64x2.add(s3, f64x2.mul(r, v128.load(monomial + at, 1536)));
		}
		addTotal(moments, s0); addTotal(moments + 8, s1); addTotal(moments + 16, s2); addTotal(moments + 24, s3);
		monomial += 4 * BLOCK_BYTES;
		moments += 32;
	}
}
`;

const PASS = `
/** What the covariances of components are, and so their factors and moments. */
const DIAGONAL = 0;
const TIED = 1;
const FULL = 2;

/**
 * Adds to \`moments\` those of all rows, component by component, \`monomialCount\` each (a multiple of 4). \`scratch\` has room
 * for a block of densities per component, a block per monomial, 32 bytes a dimension, and 4 bytes a component. The moments
 * of component \`home\` are left out: they are what the others leave of those of all rows. Answers the sum of the
 * log-likelihoods of the rows.
 */
export function pass(kind: i32, size: i32, componentCount: i32, home: i32, rowCount: i32, points: usize, stride: usize, components: usize, componentBytes: usize, monomialCount: i32, moments: usize, scratch: usize): f64 {
	const columns = scratch + <usize>componentCount * BLOCK_BYTES;
	const differences = columns + <usize>monomialCount * BLOCK_BYTES;
	const active = differences + (<usize>size << 5);
	let logLikelihood: f64 = 0;
	for (let row = 0; row < rowCount; row += <i32>BLOCK, points += BLOCK_BYTES) {
		for (let j: usize = 0; j < <usize>componentCount; j++) {
			const component = components + j * componentBytes;
			const out = scratch + j * BLOCK_BYTES;
			store<i32>(active + (j << 2), 0);
			if (kind === DIAGONAL) densityDiagonal(size, points, stride, component, out);
			else densityTriangle(size, points, stride, component, out, differences);
		}
		logLikelihood += responsibilities(componentCount, min(rowCount - row, <i32>BLOCK), scratch, active);
		monomials(kind, size, points, stride, columns);
		for (let j: usize = 0; j < <usize>componentCount; j++) {
			if (j === <usize>home || load<i32>(active + (j << 2)) === 0) continue;
			addMoments(scratch + j * BLOCK_BYTES, columns, monomialCount, moments + ((j * <usize>monomialCount) << 3));
		}
	}
	return logLikelihood;
}
`;
