/** A row of the picture: a feature and its typical value over everyone, written out. */
export interface ProfileFeature {
	readonly id: string;
	readonly name: string;
	readonly typical: string;
}

/** A column of the picture. */
export interface ProfileSegment {
	readonly id: string;
	readonly name: string;
	/** Position in the palette, from 0; null for everyone without a segment of their own. */
	readonly index: number | null;
}

/** One segment's value of one feature. */
export interface ProfileCell {
	/** Distance of the segment's mean from everyone's, in standard deviations of everyone. */
	readonly effect: number;
	/** The segment's typical value, written out. */
	readonly text: string;
}

/**
 * Effects below this are drawn grey: close to typical. It is Cohen's "small" effect (Statistical Power
 * Analysis for the Behavioral Sciences, 1988, §2.2).
 */
export const CLOSE_EFFECT = 0.2;

/** True when a value is close to typical. */
export function isClose({ effect }: ProfileCell): boolean {
	return !(Math.abs(effect) >= CLOSE_EFFECT);
}

/** Where one cell is drawn, in pixels. */
export interface ProfilePlace {
	/** Where the bar starts: the line of "typical". */
	readonly centre: number;
	/** Room for a bar on each side. */
	readonly half: number;
	/** Right end of the figure. */
	readonly figureRight: number;
	/** Middle of the row. */
	readonly y: number;
}

/** Sizes of the picture in pixels. */
export interface ProfileLayout {
	/** Cards: one block per segment, under one another or in columns, with the features' names inside. */
	readonly isCards: boolean;
	readonly height: number;
	readonly rowHeight: number;
	readonly headY: number;
	/** Left end of a segment's column or card, and its width. */
	readonly columnX: (segment: number) => number;
	readonly columnWidth: number;
	/** Top of a segment's column or card. */
	readonly columnY: (segment: number) => number;
	readonly place: (feature: number, segment: number) => ProfilePlace;
}

const LABEL_WIDTH = 172;
const LEAST_COLUMN = 140;
const FIGURE_WIDTH = 64;
const LEAST_CARD = 300;
const CARD_GAP = 32;

/** Sizes in pixels for a width: a table where the columns have room, else cards. */
export function profileLayout(width: number, featureCount: number, segmentCount: number): ProfileLayout {
	const columnWidth = (width - LABEL_WIDTH) / Math.max(segmentCount, 1);
	return columnWidth >= LEAST_COLUMN
		? tableLayout(columnWidth, featureCount)
		: cardsLayout(width, featureCount, segmentCount);
}

function tableLayout(columnWidth: number, featureCount: number): ProfileLayout {
	const top = 44;
	const rowHeight = 46;
	const columnX = (segment: number) => LABEL_WIDTH + segment * columnWidth;
	const half = Math.min((columnWidth - FIGURE_WIDTH - 24) / 2, 76);
	return {
		isCards: false,
		height: top + featureCount * rowHeight,
		rowHeight,
		headY: top,
		columnX,
		columnWidth,
		columnY: () => 0,
		place: (feature, segment) => ({
			centre: columnX(segment) + half + 8,
			half,
			figureRight: columnX(segment) + Math.min(columnWidth - 10, 2 * half + 8 + FIGURE_WIDTH),
			y: top + (feature + 0.5) * rowHeight
		})
	};
}

function cardsLayout(width: number, featureCount: number, segmentCount: number): ProfileLayout {
	const perRow = Math.max(1, Math.floor((width + CARD_GAP) / (LEAST_CARD + CARD_GAP)));
	const columnWidth = (width - CARD_GAP * (perRow - 1)) / perRow;
	const rowHeight = 34;
	const headY = 28;
	const cardHeight = headY + featureCount * rowHeight + 20;
	const columnX = (segment: number) => (segment % perRow) * (columnWidth + CARD_GAP);
	const columnY = (segment: number) => Math.floor(segment / perRow) * cardHeight;
	const half = Math.min((columnWidth - 150 - FIGURE_WIDTH) / 2, 60);
	return {
		isCards: true,
		height: Math.ceil(segmentCount / perRow) * cardHeight - 20,
		rowHeight,
		headY,
		columnX,
		columnWidth,
		columnY,
		place: (feature, segment) => ({
			centre: columnX(segment) + columnWidth - FIGURE_WIDTH - half,
			half,
			figureRight: columnX(segment) + columnWidth,
			y: columnY(segment) + headY + (feature + 0.5) * rowHeight
		})
	};
}

/**
 * Left end and width of a bar: from the centre, right for more, left for less; never thinner than 1.5 pixels.
 */
export function effectBar(
	effect: number,
	{ centre, half }: ProfilePlace,
	most: number
): { x: number; width: number } {
	const share = most > 0 && Number.isFinite(effect) ? Math.min(Math.abs(effect) / most, 1) : 0;
	const width = Math.max(share * half, 1.5);
	return { x: effect < 0 ? centre - width : centre, width };
}

/** The effect a full bar stands for: the largest one, and at least one standard deviation. */
export function largestEffect(cells: readonly (readonly ProfileCell[])[]): number {
	return Math.max(1, ...cells.flat().map(({ effect }) => (Number.isFinite(effect) ? Math.abs(effect) : 0)));
}

/** An effect in words, by Cohen's limits of 0.2, 0.5 and 0.8. */
export function effectWords({ effect }: ProfileCell): string {
	const size = Math.abs(effect);
	if (!(size >= CLOSE_EFFECT)) return 'close to typical';
	const strength = size >= 0.8 ? 'much ' : size >= 0.5 ? 'clearly ' : 'somewhat ';
	return `${strength}${effect > 0 ? 'more' : 'less'} than typical`;
}
