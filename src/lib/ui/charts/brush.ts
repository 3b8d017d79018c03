/** A rectangle in pixels from the plot's top left corner; x0 ≤ x1 and y0 ≤ y1. */
export interface Box {
	readonly x0: number;
	readonly y0: number;
	readonly x1: number;
	readonly y1: number;
}

/** The plot's size in pixels. */
export interface Size {
	readonly width: number;
	readonly height: number;
}

/** What a pointer holds: edges by compass, the whole box, or nothing yet (a new box). */
export type Grab = 'n' | 's' | 'e' | 'w' | 'ne' | 'nw' | 'se' | 'sw' | 'move' | 'new';

/** How near to an edge the pointer must be to hold it, in pixels. */
const SLACK = 7;

/** What a pointer at a place would hold. */
export function grabAt(box: Box | null, x: number, y: number): Grab {
	if (box === null || x < box.x0 - SLACK || x > box.x1 + SLACK || y < box.y0 - SLACK || y > box.y1 + SLACK) {
		return 'new';
	}
	const vertical = edgeOf(y, box.y0, box.y1, 'n', 's');
	const horizontal = edgeOf(x, box.x0, box.x1, 'w', 'e');
	return `${vertical}${horizontal}` === '' ? 'move' : (`${vertical}${horizontal}` as Grab);
}

/** The box after its held part was dragged by (dx, dy): never outside the plot, never inside out. */
export function dragBox(box: Box, grab: Grab, dx: number, dy: number, size: Size): Box {
	if (grab === 'move') return moveBox(box, dx, dy, size);
	const west = grab.endsWith('w') && grab !== 'new';
	const east = grab.endsWith('e') || grab === 'new';
	const north = grab.startsWith('n') && grab !== 'new';
	const south = grab.startsWith('s') || grab === 'new';
	return boxBetween(
		west ? box.x0 + dx : box.x0,
		north ? box.y0 + dy : box.y0,
		east ? box.x1 + dx : box.x1,
		south ? box.y1 + dy : box.y1,
		size
	);
}

/** The box between two corners in any order, cut to the plot. */
export function boxBetween(xa: number, ya: number, xb: number, yb: number, { width, height }: Size): Box {
	return {
		x0: clamp(Math.min(xa, xb), width),
		y0: clamp(Math.min(ya, yb), height),
		x1: clamp(Math.max(xa, xb), width),
		y1: clamp(Math.max(ya, yb), height)
	};
}

/** The whole box moved, stopping at the plot's edges. */
export function moveBox(box: Box, dx: number, dy: number, { width, height }: Size): Box {
	const x = Math.min(Math.max(dx, -box.x0), width - box.x1);
	const y = Math.min(Math.max(dy, -box.y0), height - box.y1);
	return { x0: box.x0 + x, y0: box.y0 + y, x1: box.x1 + x, y1: box.y1 + y };
}

/** Pixels one key press moves or grows a box by. */
const KEY_STEP = 12;

/**
 * The box after a key press. Shift and an arrow grow or shrink it at its right and lower edge, and start one
 * in the middle when there is none; an arrow alone moves it. Null when the key does nothing.
 */
export function boxAfterKey(box: Box | null, key: string, shift: boolean, size: Size): Box | null {
	const direction = DIRECTIONS[key];
	if (direction === undefined) return null;
	const [dx, dy] = direction.map((part) => part * KEY_STEP) as [number, number];
	if (box === null) return shift ? firstBox(size) : null;
	if (!shift) return moveBox(box, dx, dy, size);
	return {
		...box,
		x1: Math.max(box.x0 + KEY_STEP, clamp(box.x1 + dx, size.width)),
		y1: Math.max(box.y0 + KEY_STEP, clamp(box.y1 + dy, size.height))
	};
}

const DIRECTIONS: Readonly<Record<string, readonly [number, number]>> = {
	ArrowLeft: [-1, 0],
	ArrowRight: [1, 0],
	ArrowUp: [0, -1],
	ArrowDown: [0, 1]
};

function firstBox({ width, height }: Size): Box {
	return { x0: width * 0.35, y0: height * 0.35, x1: width * 0.65, y1: height * 0.65 };
}

function edgeOf<Edge extends string>(
	at: number,
	low: number,
	high: number,
	first: Edge,
	second: Edge
): Edge | '' {
	const toLow = Math.abs(at - low);
	const toHigh = Math.abs(at - high);
	if (Math.min(toLow, toHigh) > SLACK) return '';
	return toLow < toHigh ? first : second;
}

function clamp(value: number, most: number): number {
	return Math.min(Math.max(value, 0), most);
}
