// @ts-check
/**
 * One pass of expectation and maximization over all rows, for mixtures of Gaussians.
 *
 * Rows are taken in blocks of 64 that stay in the nearest memory. Per block: the log density of every component in 64 bits,
 * then the responsibilities, then the moments that the next components are made of. Moments are of what rows differ from
 * the old mean of the component, which 32 bits tell to seven digits of its spread, four rows at once; they are added up in
 * 64 bits from block to block. A component to which a block owes nothing is passed over; it helps when rows that belong
 * together stand together.
 *
 * Points are blocks of columns: 64 numbers of the first column, 64 of the next, and so on; each block says how many rows it
 * has. Rows of a block should be near each other, for 32 bits tell what they differ from its first. A component is its mean, its
 * factor (the inverse of the Cholesky factor of its covariance over √2: a lower triangle by rows, or its diagonal), and a
 * constant.
 */

import { COLUMN, densities } from './parts/mixture-densities.mjs';

export function source() {
	return [
		HEAD,
		EXP,
		...densities(),
		RESPONSIBILITIES,
		DIFFERENCES,
		FIRST_MOMENTS,
		pairMoments('Diagonal'),
		pairMoments('Full'),
		...[2, 4].map(crossMoments),
		PASS
	].join('\n');
}

const HEAD = `
export const heapBase: usize = __heap_base;

/** Bytes of a column of a block in 64 bits and in 32. */
const COLUMN: usize = ${COLUMN};
const SHORT_COLUMN: usize = 256;

/** A component that a block owes less of a row is passed over. */
const LEAST: f64 = 1e-12;
`;

/*
 * Responsibilities are told to seven digits, which thousands of rows average out: e^x of four rows at once, in 32 bits, as a
 * power of 2, whose fraction is a polynomial: the least largest relative error of degree 6 with 1 at 0, 2e-8. Nothing is
 * less than 2^-100, far below rounding, so that products of it are still numbers of full precision.
 */
const EXP = `
// @ts-ignore: decorator
@inline
function exp(x: v128): v128 {
	const bits = f32x4.pmax(f32x4.mul(x, f32x4.splat(1.44269504)), f32x4.splat(-100));
	// Adding 1.5 · 2^23 rounds to a whole number and leaves it in the lowest bits.
	const shifted = f32x4.add(bits, f32x4.splat(12582912));
	const f = f32x4.sub(bits, f32x4.sub(shifted, f32x4.splat(12582912)));
	const f2 = f32x4.mul(f, f);
	const a = f32x4.add(f32x4.splat(0.693147182), f32x4.mul(f, f32x4.splat(0.240226477)));
	const b = f32x4.add(f32x4.splat(0.0555033237), f32x4.mul(f, f32x4.splat(0.00961843692)));
	const c = f32x4.add(f32x4.splat(0.0013398875), f32x4.mul(f, f32x4.splat(0.00015353362)));
	const slope = f32x4.add(a, f32x4.mul(f2, f32x4.add(b, f32x4.mul(f2, c))));
	const power = f32x4.add(f32x4.splat(1), f32x4.mul(f, slope));
	return i32x4.add(power, i32x4.shl(shifted, 23));
}

// @ts-ignore: decorator
@inline
function high(v: v128): v128 {
	return i8x16.shuffle(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15);
}

/** Four numbers in 32 bits of two and two in 64. */
// @ts-ignore: decorator
@inline
function joined(first: v128, second: v128): v128 {
	return i8x16.shuffle(
		f32x4.demote_f64x2_zero(first),
		f32x4.demote_f64x2_zero(second),
		0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23
	);
}
`;

