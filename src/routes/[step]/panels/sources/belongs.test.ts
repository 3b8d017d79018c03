import { expect, it } from 'vitest';
import { listsOf } from '#lib/pipeline/clean/audit/lists.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import { makeSource } from '../../../../../tests/support/raw-tables.ts';
import { belongsOptions, NEWEST, systemOptions } from './belongs.ts';

function source(id: string, more: Partial<SourceParams> = {}): SourceParams {
	return { ...makeSource(['who'], {}, { id }), ...more };
}

const SOURCES = [
	source('s1'),
	source('s2', { series: 's1', version: 2 }),
	source('s3', { idSystem: 'till' }),
	source('s4', { kind: 'customers', idSystem: 'crm' })
];

it('offers lists of the same kind, and a list of its own to one of several exports', () => {
	const lists = listsOf(SOURCES);
	const labels = lists.map((list) => belongsOptions(list.sources[0], list, lists).map(({ label }) => label));
	expect(labels).toEqual([
		['An export of this list', 'Another shop or list', 'A newer export of s3.csv'],
		['A list of its own', 'A newer export of s2.csv and 1 more'],
		['A list of its own']
	]);
});

it('offers an older export to be the newest', () => {
	const lists = listsOf(SOURCES);
	const [list] = lists;
	const [, older] = list?.sources ?? [];
	if (!list || !older) throw new RangeError('no older export');
	expect(belongsOptions(older, list, lists)[1]).toEqual({
		value: NEWEST,
		label: 'The newest export of this list'
	});
});

it('offers the systems that there are', () => {
	expect(systemOptions(SOURCES).map(({ value }) => value)).toEqual(['own', 'crm', 'till']);
	expect(systemOptions([source('s1', { idSystem: 'own-2' })])[1]?.label).toBe('Its own numbering (2)');
});
