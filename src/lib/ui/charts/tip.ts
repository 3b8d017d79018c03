/** A tooltip at a mark: name first, then figures, then at most one sentence. Pixels from the plot's top left corner. */
export interface Tip {
	readonly x: number;
	readonly y: number;
	readonly title: string;
	readonly lines: readonly string[];
}

/** Room a tooltip needs above its mark, in pixels. */
const ROOM_ABOVE = 72;

/**
 * The transform that hangs a tooltip at its mark: shifted left by as much as the mark is to the right, so that it stays
 * inside the plot, and above the mark where there is room.
 */
export function tipTransform(tip: Tip, plotWidth: number): string {
	const share = plotWidth > 0 ? Math.min(Math.max(tip.x / plotWidth, 0), 1) : 0.5;
	const x = `${Math.round(-share * 100)}%`;
	return tip.y >= ROOM_ABOVE ? `translate(${x}, calc(-100% - 10px))` : `translate(${x}, 14px)`;
}