const RESPONSIBILITIES = `
// @ts-ignore: decorator
@inline
function total(v: v128): f64 {
	return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
}

/**
 * Makes responsibilities of the log densities of a block. Those of each component take the first half of the room of its
 * densities, in 32 bits. Rows from \`count\` on are none. Answers the
 * log-likelihood of the block.
 */
function responsibilities(componentCount: i32, count: i32, densities: usize): f64 {
	const end = densities + <usize>componentCount * COLUMN;
	let product0 = f64x2.splat(1), product1 = product0;
	let mosts0 = f64x2.splat(0), mosts1 = mosts0;
	let index = i32x4(0, 1, 2, 3);
	const counts = i32x4.splat(count);
	for (let column = densities, short = densities, last = densities + COLUMN; column < last; column += 32, short += 16) {
		let most0 = v128.load(column), most1 = v128.load(column, 16);
		for (let at = column + COLUMN; at < end; at += COLUMN) {
			most0 = f64x2.pmax(most0, v128.load(at));
			most1 = f64x2.pmax(most1, v128.load(at, 16));
		}
		let sum0 = f64x2.splat(0), sum1 = sum0;
		for (let at = column, out = short; at < end; at += COLUMN, out += COLUMN) {
			const below = joined(f64x2.sub(v128.load(at), most0), f64x2.sub(v128.load(at, 16), most1));
			const shares = exp(below);
			sum0 = f64x2.add(sum0, f64x2.promote_low_f32x4(shares));
			sum1 = f64x2.add(sum1, f64x2.promote_low_f32x4(high(shares)));
			v128.store(out, shares);
		}
		const isRow = i32x4.lt_s(index, counts);
		const inverse = v128.and(isRow, f32x4.div(f32x4.splat(1), joined(sum0, sum1)));
		for (let out = short; out < end; out += COLUMN) v128.store(out, f32x4.mul(v128.load(out), inverse));
		const isRow0 = i64x2.extend_low_i32x4_s(isRow), isRow1 = i64x2.extend_high_i32x4_s(isRow);
		product0 = f64x2.mul(product0, v128.bitselect(sum0, f64x2.splat(1), isRow0));
		product1 = f64x2.mul(product1, v128.bitselect(sum1, f64x2.splat(1), isRow1));
		mosts0 = f64x2.add(mosts0, v128.and(isRow0, most0));
		mosts1 = f64x2.add(mosts1, v128.and(isRow1, most1));
		index = i32x4.add(index, i32x4.splat(4));
	}
	const product = f64x2.mul(product0, product1);
	return (
		total(f64x2.add(mosts0, mosts1)) +
		Math.log(f64x2.extract_lane(product, 0)) + Math.log(f64x2.extract_lane(product, 1))
	);
}
`;

const DIFFERENCES = `
/** Writes what the rows of a block differ from its first, by columns in 32 bits. */
function differencesFromFirst(size: i32, points: usize, out: usize): void {
	for (let t = 0; t < size; t++, points += COLUMN) {
		const first = v128.load64_splat(points);
		for (let at = points, end = points + COLUMN; at < end; at += 32, out += 16) {
			v128.store(out, joined(f64x2.sub(v128.load(at), first), f64x2.sub(v128.load(at, 16), first)));
		}
	}
}

// @ts-ignore: decorator
@inline
function meanFromFirst(t: i32, points: usize, mean: usize): v128 {
	return f32x4.splat(<f32>(load<f64>(mean + (<usize>t << 3)) - load<f64>(points + <usize>t * COLUMN)));
}

// @ts-ignore: decorator
@inline
function addTotal(address: usize, v: v128): void {
	const wide = f64x2.add(f64x2.promote_low_f32x4(v), f64x2.promote_low_f32x4(high(v)));
	store<f64>(address, load<f64>(address) + total(wide));
}

/** The sum of the responsibilities of a block: of four rows in 32 bits, then in 64. */
function sumOf(shares: usize): f64 {
	let low = f64x2.splat(0), up = low;
	for (let at = shares, end = shares + SHORT_COLUMN; at < end; at += 64) {
		const first = f32x4.add(v128.load(at), v128.load(at, 16));
		const four = f32x4.add(first, f32x4.add(v128.load(at, 32), v128.load(at, 48)));
		low = f64x2.add(low, f64x2.promote_low_f32x4(four));
		up = f64x2.add(up, f64x2.promote_low_f32x4(high(four)));
	}
	return total(f64x2.add(low, up));
}
`;

const FIRST_MOMENTS = `
/**
 * Adds the first moments of a component, in 64 bits: where all components share a covariance, it is what the means leave of
 * the spread of all rows, which is little beside it where they are far apart.
 */
function firstMoments(size: i32, shares: usize, points: usize, mean: usize, firsts: usize): void {
	for (let t = 0; t < size; t++, mean += 8, firsts += 8) {
		const m = v128.load64_splat(mean);
		let sum0 = f64x2.splat(0), sum1 = sum0;
		for (let at = shares, end = shares + SHORT_COLUMN; at < end; at += 16, points += 32) {
			const r = v128.load(at);
			const e0 = f64x2.sub(v128.load(points), m), e1 = f64x2.sub(v128.load(points, 16), m);
			sum0 = f64x2.add(sum0, f64x2.mul(f64x2.promote_low_f32x4(r), e0));
			sum1 = f64x2.add(sum1, f64x2.mul(f64x2.promote_low_f32x4(high(r)), e1));
		}
		store<f64>(firsts, load<f64>(firsts) + total(f64x2.add(sum0, sum1)));
	}
}
`;

