import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import { columnKind, isNumberKind } from '#lib/pipeline/queries/column-kind.ts';
import {
	axesLayout,
	barsLayout,
	chartFinding,
	chartKinds,
	chartMarks,
	chooseChart,
	correlation,
	shortLabel
} from './result-chart.ts';

const column = (name: string, type: string) => {
	const kind = columnKind(type);
	return { name, type, kind, isNumber: isNumberKind(kind) };
};
const CITY = column('city', 'VARCHAR');
const MONTH = column('month', 'DATE');
const ORDERS = column('orders', 'BIGINT');
const REVENUE = column('revenue', 'DECIMAL(18,4)');
const format = createFormat('en-GB');
const WHOLE = { rowCount: 3, isCut: false };

describe('the chart of a result', () => {
	it('is chosen by its columns', () => {
		expect(chooseChart([CITY, ORDERS, REVENUE], 12)).toEqual({ kind: 'bars', x: 0, y: 2 });
		expect(chooseChart([MONTH, ORDERS], 12)).toEqual({ kind: 'line', x: 0, y: 1 });
		expect(chooseChart([CITY, ORDERS, REVENUE], 5000)?.kind).toBe('points');
		expect(chooseChart([ORDERS, REVENUE], 5)).toEqual({ kind: 'bars', x: 0, y: 1 });
		expect(chooseChart([CITY], 12)).toBeNull();
		expect(chooseChart([CITY, ORDERS], 1)).toBeNull();
		expect(chooseChart([ORDERS], 9)).toBeNull();
	});
	it('obeys what was chosen as far as it can', () => {
		expect(chooseChart([CITY, ORDERS, REVENUE], 12, { kind: 'points' })).toEqual({
			kind: 'points',
			x: 1,
			y: 2
		});
		expect(chooseChart([CITY, ORDERS, REVENUE], 12, { kind: 'bars', y: 1 })).toEqual({
			kind: 'bars',
			x: 0,
			y: 1
		});
		expect(chooseChart([CITY, ORDERS], 12, { kind: 'line' })?.kind).toBe('bars');
		expect(chartKinds([MONTH, CITY, ORDERS], 5)).toEqual(['line', 'bars']);
	});
	it('says what it shows', () => {
		const bars = chartMarks('bars', ['Leeds', 'York', null], Float64Array.of(60, 40, NaN));
		expect(bars).toEqual([
			{ label: 'Leeds', x: 0, y: 60 },
			{ label: 'York', x: 1, y: 40 }
		]);
		const choice = { kind: 'bars', x: 0, y: 1 } as const;
		const all = { ...WHOLE, rowCount: 2 };
		expect(chartFinding(choice, [CITY, ORDERS], bars, all, String, format)).toBe(
			'orders is highest for Leeds: 60, 60% of the sum'
		);
		expect(chartFinding(choice, [CITY, ORDERS], bars, WHOLE, String, format)).toBe(
			'orders is highest for Leeds: 60'
		);
		expect(chartFinding(choice, [CITY, ORDERS], [], WHOLE, String, format)).toBe(
			'No row has both city and orders'
		);
		const points = chartMarks('points', Float64Array.of(1, 2, 3), Float64Array.of(2, 4, 6));
		expect(
			chartFinding({ kind: 'points', x: 0, y: 1 }, [ORDERS, REVENUE], points, WHOLE, String, format)
		).toBe('revenue against orders: correlation 1.00');
	});
	it('names nobody as the highest where several are', () => {
		const choice = { kind: 'bars', x: 0, y: 1 } as const;
		const words = (...values: number[]) => {
			const marks = chartMarks(
				'bars',
				values.map((_, i) => `city ${i}`),
				Float64Array.from(values)
			);
			return chartFinding(choice, [CITY, ORDERS], marks, WHOLE, String, format);
		};
		expect(words(...Array<number>(20).fill(5))).toBe('All 20 are 5');
		expect(words(5, 3, 5)).toBe('orders is highest for city 0 and city 2: 5 each');
		expect(words(5, 5, 5, 1)).toBe('orders is highest for 3 of 4: 5 each');
		expect(words(3, 5)).toBe('orders is highest for city 1: 5');
	});
	it('puts times in order', () => {
		const marks = chartMarks('line', ['2024-02-01', '2024-01-01 00:00:00', 'x'], Float64Array.of(1, 2, 3));
		expect(marks.map(({ label, y }) => [label, y])).toEqual([
			['2024-01-01', 2],
			['2024-02-01', 1]
		]);
		const layout = axesLayout('line', marks, 600, String);
		expect(layout.placeX(marks[0]?.x ?? 0)).toBeLessThan(layout.placeX(marks[1]?.x ?? 0));
		expect(layout.path).toMatch(/^M/);
	});
	it('keeps bars inside the width, also below zero', () => {
		const marks = chartMarks('bars', ['a', 'b'], Float64Array.of(-5, 10));
		const { placeValue, zero } = barsLayout(marks, 400);
		expect(placeValue(-5)).toBeLessThan(zero);
		expect(placeValue(10)).toBeLessThanOrEqual(400);
	});
});

it('tells that what does not vary has no correlation', () => {
	expect(correlation([{ label: '', x: 1, y: 2 }])).toBeNaN();
});

it('shortens labels', () => {
	expect(shortLabel('a very long name of a product', 70)).toBe('a very lo…');
});
