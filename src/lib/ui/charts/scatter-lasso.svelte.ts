import type { Size } from './brush.ts';
import { axisX, axisY, shownX, shownY, WHOLE, type View } from './view.ts';

/** A corner nearer than this to the one before it is left out, in pixels. */
const LEAST_STEP = 4;
/** The most corners: a line longer than that is drawn on from where it stands. */
const MOST_CORNERS = 600;

/** An outline drawn by hand around points of a scatter. It keeps its place on the axes, whatever part of them is shown. */
export class ScatterLasso {
	/** In shares of the axes, `y` from below. */
	#corners = $state.raw<readonly (readonly [x: number, y: number])[]>([]);
	#isDrawing = $state(false);
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

	/** The outline in shares of the axes; empty when there is none. */
	get corners(): readonly (readonly [x: number, y: number])[] {
		return this.#corners;
	}

	get isDrawing(): boolean {
		return this.#isDrawing;
	}

	/** The outline in pixels, as an SVG path; empty when there is none. */
	get path(): string {
		const [{ width, height }, view] = [this.#size(), this.#view()];
		const places = this.#corners.map(
			([x, y]) => `${(shownX(view, x) * width).toFixed(1)} ${(shownY(view, y) * height).toFixed(1)}`
		);
		return places.length < 2 ? '' : `M${places.join('L')}${this.#isDrawing ? '' : 'Z'}`;
	}

	clear(): void {
		this.#corners = [];
		this.#isDrawing = false;
	}

	/** The pointer went down. */
	press(x: number, y: number): void {
		this.#corners = [this.#sharesAt(x, y)];
		this.#isDrawing = true;
	}

	/** The pointer moved, held down or not. */
	move(x: number, y: number): void {
		if (!this.#isDrawing || this.#corners.length >= MOST_CORNERS) return;
		const corner = this.#sharesAt(x, y);
		const last = this.#corners[this.#corners.length - 1] as readonly [number, number];
		const [{ width, height }, view] = [this.#size(), this.#view()];
		const across = ((corner[0] - last[0]) / (view.x1 - view.x0)) * width;
		const down = ((corner[1] - last[1]) / (view.y1 - view.y0)) * height;
		if (Math.hypot(across, down) >= LEAST_STEP) this.#corners = [...this.#corners, corner];
	}

	/** The pointer went up: `closed` when there is something to be inside of, else `click`. */
	release(): 'closed' | 'click' {
		this.#isDrawing = false;
		if (this.#corners.length >= 3) return 'closed';
		this.#corners = [];
		return 'click';
	}

	#sharesAt(x: number, y: number): readonly [number, number] {
		const [{ width, height }, view] = [this.#size(), this.#view()];
		const inside = (share: number): number => Math.min(Math.max(share, 0), 1);
		return [axisX(view, inside(x / width)), axisY(view, inside(y / height))];
	}
}
