import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnOf } from '#lib/core/matrix.ts';
import { farthest, fromRows, small } from '../../../tests/oracle/clustering-small.ts';
import { mean, variance } from './moments.ts';
import { applyScaler, fitScaler, invertScaler, type ColumnScaler, type Scaling } from './scale.ts';

const rows = fromRows(small.rows);
const positive = fromRows(small.rows.map((row) => row.map(Math.abs)));

const SCALINGS: readonly Scaling[] = [
	...(['log1p-standard', 'standard', 'min-max', 'robust', 'log1p', 'box-cox', 'yeo-johnson', 'none'] as const)
];
const positiveTable = fc.array(fc.tuple(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 1, max: 9 })), {
	minLength: 1,
	maxLength: 20
});

describe('scaling', () => {
	it('equals StandardScaler of scikit-learn, with and without the logarithm', () => {
		const standard = applyScaler(rows, fitScaler(rows, 'standard'));
		expect(farthest(standard.values, small.standard.flat())).toBeLessThan(1e-11);
		const logged = applyScaler(positive, fitScaler(positive, 'log1p-standard'));
		expect(farthest(logged.values, small.log1pStandard.flat())).toBeLessThan(1e-11);
	});
	it('leaves the values alone when asked for none', () => {
		expect(applyScaler(rows, fitScaler(rows, 'none')).values).toEqual(rows.values);
	});
	it('turns a constant column into zeros', () => {
		const constant = fromRows([
			[0.1, 1],
			[0.1, 2],
			[0.1, 3]
		]);
		for (const scaling of SCALINGS.filter((kind) => kind !== 'none' && kind !== 'log1p')) {
			const scaler = fitScaler(constant, scaling);
			expect(scaler.scales[0]).toBe(1);
			expect(farthest(columnOf(applyScaler(constant, scaler), 0), [0, 0, 0])).toBeLessThan(1e-15);
		}
	});
	it('keeps customers whose refunds exceed their orders finite and in order', () => {
		const data = fromRows([[-50], [-1], [0], [1], [50]]);
		const { values } = applyScaler(data, fitScaler(data, 'log1p-standard'));
		expect([...values]).toEqual([...values].sort((a, b) => a - b));
		expect(values[0]).toBeCloseTo(-(values[4] as number), 12);
	});
	it('measures each column as it says', () => {
		const data = fromRows([[1], [2], [3], [4], [10]]);
		const z = (scaling: Scaling) => [...applyScaler(data, fitScaler(data, scaling)).values];
		expect(z('min-max')).toEqual([0, 1 / 9, 2 / 9, 3 / 9, 1]);
		expect(z('robust')).toEqual([-1, -0.5, 0, 0.5, 3.5]);
		expect(z('log1p')).toEqual([1, 2, 3, 4, 10].map(Math.log1p));
		for (const scaling of ['standard', 'log1p-standard', 'box-cox', 'yeo-johnson'] as const) {
			expect(mean(z(scaling))).toBeCloseTo(0, 12);
			expect(variance(z(scaling))).toBeCloseTo(1, 12);
		}
	});
	it('leaves the size of a column whose quartiles are equal, as RobustScaler does', () => {
		const data = fromRows([[1], [1], [1], [1], [7]]);
		expect([...applyScaler(data, fitScaler(data, 'robust')).values]).toEqual([0, 0, 0, 0, 6]);
	});
	it('takes no power that would eat the differences', () => {
		const data = fromRows([[20], [20], [21]]);
		const scaler = fitScaler(data, 'yeo-johnson');
		expect(scaler.lambdas).toEqual([1]);
		const standard = applyScaler(data, fitScaler(data, 'standard'));
		expect(farthest(applyScaler(data, scaler).values, standard.values)).toBeLessThan(1e-12);
	});
	it('refuses what Box-Cox cannot take', () => {
		expect(() => fitScaler(fromRows([[1], [0]]), 'box-cox')).toThrow(RangeError);
	});
	it('gives a scale for no rows', () => {
		for (const scaling of SCALINGS) {
			const empty = { values: new Float64Array(0), rowCount: 0, columnCount: 2 };
			expect(fitScaler(empty, scaling)).toMatchObject({ centers: [0, 0], scales: [1, 1] });
		}
	});
	it('is bit for bit the same again, also after it was stored', () => {
		fc.assert(
			fc.property(positiveTable, fc.constantFrom(...SCALINGS), (list, scaling) => {
				const data = fromRows(list);
				const scaler = fitScaler(data, scaling);
				expect(fitScaler(data, scaling)).toEqual(scaler);
				const stored = JSON.parse(JSON.stringify(scaler)) as ColumnScaler;
				expect(applyScaler(data, stored).values).toEqual(applyScaler(data, scaler).values);
			}),
			{ seed: 5 }
		);
	});
	it('treats a row by itself: others beside it change nothing', () => {
		fc.assert(
			fc.property(positiveTable, positiveTable, fc.constantFrom(...SCALINGS), (list, more, scaling) => {
				const scaler = fitScaler(fromRows(list), scaling);
				const together = applyScaler(fromRows([...more, ...list]), scaler);
				const alone = applyScaler(fromRows(more), scaler);
				expect(together.values.subarray(0, alone.values.length)).toEqual(alone.values);
			}),
			{ seed: 6 }
		);
	});
	it('does not depend on the order of rows, but for rounding, and keeps the order of values', () => {
		fc.assert(
			fc.property(positiveTable, fc.constantFrom(...SCALINGS), (list, scaling) => {
				const data = fromRows(list.toSorted((a, b) => a[0] - b[0]));
				const scaler = fitScaler(data, scaling);
				const other = fitScaler(fromRows(list.toReversed()), scaling);
				// An exponent is as exact as the search for it, and a power multiplies that.
				const tolerance = scaler.lambdas === null ? 1e-9 : 1e-4;
				const z = columnOf(applyScaler(data, scaler), 0);
				expect(farthest(columnOf(applyScaler(data, other), 0), z)).toBeLessThan(tolerance);
				expect([...z]).toEqual([...z].sort((a, b) => a - b));
			}),
			{ seed: 7 }
		);
	});
	it('comes back by its inverse', () => {
		const table = fc.array(fc.tuple(fc.integer({ min: -999, max: 9999 }), fc.integer({ min: 0, max: 99 })), {
			minLength: 1,
			maxLength: 20
		});
		const scaling = fc.constantFrom<Scaling>(...SCALINGS.filter((kind) => kind !== 'box-cox'));
		fc.assert(
			fc.property(table, scaling, (list, kind) => {
				const data = fromRows(list);
				const scaler = fitScaler(data, kind);
				const scaled = applyScaler(data, scaler);
				const back = invertScaler(scaled, scaler);
				// Far out, a steep power leaves values so near to each other that they come back only on its own scale.
				if (scaler.lambdas === null) expect(farthest(back.values, data.values)).toBeLessThan(1e-7);
				expect(farthest(applyScaler(back, scaler).values, scaled.values)).toBeLessThan(1e-8);
			}),
			{ seed: 4 }
		);
	});
	it('comes back from Box-Cox', () => {
		const scaler = fitScaler(positive, 'box-cox');
		expect(
			farthest(invertScaler(applyScaler(positive, scaler), scaler).values, positive.values)
		).toBeLessThan(1e-12);
	});
});