/** Which moments a kind of covariance asks for: squares always, and products of other columns. */
const KINDS = { Diagonal: { products: false }, Full: { products: true } };

/**
 * Adds the first moments of a component, the squares, and the products within pairs of columns. Where products of other
 * columns follow, it keeps the differences from the mean, and these times the responsibilities.
 *
 * @param {keyof typeof KINDS} kind
 */
function pairMoments(kind) {
	const { products } = KINDS[kind];
	const secondAt = (/** @type {number} */ t, /** @type {number} */ s) =>
		products
			? `seconds + (<usize>((t + ${t}) * width + t + ${s}) << 3)`
			: `seconds + (<usize>(t + ${t}) << 3)`;
	const lines = (/** @type {boolean} */ asked, /** @type {string} */ text) => (asked ? text : '');
	return `
function pairMoments${kind}(size: i32, width: i32, shares: usize, columns: usize, points: usize, mean: usize, kept: usize, moments: usize): void {
	const firsts = moments + 8, seconds = firsts + (<usize>width << 3);
	for (let t = 0; t < width; t += 2) {
		const m0 = meanFromFirst(t, points, mean);
		const m1 = t + 1 < size ? meanFromFirst(t + 1, points, mean) : f32x4.splat(0);
		const x = columns + <usize>t * SHORT_COLUMN;
		${lines(products, 'const e = kept + <usize>t * (2 * SHORT_COLUMN);')}
		let f0 = f32x4.splat(0), f1 = f0, s00 = f0, s11 = f0, s10 = f0;
		for (let at: usize = 0; at < SHORT_COLUMN; at += 16) {
			const r = v128.load(shares + at);
			const e0 = f32x4.sub(v128.load(x + at), m0), e1 = f32x4.sub(v128.load(x + at, ${COLUMN / 2}), m1);
			const r0 = f32x4.mul(r, e0), r1 = f32x4.mul(r, e1);
			f0 = f32x4.add(f0, r0);
			f1 = f32x4.add(f1, r1);
			s00 = f32x4.add(s00, f32x4.mul(r0, e0));
			s11 = f32x4.add(s11, f32x4.mul(r1, e1));
			${lines(products, 's10 = f32x4.add(s10, f32x4.mul(r1, e0));')}
			${lines(products, `v128.store(e + at, e0); v128.store(e + at, r0, ${COLUMN / 2});`)}
			${lines(products, `v128.store(e + at, e1, ${COLUMN}); v128.store(e + at, r1, ${COLUMN * 1.5});`)}
		}
		addTotal(firsts + (<usize>t << 3), f0);
		addTotal(firsts + (<usize>(t + 1) << 3), f1);
		addTotal(${secondAt(0, 0)}, s00); addTotal(${secondAt(1, 1)}, s11);
		${lines(products, `addTotal(${secondAt(1, 0)}, s10);`)}
	}
}`;
}

/**
 * Adds the products of two columns with so many others, of what was kept.
 *
 * @param {number} count
 */
function crossMoments(count) {
	const others = Array.from({ length: count }, (_, s) => s);
	const both = (/** @type {(t: number, s: number) => string} */ of) =>
		[0, 1].flatMap((t) => others.map((s) => of(t, s))).join('\n\t\t');
	return `
function crossMoments${count}(first: usize, other: usize, width: i32, seconds: usize): void {
	${both((t, s) => `let p${t}${s} = f32x4.splat(0);`)}
	for (let end = first + SHORT_COLUMN; first < end; first += 16, other += 16) {
		const r0 = v128.load(first, ${COLUMN / 2}), r1 = v128.load(first, ${COLUMN * 1.5});
		${others.map((s) => `const e${s} = v128.load(other, ${s * COLUMN});`).join(' ')}
		${both((t, s) => `p${t}${s} = f32x4.add(p${t}${s}, f32x4.mul(r${t}, e${s}));`)}
	}
	const below = seconds + (<usize>width << 3);
	${others.map((s) => `addTotal(seconds + ${8 * s}, p0${s}); addTotal(below + ${8 * s}, p1${s});`).join('\n\t')}
}`;
}

