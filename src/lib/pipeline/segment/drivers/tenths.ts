import { binByEdges, quantileEdges } from '#lib/stats/quantile-bins.ts';
import { wilson, Z_95, type Interval } from '#lib/stats/wilson.ts';
import type { Tenth } from './schema.ts';

export const TENTHS = 10;

/**
 * The outcome by tenths of a feature, from the least values to the largest; ties can make it fewer than ten. Customers
 * without a value come last. Shares of 0 and 1 have Wilson's interval, means ± 1.96 standard errors.
 */
export function byTenths(values: Float64Array, outcome: Float64Array, isBinary: boolean): Tenth[] {
	const edges = quantileEdges(values, TENTHS);
	const bins = binByEdges(values, edges);
	const rows = Array.from({ length: edges.length + 2 }, () => [] as number[]);
	bins.forEach((bin, row) => rows[bin]?.push(row));
	return rows.flatMap((inside, bin) => {
		if (inside.length === 0) return [];
		const isMissing = bin === edges.length + 1;
		const [from, to] = range(values, inside);
		return [
			{
				from: isMissing ? null : from,
				to: isMissing ? null : to,
				customers: inside.length,
				outcome: isBinary ? shareOf(outcome, inside) : meanOf(outcome, inside)
			}
		];
	});
}

function range(values: Float64Array, rows: readonly number[]): [number, number] {
	let [least, most] = [Infinity, -Infinity];
	for (const row of rows) {
		least = Math.min(least, values[row] as number);
		most = Math.max(most, values[row] as number);
	}
	return [least, most];
}

function shareOf(outcome: Float64Array, rows: readonly number[]): Interval {
	return wilson(
		rows.reduce((sum, row) => sum + (outcome[row] as number), 0),
		rows.length
	);
}

/** The mean of some rows with ± 1.96 standard errors; of one row alone, unknown. */
export function meanOf(values: Float64Array, rows: ArrayLike<number>): Interval {
	let sum = 0;
	for (let i = 0; i < rows.length; i += 1) sum += values[rows[i] as number] as number;
	const value = sum / rows.length;
	let squares = 0;
	for (let i = 0; i < rows.length; i += 1) squares += ((values[rows[i] as number] as number) - value) ** 2;
	const half = rows.length > 1 ? Z_95 * Math.sqrt(squares / (rows.length - 1) / rows.length) : Infinity;
	return { value, low: value - half, high: value + half };
}
