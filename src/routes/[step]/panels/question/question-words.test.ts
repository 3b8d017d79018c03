import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import { readAfterSteps } from '#lib/pipeline/clean/repairs/columns.ts';
import { undecided } from '#lib/pipeline/import/reading.ts';
import { NO_NOTES, OWN_IDS, PLAIN_DIALECT, type SourceParams } from '#lib/pipeline/import/schema.ts';
import { emptyRecipe } from '#lib/recipe/recipe.ts';
import { questionWords, roleOfColumn } from './question-words.ts';

const format = createFormat('en-GB');
const source: SourceParams = {
	id: 's1',
	fileName: 'orders.csv',
	kind: 'orders',
	platform: null,
	dialect: PLAIN_DIALECT,
	columns: ['who', 'when'],
	mapping: { date: 'when' },
	constants: {},
	reading: { dateOrder: null, decimalMark: null, orderFieldsOnFirstRow: false, isUtc: false },
	withheld: [],
	idSystem: OWN_IDS,
	series: 's1',
	version: 1,
	notes: NO_NOTES
};
const twin: SourceParams = { ...source, id: 's2', fileName: 'more.csv' };
const recipe = { ...emptyRecipe('Shop'), import: { sources: [source, twin] } };

describe('questionWords', () => {
	it('works the dates out both ways, and settles every file of the layout', () => {
		const words = questionWords(
			{
				kind: 'date-order',
				source,
				column: 'when',
				examples: [
					{ text: '01/01/2024', dmy: '2024-01-01', mdy: '2024-01-01', ymd: null },
					{ text: '03/04/2024', dmy: '2024-04-03', mdy: '2024-03-04', ymd: null }
				],
				columns: ['when'],
				contradictory: false,
				counts: { rows: 2, dmy: 2, mdy: 2, ymd: 0, own: 0 }
			},
			[source, twin],
			format
		);
		expect(words.title).toBe('Is 03/04/2024 3 Apr 2024 or 4 Mar 2024?');
		expect(words.choices.map(({ label, lines }) => [label, ...lines])).toEqual([
			['Day first', '03/04/2024 is 3 Apr 2024', '01/01/2024 is 1 Jan 2024'],
			['Month first', '03/04/2024 is 4 Mar 2024', '01/01/2024 is 1 Jan 2024']
		]);
		const settled = words.choices[1]?.edit(recipe).import.sources ?? [];
		expect(settled.map(({ reading }) => reading.dateOrder)).toEqual(['mdy', 'mdy']);
	});

	it('says which dates an answer leaves unread where they contradict each other', () => {
		const { why, choices, after } = questionWords(
			{
				kind: 'date-order',
				source,
				column: 'when',
				examples: [
					{ text: '25/12/2023', dmy: '2023-12-25', mdy: null, ymd: null },
					{ text: '12/26/2023', dmy: null, mdy: '2023-12-26', ymd: null }
				],
				columns: ['when'],
				contradictory: true,
				counts: { rows: 1_595, dmy: 1_560, mdy: 1_040, ymd: 0, own: 1_595 }
			},
			[source, twin],
			format
		);
		expect(why).toContain('25/12/2023, 12/26/2023');
		expect(choices[0]?.lines).toEqual([
			'Reads 1,560 of 1,595 rows; 35 cannot be read',
			'25/12/2023 is 25 Dec 2023',
			'12/26/2023 cannot be read'
		]);
		expect(after).toContain('set aside');
		const own = choices.at(-1);
		expect(own?.label).toBe('Read each date by its own form');
		expect(own?.lines[0]).toBe('Reads all 1,595 rows');
		const edited = own?.edit(recipe);
		expect(edited?.clean.repairs).toMatchObject([
			{ id: 'r1', operation: 'standardise_dates', on: true, series: 's1', columns: ['when'] }
		]);
		expect(undecided(readAfterSteps(source, edited?.clean.repairs ?? []))).toEqual([]);
	});

	it('works numbers out with either mark', () => {
		const { title, choices } = questionWords(
			{
				kind: 'decimal-mark',
				source,
				column: 'price',
				examples: [{ text: '1.234', point: '1.234', comma: '1,234' }]
			},
			[source],
			format
		);
		expect(title).toBe('Is “1.234” 1.234 or 1,234?');
		expect(choices[1]?.edit(recipe).import.sources[0]?.reading.decimalMark).toBe(',');
	});

	it('says which numbers an answer leaves unread', () => {
		const { title, choices } = questionWords(
			{
				kind: 'decimal-mark',
				source,
				column: 'price',
				examples: [
					{ text: '1,234.56', point: '1234.56', comma: '' },
					{ text: '1.234,56', point: '', comma: '1234.56' }
				]
			},
			[source],
			format
		);
		expect(title).toBe('“price” mixes numbers with a decimal point and with a decimal comma.');
		expect(choices[0]?.lines).toEqual(['1,234.56 is 1234.56', '1.234,56 cannot be read']);
	});

	it('counts the rows of each currency', () => {
		const { title, choices } = questionWords(
			{
				kind: 'currency',
				currencies: [
					{ currency: 'GBP', rows: 90 },
					{ currency: 'EUR', rows: 10 }
				]
			},
			[],
			format
		);
		expect(title).toBe('Which currency counts: GBP or EUR?');
		expect(choices[0]?.lines).toEqual(['90 rows, 90% of all']);
		expect(choices[1]?.edit(recipe).clean.settings.currency).toBe('EUR');
	});

	it('names what is missing, and what was found', () => {
		const { title, why } = questionWords(
			{ kind: 'roles', source, missing: [['customer', 'email', 'phone'], ['date']] },
			[source],
			format
		);
		expect(title).toBe('orders.csv has no customer, email or phone, and no order date column.');
		expect(why).toBe('Found 2 columns: who, when.');
	});
});

describe('roleOfColumn', () => {
	it('takes emails for what they are, and else the first role', () => {
		expect(roleOfColumn(['customer', 'email', 'phone'], ['a@b.c'])).toBe('email');
		expect(roleOfColumn(['customer', 'email', 'phone'], ['C-1'])).toBe('customer');
		expect(roleOfColumn(['customer'], ['a@b.c'])).toBe('customer');
		expect(roleOfColumn(['customer', 'email'], [])).toBe('customer');
	});
});
