import { boxAfterKey, boxBetween, dragBox, grabAt, type Box, type Grab, type Size } from './brush.ts';

/** A pointer that moves less than this is a click, in pixels. */
const CLICK_SLACK = 4;

/**
 * The brush of a scatter: a rectangle drawn, moved and resized by pointer or keyboard. It keeps its place in
 * the plot when the plot changes its size.
 */
export class ScatterBrush {
	/** In shares of the plot's width and height. */
	#shares = $state.raw<Box | null>(null);
	#grab = $state.raw<Grab>('new');
	#drag: { readonly x: number; readonly y: number; readonly start: Box; readonly grab: Grab } | null = null;
	#hasMoved = false;
	readonly #size: () => Size;

	/** @param size the plot's size in pixels, now. */
	constructor(size: () => Size) {
		this.#size = size;
	}

	/** The rectangle in pixels; null when there is none. */
	get box(): Box | null {
		return this.#shares === null ? null : scaled(this.#shares, this.#size());
	}

	/** What the pointer would hold where it is, or holds. */
	get grab(): Grab {
		return this.#grab;
	}

	get isDragging(): boolean {
		return this.#drag !== null;
	}

	clear(): void {
		this.#shares = null;
		this.#drag = null;
	}

	/** The pointer went down. */
	press(x: number, y: number): void {
		const grab = grabAt(this.box, x, y);
		const start = grab === 'new' || this.box === null ? boxBetween(x, y, x, y, this.#size()) : this.box;
		this.#drag = { x, y, start, grab };
		this.#hasMoved = false;
		this.#grab = grab;
	}

	/** The pointer moved, held down or not. */
	move(x: number, y: number): void {
		if (this.#drag === null) {
			this.#grab = grabAt(this.box, x, y);
			return;
		}
		const { x: fromX, y: fromY, start, grab } = this.#drag;
		this.#hasMoved ||= Math.hypot(x - fromX, y - fromY) >= CLICK_SLACK;
		if (this.#hasMoved) this.#put(dragBox(start, grab, x - fromX, y - fromY, this.#size()));
	}

	/** The pointer went up: `brushed` when it drew or changed the rectangle, else `click`. */
	release(): 'brushed' | 'click' {
		const isBrushed = this.#drag !== null && this.#hasMoved;
		this.#drag = null;
		return isBrushed ? 'brushed' : 'click';
	}

	/** An arrow key; true when it changed the rectangle. */
	key(key: string, shift: boolean): boolean {
		const next = boxAfterKey(this.box, key, shift, this.#size());
		if (next === null) return false;
		this.#put(next);
		return true;
	}

	#put(box: Box): void {
		const { width, height } = this.#size();
		this.#shares = scaled(box, { width: 1 / width, height: 1 / height });
	}
}

function scaled({ x0, y0, x1, y1 }: Box, { width, height }: Size): Box {
	return { x0: x0 * width, y0: y0 * height, x1: x1 * width, y1: y1 * height };
}
