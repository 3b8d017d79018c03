import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barsOf, countBars, failuresOf, NO_BAR, passingAll, type Dimension } from './cross-filter.ts';

describe('barsOf', () => {
	it('counts an edge below it, and what lies beyond at the ends', () => {
		const bars = barsOf([0, 1, 1.5, 2, 3, 99, -5, NaN], [0, 1, 2, 3]);
		expect(Array.from(bars)).toEqual([0, 0, 1, 1, 2, 2, 0, NO_BAR]);
	});
	it('has one bar where all values are the same', () => {
		expect(Array.from(barsOf([7, 7], [6.5, 7.5]))).toEqual([0, 0]);
	});
});

describe('countBars', () => {
	const dimension: Dimension = { column: 'a', bars: Uint8Array.of(0, 0, 1, 1, NO_BAR), barCount: 2 };

	it('leaves the own brush of a histogram out', () => {
		const own = Uint8Array.of(1, 1, 0, 0, 0);
		const other = Uint8Array.of(1, 0, 1, 0, 1);
		const failures = failuresOf(5, [own, other]);
		expect(countBars(dimension, failures)).toEqual([1, 0]);
		expect(countBars(dimension, failures, [own])).toEqual([1, 1]);
		expect(Array.from(passingAll(failures))).toEqual([1, 0, 0, 0, 0]);
	});

	it('counts whom looking at each customer counts', () => {
		const bit = fc.integer({ min: 0, max: 1 });
		fc.assert(
			fc.property(
				fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), bit, bit, bit), { maxLength: 80 }),
				(rows) => {
					const bars = Uint8Array.from(rows, ([bar]) => bar);
					const filters = ([1, 2, 3] as const).map((f) => Uint8Array.from(rows, (row) => row[f]));
					const counts = countBars(
						{ column: 'a', bars, barCount: 4 },
						failuresOf(rows.length, filters),
						filters.slice(0, 1)
					);
					const expected = [0, 1, 2, 3].map(
						(bar) => rows.filter(([own, , b, c]) => own === bar && b === 1 && c === 1).length
					);
					expect(counts).toEqual(expected);
				}
			),
			{ seed: 4 }
		);
	});
});
