import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import type { SeriesChange } from '#lib/pipeline/clean/versions/compare.ts';
import { movementOf, type MovementCell } from '#lib/pipeline/segment/changes/movement.ts';
import { FATES, type Changes, type Fate, type ImportState } from '#lib/pipeline/segment/changes/schema.ts';
import { RFM_GROUPS } from '#lib/pipeline/segment/schema.ts';
import {
	changesFinding,
	filterTitle,
	goneWords,
	ofNobodyWords,
	plural,
	recordsText,
	recordsTitle,
	shownCategories,
	signed
} from './words.ts';

const format = createFormat('en-GB', 'GBP');
const CHAMPION = RFM_GROUPS.indexOf('champion');
const LOYAL = RFM_GROUPS.indexOf('loyal');
const STATE: ImportState = {
	sources: [{ id: 's1', fileName: 'orders.csv' }],
	customers: 10,
	orders: 20,
	revenue: 100,
	rowsRead: 20,
	asOf: '2024-11-03',
	firstOrder: '2024-01-01',
	lastOrder: '2024-11-02',
	segmentNames: ['Regulars']
};

function changes(
	fates: Partial<Record<Fate, number>>,
	cells: readonly MovementCell[],
	before = STATE
): Changes {
	return {
		before,
		now: STATE,
		fates: FATES.map((fate) => ({ fate, customers: fates[fate] ?? 0, ordersAdded: 0, revenueAdded: 0 })),
		goneReasons: [],
		groups: movementOf('group', RFM_GROUPS, cells),
		segments: null,
		own: []
	};
}

describe('changesFinding', () => {
	it('tells who came and how many champions are in another group', () => {
		const cells = [
			{ from: CHAMPION, to: LOYAL, customers: 48 },
			{ from: CHAMPION, to: null, customers: 3 },
			{ from: CHAMPION, to: CHAMPION, customers: 9 }
		];
		expect(
			changesFinding(
				changes({ new: 1312, returned: 5, corrected: 2, unchanged: 1, gone: 3, joined: 1 }, cells),
				format
			)
		).toEqual({
			title: '1,312 new customers since 2 Nov 2024, and 48 of 60 champions are in another group',
			sub: '5 bought again, 1 has no new order, 2 have corrected orders, 3 are gone and 1 was joined to another person.'
		});
		const one = [{ from: CHAMPION, to: LOYAL, customers: 1 }];
		expect(changesFinding(changes({}, one), format).title).toBe(
			'No new customers since 2 Nov 2024, and 1 of 1 champion is in another group'
		);
	});

	it('says who came and who is gone where groups cannot be compared', () => {
		const others = { ...changes({ new: 3, gone: 1, unchanged: 5 }, []), groups: null };
		expect(changesFinding(others, format).title).toBe(
			'3 new customers since 2 Nov 2024, and 1 customer gone'
		);
	});

	it('tells of other moves, and when there are none', () => {
		const cells = [{ from: LOYAL, to: CHAMPION, customers: 2 }];
		expect(changesFinding(changes({ new: 1 }, cells), format).title).toBe(
			'1 new customer since 2 Nov 2024, and 2 customers changed group'
		);
		expect(changesFinding(changes({ new: 2 }, []), format).title).toBe(
			'2 new customers since 2 Nov 2024, and nobody changed group'
		);
		expect(changesFinding(changes({ unchanged: 9 }, []), format).title).toBe('Nobody moved since 2 Nov 2024');
		const file = { ...STATE, asOf: null };
		expect(changesFinding(changes({}, [], file), format).title).toBe('Nobody moved since orders.csv');
	});
});

it('shows groups from the best on, and gives segments that are no more no colour', () => {
	const groups = shownCategories(movementOf('group', RFM_GROUPS, []), STATE);
	expect(groups.at(0)).toEqual({ category: CHAMPION, name: 'Champions', swatch: 0 });
	expect(groups.at(-1)).toEqual({ category: 0, name: 'Hibernating', swatch: 9 });
	expect(shownCategories(movementOf('segment', ['Regulars', 'Cooling'], []), STATE)).toEqual([
		{ category: 0, name: 'Regulars', swatch: 0 },
		{ category: 1, name: 'Cooling', swatch: null }
	]);
});

it('says which new orders have no customer', () => {
	expect(ofNobodyWords(0, 9, format)).toBe('');
	expect(ofNobodyWords(1, 1200, format)).toBe(
		'1 of 1,200 new orders has no customer: orders without a customer are not in the totals.'
	);
});

it('says what a list of records is of, and that what has vanished counts', () => {
	const orders: SeriesChange = {
		series: 's1',
		kind: 'orders',
		newest: ['s2'],
		older: ['s1'],
		added: 1,
		changed: 0,
		unchanged: 3,
		vanished: 1200
	};
	expect(recordsTitle(orders, 'added', format)).toBe('New: 1 order');
	expect(recordsTitle(orders, 'vanished', format)).toBe('Not in it any more: 1,200 orders');
	expect(recordsTitle({ ...orders, kind: 'customers' }, 'changed', format)).toBe('Changed: 0 customers');
	expect(recordsText(orders, 'added')).toBe('The latest come first.');
	expect(recordsText(orders, 'vanished')).toBe(
		'The latest come first. They still count, as the older export has them. Cancel them in the shop, or take the older file out on the Data screen.'
	);
	expect(recordsText({ ...orders, kind: 'customers', vanished: 1 }, 'vanished')).toBe(
		'The latest come first. It still counts, as the older export has it. To leave it out, take the older file out on the Data screen.'
	);
	expect([-1, 0, 1, 2].map((count) => plural(count, 'order'))).toEqual([
		'order',
		'orders',
		'order',
		'orders'
	]);
});

it('names lists of people', () => {
	const categories = shownCategories(movementOf('group', RFM_GROUPS, []), STATE);
	const cell = { kind: 'cell', by: 'group' } as const;
	expect([
		filterTitle({ ...cell, from: CHAMPION, to: LOYAL }, categories),
		filterTitle({ ...cell, from: LOYAL, to: LOYAL }, categories),
		filterTitle({ ...cell, from: null, to: LOYAL }, categories),
		filterTitle({ ...cell, from: LOYAL, to: null }, categories),
		filterTitle({ kind: 'entered', by: 'group', category: LOYAL }, categories),
		filterTitle({ kind: 'fate', fate: 'gone' }, categories)
	]).toEqual([
		'From Champions to Loyal',
		'Still Loyal',
		'Newcomers in Loyal',
		'Gone from Loyal',
		'Entered Loyal',
		'Customers who are gone'
	]);
});

it('says why people are gone', () => {
	const reasons = [
		{ reason: 'cancelled', customers: 1200 },
		{ reason: 'vanished', customers: 2 }
	];
	expect(goneWords(reasons, format)).toBe('1,200 with rows cancelled, 2 in no file any more');
	expect([signed(5, String), signed(-5, String), signed(0, String)]).toEqual(['+5', '-5', '0']);
});
