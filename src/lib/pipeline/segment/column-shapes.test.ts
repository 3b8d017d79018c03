import { describe, expect, it } from 'vitest';
import { fromColumns } from '#lib/core/matrix.ts';
import { applyScaler, fitScaler } from '#lib/stats/scale.ts';
import { columnShapes } from './column-shapes.ts';

describe('the shapes of columns', () => {
	const data = fromColumns([
		[1, 1, 2, 3, 5, 200],
		[10, 20, 30, 40, 50, 60],
		[7, 7, 7, 7, 7, 7]
	]);
	const plain = columnShapes(data, data);
	const even = columnShapes(data, applyScaler(data, fitScaler(data, 'log1p-standard')));

	it('count every row once, from the least to the largest', () => {
		for (const { before, after } of even)
			for (const { counts } of [before, after]) expect(counts.reduce((sum, n) => sum + n, 0)).toBe(6);
		expect(plain[0]?.before).toMatchObject({ min: 1, max: 200 });
		expect([plain[0]?.before.counts[0], plain[0]?.before.counts.at(-1)]).toEqual([5, 1]);
		expect(plain[1]?.before.counts.filter((count) => count > 0)).toEqual([1, 1, 1, 1, 1, 1]);
		expect(plain[2]?.before.counts[0]).toBe(6);
	});
	it('say how lopsided a column is before and after', () => {
		expect(plain[0]?.before.skewness).toBeCloseTo(1.787475, 6);
		expect(even[0]?.after.skewness).toBeLessThan(1.6);
		expect(plain[1]?.before.skewness).toBeCloseTo(0, 12);
		expect(plain[2]?.before.skewness).toBeNaN();
	});
	it('say how many rows are below zero', () => {
		const signed = fromColumns([[-254, -3, 0, 133]]);
		expect(columnShapes(signed, signed)[0]?.before.belowZero).toBe(0.5);
		expect(plain[0]?.before.belowZero).toBe(0);
	});
	it('say what each weighs in a comparison', () => {
		expect(even.map(({ weight }) => weight)).toEqual([expect.closeTo(0.5, 12), expect.closeTo(0.5, 12), 0]);
		expect(plain[0]?.weight).toBeGreaterThan(0.9);
		expect(columnShapes(fromColumns([[1, 1]]), fromColumns([[0, 0]]))[0]?.weight).toBe(0);
	});
});
