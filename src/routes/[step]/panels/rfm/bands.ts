import type { Format } from '#lib/core/format.ts';

/** A label of the grid in two lines. */
export interface Band {
	readonly title: string;
	readonly note?: string;
	/** What stands there where the room is narrow. */
	readonly short: { readonly title: string; readonly note?: string };
}

/** The customers of one score: their lowest and highest value, and how many they are. */
export interface ScoreRange {
	readonly min: number;
	readonly max: number;
	readonly count: number;
}

/** What the bands are read from: features and scores of all customers, row by row. */
export interface ScoredCustomers {
	readonly features: ReadonlyMap<string, Float64Array>;
	readonly rScore: Int32Array;
	readonly fScore: Int32Array;
}

/** The scores from the highest to 1. */
function falling(levels: number): number[] {
	return Array.from({ length: levels }, (_, i) => levels - i);
}

/**
 * The values that each score really has; a score that nobody has is absent. Cut-points do not tell: where ties
 * are split, customers with one value have several scores.
 */
export function scoreRanges(scores: Int32Array, values: Float64Array): ReadonlyMap<number, ScoreRange> {
	const ranges = new Map<number, { min: number; max: number; count: number }>();
	for (const [row, score] of scores.entries()) {
		const value = values[row] as number;
		const range = ranges.get(score);
		if (range === undefined) {
			ranges.set(score, { min: value, max: value, count: 1 });
			continue;
		}
		range.min = Math.min(range.min, value);
		range.max = Math.max(range.max, value);
		range.count += 1;
	}
	return ranges;
}

/** The recency bands from the highest score (just now) to 1, in days; none before there are customers. */
export function daysBands(customers: ScoredCustomers | null, levels: number, format: Format): Band[] {
	const days = customers?.features.get('recency_days');
	if (!customers || !days) return [];
	const ranges = scoreRanges(customers.rScore, days);
	return falling(levels).map((score) => daysBand(score, score === levels, ranges.get(score), format));
}

/** The frequency bands from score 1 to the highest, in orders; none before there are customers. */
export function frequencyBands(customers: ScoredCustomers | null, levels: number, format: Format): Band[] {
	const orders = customers?.features.get('frequency');
	if (!customers || !orders) return [];
	const ranges = scoreRanges(customers.fScore, orders);
	return falling(levels)
		.reverse()
		.map((score) => ordersBand(score, score === levels, ranges.get(score), format));
}

/** The bands of the mean of the scores of orders and spend, from 1 to the highest. */
export function averageBands(levels: number): Band[] {
	return falling(levels)
		.reverse()
		.map((score) => ({
			title: `Score ${score}`,
			note: 'orders and spend',
			short: { title: String(score), note: 'score' }
		}));
}

/** Scores as they are, from 1 to the highest, where nothing is known of what they stand for. */
export function scoreBands(what: string, levels: number): Band[] {
	return falling(levels)
		.reverse()
		.map((score) => ({ title: `${what} ${score}`, short: { title: String(score) } }));
}

function daysBand(score: number, isBest: boolean, range: ScoreRange | undefined, format: Format): Band {
	if (range === undefined) return { title: 'nobody', note: `score ${score}`, short: { title: 'nobody' } };
	const { min, max } = range;
	const [from, to] = [format.count(min), format.count(max)];
	if (isBest) {
		const title = max === 1 ? 'Last day' : `Last ${format.days(max)}`;
		return { title, ...noteOf(spell(max, Math.round, format), 'about'), short: { title: `≤ ${to} d` } };
	}
	if (score === 1 && max > min) {
		const least = spell(min, Math.floor, format);
		return { title: `From ${format.days(min)}`, ...noteOf(least, 'over'), short: { title: `≥ ${from} d` } };
	}
	const title = max > min ? `${from} to ${format.days(max)}` : format.days(max);
	const short = max > min ? `≤ ${to} d` : `${to} d`;
	return { title, ...noteOf(spell(max, Math.round, format), 'to about'), short: { title: short } };
}

function noteOf(length: string | null, before: string): { readonly note?: string } {
	return length === null ? {} : { note: `${before} ${length}` };
}

function ordersBand(score: number, isBest: boolean, range: ScoreRange | undefined, format: Format): Band {
	const note = `score ${score}`;
	if (range === undefined) return { title: 'nobody', note, short: { title: '–', note: 'nobody' } };
	const { min, max } = range;
	const [from, to] = [format.count(min), format.count(max)];
	if (min === max) {
		const unit = min === 1 ? 'order' : 'orders';
		return { title: `${from} ${unit}`, note, short: { title: from, note: unit } };
	}
	if (isBest) return { title: `${from} or more`, note, short: { title: `${from}+`, note: 'orders' } };
	return { title: `${from} to ${to}`, note, short: { title: `${from}–${to}`, note: 'orders' } };
}

/** A length of time as people say it, to the nearest or the last full one; null for days that say it best. */
function spell(days: number, round: (n: number) => number, format: Format): string | null {
	if (days < 14) return null;
	if (days < 100) return `${round(days / 7)} weeks`;
	if (days < 700) return `${round(days / 30.44)} months`;
	const years = round(days / 182.625) / 2;
	return `${Number.isInteger(years) ? format.count(years) : format.decimal(years, 1)} years`;
}
