/** Shades of the ramp that cells with rows take; the lightest of seven is left to the ground. */
const SHADES = [2, 3, 4, 5, 6, 7] as const;

/** The shade of a count among counts up to `most`, in equal steps of the logarithm: 2 for a single row, 7 for the most. */
export function densityShade(count: number, most: number): number {
	if (most <= 1) return SHADES[SHADES.length - 1] as number;
	const place = Math.log(Math.max(count, 1)) / Math.log(most);
	const step = Math.min(SHADES.length - 1, Math.floor(place * SHADES.length));
	return SHADES[step] as number;
}
