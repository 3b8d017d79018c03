import { describe, expect, it } from 'vitest';
import { listsOf } from '#lib/pipeline/clean/audit/lists.ts';
import { NO_NOTES, type SourceParams } from '#lib/pipeline/import/schema.ts';
import { emptyRecipe } from '#lib/recipe/recipe.ts';
import { setAsOf, setDates } from '#lib/recipe/edits.ts';
import { makeSource } from '../../../tests/support/raw-tables.ts';
import { freshnessOf, futureOrder, staleSources, todayOf } from './freshness.ts';

function source(id: string, maxAgeDays: number | null, more: Partial<SourceParams> = {}): SourceParams {
	return { ...makeSource(['who'], {}, { id }), notes: { ...NO_NOTES, maxAgeDays }, ...more };
}

function account(id: string, newest: string | null) {
	const rows = { rowsRead: 1, rowsLoaded: 1, rowsSetAside: 0, reasons: [] };
	return { id, fileName: `${id}.csv`, kind: 'orders' as const, ...rows, oldest: newest, newest };
}

function dated(sources: SourceParams[], newest: Readonly<Record<string, string | null>>) {
	const accounts = Object.entries(newest).map(([id, day]) => account(id, day));
	return { recipe: { import: { sources } }, clean: { sources: accounts } };
}

describe('staleSources', () => {
	it('lists what is older than it may be, the most overdue first', () => {
		const sources = [source('s1', 30), source('s2', 7), source('s3', null), source('s4', 400)];
		const days = { s1: '2024-04-30', s2: '2024-03-01', s3: '2010-01-01', s4: '2024-01-01' };
		expect(staleSources(dated(sources, days), '2024-06-01')).toEqual([
			{ series: 's2', fileName: 's2.csv', newest: '2024-03-01', ageDays: 92, maxAgeDays: 7 },
			{ series: 's1', fileName: 's1.csv', newest: '2024-04-30', ageDays: 32, maxAgeDays: 30 }
		]);
	});

	it('takes a limit to be included', () => {
		const { recipe, clean } = dated([source('s1', 30)], { s1: '2024-05-02' });
		expect(staleSources({ recipe, clean }, '2024-06-01')).toEqual([]);
		expect(staleSources({ recipe, clean }, '2024-06-02')).toHaveLength(1);
	});

	it('goes by the newest record of all exports of a list, and the limit of its newest', () => {
		const older = source('s1', 5);
		const newer = source('s2', 30, { series: 's1', version: 2 });
		const values = dated([older, newer], { s1: '2024-05-20', s2: '2024-05-01' });
		expect(staleSources(values, '2024-06-15')).toEqual([]);
		expect(staleSources(values, '2024-06-20')).toMatchObject([
			{ series: 's1', fileName: 's2.csv', ageDays: 31 }
		]);
	});

	it('says nothing before the files are read, and of files without dates', () => {
		expect(
			staleSources({ recipe: { import: { sources: [source('s1', 1)] } }, clean: null }, '2024-06-01')
		).toEqual([]);
		expect(staleSources(dated([source('s1', 1)], { s1: null }), '2024-06-01')).toEqual([]);
	});
});

describe('freshnessOf', () => {
	const state = (newest: string | null, maxAgeDays: number | null) => {
		const { recipe, clean } = dated([source('s1', maxAgeDays)], { s1: newest });
		const [list] = listsOf(recipe.import.sources);
		return list && freshnessOf(list, clean, '2024-06-01');
	};

	it('tells apart fresh, stale, unlimited, undated, and records of days to come', () => {
		expect(state('2024-05-31', 7)).toEqual({
			state: 'fresh',
			newest: '2024-05-31',
			ageDays: 1,
			maxAgeDays: 7
		});
		expect(state('2024-05-01', 7)?.state).toBe('stale');
		expect(state('2024-05-01', null)?.state).toBe('unlimited');
		expect(state('2024-06-02', 7)).toMatchObject({ state: 'ahead', ageDays: -1 });
		expect(state(null, 7)).toMatchObject({ state: 'undated', ageDays: null });
	});
});

describe('todayOf', () => {
	it('is the day on the clock of this device', () => {
		expect(todayOf(new Date(2024, 0, 5, 23, 59))).toBe('2024-01-05');
		expect(todayOf(new Date(2024, 11, 31, 0, 0))).toBe('2024-12-31');
	});
});

describe('futureOrder', () => {
	const TODAY = '2026-11-22';
	const start = emptyRecipe('Orders');
	const of = (lastOrder: string | null, recipe = start, firstOrder: string | null = '2023-01-04') =>
		futureOrder({ recipe, clean: { firstOrder, lastOrder } }, TODAY);

	it('is a last order after today, from which all is measured', () => {
		expect(of('2099-12-31')?.lastOrder).toBe('2099-12-31');
		expect(of('2099-12-31', setAsOf('2100-01-01')(start))?.lastOrder).toBe('2099-12-31');
		expect(of('2099-12-31', setAsOf('2024-06-01')(start))).toBeNull();
		expect(of('2026-11-24')?.lastOrder).toBe('2026-11-24');
	});

	it('is none in the past, nor tomorrow, which is today elsewhere', () => {
		expect(['2024-12-31', '2026-11-22', '2026-11-23', null].map((last) => of(last))).toEqual(
			Array(4).fill(null)
		);
		expect(futureOrder({ recipe: start, clean: null }, TODAY)).toBeNull();
	});

	it('can be left out with all after today, in one edit', () => {
		const recipe = setAsOf('2100-01-01')(setDates({ from: '2023-02-01', to: null })(start));
		const left = of('2099-12-31', recipe)?.leaveOut?.(recipe);
		expect(left?.clean.dates).toEqual({ from: '2023-02-01', to: TODAY });
		expect(left?.features.asOf).toBeNull();
		expect(left && of('2099-12-31', left)).toBeNull();
	});

	it('cannot be left out where nothing would be left', () => {
		expect(of('2099-12-31', start, '2030-01-01')?.leaveOut).toBeNull();
		expect(of('2099-12-31', setDates({ from: '2050-01-01', to: null })(start))?.leaveOut).toBeNull();
	});
});
