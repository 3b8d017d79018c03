import { describe, expect, it } from 'vitest';
import { indicesOf, pick, sameSelection, type CustomerArrays } from './customers.ts';

const arrays: CustomerArrays = {
	count: 4,
	features: new Map([
		['recency_days', Float64Array.of(1, 10, 100, 1000)],
		['monetary_total', Float64Array.of(10, 20, 30, 40)]
	]),
	rScore: Int32Array.of(5, 4, 2, 1),
	fScore: Int32Array.of(5, 5, 1, 1),
	mScore: Int32Array.of(5, 4, 2, 1),
	fmScore: Int32Array.of(5, 5, 2, 1),
	gridScore: Int32Array.of(5, 5, 1, 1),
	groupIds: ['hibernating', 'champion', 'vips'],
	group: Int32Array.of(1, 2, 0, 0)
};
const labels = Uint8Array.of(0, 0, 1, 1);
const columnOf = (column: string) => arrays.features.get(column);

describe('pick', () => {
	it('finds a cell, a group and a cluster', () => {
		expect([...pick({ kind: 'cell', r: 5, f: 5 }, arrays, labels, columnOf).mask]).toEqual([1, 0, 0, 0]);
		expect([...pick({ kind: 'group', group: 'hibernating' }, arrays, labels, columnOf).mask]).toEqual([
			0, 0, 1, 1
		]);
		expect([...pick({ kind: 'group', group: 'vips' }, arrays, labels, columnOf).mask]).toEqual([0, 1, 0, 0]);
		expect(pick({ kind: 'group', group: 'gone' }, arrays, labels, columnOf).count).toBe(0);
		const cluster = pick({ kind: 'cluster', cluster: 1 }, arrays, labels, columnOf);
		expect(cluster).toMatchObject({ count: 2, revenue: 70 });
	});

	it('finds a brushed rectangle, its edges included', () => {
		const brush = {
			kind: 'brush',
			x: { column: 'recency_days', from: 10, to: 100 },
			y: { column: 'monetary_total', from: 0, to: 25 }
		} as const;
		expect([...pick(brush, arrays, labels, columnOf).mask]).toEqual([0, 1, 0, 0]);
	});

	it('finds the people of a list, by the rows that were looked up', () => {
		const listed = { kind: 'listed', title: 'Bought again', ids: ['b', 'd', 'gone'] } as const;
		const found = pick(listed, arrays, labels, columnOf, new Map(), Int32Array.of(1, 3));
		expect([...found.mask]).toEqual([0, 1, 0, 1]);
		expect(found).toMatchObject({ count: 2, revenue: 60 });
	});

	it('picks nobody by a column that is not there', () => {
		const brush = {
			kind: 'brush',
			x: { column: 'gone', from: 0, to: 1 },
			y: { column: 'monetary_total', from: 0, to: 25 }
		} as const;
		expect(pick(brush, arrays, labels, columnOf).count).toBe(0);
	});
});

describe('indicesOf', () => {
	it('lists the picked rows', () => {
		expect([...indicesOf(Uint8Array.of(0, 1, 0, 1))]).toEqual([1, 3]);
	});
});

describe('sameSelection', () => {
	it('compares by value', () => {
		expect(sameSelection({ kind: 'cell', r: 1, f: 2 }, { kind: 'cell', r: 1, f: 2 })).toBe(true);
		expect(sameSelection({ kind: 'cell', r: 1, f: 2 }, null)).toBe(false);
	});
});
