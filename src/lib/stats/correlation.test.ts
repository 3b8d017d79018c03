import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromColumns } from '#lib/core/matrix.ts';
import { farthest } from '../../../tests/oracle/clustering-small.ts';
import { pairs } from '../../../tests/oracle/drivers.ts';
import { correlationMatrix } from './correlation-matrix.ts';
import { midRanks, pearson, pearsonInterval, spearman, spearmanInterval } from './correlation.ts';

const x = Float64Array.from(pairs.x);
const y = Float64Array.from(pairs.y);
const numbers = fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })), {
	minLength: 3,
	maxLength: 40
});

describe('correlation', () => {
	it('equals SciPy', () => {
		expect(Math.abs(pearson(x, y) - pairs.pearson)).toBeLessThan(1e-12);
		expect(Math.abs(spearman(x, y) - pairs.spearman)).toBeLessThan(1e-12);
		expect(farthest(midRanks(x), pairs.ranks)).toBe(0);
	});

	it('is exact in small cases', () => {
		expect(pearson(Float64Array.of(1, 2, 3), Float64Array.of(2, 4, 6))).toBeCloseTo(1, 14);
		expect(pearson(Float64Array.of(1, 2, 3), Float64Array.of(1, 3, 2))).toBeCloseTo(0.5, 14);
		expect(spearman(Float64Array.of(1, 10, 100, 1000), Float64Array.of(4, 3, 2, 1))).toBeCloseTo(-1, 14);
		expect(pearson(Float64Array.of(1, 1, 1), Float64Array.of(1, 2, 3))).toBeNaN();
	});

	it('leaves out rows where either is missing', () => {
		const gappy = Float64Array.of(1, NaN, 2, 3, 9);
		const other = Float64Array.of(1, 5, 3, 2, NaN);
		expect(pearson(gappy, other)).toBeCloseTo(0.5, 14);
		expect(spearman(gappy, other)).toBeCloseTo(0.5, 14);
		expect([...midRanks(gappy)]).toEqual([1, NaN, 2, 3, 4]);
	});

	it('does not mind the scale, the order of the rows or, for ranks, a curve', () => {
		fc.assert(
			fc.property(numbers, (rows) => {
				const [a, b] = [Float64Array.from(rows, ([v]) => v), Float64Array.from(rows, ([, v]) => v)];
				const r = pearson(a, b);
				if (Number.isNaN(r)) return;
				expect(Math.abs(r)).toBeLessThanOrEqual(1);
				expect(pearson(b, a)).toBeCloseTo(r, 10);
				expect(
					pearson(
						a.map((v) => 3 * v + 7),
						b
					)
				).toBeCloseTo(r, 10);
				expect(pearson(a.slice().reverse(), b.slice().reverse())).toBeCloseTo(r, 10);
				expect(
					spearman(
						a.map((v) => Math.exp(v)),
						b
					)
				).toBeCloseTo(spearman(a, b), 10);
			}),
			{ seed: 4 }
		);
	});

	it('has intervals on the scale of artanh', () => {
		// artanh 0.5 = 0.5493, ± 1.96/5; ranks are a little less certain.
		expect(pearsonInterval(0.5, 28).low).toBeCloseTo(0.156, 3);
		expect(pearsonInterval(0.5, 28).high).toBeCloseTo(0.736, 3);
		expect(spearmanInterval(0.5, 28).low).toBeCloseTo(
			Math.tanh(Math.atanh(0.5) - 1.959964 * Math.sqrt(1.125 / 25)),
			6
		);
		expect(pearsonInterval(0.9, 3)).toEqual({ value: 0.9, low: -1, high: 1 });
		expect(pearsonInterval(1, 30)).toEqual({ value: 1, low: 1, high: 1 });
		expect(pearsonInterval(NaN, 30).value).toBeNaN();
	});
});

describe('correlationMatrix', () => {
	const gappy = Float64Array.from(x, (value, i) => (i % 7 === 0 ? NaN : value));
	const columns = [x, y, gappy];

	it('has what each pair has alone', () => {
		for (const [kind, alone] of [
			['pearson', pearson],
			['spearman', spearman]
		] as const) {
			const { values } = correlationMatrix(fromColumns(columns), kind);
			columns.forEach((a, i) =>
				columns.forEach((b, j) => expect(values[3 * i + j]).toBeCloseTo(i === j ? 1 : alone(a, b), 12))
			);
		}
	});
});
