import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import type { UnusualRecord } from '#lib/pipeline/clean/audit/sources.ts';
import { dayUnit, unusualMarks, unusualTitle, unusualWords, whenWords } from './unusual-words.ts';

const format = createFormat('en-GB', 'GBP');

function found(value: number, expected: number, more: Partial<UnusualRecord> = {}): UnusualRecord {
	const day = '2011-02-18';
	const ratio = expected > 0 ? value / expected : Infinity;
	return { from: day, to: day, value, expected, ratio, score: 9, measure: 'records', ...more };
}

describe('unusualWords', () => {
	it('compares with the usual, in times or in percent', () => {
		expect(unusualWords(found(149, 29.1), 'orders', format)).toBe(
			'5.1 times the usual orders (149, usually 29)'
		);
		expect(unusualWords(found(1200, 60), 'events', format)).toBe(
			'20 times the usual events (1,200, usually 60)'
		);
		expect(unusualWords(found(7, 58), 'orders', format)).toBe('12% of the usual orders (7, usually 58)');
		expect(unusualWords(found(15, 1.4), 'orders', format)).toBe(
			'11 times the usual orders (15, usually 1.4)'
		);
	});

	it('names days without anything, alone or in a row, and days that usually have none', () => {
		expect(unusualWords(found(0, 64), 'orders', format)).toBe('no orders, where 64 would be usual');
		const stretch = found(0, 326, { from: '2010-12-24', to: '2011-01-03' });
		expect(unusualWords(stretch, 'orders', format)).toBe('no orders for 11 days, where 326 would be usual');
		expect(unusualWords(found(60, 0), 'orders', format)).toBe('60 orders on a day that usually has none');
	});

	it('speaks of money where the money is unusual', () => {
		const big = found(87_589.11, 22_329.3, { measure: 'amount' });
		expect(unusualWords(big, 'orders', format)).toBe('3.9 times the usual money (£87,589, usually £22,329)');
	});
});

describe('unusualTitle', () => {
	it('leads with the most unusual day', () => {
		expect(unusualTitle([], 'orders', format)).toBeNull();
		const two = [
			found(0, 64, { score: -7 }),
			found(149, 29, { score: 13, from: '2011-05-17', to: '2011-05-17' })
		];
		expect(unusualTitle(two, 'orders', format)).toMatch(/^2 unusual days\. .*5\.1 times the usual orders/);
		expect(unusualTitle(two.slice(0, 1), 'orders', format)).toMatch(/: no orders, where 64 would be usual$/);
	});
});

it('writes days with their weekday, and stretches from one to the other', () => {
	expect(whenWords(found(1, 1), format, 'en-GB')).toBe('Fri 18 Feb 2011');
	expect(whenWords({ from: '2010-12-24', to: '2011-01-03' }, format, 'en-GB')).toBe(
		'Fri 24 Dec 2010 to Mon 3 Jan 2011'
	);
	expect(unusualMarks([found(149, 29)], 'orders', format)).toMatchObject([
		{ from: '2011-02-18', to: '2011-02-18' }
	]);
	expect(dayUnit('orders')).toBe('orders');
	expect(dayUnit('report')).toBe('rows');
});
