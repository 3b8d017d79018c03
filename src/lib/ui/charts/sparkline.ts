/** The lines of a sparkline. */
export interface SparkLines {
	/** Between neighbours that are known. */
	readonly line: string;
	/** Over what is not known. */
	readonly gaps: string;
	/** The last value that is known; null where none is. */
	readonly end: { readonly x: number; readonly y: number } | null;
}

const INSET = 3;

/** Lines through values at equal distances, from 0 at the bottom to the largest at the top; null: not known. */
export function sparkLines(values: readonly (number | null)[], width: number, height: number): SparkLines {
	const most = Math.max(1, ...values.map((value) => value ?? 0));
	const step = (width - 2 * INSET) / Math.max(1, values.length - 1);
	const points = values.flatMap((value, i) =>
		value === null
			? []
			: [{ i, x: round(INSET + i * step), y: round(height - INSET - ((height - 2 * INSET) * value) / most) }]
	);
	const pieces = { line: '', gaps: '' };
	for (const [k, point] of points.entries()) {
		const before = points[k - 1];
		if (before === undefined) continue;
		const piece = `M${before.x} ${before.y}L${point.x} ${point.y}`;
		pieces[point.i - before.i === 1 ? 'line' : 'gaps'] += piece;
	}
	const last = points.at(-1);
	return { ...pieces, end: last ? { x: last.x, y: last.y } : null };
}

function round(pixels: number): number {
	return Math.round(pixels * 10) / 10;
}
