import { describe, expect, it } from 'vitest';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import { addSource, nameCluster, removeSource, rename, setReading, setRole } from './edits.ts';
import { emptyRecipe, Recipe } from './recipe.ts';

const source: SourceParams = {
	id: 's1',
	fileName: 'orders.csv',
	platform: null,
	dialect: {
		compression: 'none',
		encoding: 'utf-8',
		byteOrderMark: false,
		delimiter: ',',
		quote: '"',
		skipLines: 0,
		hasHeader: true
	},
	columns: ['a', 'b'],
	mapping: { customer: 'a' },
	reading: { dateOrder: null, decimalMark: '.', orderFieldsOnFirstRow: false }
};
const start = addSource(source, 'Orders')(emptyRecipe('New'));

describe('edits', () => {
	it('give valid recipes and leave the old one as it was', () => {
		const before = structuredClone(start);
		const edited = setReading('s1', { dateOrder: 'dmy' })(setRole('s1', 'b', 'date')(start));
		expect(Recipe.parse(edited)).toEqual(edited);
		expect(start).toEqual(before);
	});

	it('give a role to one column only, and a column one role only', () => {
		const moved = setRole('s1', 'b', 'customer')(start);
		expect(moved.import.sources[0]?.mapping).toEqual({ customer: 'b' });
		expect(setRole('s1', 'b', 'date')(moved).import.sources[0]?.mapping).toEqual({ date: 'b' });
		expect(setRole('s1', 'b', null)(moved).import.sources[0]?.mapping).toEqual({});
	});

	it('name the recipe after its first file, and keep that name', () => {
		expect(start.name).toBe('Orders');
		expect(addSource({ ...source, id: 's2' }, 'More')(start).name).toBe('Orders');
		expect(rename('  ')(start)).toBe(start);
		expect(rename(' Spring ')(start).name).toBe('Spring');
	});

	it('take a source out', () => {
		expect(removeSource('s1')(start).import.sources).toEqual([]);
	});

	it('name clusters per number of clusters, and take a name back', () => {
		const named = nameCluster(4, 0, ' Top table ')(start);
		expect(named.segment.names).toEqual({ '4:0': 'Top table' });
		expect(nameCluster(4, 0, '')(named).segment.names).toEqual({});
	});
});
