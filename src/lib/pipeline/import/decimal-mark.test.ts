import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimalMarkOf, numberReadings } from './decimal-mark.ts';

const column = (name: string, ...values: string[]) => ({ column: name, values });

describe('decimalMarkOf', () => {
	test.each([
		[['1.234,56', '7,50'], ','],
		[['1,234.56', '7.50'], '.'],
		[['1,234', '7.50'], '.'],
		[['1.234', '7,50'], ','],
		[['12', '1234', 'n/a', ''], '.'],
		[['12,50 €'], ','],
		[['$1,234.5'], '.'],
		[['EUR 1 234,50'], ','],
		[['1’234.50'], '.'],
		[['0.125'], '.'],
		[['-0,125'], ','],
		[['1,234,567'], '.'],
		[['1,23,456'], '.'],
		[['1.234.567'], ','],
		[['1234.567'], '.'],
		[['(1.234,50)'], ','],
		[['1.5e3'], '.'],
		[['01.02.2025'], '.']
	] as const)('%j has %s', (values, mark) => {
		expect(decimalMarkOf([column('price', ...values)], [])).toMatchObject({ mark, examples: [] });
	});

	test('asks when every number with a mark can be read both ways', () => {
		expect(decimalMarkOf([column('price', '1.234', '12', '1.234', '€ 2.999')], [])).toEqual({
			mark: null,
			column: 'price',
			examples: [
				{ text: '1.234', point: '1.23', comma: '1,234' },
				{ text: '€ 2.999', point: '2.99', comma: '2,999' }
			],
			contradictory: false
		});
		expect(decimalMarkOf([column('price', '1,500')], []).examples).toEqual([
			{ text: '1,500', point: '1,500', comma: '1.50' }
		]);
	});

	test('asks when numbers contradict each other', () => {
		const expected = {
			mark: null,
			examples: [
				{ text: '1.234,56', point: '', comma: '1,234.56' },
				{ text: '1,234.56', point: '1,234.56', comma: '' }
			],
			contradictory: true
		};
		expect(decimalMarkOf([column('price', '1,234.56', '1.234,56')], [])).toEqual({
			...expected,
			column: 'price'
		});
		expect(decimalMarkOf([column('price', '1,234.56'), column('refund', '1.234,56')], [])).toEqual({
			...expected,
			column: 'refund and price'
		});
	});

	test('asks other numbers where money does not tell', () => {
		const quantity = column('quantity', '1,5');
		expect(decimalMarkOf([column('price', '1.234')], [quantity]).mark).toBe(',');
		expect(decimalMarkOf([column('price', '12')], [quantity]).mark).toBe(',');
		expect(decimalMarkOf([column('price', '12.50')], [quantity]).mark).toBe('.');
		expect(decimalMarkOf([column('price', '12')], [column('quantity', '1.000')])).toMatchObject({
			mark: null,
			column: 'quantity'
		});
		expect(decimalMarkOf([], []).mark).toBe('.');
	});
});

test('a mark that is decided reads every number as it was written', () => {
	const number = fc.record({
		cents: fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }),
		digits: fc.constantFrom(0, 2, 3)
	});
	fc.assert(
		fc.property(
			fc.array(number, { minLength: 1, maxLength: 8 }),
			fc.constantFrom('de', 'en'),
			(list, place) => {
				const values = list.map(({ cents, digits }) => Number((cents / 100).toFixed(digits)));
				const texts = values.map((value, i) => {
					const digits = list[i]?.digits ?? 0;
					return value.toLocaleString(place, {
						minimumFractionDigits: digits,
						maximumFractionDigits: digits
					});
				});
				const { mark, contradictory } = decimalMarkOf([column('price', ...texts)], []);
				expect(contradictory).toBe(false);
				if (mark === null) return;
				const read = mark === ',' ? 'comma' : 'point';
				expect(texts.map((text) => numberReadings(text)[read])).toEqual(values);
			}
		),
		{ seed: 7 }
	);
});

describe('numberReadings', () => {
	test.each([
		['1.234', 1.234, 1234],
		['1,234.50', 1234.5, null],
		['-1.234,50 kr.', null, -1234.5],
		['(5.00)', -5, null],
		['5.00-', -5, null],
		['−3', -3, -3],
		['kr. 12', 12, 12],
		['1.5e3', 1500, null],
		['abc', null, null],
		['', null, null]
	])('%s', (text, point, comma) => {
		expect(numberReadings(text)).toEqual({ point, comma });
	});
});
