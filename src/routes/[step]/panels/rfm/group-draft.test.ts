import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import { checkGroupTable } from '#lib/pipeline/segment/rfm/group-table.ts';
import { TEN_GROUPS } from '#lib/pipeline/segment/rfm/ten-groups.ts';
import { RfmGroup, type GroupTable } from '#lib/pipeline/segment/schema.ts';
import {
	cellCounts,
	cellId,
	cellWords,
	changedCustomers,
	changeWords,
	giveOrTake,
	gridsOf,
	isSameTable,
	ownersOf,
	proofOf,
	reworded,
	toSave,
	withNewGroup,
	withoutGroup
} from './group-draft.ts';

const GRID = { levels: 5, axes: ['r', 'f'] } as const;
const cellsIn = (table: GroupTable, id: string) =>
	(table.find((entry) => entry.id === id)?.cells ?? []).map(cellId).sort();

describe('the grids of the editor', () => {
	it('show every cell of two axes once, the best at the top', () => {
		const [grid, ...others] = gridsOf(GRID);
		expect(others).toEqual([]);
		expect(grid?.page).toBeNull();
		expect(grid?.rows.map((row) => row.map(cellId).join('|'))).toEqual([
			'5 1|5 2|5 3|5 4|5 5',
			'4 1|4 2|4 3|4 4|4 5',
			'3 1|3 2|3 3|3 4|3 5',
			'2 1|2 2|2 3|2 4|2 5',
			'1 1|1 2|1 3|1 4|1 5'
		]);
	});

	it('are one for each score of a third', () => {
		const grids = gridsOf({ levels: 3, axes: ['r', 'f', 'm'] });
		expect(grids.map(({ page }) => page)).toEqual([3, 2, 1]);
		expect(grids[0]?.rows[0]).toEqual([
			[3, 1, 3],
			[3, 2, 3],
			[3, 3, 3]
		]);
		expect(new Set(grids.flatMap(({ rows }) => rows.flat().map(cellId))).size).toBe(27);
	});
});

describe('giving and taking', () => {
	it('moves a cell from its group to another', () => {
		const table = giveOrTake(TEN_GROUPS, 'loyal', [5, 5]);
		expect(cellsIn(table, 'loyal')).toEqual(['3 4', '3 5', '4 4', '4 5', '5 5']);
		expect(cellsIn(table, 'champion')).toEqual(['5 4']);
		expect(proofOf(table, GRID).holds).toBe(true);
		expect(table.find(({ id }) => id === 'new')).toBe(TEN_GROUPS.find(({ id }) => id === 'new'));
	});

	it('takes a cell that the group has, and the proof names it', () => {
		const table = giveOrTake(TEN_GROUPS, 'champion', [5, 5]);
		expect(proofOf(table, GRID)).toEqual({
			holds: false,
			text: '1 cell has no group: recency 5, frequency 5.'
		});
		expect(isSameTable(giveOrTake(table, 'champion', [5, 5]), TEN_GROUPS)).toBe(true);
	});

	it('settles a cell that two groups have', () => {
		const both = TEN_GROUPS.map((entry) =>
			entry.id === 'loyal' ? { ...entry, cells: [...entry.cells, [5, 5]] } : entry
		);
		expect(proofOf(both, GRID).text).toBe(
			'1 cell has more than one group: recency 5, frequency 5 (Loyal, Champions).'
		);
		expect(
			ownersOf(both)
				.get('5 5')
				?.map(({ id }) => id)
		).toEqual(['loyal', 'champion']);
		expect(proofOf(giveOrTake(both, 'loyal', [5, 5]), GRID).holds).toBe(true);
	});

	it('agrees with the check of the scores, whatever is done', () => {
		const step = fc.tuple(
			fc.constantFrom(...TEN_GROUPS.map(({ id }) => id)),
			fc.integer({ min: 1, max: 5 }),
			fc.integer({ min: 1, max: 5 })
		);
		fc.assert(
			fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
				const table = steps.reduce<GroupTable>((at, [id, r, f]) => giveOrTake(at, id, [r, f]), TEN_GROUPS);
				const { missing, double, unknown } = checkGroupTable(table, GRID);
				expect(double).toEqual([]);
				expect(unknown).toEqual([]);
				expect(proofOf(table, GRID).holds).toBe(missing.length === 0);
			}),
			{ seed: 12, numRuns: 60 }
		);
	});
});

