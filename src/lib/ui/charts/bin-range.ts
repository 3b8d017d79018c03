/** Bins from `first` to `last`, both included. */
export interface BinRange {
	readonly first: number;
	readonly last: number;
}

/** The range between two bins in any order. */
export function binsBetween(a: number, b: number): BinRange {
	return { first: Math.min(a, b), last: Math.max(a, b) };
}

/**
 * The range after one of its ends was moved by a key from one bin to the next. Where the bin is no end of the range, a new
 * one begins there.
 */
export function widened(range: BinRange | null, from: number, to: number): BinRange {
	if (range?.last === from && (to > from || range.first < from)) return binsBetween(range.first, to);
	if (range?.first === from) return binsBetween(to, range.last);
	return binsBetween(from, to);
}
