import { describe, expect, it } from 'vitest';
import type { Spread } from './explore.svelte.ts';
import { compareWithAll } from './picked-profile.ts';

const { signal } = new AbortController();
const columns = new Map([
	['days', Float64Array.of(1, 2, 3, 4, NaN)],
	['money', Float64Array.of(1, 10, 100, 1000, 10)],
	['same', Float64Array.of(5, 5, 5, 5, 5)]
]);

function spreadOf(column: string, scale: 'linear' | 'log'): Spread {
	return { column, spread: { scale } } as Spread;
}

describe('compareWithAll', () => {
	it('compares typical values, and means in deviations of everyone', async () => {
		const spreads = [spreadOf('days', 'linear'), spreadOf('money', 'log'), spreadOf('same', 'linear')];
		const mask = Uint8Array.of(0, 0, 1, 1, 0);
		const found = await compareWithAll(spreads, (column) => columns.get(column), mask, signal);
		expect(found.map(({ median, medianAll }) => [median, medianAll])).toEqual([
			[3.5, 2.5],
			[550, 10],
			[5, 5]
		]);
		expect(found[0]?.effect).toBeCloseTo(1 / Math.sqrt(1.25), 12);
		// Powers of ten: 0 1 2 3 1 against 2 and 3.
		expect(found[1]?.effect).toBeCloseTo((2.5 - 1.4) / Math.sqrt(1.04), 12);
		expect(found[2]?.effect).toBe(0);
	});

	it('has nothing to say where nobody is picked, or of values that are not there', async () => {
		const spreads = [spreadOf('days', 'linear')];
		expect(await compareWithAll(spreads, (column) => columns.get(column), null, signal)).toEqual([]);
		expect(await compareWithAll(spreads, () => undefined, Uint8Array.of(1), signal)).toEqual([]);
	});
});
