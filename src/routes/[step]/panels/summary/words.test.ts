import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import type { CleanResult } from '#lib/pipeline/clean/schema.ts';
import { accountWords } from './words.ts';

const format = createFormat('en-GB');
const source = {
	id: 's1',
	fileName: 'orders.csv',
	kind: 'orders' as const,
	rowsRead: 900,
	rowsLoaded: 800,
	rowsSetAside: 100,
	reasons: [],
	oldest: '2024-01-01',
	newest: '2024-06-30'
};
const clean = { sources: [source], rowsRead: 1900, rowsLoaded: 1800, rowsSetAside: 100 } satisfies Pick<
	CleanResult,
	'sources' | 'rowsRead' | 'rowsLoaded' | 'rowsSetAside'
>;

describe('accountWords', () => {
	it('says what became of every row', () => {
		expect(accountWords(clean, { asOf: '2011-09-01', ordersAfter: 0 }, format)).toBe(
			'1,900 rows read = 1,800 loaded + 100 set aside.'
		);
	});

	it('says that it covers the whole file where the page does not', () => {
		expect(accountWords(clean, { asOf: '2011-07-01', ordersAfter: 12 }, format)).toBe(
			'Of the whole file, with the orders after 30 Jun 2011: 1,900 rows read = 1,800 loaded + 100 set aside.'
		);
		const two = { ...clean, sources: [source, source] };
		expect(accountWords(two, { asOf: '2011-07-01', ordersAfter: 12 }, format)).toMatch(/^Of all files, /);
	});
});
