import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dateOrderOf, dateReadings, isDateText } from './date-order.ts';

const column = (name: string, ...texts: string[]) => ({
	column: name,
	values: texts.map((text, i) => ({ text, row: i + 1 }))
});

describe('dateOrderOf', () => {
	test.each([
		[['2025-03-01 10:00:00 +0200'], 'ymd'],
		[['20250301'], 'ymd'],
		[['01/02/2025', '13/02/2025'], 'dmy'],
		[['01/02/2025', '02/13/2025'], 'mdy'],
		[['4-Sep-12'], 'dmy'],
		[['Sep 4, 2012'], 'mdy'],
		[['4-Sep-12', 'Sep 4, 2012'], 'dmy'],
		[['Sep 4, 2012', '13/02/2025'], 'dmy'],
		[['2012-09-04', '4-Sep-12'], 'ymd'],
		[['01/02/2025', '03/04/2025'], null],
		[['soon', '', '99/99/2025'], null]
	] as const)('%j is %s', (texts, order) => {
		expect(dateOrderOf([column('when', ...texts)])).toMatchObject({ order, contradictory: false });
	});

	test('asks when a month as a word or a year in front says nothing of the other dates', () => {
		expect(dateOrderOf([column('when', '4-Sep-12', '03/04/2012')]).order).toBeNull();
		expect(dateOrderOf([column('when', '2025-02-13', '03/04/2025')])).toEqual({
			order: null,
			column: 'when',
			examples: ['03/04/2025', '2025-02-13'],
			rows: [2, 1],
			contradictory: false
		});
	});

	test('names a contradiction with a record of each kind', () => {
		expect(dateOrderOf([column('when', '01/02/2025', '13/02/2025', '14/02/2025', '02/13/2025')])).toEqual({
			order: null,
			column: 'when',
			examples: ['13/02/2025', '14/02/2025', '02/13/2025'],
			rows: [2, 3, 4],
			contradictory: true
		});
		// A spreadsheet may have turned the days up to 12 into dates of its own order.
		expect(dateOrderOf([column('when', '13/02/2025', '2025-03-02')]).contradictory).toBe(true);
	});

	test('looks for one order in which every column can be read', () => {
		const first = column('created', '2025-02-13');
		expect(dateOrderOf([first, column('born', '13/02/1980')])).toMatchObject({
			order: 'dmy',
			column: 'born'
		});
		expect(dateOrderOf([first, column('born', '03/02/1980')])).toMatchObject({ order: null, column: 'born' });
		expect(dateOrderOf([first, column('born', '13-Feb-80')])).toMatchObject({ order: 'ymd' });
		expect(dateOrderOf([column('created', '03/02/2025'), column('born', '02/13/1980')]).order).toBe('mdy');
		expect(dateOrderOf([column('created', '13/02/2025'), column('born', '02/13/1980')])).toEqual({
			order: null,
			column: 'created and born',
			examples: ['13/02/2025', '02/13/1980'],
			rows: [1, 1],
			contradictory: true
		});
	});

	test('has nothing to say without dates', () => {
		const nothing = { order: null, examples: [], rows: [], contradictory: false };
		expect(dateOrderOf([])).toEqual({ ...nothing, column: null });
		expect(dateOrderOf([column('when', 'soon')])).toEqual({ ...nothing, column: 'when' });
	});
});

test('an order that is decided reads every date as it was written', () => {
	const day = fc.date({ min: new Date('1970-01-01'), max: new Date('2060-12-31'), noInvalidDate: true });
	fc.assert(
		fc.property(
			fc.array(day, { minLength: 1, maxLength: 8 }),
			fc.constantFrom('dmy', 'mdy'),
			(days, order) => {
				const isoDays = days.map((date) => date.toISOString().slice(0, 10));
				const texts = isoDays.map((iso) => {
					const [year = '', month = '', dayOfMonth = ''] = iso.split('-');
					return [...(order === 'dmy' ? [dayOfMonth, month] : [month, dayOfMonth]), year].join('/');
				});
				const { order: decided, contradictory } = dateOrderOf([column('when', ...texts)]);
				expect(contradictory).toBe(false);
				if (decided !== null) expect(texts.map((text) => dateReadings(text)[decided])).toEqual(isoDays);
			}
		),
		{ seed: 7 }
	);
});

describe('dateReadings', () => {
	test.each([
		['03/04/2024', '2024-04-03', '2024-03-04', null],
		['13.04.24 9:05', '2024-04-13', null, null],
		['4-13-1999', null, '1999-04-13', null],
		['1/2/68', '2068-02-01', '2068-01-02', null],
		['1/2/69', '1969-02-01', '1969-01-02', null],
		['2024-03-04T10:00:00Z', '2024-03-04', '2024-03-04', '2024-03-04'],
		['20240304', '2024-03-04', '2024-03-04', '2024-03-04'],
		['4-Sep-12', '2012-09-04', '2012-09-04', '2012-09-04'],
		['Sep 4, 2012 12:35:39 AM PDT', '2012-09-04', '2012-09-04', '2012-09-04'],
		['29/02/2023', null, null, null],
		['31/04/0001', null, null, null],
		['soon', null, null, null]
	])('%s', (text, dmy, mdy, ymd) => {
		expect(dateReadings(text)).toEqual({ dmy, mdy, ymd });
	});
});

test('isDateText', () => {
	expect(['31/8/2011 10:15', '20110831', '4-Sep-12'].map(isDateText)).toEqual([true, true, true]);
	expect(['anna@example.com', '17850', '99/99/2011', '45123'].map(isDateText)).toEqual([
		false,
		false,
		false,
		false
	]);
});
