import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Matrix } from '#lib/core/matrix.ts';
import { sampleWithoutReplacement, seeded } from '#lib/core/random.ts';
import { cleaning } from '../../../tests/oracle/cleaning-small.ts';
import { fromRows } from '../../../tests/oracle/clustering-small.ts';
import { knnImpute, MOST_IMPUTE_COLUMNS } from './knn-impute.ts';

function matrix(rows: readonly (readonly (number | null)[])[]): Matrix {
	return fromRows(rows.map((row) => row.map((value) => value ?? NaN)));
}

/** The rows with their missing cells filled. */
function filled(data: Matrix, neighborCount: number, options = {}): number[][] {
	const { rows, columns, values } = knnImpute(data, { neighborCount, ...options });
	const out = data.values.slice();
	values.forEach((value, i) => (out[(rows[i] ?? 0) * data.columnCount + (columns[i] ?? 0)] = value));
	return Array.from({ length: data.rowCount }, (_, row) =>
		Array.from(out.subarray(row * data.columnCount, (row + 1) * data.columnCount))
	);
}

describe('knnImpute', () => {
	it.each(cleaning.neighbors)(
		'agrees with scikit-learn: $name',
		({ rows, neighborCount, filled: answer }) => {
			const found = filled(matrix(rows), neighborCount);
			const known = rows[0]?.map((_, c) => rows.some((row) => row[c] !== null)) ?? [];
			for (const [r, row] of answer.entries()) {
				for (const [c, value] of row.entries()) {
					if (known[c] === true) expect(found[r]?.[c]).toBeCloseTo(value, 9);
					else expect(found[r]?.[c]).toBeNaN();
				}
			}
		}
	);

	it('takes the earlier of rows that are equally far', () => {
		const rows = [
			[0, null],
			[1, 10],
			[-1, 20],
			[1, 30]
		];
		expect(filled(matrix(rows), 1)[0]).toEqual([0, 10]);
		expect(filled(matrix(rows), 2)[0]).toEqual([0, 15]);
	});

	it('leaves out donors that share no known column, and takes the mean where none does', () => {
		const rows = [
			[1, null, null],
			[1, 4, null],
			[null, 100, 1],
			[null, null, 3]
		];
		// Row 2 shares nothing with row 0, so one donor has to do; nobody who knows column 2 shares anything with it.
		expect(filled(matrix(rows), 2)).toEqual([
			[1, 4, 2],
			[1, 4, 1],
			[1, 100, 1],
			[1, 100, 3]
		]);
	});

	it('takes infinite numbers for missing, and lends them to nobody', () => {
		const data = fromRows([
			[1, Infinity],
			[1.5, 3],
			[2, -Infinity],
			[9, 5]
		]);
		expect(filled(data, 1)).toEqual([
			[1, 3],
			[1.5, 3],
			[2, 3],
			[9, 5]
		]);
	});

	it('fills and lends only what it is asked to', () => {
		const data = matrix([
			[0, null, 1],
			[0, 5, null],
			[9, 7, 2]
		]);
		const some = knnImpute(data, { neighborCount: 1, columns: [1] });
		expect([some.rows, some.columns, some.values]).toEqual([
			Int32Array.of(0),
			Int32Array.of(1),
			Float64Array.of(5)
		]);
		expect(filled(data, 1, { donors: Int32Array.of(2) })[0]).toEqual([0, 7, 1]);
		expect(knnImpute(data, { neighborCount: 1, rows: Int32Array.of(1) }).rows).toEqual(Int32Array.of(1));
	});

	it('measures differences in the unit that it is given', () => {
		const data = matrix([
			[0, 0, null],
			[100, 0, 1],
			[0, 1, 2]
		]);
		expect(filled(data, 1)[0]).toEqual([0, 0, 2]);
		expect(filled(data, 1, { scales: Float64Array.of(1000, 1, 1) })[0]).toEqual([0, 0, 1]);
	});

	it('has nothing to fill in an empty or a full table, and no donor in one without numbers', () => {
		expect(knnImpute(fromRows([]), { neighborCount: 5 }).values).toHaveLength(0);
		expect(knnImpute(fromRows([[1, 2]]), { neighborCount: 5 }).values).toHaveLength(0);
		expect(knnImpute(matrix([[null, null]]), { neighborCount: 5 }).values).toHaveLength(0);
	});

	it('refuses no neighbours and too many columns', () => {
		expect(() => knnImpute(fromRows([[1]]), { neighborCount: 0 })).toThrow(RangeError);
		const wide = fromRows([Array<number>(MOST_IMPUTE_COLUMNS + 1).fill(1)]);
		expect(() => knnImpute(wide, { neighborCount: 1 })).toThrow(RangeError);
	});

	/** Compared one by one, as the definition says. */
	function byDefinition(data: Matrix, row: number, column: number, k: number): number {
		const at = (r: number, c: number): number => data.values[r * data.columnCount + c] as number;
		const columns = Array.from({ length: data.columnCount }, (_, c) => c);
		const donors = Array.from({ length: data.rowCount }, (_, r) => r)
			.filter((r) => !Number.isNaN(at(r, column)))
			.map((r) => {
				const shared = columns.filter((c) => !Number.isNaN(at(r, c)) && !Number.isNaN(at(row, c)));
				const sum = shared.reduce((total, c) => total + (at(r, c) - at(row, c)) ** 2, 0);
				return { r, distance: (sum * data.columnCount) / shared.length };
			});
		const near = donors.filter(({ distance }) => !Number.isNaN(distance));
		near.sort((a, b) => a.distance - b.distance || a.r - b.r);
		const taken = near.length > 0 ? near.slice(0, k) : donors;
		return taken.reduce((sum, { r }) => sum + at(r, column), 0) / taken.length;
	}

	const cell = fc.oneof(
		{ weight: 3, arbitrary: fc.integer({ min: -5, max: 5 }) },
		{ weight: 2, arbitrary: fc.double({ min: -5, max: 5, noNaN: true }) },
		{ weight: 2, arbitrary: fc.constant(NaN) }
	);
	const tables = fc
		.integer({ min: 1, max: 5 })
		.chain((d) => fc.array(fc.array(cell, { minLength: d, maxLength: d }), { minLength: 1, maxLength: 60 }));

	it('finds what comparing every row with every other finds, and stays among the known numbers', () => {
		fc.assert(
			fc.property(tables, fc.integer({ min: 1, max: 8 }), (rows, k) => {
				const data = fromRows(rows);
				const { rows: at, columns, values } = knnImpute(data, { neighborCount: k });
				values.forEach((value, i) => {
					const [row, column] = [at[i] as number, columns[i] as number];
					const known = rows.map((each) => each[column] as number).filter((each) => !Number.isNaN(each));
					expect(rows[row]?.[column]).toBeNaN();
					expect(value).toBeCloseTo(byDefinition(data, row, column, k), 9);
					expect(value).toBeGreaterThanOrEqual(Math.min(...known) - 1e-12);
					expect(value).toBeLessThanOrEqual(Math.max(...known) + 1e-12);
				});
			}),
			{ seed: 5, numRuns: 150 }
		);
	});

	it('fills a row alike wherever it stands', () => {
		const random = seeded(3);
		const rows = Array.from({ length: 200 }, () =>
			Array.from({ length: 4 }, () => (random() < 0.2 ? NaN : random()))
		);
		const order = [...sampleWithoutReplacement(random, 100, 200)];
		const moved = [...order, ...Array.from(rows.keys()).filter((row) => !order.includes(row))];
		const there = filled(fromRows(rows), 5);
		const here = filled(fromRows(moved.map((row) => rows[row] ?? [])), 5);
		moved.forEach((row, i) =>
			here[i]?.forEach((value, c) => expect(value).toBeCloseTo(there[row]?.[c] as number, 12))
		);
	});
});
