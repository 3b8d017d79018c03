import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readArrow, writeArrow } from './arrow.ts';
import { decodeColumns, decodeRows } from './decode.ts';

describe('arrow', () => {
	it('brings back what it wrote', () => {
		const row = fc.record({
			x: fc.double(),
			n: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
			s: fc.option(fc.string({ unit: 'grapheme' }))
		});
		fc.assert(
			fc.property(fc.array(row, { maxLength: 70 }), (rows) => {
				const columns = {
					x: Float64Array.from(rows, ({ x }) => x),
					n: Int32Array.from(rows, ({ n }) => n),
					s: rows.map(({ s }) => s)
				};
				expect(Object.fromEntries(decodeColumns(readArrow([writeArrow(columns)])))).toEqual(columns);
			}),
			{ seed: 7 }
		);
	});

	it('writes NaN as a missing value', () => {
		expect(decodeRows(readArrow([writeArrow({ x: Float64Array.of(NaN, -0) })]))).toEqual([
			{ x: null },
			{ x: -0 }
		]);
	});

	it('writes an array that stands in two columns, and parts of one that overlap', () => {
		const x = Float64Array.of(1, 2, 3, 4);
		const n = Int32Array.of(1, 2, 3, 4, 5, 6);
		const columns = { x, again: x, n: n.subarray(0, 4), tail: n.subarray(2) };
		expect(Object.fromEntries(decodeColumns(readArrow([writeArrow(columns)])))).toEqual(columns);
	});

	it('keeps columns named like parts of an object', () => {
		const columns = { ['__proto__']: ['a'], constructor: ['b'], toString: ['c'] };
		expect([...decodeColumns(readArrow([writeArrow(columns)]))]).toEqual([
			['__proto__', ['a']],
			['constructor', ['b']],
			['toString', ['c']]
		]);
	});
});
