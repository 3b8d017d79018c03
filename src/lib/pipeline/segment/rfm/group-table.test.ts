import { describe, expect, it } from 'vitest';
import { GroupTable, RFM_GROUPS, type RfmParams } from '../schema.ts';
import { axesWith, cellsOf, checkGroupTable, groupOfCell, requireRfm, tableFor } from './group-table.ts';
import { SCHEMES, schemeOf } from './schemes/index.ts';
import { TEN_GROUPS } from './ten-groups.ts';

const GOOD = { missing: [], double: [], unknown: [], repeated: [] };

/** The published first-match patterns on the digits of R and F. */
const PUBLISHED: readonly (readonly [RegExp, string])[] = [
	[/[12][12]/, 'hibernating'],
	[/[12][34]/, 'at_risk'],
	[/[12]5/, 'cant_lose_them'],
	[/3[12]/, 'about_to_sleep'],
	[/33/, 'need_attention'],
	[/[34][45]/, 'loyal'],
	[/41/, 'promising'],
	[/51/, 'new'],
	[/[45][23]/, 'potential_loyalist'],
	[/5[45]/, 'champion']
];

describe.each(SCHEMES)('the groups of $id', (scheme) => {
	it.each([true, false])('have every cell exactly once (amounts: %s)', (hasAmount) => {
		const axes = axesWith(scheme.axes, hasAmount);
		const table = tableFor(scheme, null, hasAmount);
		const cells = cellsOf({ levels: scheme.levels, axes });
		expect(cells).toHaveLength(scheme.levels ** axes.length);
		for (const cell of cells) {
			const having = table.filter((group) => group.cells.some((each) => `${each}` === `${cell}`));
			expect(having).toHaveLength(1);
			expect(groupOfCell(table, cell)).toBe(having[0]?.id);
		}
		expect(checkGroupTable(table, { levels: scheme.levels, axes })).toEqual(GOOD);
	});

	it('can be written in a recipe, and each is reached', () => {
		expect(GroupTable.parse(scheme.table)).toEqual(scheme.table);
		expect(scheme.table.every(({ cells }) => cells.length > 0)).toBe(true);
		expect(() => requireRfm({ scheme: scheme.id, cutPoints: null, groups: [...scheme.table] })).not.toThrow();
	});

	it('have different names, and words of ranks that are true for any cut-points', () => {
		expect(new Set(scheme.table.map(({ name }) => name)).size).toBe(scheme.table.length);
		for (const { meaning, advice } of scheme.table) {
			expect(meaning).toMatch(/^[A-Z][^!]*\.$/);
			expect(advice).toMatch(/^[A-Z][^!]*\.$/);
			expect(`${meaning} ${advice}`).not.toMatch(
				/\b(once|twice|one order|first order|second order|come back before|\d+)\b/i
			);
		}
	});

	it('put the best cell into the champions', () => {
		const best = scheme.axes.map(() => scheme.levels);
		expect(groupOfCell(scheme.table, best)).toBe('champion');
	});
});

describe('the ten groups', () => {
	it('are those of the published patterns, in the order of their ids', () => {
		expect(TEN_GROUPS.map(({ id }) => id)).toEqual([...RFM_GROUPS]);
		for (const cell of cellsOf({ levels: 5, axes: ['r', 'f'] })) {
			expect(groupOfCell(TEN_GROUPS, cell)).toBe(
				PUBLISHED.find(([pattern]) => pattern.test(cell.join('')))?.[1]
			);
		}
	});

	it('refuse scores that do not exist', () => {
		expect(() => groupOfCell(TEN_GROUPS, [0, 3])).toThrow(RangeError);
	});
});

const group = (id: string, ...cells: number[][]) => ({ id, name: id, meaning: '', advice: '', cells });

