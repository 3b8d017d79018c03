/** A line where two scores part, with a handle. */
export interface CutLine {
	/** In the unit of the feature: the highest value that lies under the line. */
	readonly value: number;
	/** Where it is drawn on the axis: half a unit beside a whole number, so that no bar is cut. */
	readonly at: number;
	/** What stands above it. */
	readonly label: string;
	/** What it parts: "between score 5 and score 4". */
	readonly name: string;
	/** The value with its unit, for a screen reader: "up to 21 days". */
	readonly text: string;
}

/** A value kept between its neighbours: lines never cross, and may lie on each other. */
export function betweenNeighbours(
	values: readonly number[],
	index: number,
	value: number,
	[least, most]: readonly [number, number] = [-Infinity, Infinity]
): number {
	return Math.min(Math.max(value, values[index - 1] ?? least), values[index + 1] ?? most);
}

/**
 * Which of the lines that lie on each other is dragged: the last of them to the right, the first to the left. The
 * others would be held by their neighbours.
 */
export function lineOfStack(values: readonly number[], index: number, direction: number): number {
	const value = values[index];
	if (direction > 0) return values.lastIndexOf(value as number);
	return direction < 0 ? values.indexOf(value as number) : index;
}

/** How far a key moves a handle, in steps; null when it does not. `Home` and `End` lead to the neighbours. */
export function stepsOfKey(key: string): number | null {
	switch (key) {
		case 'ArrowLeft':
		case 'ArrowDown':
			return -1;
		case 'ArrowRight':
		case 'ArrowUp':
			return 1;
		case 'PageDown':
			return -10;
		case 'PageUp':
			return 10;
		case 'Home':
			return -Infinity;
		case 'End':
			return Infinity;
		default:
			return null;
	}
}
