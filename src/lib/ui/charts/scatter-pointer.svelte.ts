import type { Size } from './brush.ts';
import { ScatterBrush } from './scatter-brush.svelte.ts';
import { ScatterLasso } from './scatter-lasso.svelte.ts';
import { panned, WHOLE, zoomed, type View } from './view.ts';

/** What dragging does: draws a rectangle or an outline, or moves what is shown. */
export type ScatterTool = 'box' | 'lasso' | 'move';

/** What a pointer did when it went up. */
export type PointerDeed = 'brushed' | 'lassoed' | 'moved' | 'click';

/** How far one arrow key moves what is shown, in shares of it. */
const KEY_PAN = 0.12;
const KEY_ZOOM = 1.6;
const CLICK_SLACK = 4;

/** What pointer and keyboard do to a scatter: what is shown, the rectangle and the outline, of which there is one at a time. */
export class ScatterPointer {
	tool = $state<ScatterTool>('box');
	view = $state.raw<View>(WHOLE);
	readonly brush: ScatterBrush;
	readonly lasso: ScatterLasso;
	readonly #size: () => Size;
	#pan: { readonly x: number; readonly y: number; readonly from: View } | null = $state.raw(null);
	#hasMoved = false;

	/** @param size the plot's size in pixels, now */
	constructor(size: () => Size) {
		this.#size = size;
		this.brush = new ScatterBrush(size, () => this.view);
		this.lasso = new ScatterLasso(size, () => this.view);
	}

	get isDragging(): boolean {
		return this.brush.isDragging || this.lasso.isDrawing || this.#pan !== null;
	}

	/** The cursor where the pointer is. */
	get cursor(): string {
		if (this.tool === 'move') return this.#pan === null ? 'grab' : 'grabbing';
		if (this.tool === 'lasso' || this.brush.grab === 'new') return 'crosshair';
		return this.brush.grab === 'move' ? 'move' : `${this.brush.grab}-resize`;
	}

	/** Lets rectangle and outline go. */
	clear(): void {
		this.brush.clear();
		this.lasso.clear();
	}

	press(x: number, y: number): void {
		if (this.tool === 'box') this.brush.press(x, y);
		else if (this.tool === 'lasso') {
			this.clear();
			this.lasso.press(x, y);
		} else {
			this.#pan = { x, y, from: this.view };
			this.#hasMoved = false;
		}
	}

	move(x: number, y: number): void {
		if (this.tool === 'lasso') this.lasso.move(x, y);
		else if (this.tool === 'box') {
			this.brush.move(x, y);
			if (this.brush.isDragging && this.lasso.corners.length > 0) this.lasso.clear();
		} else if (this.#pan !== null) {
			const { width, height } = this.#size();
			const [across, down] = [x - this.#pan.x, y - this.#pan.y];
			this.#hasMoved ||= Math.hypot(across, down) >= CLICK_SLACK;
			if (this.#hasMoved) this.view = panned(this.#pan.from, -across / width, down / height);
		}
	}

	/** The pointer went up; null when it was not held down here. */
	release(): PointerDeed | null {
		if (this.brush.isDragging) return this.brush.release();
		if (this.lasso.isDrawing) return this.lasso.release() === 'closed' ? 'lassoed' : 'click';
		if (this.#pan === null) return null;
		this.#pan = null;
		return this.#hasMoved ? 'moved' : 'click';
	}

	/** Shows a smaller or a larger part, around a place in pixels or the middle. */
	zoom(factor: number, at?: { readonly x: number; readonly y: number }): void {
		const { width, height } = this.#size();
		const place = at && { x: at.x / width, y: 1 - at.y / height };
		this.view = zoomed(this.view, factor, place);
	}

	showAll = (): void => {
		this.view = WHOLE;
	};

	/** What a key does to the view: nearer, further, all; with Alt, arrows move it. False when it means nothing. */
	viewKey(key: string, alt: boolean): boolean {
		if (key === '+' || key === '=') this.zoom(KEY_ZOOM);
		else if (key === '-') this.zoom(1 / KEY_ZOOM);
		else if (key === '0') this.showAll();
		else {
			const direction = alt || this.tool === 'move' ? DIRECTIONS[key] : undefined;
			if (direction === undefined) return false;
			this.view = panned(this.view, direction[0] * KEY_PAN, direction[1] * KEY_PAN);
		}
		return true;
	}
}

const DIRECTIONS: Readonly<Record<string, readonly [number, number]>> = {
	ArrowLeft: [-1, 0],
	ArrowRight: [1, 0],
	ArrowUp: [0, 1],
	ArrowDown: [0, -1]
};
