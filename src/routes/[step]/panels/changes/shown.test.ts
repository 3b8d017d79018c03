import { expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import { movementOf } from '#lib/pipeline/segment/changes/movement.ts';
import type { Changes, ImportState, MovementFilter } from '#lib/pipeline/segment/changes/schema.ts';
import { RFM_GROUPS } from '#lib/pipeline/segment/schema.ts';
import { fateTiles, routeRows, totalRows } from './shown.ts';

const format = createFormat('en-GB', 'GBP');
const LOYAL = RFM_GROUPS.indexOf('loyal');
const BEFORE: ImportState = {
	sources: [{ id: 's1', fileName: 'a.csv' }],
	customers: 1_000,
	orders: 1_500,
	revenue: 20_000,
	rowsRead: null,
	asOf: '2024-11-01',
	firstOrder: '2024-01-01',
	lastOrder: '2024-10-31',
	segmentNames: null
};
const GROUPS = movementOf('group', RFM_GROUPS, [
	{ from: LOYAL, to: LOYAL, customers: 949 },
	{ from: null, to: LOYAL, customers: 41 },
	{ from: LOYAL, to: null, customers: 51 }
]);
const CHANGES: Changes = {
	before: BEFORE,
	now: { ...BEFORE, customers: 990, orders: 2_500, revenue: 25_500 },
	fates: [
		{ fate: 'new', customers: 40, ordersAdded: 60, revenueAdded: 900 },
		{ fate: 'returned', customers: 0, ordersAdded: 0, revenueAdded: 0 },
		{ fate: 'corrected', customers: 1, ordersAdded: -1, revenueAdded: -8.5 },
		{ fate: 'unchanged', customers: 949, ordersAdded: 0, revenueAdded: 0 },
		{ fate: 'gone', customers: 50, ordersAdded: -50, revenueAdded: -500 },
		{ fate: 'joined', customers: 0, ordersAdded: 0, revenueAdded: 0 }
	],
	goneReasons: [{ reason: 'vanished', customers: 50 }],
	groups: GROUPS,
	segments: null,
	own: []
};

it('has a tile for every fate that matters, which opens its people', () => {
	const opened: [MovementFilter, number][] = [];
	const tiles = fateTiles(CHANGES, format, (...list) => opened.push(list));
	expect(tiles.map(({ label, value, note }) => [label, value, note])).toEqual([
		['New customers', '40', '+60 orders, +£900'],
		['Bought again', '0', undefined],
		['No new order', '949', undefined],
		['Corrected', '1', '-1 order, -£8.5'],
		['Gone', '50', '50 in no file any more']
	]);
	tiles.forEach(({ onclick }) => onclick?.());
	expect(opened.map(([, count]) => count)).toEqual([40, 949, 1, 50]);
});

it('lists the routes that somebody took, newcomers last', () => {
	expect(routeRows(GROUPS, CHANGES.now, format)).toEqual([
		['Loyal', 'Loyal', '949'],
		['Loyal', 'Gone', '51'],
		['Newcomers', 'Loyal', '41']
	]);
});

it('gives the totals that both imports have, with their difference', () => {
	expect(totalRows(CHANGES, format)).toEqual([
		['Customers', '1,000', '990', '-10'],
		['Orders', '1,500', '2,500', '+1,000'],
		['Revenue', '£20,000', '£25,500', '+£5,500'],
		['First order', '1 Jan 2024', '1 Jan 2024', ''],
		['Last order', '31 Oct 2024', '31 Oct 2024', ''],
		['Files', '1', '1', '']
	]);
});
