import { minimize } from './brent.ts';
import { studentQuantile } from './student-t.ts';

/** Fewer values than this say nothing about how a level moves. */
export const FEWEST_POINTS = 3;

/** A series as a level that wanders and is seen through noise; all arrays are of one entry per value. */
export interface LocalLevel {
	/** Variance of the noise around the level, and of its steps from one value to the next. */
	readonly noiseVariance: number;
	readonly stepVariance: number;
	/** Diffuse log-likelihood: that of every value but the first, given those before. Infinite for a constant series. */
	readonly logLikelihood: number;
	/** The level as known from the values up to here, and the standard error of that; NaN before the first value. */
	readonly levels: Float64Array;
	readonly errors: Float64Array;
}

/**
 * The local level model y(t) = μ(t) + ε(t), μ(t + 1) = μ(t) + η(t), by the Kalman filter with variances of maximum likelihood
 * (Durbin and Koopman 2012, Time Series Analysis by State Space Methods, chapter 2; the level starts diffuse). NaN is a value
 * that nobody knows: the level then stays and its error grows. O(n).
 *
 * @returns null below `FEWEST_POINTS` known values
 */
export function fitLocalLevel(values: ArrayLike<number>): LocalLevel | null {
	if (knownCount(values) < FEWEST_POINTS) return null;
	const part = bestStepPart(values);
	const { scale, logLikelihood, levels, variances } = filterLevel(values, part);
	return {
		noiseVariance: scale * (1 - part),
		stepVariance: scale * part,
		logLikelihood,
		levels,
		errors: variances.map((variance) => Math.sqrt(scale * variance))
	};
}

/** How a value differs from what those before it let expect. */
export type Move = 'up' | 'down' | null;

/** A single value is strange outside 99 % of what was to be expected, two in a row outside 95 % on the same side. */
const ALONE = 0.995;
const IN_A_ROW = 0.975;

/**
 * Which values of a series left what the ones before it let expect. A value has moved when it lies outside the 99 % interval of
 * the forecast of the local level model fitted to the values before it; or when it and the value before it both lie outside
 * the 95 % interval of what was to be expected before both, on the same side. Intervals are of Student's t with one
 * degree of freedom fewer than values, for the variances are estimated of them. Never before the fourth known value.
 */
export function movesOf(values: ArrayLike<number>): Move[] {
	const forecasts = forecastsOf(values);
	return Array.from({ length: values.length }, (_, at) => {
		if (!Number.isFinite(values[at])) return null;
		const alone = surpriseOf(forecasts(at), values, at, ALONE);
		if (alone !== null) return alone;
		const last = previousKnown(values, at);
		if (last === null) return null;
		const first = surpriseOf(forecasts(last), values, last, IN_A_ROW);
		return first !== null && surpriseOf(forecasts(last), values, at, IN_A_ROW) === first ? first : null;
	});
}

/** What the values before `from` let expect of those from there on. */
interface Forecast {
	readonly from: number;
	readonly fit: LocalLevel;
	/** Quantiles of Student's t with the degrees of freedom that the fit has, by point, as far as they were asked for. */
	readonly quantile: (point: number) => number;
}

/** The forecasts of a series by where they begin, each made once; null where too little is known before. */
function forecastsOf(values: ArrayLike<number>): (from: number) => Forecast | null {
	return remembered((from) => {
		const before = Array.prototype.slice.call(values, 0, from) as number[];
		const fit = fitLocalLevel(before);
		const freedom = knownCount(before) - 1;
		return fit && { from, fit, quantile: remembered((point) => studentQuantile(point, freedom)) };
	});
}

/** The same function, which works each answer out once. */
function remembered<T>(work: (of: number) => T): (of: number) => T {
	const known = new Map<number, T>();
	return (of) => {
		const answer = known.has(of) ? (known.get(of) as T) : work(of);
		known.set(of, answer);
		return answer;
	};
}

/** How the value at `at` lies to a forecast. */
function surpriseOf(forecast: Forecast | null, values: ArrayLike<number>, at: number, point: number): Move {
	if (forecast === null) return null;
	const { from, fit, quantile } = forecast;
	const level = fit.levels[from - 1] as number;
	const ahead = at - from + 1;
	const variance = (fit.errors[from - 1] as number) ** 2 + ahead * fit.stepVariance + fit.noiseVariance;
	const distance = (values[at] as number) - level;
	const rounding = 1e-9 * Math.abs(level);
	const most = quantile(point) * Math.sqrt(variance) + rounding;
	if (Math.abs(distance) <= most) return null;
	return distance > 0 ? 'up' : 'down';
}

function previousKnown(values: ArrayLike<number>, at: number): number | null {
	for (let before = at - 1; before >= 0; before -= 1) if (Number.isFinite(values[before])) return before;
	return null;
}

function knownCount(values: ArrayLike<number>): number {
	let known = 0;
	for (let at = 0; at < values.length; at += 1) known += Number(Number.isFinite(values[at]));
	return known;
}

/** Logarithms of step to noise variance that are tried before the best is narrowed down. */
const WIDEST = 14;
const STRIDE = 0.5;

/** The part of step and noise variance together that is the step's, 0 to 1, of greatest likelihood. */
function bestStepPart(values: ArrayLike<number>): number {
	const cost = (part: number): number => -filterLevel(values, part).logLikelihood;
	const partOf = (logRatio: number): number => 1 / (1 + Math.exp(-logRatio));
	const costAt = (logRatio: number): number => cost(partOf(logRatio));
	let [best, least] = [-WIDEST, Infinity];
	for (let logRatio = -WIDEST; logRatio <= WIDEST; logRatio += STRIDE) {
		const found = costAt(logRatio);
		if (found < least) [best, least] = [logRatio, found];
	}
	if (least === -Infinity) return 0;
	const narrowed = partOf(minimize(costAt, best - STRIDE / 2, best + STRIDE / 2));
	// The ends, where one of the two variances is 0, lie at infinity on the scale of logarithms.
	return [0, 1, narrowed].reduce((first, second) => (cost(second) < cost(first) - 1e-10 ? second : first));
}

/** What one pass tells: `scale` is what both variances are to be multiplied by, which are `1 - part` and `part`. */
interface Filtered {
	readonly scale: number;
	readonly logLikelihood: number;
	readonly levels: Float64Array;
	readonly variances: Float64Array;
}

function filterLevel(values: ArrayLike<number>, part: number): Filtered {
	const [levels, variances] = [new Float64Array(values.length), new Float64Array(values.length)];
	let [level, variance, known, squares, logs] = [NaN, NaN, 0, 0, 0];
	for (let at = 0; at < values.length; at += 1) {
		const value = values[at] as number;
		if (known > 0) variance += part;
		if (Number.isFinite(value)) {
			if (known === 0) [level, variance] = [value, 1 - part];
			else {
				const spread = variance + 1 - part;
				const surprise = value - level;
				squares += (surprise * surprise) / spread;
				logs += Math.log(spread);
				level += (variance / spread) * surprise;
				variance *= (1 - part) / spread;
			}
			known += 1;
		}
		levels[at] = level;
		variances[at] = variance;
	}
	const freedom = known - 1;
	const scale = squares / freedom;
	const logLikelihood = -(freedom * (Math.log(2 * Math.PI) + 1 + Math.log(scale)) + logs) / 2;
	return { scale, logLikelihood, levels, variances };
}
