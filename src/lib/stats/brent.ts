/** Golden section: how far a bracket grows, and where it is cut. */
const GROWTH = (1 + Math.sqrt(5)) / 2;
const SECTION = (3 - Math.sqrt(5)) / 2;
/** The precision of `scipy.optimize.brent`: √ε of doubles; below it a minimum is flat. */
const TOLERANCE = 1.48e-8;
const SMALLEST_STEP = 1e-11;
const MOST_STEPS = 500;
/** A parabola may point at most so many steps ahead. */
const MOST_GROWTH = 110;

type Objective = (x: number) => number;

/**
 * Where a function of one number is least: the bracket is grown downhill from `from` and `to`, then narrowed by parabolas
 * and golden sections (Brent 1973, Algorithms for Minimization without Derivatives, chapter 5), as `scipy.optimize.brent`
 * does. Of several minima it finds one. The answer is exact to about 1.5e-8 of its size.
 */
export function minimize(objective: Objective, from: number, to: number): number {
	const [low, middle, high] = bracket(objective, from, to);
	return narrow(objective, low, middle, high);
}

/** Three points, the middle one no higher than the ends; fewer than 1,000 tries, after which the last ones have to do. */
function bracket(objective: Objective, from: number, to: number): [number, number, number] {
	let [a, b] = objective(from) < objective(to) ? [to, from] : [from, to];
	let [fa, fb] = [objective(a), objective(b)];
	let c = b + GROWTH * (b - a);
	let fc = objective(c);
	for (let tries = 0; fc < fb && tries < 1000; tries += 1) {
		let next = vertex(a, fa, b, fb, c, fc);
		const furthest = b + MOST_GROWTH * (c - b);
		const isAhead = (next - c) * (furthest - next) >= 0;
		const isBetween = (next - c) * (b - next) > 0;
		if (!isAhead && !isBetween) {
			next = (next - furthest) * (furthest - c) >= 0 ? furthest : c + GROWTH * (c - b);
		}
		let value = objective(next);
		if (isBetween) {
			if (value < fc) return [b, next, c];
			if (value > fb) return [a, b, next];
			next = c + GROWTH * (c - b);
			value = objective(next);
		}
		[a, b, c, fa, fb, fc] = [b, c, next, fb, fc, value];
	}
	return [a, b, c];
}

/** Where the parabola through three points turns. */
function vertex(a: number, fa: number, b: number, fb: number, c: number, fc: number): number {
	const left = (b - a) * (fb - fc);
	const right = (b - c) * (fb - fa);
	const bend = 2 * (right - left);
	const safe = Math.abs(bend) < 1e-21 ? 2e-21 : bend;
	return b - ((b - c) * right - (b - a) * left) / safe;
}

function narrow(objective: Objective, low: number, middle: number, high: number): number {
	let [a, b] = low < high ? [low, high] : [high, low];
	// The best point so far, the second best, and the one before that.
	let [x, w, v] = [middle, middle, middle];
	let fx = objective(x);
	let [fw, fv] = [fx, fx];
	let [step, before] = [0, 0];
	for (let i = 0; i < MOST_STEPS; i += 1) {
		const tolerance = TOLERANCE * Math.abs(x) + SMALLEST_STEP;
		const centre = (a + b) / 2;
		if (Math.abs(x - centre) < 2 * tolerance - (b - a) / 2) break;
		const parabolic = Math.abs(before) > tolerance ? parabolaStep(x, fx, w, fw, v, fv) : NaN;
		const isGood = parabolic > a - x && parabolic < b - x && Math.abs(parabolic) < Math.abs(before / 2);
		if (isGood) {
			before = step;
			step = parabolic;
			if (x + step - a < 2 * tolerance || b - x - step < 2 * tolerance) {
				step = centre >= x ? tolerance : -tolerance;
			}
		} else {
			before = x >= centre ? a - x : b - x;
			step = SECTION * before;
		}
		const next = x + (Math.abs(step) < tolerance ? (step >= 0 ? tolerance : -tolerance) : step);
		const value = objective(next);
		if (value <= fx) {
			if (next >= x) a = x;
			else b = x;
			[v, w, x, fv, fw, fx] = [w, x, next, fw, fx, value];
			continue;
		}
		if (next < x) a = next;
		else b = next;
		if (value <= fw || w === x) [v, w, fv, fw] = [w, next, fw, value];
		else if (value <= fv || v === x || v === w) [v, fv] = [next, value];
	}
	return x;
}

/** From the best point to where the parabola through the three best ones turns; NaN when it does not. */
function parabolaStep(x: number, fx: number, w: number, fw: number, v: number, fv: number): number {
	const left = (x - w) * (fx - fv);
	const right = (x - v) * (fx - fw);
	const bend = 2 * (right - left);
	return -((x - v) * right - (x - w) * left) / bend;
}
