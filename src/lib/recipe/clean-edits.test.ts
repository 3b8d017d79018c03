import { describe, expect, it } from 'vitest';
import type { Repair } from '#lib/pipeline/clean/repairs/schema.ts';
import {
	addRepairs,
	changeQuery,
	changeRepair,
	forgetPairs,
	keepApart,
	mergePeople,
	moveRepair,
	removeQuery,
	removeRepair,
	saveQuery
} from './clean-edits.ts';
import { emptyRecipe, Recipe } from './recipe.ts';

const empty = emptyRecipe('Shop');

const trim = (column: string): Omit<Repair, 'id'> => ({
	operation: 'trim_case',
	on: true,
	series: 's1',
	columns: [column],
	params: { case: 'as_written', singleBlanks: true }
});

const idsOf = ({ clean }: Recipe) => clean.repairs.map(({ id }) => id);

describe('steps of the clean-up', () => {
	const start = addRepairs([trim('a'), trim('b'), trim('c')])(empty);

	it('get ids that none of them has, and the recipe stays valid', () => {
		expect(idsOf(start)).toEqual(['r1', 'r2', 'r3']);
		expect(idsOf(addRepairs([trim('d')])(removeRepair('r2')(start)))).toEqual(['r1', 'r3', 'r4']);
		expect(Recipe.parse(start)).toEqual(start);
		expect(empty.clean.repairs).toEqual([]);
	});

	it('change alone, and keep their place', () => {
		const changed = changeRepair('r2', { on: false, columns: ['x'] })(start);
		expect(changed.clean.repairs[1]).toEqual({ ...trim('x'), id: 'r2', on: false });
		expect(idsOf(changed)).toEqual(idsOf(start));
		expect(changeRepair('r9', { on: false })(start)).toEqual(start);
	});

	it('move to a place among the others', () => {
		expect(idsOf(moveRepair('r3', 0)(start))).toEqual(['r3', 'r1', 'r2']);
		expect(idsOf(moveRepair('r1', 1)(start))).toEqual(['r2', 'r1', 'r3']);
		expect(idsOf(moveRepair('r1', 99)(start))).toEqual(['r2', 'r3', 'r1']);
		expect(moveRepair('r9', 0)(start)).toBe(start);
	});
});

describe('what the user said of people', () => {
	const [near, far] = [
		{ a: 'a1', b: 'b2' },
		{ a: 'c3', b: 'd4' }
	];
	const identityOf = ({ clean: { identity } }: Recipe) => [identity.merges, identity.apart];

	it('holds the last word of each pair, in one order whatever came first', () => {
		const merged = mergePeople([far, near, near])(empty);
		expect(identityOf(mergePeople([near])(mergePeople([far])(empty)))).toEqual([[near, far], []]);
		expect(identityOf(keepApart([near])(merged))[1]).toEqual([near]);
		expect(identityOf(keepApart([near])(merged))[0]).toEqual([far]);
		expect(identityOf(mergePeople([near])(keepApart([near])(empty)))).toEqual([[near], []]);
	});

	it('is forgotten in both lists', () => {
		const both = keepApart([far])(mergePeople([near])(empty));
		expect(identityOf(forgetPairs([near, far])(both))).toEqual([[], []]);
	});
});

describe('saved queries', () => {
	const query = { name: 'big', title: 'Big', sql: 'SELECT 1', use: 'table', missing: 'none' } as const;

	it('are added, changed and taken out by id', () => {
		const two = saveQuery({ ...query, name: 'more' })(saveQuery(query)(empty));
		expect(two.queries.map(({ id }) => id)).toEqual(['q1', 'q2']);
		expect(changeQuery('q2', { title: 'New' })(two).queries[1]).toMatchObject({ name: 'more', title: 'New' });
		expect(removeQuery('q1')(two).queries.map(({ id }) => id)).toEqual(['q2']);
		expect(Recipe.parse(two)).toEqual(two);
	});
});