describe('checkGroupTable', () => {
	const grid = { levels: 2, axes: ['r', 'f'] as const };

	it('finds cells without a group, in two, twice in one, and outside of the grid', () => {
		const table = [group('a', [1, 1], [1, 1]), group('b', [1, 2], [3, 1]), group('c', [1, 2])];
		expect(checkGroupTable(table, grid)).toEqual({
			missing: [
				[2, 1],
				[2, 2]
			],
			double: [
				{ cell: [1, 1], groups: ['a', 'a'] },
				{ cell: [1, 2], groups: ['b', 'c'] }
			],
			unknown: [{ cell: [3, 1], group: 'b' }],
			repeated: []
		});
	});

	it('finds two groups of one id', () => {
		const table = [group('a', [1, 1], [1, 2]), group('a', [2, 1], [2, 2])];
		expect(checkGroupTable(table, grid)).toEqual({ ...GOOD, repeated: ['a'] });
	});
});

describe('requireRfm', () => {
	const params = (change: Partial<RfmParams>): RfmParams => ({
		scheme: 'quintiles',
		cutPoints: null,
		groups: null,
		...change
	});
	const failure = (code: string, details: object) => expect.objectContaining({ code, details });

	it('names the scheme that there is not', () => {
		expect(() => requireRfm(params({ scheme: 'quantile' }))).toThrowError(
			expect.objectContaining({ code: 'recipe.invalid' })
		);
	});

	it.each([
		[
			'missing',
			[
				group(
					'most',
					...cellsOf({ levels: 5, axes: ['r', 'f'] })
						.slice(1)
						.map((c) => [...c])
				)
			],
			[]
		],
		['double', [...TEN_GROUPS, group('mine', [1, 1])], ['hibernating', 'mine']]
	])('names the first bad cell: %s', (problem, groups, named) => {
		expect(() => requireRfm(params({ groups }))).toThrowError(
			failure('rfm.groups-invalid', { problem, cell: 'R 1, F 1', groups: named })
		);
	});

	it('names a cell that no customer can have, and an id that two groups have', () => {
		expect(() => requireRfm(params({ groups: [...TEN_GROUPS, group('mine', [5, 6])] }))).toThrowError(
			failure('rfm.groups-invalid', { problem: 'unknown', cell: 'R 5, F 6', groups: ['mine'] })
		);
		expect(() => requireRfm(params({ groups: [...TEN_GROUPS, group('new')] }))).toThrowError(
			failure('rfm.groups-invalid', { problem: 'repeated', cell: null, groups: ['new'] })
		);
	});

	it('takes lines that rise or stand still, and no others', () => {
		const lines = (frequency: number[]) =>
			params({
				scheme: 'fixed',
				cutPoints: { recencyDays: [1, 2, 3, 4], frequency, monetaryTotal: null }
			});
		expect(() => requireRfm(lines([1, 1, 2, 4]))).not.toThrow();
		for (const frequency of [
			[1, 3, 2, 4],
			[1, 2, 3],
			[1, NaN, 2, 3]
		]) {
			expect(() => requireRfm(lines(frequency))).toThrowError(
				failure('rfm.lines-invalid', { feature: 'frequency', values: frequency, expected: 4 })
			);
		}
	});
});

describe('tableFor', () => {
	it('uses the middle money where a table asks for money and there is none', () => {
		const table = tableFor(schemeOf('three_level'), null, false);
		expect(groupOfCell(table, [3, 3])).toBe('champion');
		expect(groupOfCell(table, [3, 2])).toBe('loyal');
		expect(groupOfCell(table, [1, 1])).toBe('inactive');
	});

	it('uses a table without money for every money', () => {
		const scheme = schemeOf('three_level');
		const own = tableFor(scheme, null, false);
		const lifted = tableFor(scheme, own, true);
		expect(checkGroupTable(lifted, scheme)).toEqual(GOOD);
		expect(groupOfCell(lifted, [3, 3, 1])).toBe('champion');
		expect(tableFor(scheme, lifted, false)).toEqual(own);
	});
});
