import { boxAfterKey, boxBetween, dragBox, grabAt, type Box, type Grab, type Size } from './brush.ts';
import { axisX, axisY, shownX, shownY, WHOLE, type View } from './view.ts';

/** A pointer that moves less than this is a click, in pixels. */
const CLICK_SLACK = 4;

/**
 * The brush of a scatter: a rectangle drawn, moved and resized by pointer or keyboard. It keeps its place on the axes when
 * the plot changes its size or shows another part.
 */
export class ScatterBrush {
	/** In shares of the axes, `y` from below. */
	#shares = $state.raw<Box | null>(null);
	#grab = $state.raw<Grab>('new');
	#drag: { readonly x: number; readonly y: number; readonly start: Box; readonly grab: Grab } | null = null;
	#hasMoved = false;
	readonly #size: () => Size;
	readonly #view: () => View;

	/**
	 * @param size the plot's size in pixels, now
	 * @param view the part of the axes that is shown now
	 */
	constructor(size: () => Size, view: () => View = () => WHOLE) {
		this.#size = size;
		this.#view = view;
	}

	/** The rectangle in pixels, which may reach beyond what is shown; null when there is none. */
	get box(): Box | null {
		if (this.#shares === null) return null;
		const { x0, y0, x1, y1 } = this.#shares;
		const [{ width, height }, view] = [this.#size(), this.#view()];
		return {
			x0: shownX(view, x0) * width,
			y0: shownY(view, y1) * height,
			x1: shownX(view, x1) * width,
			y1: shownY(view, y0) * height
		};
	}

	/** The rectangle in shares of the axes, `y` from below. */
	get shares(): Box | null {
		return this.#shares;
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

	#put({ x0, y0, x1, y1 }: Box): void {
		const [{ width, height }, view] = [this.#size(), this.#view()];
		this.#shares = {
			x0: axisX(view, x0 / width),
			y0: axisY(view, y1 / height),
			x1: axisX(view, x1 / width),
			y1: axisY(view, y0 / height)
		};
	}
}
