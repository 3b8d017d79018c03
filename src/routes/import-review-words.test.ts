import { describe, expect, it } from 'vitest';
import { compareLayout, sampleColumns, type TableSample } from '#lib/pipeline/import/drift.ts';
import { NO_NOTES, OWN_IDS, PLAIN_DIALECT, type SourceParams } from '#lib/pipeline/import/schema.ts';
import type { ReviewItem } from '#lib/session/import-review.svelte.ts';
import {
	actionLabel,
	choicesFor,
	choiceWords,
	decisionOf,
	differenceRows,
	firstDraft,
	itemWords,
	restWords,
	reviewTitle
} from './import-review-words.ts';

function sampleOf(fileName: string, columns: readonly string[], factor = 1): TableSample<SourceParams> {
	const rows = Array.from({ length: 40 }, (_, i) =>
		columns.map((_column, j) => {
			if (j === 0) return `C${1000 + (i % 20)}`;
			if (j === 1) return `2024-05-${String(10 + (i % 15))}`;
			if (j === 2) return factor === 1 ? `${10 + i}.50` : String((10.5 + i) * factor);
			return '';
		})
	);
	const source: SourceParams = {
		id: 's1',
		fileName,
		kind: 'orders',
		platform: null,
		dialect: PLAIN_DIALECT,
		columns: [...columns],
		mapping: { customer: 'customer', date: 'date', amount: 'amount' },
		constants: {},
		reading: { dateOrder: 'ymd', decimalMark: '.', orderFieldsOnFirstRow: false, isUtc: false },
		withheld: [],
		idSystem: OWN_IDS,
		series: 's1',
		version: 1,
		notes: NO_NOTES
	};
	return { source, columns: sampleColumns(columns, rows), records: rows, hasEnd: true };
}

function itemOf(columns: readonly string[], factor = 1): ReviewItem {
	const old = sampleOf('orders.csv', ['customer', 'date', 'amount', 'note']);
	const found = sampleOf('orders-may.csv', columns, factor);
	return { id: 's2', old, found, drift: compareLayout(old, found), clash: null };
}

describe('the words of a review', () => {
	const renamed = itemOf(['buyer_no', 'date', 'amount', 'note', 'gift', 'wrap']);
	const cents = itemOf(['customer', 'date', 'amount', 'note'], 100);

	it('says which file differs, from which, and in how much', () => {
		expect(reviewTitle([renamed])).toBe('orders-may.csv is not quite like orders.csv.');
		expect(reviewTitle([renamed, cents])).toBe('2 files are not quite like those they follow.');
		expect(itemWords(renamed)).toEqual({
			what: 'orders-may.csv seems to be a newer export of orders.csv (orders).',
			differs: '1 column renamed, 2 columns new.'
		});
		expect(itemWords(cents).differs).toBe('1 column with other values.');
	});

	it('shows each difference with values of both files', () => {
		expect(differenceRows(renamed)).toMatchObject([
			{
				label: 'Renamed',
				meaning: 'Customer',
				before: { column: 'customer', examples: 'C1000 · C1001 · C1002' },
				now: { column: 'buyer_no', examples: 'C1000 · C1001 · C1002' },
				isHarmful: false
			},
			{ label: 'New', before: null, now: { column: 'gift', examples: '' } },
			{ label: 'New', before: null, now: { column: 'wrap', examples: '' } }
		]);
		expect(differenceRows(cents)).toMatchObject([
			{
				label: 'Other values',
				meaning: 'Amount of the row',
				before: { column: 'amount', examples: '10.50 · 11.50 · 12.50' },
				now: { column: 'amount', examples: '1050 · 1150 · 1250' },
				note: 'About 100 times larger than before: cents, it seems.',
				isHarmful: true
			}
		]);
	});

	it('counts what is not shown one by one', () => {
		const wide = itemOf(['date', 'customer', 'amount', 'note', 'a1', 'b2', 'c3', 'd4', 'e5', 'f6']);
		expect(differenceRows(wide).filter(({ label }) => label === 'New')).toHaveLength(4);
		expect(restWords(wide.drift)).toBe(
			'2 more columns are new. 1 column in another place: found by its name.'
		);
		expect(restWords(cents.drift)).toBe('');
	});

	it('starts with updating, and with leaving out what would count wrongly', () => {
		expect(firstDraft(renamed)).toEqual({ choice: 'update', refused: [] });
		expect(firstDraft(cents).choice).toBe('leave_out');
		expect(choiceWords('update', renamed)).toContain('counts once');
		expect(choiceWords('update', cents)).toContain('as it stands');
	});

	it('asks about another shop, and starts with it', () => {
		const shop = { ...itemOf(['customer', 'date', 'amount', 'note']), clash: { shared: 60, different: 58 } };
		expect(reviewTitle([shop])).toBe('Is orders-may.csv of the same shop as orders.csv?');
		expect(itemWords(shop).differs).toBe(
			'Of 60 order numbers that both have, 58 have another customer and another day.'
		);
		expect(firstDraft(shop).choice).toBe('beside');
		expect(choicesFor(shop).map(({ label }) => label)).toContain('Another shop');
		expect(choiceWords('beside', shop)).toContain('equal customer ids are two customers');
	});

	it('names the button by what it does', () => {
		const draft = (choice: 'update' | 'beside' | 'leave_out') => ({ choice, refused: [] });
		expect(actionLabel([draft('update')])).toBe('Update');
		expect(actionLabel([draft('beside')])).toBe('Add as a file of its own');
		expect(actionLabel([draft('leave_out'), draft('leave_out')])).toBe('Leave them out');
		expect(actionLabel([draft('update'), draft('beside')])).toBe('Go on');
	});

	it('decides with the renames that hold', () => {
		expect(decisionOf(renamed, { choice: 'update', refused: [] }).renames).toHaveLength(1);
		expect(decisionOf(renamed, { choice: 'update', refused: ['customer'] })).toEqual({
			id: 's2',
			choice: 'update',
			renames: []
		});
	});
});
