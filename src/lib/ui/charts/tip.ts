/**
 * A tooltip at a mark: name first, then figures, then at most one sentence. Pixels from the plot's top left
 * corner.
 */
export interface Tip {
	readonly x: number;
	readonly y: number;
	readonly title: string;
	readonly lines: readonly string[];
}

/**
 * The transform that hangs a tooltip at its mark: above it, shifted left by as much as the mark is to the
 * right so that it stays inside the plot; beside it, on the side with more room, where there is none above.
 * It never covers its mark.
 */
export function tipTransform(tip: Tip, plotWidth: number): string {
	const share = plotWidth > 0 ? Math.min(Math.max(tip.x / plotWidth, 0), 1) : 0.5;
	if (tip.y >= heightOf(tip)) return `translate(${Math.round(-share * 100)}%, calc(-100% - 10px))`;
	return share < 0.5 ? 'translate(16px, -24px)' : 'translate(calc(-100% - 16px), -24px)';
}

/** Height of a tooltip with its distance to the mark, in pixels: padding, title and lines. */
function heightOf({ lines }: Tip): number {
	return 50 + 16 * lines.length;
}