describe('groups', () => {
	it('can be added, and have nothing at first', () => {
		const { table, id } = withNewGroup(TEN_GROUPS);
		expect(table[0]).toEqual({ id: 'group_11', name: 'Group 11', meaning: '', advice: '', cells: [] });
		expect(withNewGroup(table).id).toBe('group_12');
		expect(proofOf(giveOrTake(table, id, [5, 5]), GRID).holds).toBe(true);
	});

	it('leave their cells behind when they go', () => {
		expect(proofOf(withoutGroup(TEN_GROUPS, 'hibernating'), GRID).text).toMatch(/^4 cells have no group: /);
		const { text } = proofOf([], GRID);
		expect(text).toContain('25 cells have no group');
		expect(text).toContain('; and 21 more.');
		expect(text).toContain('There has to be a group.');
	});

	it('need a name, each its own', () => {
		expect(proofOf(reworded(TEN_GROUPS, 'new', { name: ' ' }), GRID).text).toBe('A group has no name.');
		expect(proofOf(reworded(TEN_GROUPS, 'new', { name: 'Loyal' }), GRID).text).toBe(
			'Two groups are called “Loyal”.'
		);
	});
});

describe('what is saved', () => {
	it('is nothing where the table is that of the scheme', () => {
		const back = giveOrTake(giveOrTake(TEN_GROUPS, 'loyal', [5, 5]), 'champion', [5, 5]);
		expect(toSave(back, TEN_GROUPS, TEN_GROUPS)).toBeNull();
	});

	it('has ids made of the names of new groups, and keeps those of others', () => {
		const added = withNewGroup(reworded(TEN_GROUPS, 'new', { name: ' Erstkäufer ' }));
		const named = reworded(added.table, added.id, { name: '2 Größte Kunden!' });
		const saved = toSave(giveOrTake(named, added.id, [5, 5]), TEN_GROUPS, TEN_GROUPS);
		expect(saved?.map(({ id, name }) => [id, name])).toEqual(
			expect.arrayContaining([
				['new', 'Erstkäufer'],
				['gro_te_kunden', '2 Größte Kunden!']
			])
		);
	});

	it('never has an id twice, and only ids that may be', () => {
		const names = fc.array(fc.string({ minLength: 1, maxLength: 50 }), { minLength: 1, maxLength: 6 });
		fc.assert(
			fc.property(names, (list) => {
				const table = list.reduce<GroupTable>((at, name) => {
					const added = withNewGroup(at);
					return reworded(added.table, added.id, { name });
				}, TEN_GROUPS);
				const ids = (toSave(table, TEN_GROUPS, TEN_GROUPS) ?? []).map(({ id }) => id);
				expect(new Set(ids).size).toBe(ids.length);
				for (const id of ids) expect(RfmGroup.safeParse(id).success).toBe(true);
			}),
			{ seed: 5 }
		);
	});
});

it('says a cell in words', () => {
	expect(cellWords([3, 1, 2], ['r', 'f', 'm'])).toBe('recency 3, frequency 1, money 2');
	expect(cellWords([5, 4], ['r', 'fm'])).toBe('recency 5, orders and spend 4');
});

describe('who changes group', () => {
	const scores = {
		rScore: Int32Array.of(5, 5, 5, 1),
		fScore: Int32Array.of(5, 5, 4, 1),
		mScore: Int32Array.of(1, 2, 2, 3),
		fmScore: Int32Array.of(3, 3, 3, 2)
	};

	it('is counted by the cells that customers are in', () => {
		const counts = cellCounts(scores, GRID.axes);
		expect([...counts]).toEqual([
			['5 5', 2],
			['5 4', 1],
			['1 1', 1]
		]);
		expect([...cellCounts(scores, ['r', 'fm']).keys()]).toEqual(['5 3', '1 2']);
		expect([...cellCounts(scores, ['r', 'f', 'm']).keys()]).toEqual(['5 5 1', '5 5 2', '5 4 2', '1 1 3']);
		const given = giveOrTake(TEN_GROUPS, 'loyal', [5, 5]);
		expect(changedCustomers(TEN_GROUPS, given, counts)).toBe(2);
		expect(changedCustomers(TEN_GROUPS, giveOrTake(given, 'loyal', [3, 1]), counts)).toBe(2);
		expect(changedCustomers(TEN_GROUPS, withoutGroup(TEN_GROUPS, 'hibernating'), counts)).toBe(1);
	});

	it('is nobody where a group has another name or was moved and back', () => {
		const counts = cellCounts(scores, GRID.axes);
		expect(changedCustomers(TEN_GROUPS, reworded(TEN_GROUPS, 'loyal', { name: 'Regulars' }), counts)).toBe(0);
		const there = giveOrTake(TEN_GROUPS, 'loyal', [5, 5]);
		expect(changedCustomers(TEN_GROUPS, giveOrTake(there, 'champion', [5, 5]), counts)).toBe(0);
	});

	it('is said in a sentence', () => {
		const format = createFormat('en-GB');
		expect(changeWords(1204, format)).toBe('1,204 customers change group.');
		expect(changeWords(1, format)).toBe('1 customer changes group.');
		expect(changeWords(0, format)).toBe('No customer changes group.');
	});
});
