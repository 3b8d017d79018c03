import { describe, expect, it } from 'vitest';
import { filterTest, type Filter } from './filters.ts';

const values: Readonly<Record<string, readonly number[]>> = {
	days: [1, 10, 100, NaN, 1000],
	money: [0, 5, 50, 5, -3]
};
const all = { columnOf: (column: string) => values[column], labels: Uint8Array.of(0, 1, 1, 0, 2) };

function rowsOf(filter: Filter): number[] {
	return [0, 1, 2, 3, 4].filter(filterTest(filter, all));
}

describe('filterTest', () => {
	it('takes bars without their lower end and with their upper one', () => {
		expect(rowsOf({ kind: 'range', column: 'days', from: 1, to: 100 })).toEqual([1, 2]);
		expect(rowsOf({ kind: 'range', column: 'days', from: null, to: 10 })).toEqual([0, 1]);
		expect(rowsOf({ kind: 'range', column: 'days', from: 10, to: null })).toEqual([2, 4]);
		expect(rowsOf({ kind: 'range', column: 'days', from: null, to: null })).toEqual([0, 1, 2, 4]);
	});

	it('takes rectangles with all ends', () => {
		const x = { column: 'days', from: 1, to: 10 };
		expect(rowsOf({ kind: 'box', x, y: { column: 'money', from: 0, to: 5 } })).toEqual([0, 1]);
	});

	it('takes what lies inside an outline on logarithmic axes, zero and less on the floor', () => {
		const x = { column: 'days', scale: 'log', floor: null } as const;
		const y = { column: 'money', scale: 'log', floor: -1 } as const;
		const corners = [
			[-0.5, -2],
			[7, -2],
			[7, 1],
			[-0.5, 1]
		] as const;
		expect(rowsOf({ kind: 'outline', x, y, corners })).toEqual([0, 4]);
		const above = corners.map(([across, up]) => [across, up + 3] as const);
		expect(rowsOf({ kind: 'outline', x, y, corners: above })).toEqual([1, 2]);
	});

	it('takes a segment, and nobody by values that are not there', () => {
		expect(rowsOf({ kind: 'segment', cluster: 1 })).toEqual([1, 2]);
		expect(rowsOf({ kind: 'range', column: 'orders', from: null, to: null })).toEqual([]);
	});
});
