// @ts-check
/**
 * The log densities of one component of a mixture for a block of 64 rows, in 64 bits: constant − |factor · (x − mean)|².
 * Components with a triangle for a factor are unrolled up to eight dimensions.
 */

const UNROLLED = [1, 2, 3, 4, 5, 6, 7, 8];
/** Bytes of a column of a block, in 64 bits. */
export const COLUMN = 512;

export function densities() {
	return [...UNROLLED.map(density), DENSITY_ANY, dispatch(), DENSITY_DIAGONAL, DENSITY_ROUND, WHITEN];
}

/**
 * The log densities of one component for a block, for so many dimensions: four rows at a time, four dimensions after four,
 * as many differences as there are registers for. What the first four give to later rows of the factor is kept in between.
 *
 * @param {number} size
 */
function density(size) {
	const factorAt = (/** @type {number} */ t, /** @type {number} */ s) => (size + (t * (t + 1)) / 2 + s) * 8;
	const both = (/** @type {(h: number) => string} */ line) => [0, 1].map(line);
	/** @param {number} from */
	const four = (from) => {
		const own = Array.from({ length: Math.min(4, size - from) }, (_, i) => from + i);
		const rows = Array.from({ length: size - from }, (_, i) => from + i);
		return [
			...own.flatMap((s) => [
				`const m${s} = v128.load64_splat(component, ${s * 8});`,
				...both((h) => `const e${h}${s} = f64x2.sub(v128.load(x, ${s * COLUMN + h * 16}), m${s});`)
			]),
			...rows.flatMap((t) => [
				...own
					.filter((s) => s <= t)
					.flatMap((s) => [
						`const p${t}${s} = v128.load64_splat(component, ${factorAt(t, s)});`,
						...both((h) => {
							const product = `f64x2.mul(e${h}${s}, p${t}${s})`;
							const before =
								s > from ? `y${h}${t}${s - 1}` : s > 0 ? `v128.load(kept, ${t * 32 + h * 16})` : null;
							return `const y${h}${t}${s} = ${before === null ? product : `f64x2.add(${before}, ${product})`};`;
						})
					]),
				...both((h) =>
					t < from + 4
						? `q${h} = f64x2.sub(q${h}, f64x2.mul(y${h}${t}${t}, y${h}${t}${t}));`
						: `v128.store(kept, y${h}${t}${from + 3}, ${t * 32 + h * 16});`
				)
			])
		];
	};
	return `
function density${size}(points: usize, component: usize, out: usize, kept: usize): void {
	const constant = v128.load64_splat(component, ${factorAt(size, 0)});
	for (let x = points, end = points + COLUMN; x < end; x += 32, out += 32) {
		let q0 = constant, q1 = constant;
		${[0, 4]
			.filter((from) => from < size)
			.flatMap(four)
			.join('\n\t\t')}
		${both((h) => `v128.store(out, q${h}, ${h * 16});`).join(' ')}
	}
}`;
}

function dispatch() {
	return `
// @ts-ignore: decorator
@inline
function densityTriangle(size: i32, points: usize, component: usize, out: usize, kept: usize): void {
	switch (size) {
${UNROLLED.map((size) => `		case ${size}: density${size}(points, component, out, kept); break;`).join('\n')}
		default: densityAny(size, points, component, out, kept);
	}
}`;
}

const DENSITY_ANY = `
function densityAny(size: i32, points: usize, component: usize, out: usize, differences: usize): void {
	const means = component + (<usize>size << 3);
	for (let x = points, end = points + COLUMN; x < end; x += 32) {
		let e = differences;
		for (let mean = component, at = x; mean < means; mean += 8, at += COLUMN, e += 32) {
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

const EIGHT_ROWS = [0, 1, 2, 3];

/** @param {(h: number) => string} line */
function each(line) {
	return EIGHT_ROWS.map(line).join('\n\t\t\t');
}

const DENSITY_DIAGONAL = `
function densityDiagonal(size: i32, points: usize, component: usize, out: usize): void {
	const means = component + (<usize>size << 3);
	const constant = v128.load64_splat(means + (<usize>size << 3));
	for (let x = points, end = points + COLUMN; x < end; x += 64) {
		let q0 = constant, q1 = constant, q2 = constant, q3 = constant;
		for (let mean = component, factor = means, at = x; mean < means; mean += 8, factor += 8, at += COLUMN) {
			const m = v128.load64_splat(mean), p = v128.load64_splat(factor);
			${each((h) => `const y${h} = f64x2.mul(f64x2.sub(v128.load(at, ${h * 16}), m), p);`)}
			${each((h) => `q${h} = f64x2.sub(q${h}, f64x2.mul(y${h}, y${h}));`)}
		}
		${each((h) => `v128.store(out, q${h}, ${h * 16});`)}
		out += 64;
	}
}`;

const DENSITY_ROUND = `
/** The log densities of a component whose factor is one number times the identity. */
function densityRound(size: i32, points: usize, mean: usize, factor: f64, constant: f64, out: usize): void {
	const means = mean + (<usize>size << 3);
	const scale = f64x2.splat(factor * factor), top = f64x2.splat(constant);
	for (let x = points, end = points + COLUMN; x < end; x += 64) {
		let s0 = f64x2.splat(0), s1 = s0, s2 = s0, s3 = s0;
		for (let from = mean, at = x; from < means; from += 8, at += COLUMN) {
			const m = v128.load64_splat(from);
			${each((h) => `const e${h} = f64x2.sub(v128.load(at, ${h * 16}), m);`)}
			${each((h) => `s${h} = f64x2.add(s${h}, f64x2.mul(e${h}, e${h}));`)}
		}
		${each((h) => `v128.store(out, f64x2.sub(top, f64x2.mul(s${h}, scale)), ${h * 16});`)}
		out += 64;
	}
}`;

const WHITEN = `
/** The rows of a block times the factor that all components share. */
function whiten(size: i32, points: usize, factor: usize, out: usize): void {
	for (let t = 0; t < size; t++, out += COLUMN) {
		for (let at: usize = 0; at < COLUMN; at += 64) {
			let y0 = f64x2.splat(0), y1 = y0, y2 = y0, y3 = y0;
			for (let x = points + at, p = factor, end = factor + (<usize>t << 3); p <= end; p += 8, x += COLUMN) {
				const f = v128.load64_splat(p);
				${each((h) => `y${h} = f64x2.add(y${h}, f64x2.mul(v128.load(x, ${h * 16}), f));`)}
			}
			${each((h) => `v128.store(out + at, y${h}, ${h * 16});`)}
		}
		factor += <usize>(t + 1) << 3;
	}
}

/** A mean times the same factor. */
function whitenMean(size: i32, mean: usize, factor: usize, out: usize): void {
	for (let t = 0; t < size; t++) {
		let y: f64 = 0;
		for (let s = 0; s <= t; s++, factor += 8) y += load<f64>(mean + (<usize>s << 3)) * load<f64>(factor);
		store<f64>(out + (<usize>t << 3), y);
	}
}`;
