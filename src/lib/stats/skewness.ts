import { mean } from './moments.ts';

/**
 * The sample skewness g₁ = m₃ / m₂^(3/2), with the central moments divided by n: `scipy.stats.skew` with its default
 * `bias=True`. O(n), two passes. NaN for fewer than two numbers, and where no two differ but by rounding.
 */
export function skewness(values: ArrayLike<number>): number {
	const centre = mean(values);
	let [squares, cubes, largest] = [0, 0, 0];
	for (let i = 0; i < values.length; i += 1) {
		const difference = (values[i] as number) - centre;
		largest = Math.max(largest, Math.abs(difference));
	}
	// Over the largest difference, so that no cube is infinite or lost.
	for (let i = 0; i < values.length; i += 1) {
		const difference = ((values[i] as number) - centre) / largest;
		squares += difference ** 2;
		cubes += difference ** 3;
	}
	if (!(largest > 1e-15 * Math.abs(centre))) return NaN;
	return cubes / values.length / (squares / values.length) ** 1.5;
}
