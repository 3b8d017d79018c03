/** Corners of a closed outline, the last one joined to the first. */
export type Outline = readonly (readonly [x: number, y: number])[];

/** Cells of the map along each side of the outline's bounding box. */
const SIDE = 256;

const OUTSIDE = 0;
const INSIDE = 1;
/** The outline crosses the cell: its points are looked at one by one. */
const MIXED = 2;

/**
 * Tells which points lie inside an outline, by the even-odd rule (a point from which a ray crosses the outline an odd number
 * of times). A map of the outline's cells answers for nearly all points at once, and those near the line itself are asked
 * exactly, so the answer is that of the rule for every point. O(corners × side + points).
 *
 * @returns the test of a point; what is no number lies outside
 */
export function insideTest(outline: Outline): (x: number, y: number) => boolean {
	if (outline.length < 3) return () => false;
	const box = boundsOf(outline);
	const map = mapOf(outline, box);
	return (x, y) => {
		// Written so that NaN is outside.
		if (!(x >= box.x0 && x <= box.x1 && y >= box.y0 && y <= box.y1)) return false;
		const cell = cellOf(y - box.y0, box.height) * SIDE + cellOf(x - box.x0, box.width);
		const kind = map[cell] as number;
		return kind === MIXED ? isInside(outline, x, y) : kind === INSIDE;
	};
}

/** The even-odd rule itself, one look at each edge. */
export function isInside(outline: Outline, x: number, y: number): boolean {
	let inside = false;
	let [fromX, fromY] = outline[outline.length - 1] as readonly [number, number];
	for (const [toX, toY] of outline) {
		if (fromY > y !== toY > y && x < ((toX - fromX) * (y - fromY)) / (toY - fromY) + fromX) inside = !inside;
		[fromX, fromY] = [toX, toY];
	}
	return inside;
}

interface Bounds {
	readonly x0: number;
	readonly x1: number;
	readonly y0: number;
	readonly y1: number;
	readonly width: number;
	readonly height: number;
}

function boundsOf(outline: Outline): Bounds {
	const x0 = Math.min(...outline.map(([x]) => x));
	const x1 = Math.max(...outline.map(([x]) => x));
	const y0 = Math.min(...outline.map(([, y]) => y));
	const y1 = Math.max(...outline.map(([, y]) => y));
	return { x0, x1, y0, y1, width: x1 - x0 || 1, height: y1 - y0 || 1 };
}

function cellOf(distance: number, span: number): number {
	return Math.min(Math.floor((distance / span) * SIDE), SIDE - 1);
}

/** What each cell is: a cell no edge comes near is all inside or all outside, as its middle is. */
function mapOf(outline: Outline, box: Bounds): Uint8Array {
	const map = new Uint8Array(SIDE * SIDE);
	let from = outline[outline.length - 1] as readonly [number, number];
	for (const to of outline) {
		markEdge(map, box, from, to);
		from = to;
	}
	for (let line = 0; line < SIDE; line += 1) fillLine(map, outline, box, line);
	return map;
}

/** Marks the cells that an edge crosses, and those beside them, where rounding could matter. */
function markEdge(
	map: Uint8Array,
	box: Bounds,
	from: readonly [number, number],
	to: readonly [number, number]
): void {
	const startX = ((from[0] - box.x0) / box.width) * SIDE;
	const startY = ((from[1] - box.y0) / box.height) * SIDE;
	const endX = ((to[0] - box.x0) / box.width) * SIDE;
	const endY = ((to[1] - box.y0) / box.height) * SIDE;
	const steps = Math.max(1, Math.ceil(2 * Math.max(Math.abs(endX - startX), Math.abs(endY - startY))));
	for (let step = 0; step <= steps; step += 1) {
		const column = Math.floor(startX + ((endX - startX) * step) / steps);
		const line = Math.floor(startY + ((endY - startY) * step) / steps);
		for (let y = Math.max(line - 1, 0); y <= Math.min(line + 1, SIDE - 1); y += 1) {
			for (let x = Math.max(column - 1, 0); x <= Math.min(column + 1, SIDE - 1); x += 1)
				map[y * SIDE + x] = MIXED;
		}
	}
}

function fillLine(map: Uint8Array, outline: Outline, box: Bounds, line: number): void {
	const y = box.y0 + ((line + 0.5) / SIDE) * box.height;
	let known: number = MIXED;
	for (let column = 0; column < SIDE; column += 1) {
		const cell = line * SIDE + column;
		if (map[cell] === MIXED) known = MIXED;
		else {
			// Between two cells that an edge crosses nothing changes: one look is enough for all of them.
			if (known === MIXED) {
				const x = box.x0 + ((column + 0.5) / SIDE) * box.width;
				known = isInside(outline, x, y) ? INSIDE : OUTSIDE;
			}
			map[cell] = known;
		}
	}
}
