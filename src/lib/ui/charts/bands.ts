/** One segment's stability with its interval. */
export interface BandItem {
	readonly id: string;
	readonly name: string;
	/** Position in the palette, from 0; null for everyone without a segment of their own. */
	readonly index: number | null;
	readonly customers: number;
	/** 0 … 1; null when it could not be measured. */
	readonly value: number | null;
	readonly low: number;
	readonly high: number;
}

/**
 * The bands of mean bootstrap Jaccard, after Hennig (2007), Computational Statistics & Data Analysis 52,
 * 258–271.
 */
export const STABILITY_BANDS = [
	{ from: 0, to: 0.6, zone: 'zone-stop', words: 'not to be trusted' },
	{ from: 0.6, to: 0.75, zone: 'zone-care', words: 'a pattern, but who belongs to it moves' },
	{ from: 0.75, to: 0.85, zone: 'zone-ok', words: 'stable' },
	{ from: 0.85, to: 1, zone: 'zone-best', words: 'very stable' }
] as const;

/** Below this many customers an interval is drawn dashed. */
export const FEW_CUSTOMERS = 100;

/** The words for a value's band. */
export function bandWords(value: number): string {
	const band = STABILITY_BANDS.findLast(({ from }) => value >= from) ?? STABILITY_BANDS[0];
	return band.words;
}

/** Sizes of the picture in pixels. */
export interface BandsLayout {
	readonly isNarrow: boolean;
	readonly left: number;
	readonly right: number;
	readonly top: number;
	readonly rowHeight: number;
	readonly bottom: number;
	readonly height: number;
	readonly place: (value: number) => number;
	readonly rowY: (row: number) => number;
}

const NARROW = 480;

/** Sizes in pixels for a width; in narrow plots names stand above their bar. */
export function bandsLayout(width: number, rowCount: number): BandsLayout {
	const isNarrow = width < NARROW;
	const left = isNarrow ? 0 : 176;
	const right = Math.max(width - (isNarrow ? 48 : 96), left + 1);
	const top = 24;
	const rowHeight = isNarrow ? 52 : 40;
	const bottom = top + rowCount * rowHeight;
	return {
		isNarrow,
		left,
		right,
		top,
		rowHeight,
		bottom,
		height: bottom + 24,
		place: (value) => left + Math.min(Math.max(value, 0), 1) * (right - left),
		rowY: (row) => top + (row + 0.5) * rowHeight + (isNarrow ? 10 : 0)
	};
}
