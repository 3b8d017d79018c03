import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { farthest, fromRows, small } from '../../../tests/oracle/clustering-small.ts';
import { applyScaler, fitScaler, invertScaler, type Scaling } from './scale.ts';

const rows = fromRows(small.rows);
const positive = fromRows(small.rows.map((row) => row.map(Math.abs)));

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
		const scaler = fitScaler(constant, 'log1p-standard');
		expect(scaler.deviations[0]).toBe(1);
		const { values } = applyScaler(constant, scaler);
		expect([values[0], values[2], values[4]].map((value) => Math.abs(value as number) < 1e-15)).toEqual([
			true,
			true,
			true
		]);
	});
	it('keeps customers whose refunds exceed their orders finite and in order', () => {
		const data = fromRows([[-50], [-1], [0], [1], [50]]);
		const { values } = applyScaler(data, fitScaler(data, 'log1p-standard'));
		expect([...values]).toEqual([...values].sort((a, b) => a - b));
		expect(values[0]).toBeCloseTo(-(values[4] as number), 12);
	});
	it('comes back by its inverse', () => {
		const table = fc.array(fc.tuple(fc.integer({ min: -999, max: 9999 }), fc.integer({ min: 0, max: 99 })), {
			minLength: 1,
			maxLength: 20
		});
		const scaling = fc.constantFrom<Scaling>('log1p-standard', 'standard', 'none');
		fc.assert(
			fc.property(table, scaling, (list, kind) => {
				const data = fromRows(list);
				const scaler = fitScaler(data, kind);
				const back = invertScaler(applyScaler(data, scaler), scaler);
				expect(farthest(back.values, data.values)).toBeLessThan(1e-7);
			}),
			{ seed: 4 }
		);
	});
});