const PASS = `
/** Adds the products of columns that are no pair: 2 columns by 4 at once, and by 2 what is left. */
function productMoments(width: i32, kept: usize, seconds: usize): void {
	for (let t = 2; t < width; t += 2) {
		const column = kept + <usize>t * COLUMN;
		const row = seconds + (<usize>(t * width) << 3);
		let s = 0;
		for (; s + 4 <= t; s += 4) crossMoments4(column, kept + <usize>s * COLUMN, width, row + (<usize>s << 3));
		if (s < t) crossMoments2(column, kept + <usize>s * COLUMN, width, row + (<usize>s << 3));
	}
}

/** What the covariances of components are. */
const ROUND = 0;
const DIAGONAL = 1;
const TIED = 2;
const FULL = 3;

/** Bytes that \`pass\` needs beside the rows. */
export function roomFor(size: i32, componentCount: i32): usize {
	const width = <usize>size + 1, count = <usize>componentCount;
	return count * COLUMN + width * (COLUMN + SHORT_COLUMN + COLUMN + 32) + count * (<usize>size << 3);
}

/**
 * Adds to \`moments\` those of all rows, component by component, \`momentBytes\` each: the sum of the responsibilities, the
 * first moments of what the rows differ from the mean, and the second ones, as squares or as the lower triangle of a square
 * by rows; sides are as long as there are columns, rounded up to an even number. Answers the sum of the log-likelihoods.
 */
export function pass(kind: i32, size: i32, componentCount: i32, blockCount: i32, rowCounts: usize, points: usize, components: usize, componentBytes: usize, moments: usize, momentBytes: usize, room: usize): f64 {
	const width = (size + 1) & ~1;
	const whitened = room + <usize>componentCount * COLUMN;
	const columns = whitened + <usize>width * COLUMN;
	const kept = columns + <usize>width * SHORT_COLUMN;
	const differences = kept + <usize>width * COLUMN;
	const whitenedMeans = differences + <usize>width * 32;
	// The column that makes an odd number of them even.
	memory.fill(columns + <usize>size * SHORT_COLUMN, 0, <usize>(width - size) * SHORT_COLUMN);
	const factor = components + (<usize>size << 3);
	for (let j: usize = 0; kind === TIED && j < <usize>componentCount; j++) {
		whitenMean(size, components + j * componentBytes, factor, whitenedMeans + ((j * <usize>size) << 3));
	}
	let logLikelihood: f64 = 0;
	for (let block = 0; block < blockCount; block++, points += <usize>size * COLUMN) {
		if (kind === TIED) whiten(size, points, factor, whitened);
		for (let j: usize = 0; j < <usize>componentCount; j++) {
			const component = components + j * componentBytes;
			const constant = load<f64>(component + componentBytes - 8);
			const out = room + j * COLUMN;
			if (kind === FULL) densityTriangle(size, points, component, out, differences);
			else if (kind === TIED) densityRound(size, whitened, whitenedMeans + ((j * <usize>size) << 3), 1, constant, out);
			else if (kind === ROUND) densityRound(size, points, component, load<f64>(component + (<usize>size << 3)), constant, out);
			else densityDiagonal(size, points, component, out);
		}
		logLikelihood += responsibilities(componentCount, load<i32>(rowCounts + (<usize>block << 2)), room);
		if (kind !== TIED) differencesFromFirst(size, points, columns);
		for (let j: usize = 0; j < <usize>componentCount; j++) {
			const shares = room + j * COLUMN;
			const share = sumOf(shares);
			if (share < LEAST) continue;
			const mean = components + j * componentBytes, own = moments + j * momentBytes;
			store<f64>(own, load<f64>(own) + share);
			if (kind === TIED) firstMoments(size, shares, points, mean, own + 8);
			else if (kind === FULL) {
				pairMomentsFull(size, width, shares, columns, points, mean, kept, own);
				productMoments(width, kept, own + (<usize>(1 + width) << 3));
			} else pairMomentsDiagonal(size, width, shares, columns, points, mean, kept, own);
		}
	}
	return logLikelihood;
}
`;
