import { describe, expect, it } from 'vitest';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import { findColumns, firstColumns, FIRST_COLUMNS } from './shown-columns.ts';

const columns = Array.from({ length: 2000 }, (_, i) => `Field ${i}`);
const source = { columns, mapping: { customer: 'Field 1900', date: 'Field 2' } } as unknown as SourceParams;

describe('firstColumns', () => {
	it('holds the columns that mean something and the first others, in the order of the file', () => {
		const found = firstColumns(source, new Set());
		expect(found).toHaveLength(FIRST_COLUMNS + 2);
		expect(found.slice(0, 3).map(({ name }) => name)).toEqual(['Field 0', 'Field 1', 'Field 2']);
		expect(found.at(-1)).toEqual({ name: 'Field 1900', index: 1900 });
	});
	it('keeps a column that was changed, whatever it means now', () => {
		expect(firstColumns(source, new Set(['Field 1500'])).map(({ index }) => index)).toContain(1500);
	});
	it('holds every column of a usual file', () => {
		const few = { ...source, columns: columns.slice(0, FIRST_COLUMNS) };
		expect(firstColumns(few, new Set())).toHaveLength(FIRST_COLUMNS);
	});
});

describe('findColumns', () => {
	it('finds by a part of the name in any case, with the place in the file', () => {
		expect(findColumns(source, ' FIELD 199').map(({ index }) => index)).toEqual([
			199,
			...Array.from({ length: 10 }, (_, i) => 1990 + i)
		]);
		expect(findColumns(source, 'price')).toEqual([]);
	});
	it('gives every column without a text', () => {
		expect(findColumns(source, '')).toHaveLength(2000);
	});
});
