import { describe, expect, test } from 'vitest';
import { columnKind, valueKind } from './value-kind.ts';

describe('valueKind', () => {
	test.each([
		['', 'empty'],
		['  ', 'empty'],
		['17850', 'integer'],
		['-3', 'integer'],
		['17850.0', 'number'],
		['1.234,56', 'number'],
		['1,234.56', 'number'],
		['.5', 'number'],
		['$30.00', 'money'],
		['-$3.00', 'money'],
		['($1,299.00)', 'money'],
		['12,50 €', 'money'],
		['USD 12.50', 'money'],
		['2011-08-31', 'date'],
		['2011-08-31T10:15:00Z', 'date'],
		['31/8/2011 10:15', 'date'],
		['8/31/11', 'date'],
		['31.08.2011', 'date'],
		['4-Sep-12', 'date'],
		['Sep 4, 2012', 'date'],
		['99/99/2011', 'text'],
		['1.2.3.4', 'text'],
		['abc', 'text'],
		['#1001', 'text'],
		['anna@example.com', 'text']
	] as const)('%j is %s', (text, kind) => {
		expect(valueKind(text)).toBe(kind);
	});
});

describe('columnKind', () => {
	test('tells compact dates from integers by all values', () => {
		expect(columnKind(['19970101', '19970212'])).toBe('date');
		expect(columnKind(['19970101', '17850'])).toBe('integer');
	});

	test('takes the widest kind that nine of ten have', () => {
		expect(columnKind(['1', '2.50', ''])).toBe('number');
		expect(columnKind(['1', '$2.50'])).toBe('money');
		expect(columnKind([...Array<string>(19).fill('2011-08-31'), 'n/a'])).toBe('date');
		expect(columnKind(['2011-08-31', 'n/a'])).toBe('text');
		expect(columnKind(['', ' '])).toBe('empty');
	});
});
