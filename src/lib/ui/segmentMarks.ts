/** How many segments have a colour of their own; the rest are shown together as "Other". */
export const SEGMENT_COLOURS = 12;

export const SHAPES = ['circle', 'square', 'triangle', 'diamond', 'cross', 'down'] as const;

/** The shape that goes with a segment's colour; `ring` marks everyone who has no segment of their own. */
export type Shape = (typeof SHAPES)[number] | 'ring';

/** The outline of each shape, centred on 0, within a square of 12 by 12. */
export const SHAPE_PATHS: Readonly<Record<Shape, string>> = {
	circle: 'M0,-5A5,5 0 1 1 -0.01,-5Z',
	square: 'M-4.4,-4.4H4.4V4.4H-4.4Z',
	triangle: 'M0,-5.5L5.25,4H-5.25Z',
	diamond: 'M0,-6L6,0L0,6L-6,0Z',
	cross: 'M-1.79,-5H1.79V-1.79H5V1.79H1.79V5H-1.79V1.79H-5V-1.79H-1.79Z',
	down: 'M0,5.5L5.25,-4H-5.25Z',
	ring: 'M0,-4.25A4.25,4.25 0 1 1 -0.01,-4.25Z'
};

/** The number of a segment's colour, 1 to 12; 0 for none (`null`, or past the twelfth). */
export function colourNumber(index: number | null): number {
	return index === null || index < 0 || index >= SEGMENT_COLOURS ? 0 : index + 1;
}

/** The shape of a segment (0-based index). */
export function segmentShape(index: number | null): Shape {
	const colour = colourNumber(index);
	return colour === 0 ? 'ring' : (SHAPES[(colour - 1) % SHAPES.length] ?? 'ring');
}

/** The custom property that holds a segment's colour, for drawing on a canvas. */
export function segmentToken(index: number | null): string {
	const colour = colourNumber(index);
	return colour === 0 ? '--noise' : `--seg-${colour}`;
}
