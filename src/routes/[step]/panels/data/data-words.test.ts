import { NO_JOINS } from '#lib/pipeline/clean/schema.ts';
import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import type { CleanResult } from '#lib/pipeline/clean/schema.ts';
import { screenFinding, tablesWords } from './data-words.ts';

const format = createFormat('en-GB');
const account = {
	id: 's1',
	fileName: 'a.csv',
	rowsRead: 60,
	rowsLoaded: 60,
	rowsSetAside: 0,
	reasons: [],
	oldest: null,
	newest: null
};
const clean: CleanResult = {
	sources: [{ ...account, kind: 'orders' }],
	rowsRead: 60,
	rowsLoaded: 60,
	rowsSetAside: 0,
	reasons: [],
	repairs: [],
	operations: [],
	tables: { profiles: 0, events: 0, sends: 0, campaigns: 0, answers: 0, places: 0 },
	identity: NO_JOINS,
	customers: 20,
	orders: 55,
	revenue: null,
	hasAmount: false,
	firstOrder: null,
	lastOrder: null,
	currencies: [],
	contactRoles: []
};
const people: CleanResult = {
	...clean,
	sources: [{ ...account, kind: 'customers' }],
	tables: { ...clean.tables, profiles: 59, events: 1 },
	customers: 0,
	orders: 0
};

describe('tablesWords', () => {
	it('counts what there is', () => {
		expect(tablesWords(clean, format)).toBe('They became 20 customers with 55 orders.');
		expect(tablesWords(people, format)).toBe('They became 59 profiles and 1 event.');
		expect(tablesWords({ ...people, tables: clean.tables }, format)).toBe('');
	});
});

describe('screenFinding', () => {
	it('speaks of orders where all files are orders', () => {
		expect(screenFinding(clean, format).title).toBe('60 rows read, and every one tells who bought what.');
	});

	it('says that orders are missing', () => {
		expect(screenFinding(people, format).title).toBe('60 rows read. There are no orders among them yet.');
	});

	it('speaks of rows loaded where files are of several kinds', () => {
		const both = { ...clean, sources: [...clean.sources, ...people.sources], rowsRead: 120, rowsLoaded: 120 };
		expect(screenFinding(both, format).title).toBe('120 rows read. 120 are loaded.');
	});
});
