/**
 * The roundest number t with `below` ≤ t < `above`: the fewest digits, a 5 before other digits, and of those the nearest to the
 * middle. Both are finite, and `below` is less.
 */
export function roundBetween(below: number, above: number): number {
	const middle = below / 2 + above / 2;
	const largest = Math.max(Math.abs(below), Math.abs(above));
	for (let power = Math.ceil(Math.log10(largest)) + 1; power >= -12; power -= 1) {
		for (const digit of [10, 5, 1]) {
			const candidate = nearestMultiple(middle, below, above, digit, power - 1);
			if (candidate !== null) return candidate;
		}
	}
	return middle >= below && middle < above ? middle : below;
}

/** The multiple of digit · 10^power within the bounds that is nearest to the middle; null where there is none. */
function nearestMultiple(
	middle: number,
	below: number,
	above: number,
	digit: number,
	power: number
): number | null {
	// Powers of ten up to 22 are exact, so that 3 / 10 is 0.3 where 3 · 0.1 is not.
	const scale = 10 ** Math.abs(power);
	const at = (count: number): number => (power >= 0 ? count * digit * scale : (count * digit) / scale);
	const count = Math.round(power >= 0 ? middle / digit / scale : (middle * scale) / digit);
	const found = [count, count - 1].map(at).find((each) => each >= below && each < above);
	// Not −0, which reads oddly.
	return found === undefined ? null : found + 0;
}
