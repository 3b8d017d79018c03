/** The part of a plot that is shown: shares of its two axes, 0 to 1, `y` from below. */
export interface View {
	readonly x0: number;
	readonly y0: number;
	readonly x1: number;
	readonly y1: number;
}

/** All of the plot. */
export const WHOLE: View = { x0: 0, y0: 0, x1: 1, y1: 1 };

/** The smallest part that is shown: what fills the plot then is a 64th of each axis. */
const LEAST = 1 / 64;

/**
 * The view nearer to a place or further from it, which stays where it is on the screen.
 *
 * @param at shares of the plot as it is shown, `y` from below
 * @param factor above 1 is nearer
 */
export function zoomed(
	view: View,
	factor: number,
	at: { readonly x: number; readonly y: number } = { x: 0.5, y: 0.5 }
): View {
	const width = spanAfter(view.x1 - view.x0, factor);
	const height = spanAfter(view.y1 - view.y0, factor);
	const x = view.x0 + at.x * (view.x1 - view.x0);
	const y = view.y0 + at.y * (view.y1 - view.y0);
	return viewFrom(x - at.x * width, y - at.y * height, width, height);
}

/** The view moved by shares of what is shown, as far as the plot reaches. */
export function panned(view: View, x: number, y: number): View {
	const width = view.x1 - view.x0;
	const height = view.y1 - view.y0;
	return viewFrom(view.x0 + x * width, view.y0 + y * height, width, height);
}

/** True when all is shown. */
export function isWhole({ x0, y0, x1, y1 }: View): boolean {
	return x0 <= 0 && y0 <= 0 && x1 >= 1 && y1 >= 1;
}

/** Where a share of the horizontal axis stands, in shares of what is shown. */
export function shownX(view: View, x: number): number {
	return (x - view.x0) / (view.x1 - view.x0);
}

/** Where a share of the vertical axis stands, in shares of what is shown and from above. */
export function shownY(view: View, y: number): number {
	return (view.y1 - y) / (view.y1 - view.y0);
}

/** The share of the horizontal axis at a share of what is shown. */
export function axisX(view: View, share: number): number {
	return view.x0 + share * (view.x1 - view.x0);
}

/** The share of the vertical axis at a share of what is shown, from above. */
export function axisY(view: View, share: number): number {
	return view.y1 - share * (view.y1 - view.y0);
}

function spanAfter(span: number, factor: number): number {
	return Math.min(1, Math.max(LEAST, span / factor));
}

function viewFrom(x: number, y: number, width: number, height: number): View {
	const x0 = Math.min(Math.max(x, 0), 1 - width);
	const y0 = Math.min(Math.max(y, 0), 1 - height);
	return { x0, y0, x1: x0 + width, y1: y0 + height };
}
