import { describe, expect, it } from 'vitest';
import { createFormat } from './format.ts';

const pounds = createFormat('en-GB', 'GBP');
const plain = createFormat('en-GB');

describe('numbers', () => {
	it('separates thousands and rounds to whole', () => {
		expect(pounds.count(226467)).toBe('226,467');
		expect(pounds.count(0.6)).toBe('1');
	});

	it('shortens large numbers', () => {
		expect(pounds.compact(950)).toBe('950');
		expect(pounds.compact(1234)).toBe('1.23k');
		expect(pounds.compact(3_240_000)).toBe('3.24m');
	});

	it('never rounds less than one in a hundred up to it', () => {
		expect([15 / 3000, 21 / 3000, 0.0102].map((share) => pounds.percent(share))).toEqual([
			'0.5%',
			'0.7%',
			'1%'
		]);
	});

	it('keeps the digits it is asked for', () => {
		expect(pounds.decimal(0.9, 2)).toBe('0.90');
		expect(pounds.decimal(1234.567, 1)).toBe('1,234.6');
	});

	it('says how many times as much', () => {
		expect([0.256, 2.44, 12.4].map(pounds.ratio)).toEqual(['0.26×', '2.4×', '12×']);
	});

	it('shows a dash for what is not a number', () => {
		const dashes = [pounds.count(NaN), pounds.money(Infinity), pounds.percent(NaN), pounds.ratio(-Infinity)];
		expect(dashes).toEqual(['–', '–', '–', '–']);
	});
});

describe('money', () => {
	it('drops the small change of large amounts only', () => {
		expect(pounds.money(2996.4)).toBe('£2,996');
		expect(pounds.money(4.5)).toBe('£4.50');
		expect(pounds.money(0)).toBe('£0');
		expect(pounds.money(-11062.06)).toBe('-£11,062');
	});

	it('uses the digits of the currency or those asked for', () => {
		expect(createFormat('en-GB', 'JPY').money(12)).toBe('¥12');
		expect(pounds.money(2996.4, 2)).toBe('£2,996.40');
	});

	it('is a plain number when the currency is unknown', () => {
		expect(plain.money(2996.4)).toBe('2,996');
		expect(plain.money(4.5)).toBe('4.50');
		expect(plain.compactMoney(137_000)).toBe('137k');
	});

	it('shortens amounts for axes', () => {
		expect(pounds.compactMoney(137_000)).toBe('£137k');
	});
});

describe('shares', () => {
	it('is whole by default', () => {
		expect([0, 0.0712, 0.624, 1].map((share) => pounds.percent(share))).toEqual(['0%', '7%', '62%', '100%']);
	});

	it('never shows something as nothing, nor most as all', () => {
		expect([0.003, 0.0003, 0.9996].map((share) => pounds.percent(share))).toEqual([
			'0.3%',
			'0.03%',
			'99.96%'
		]);
		expect(pounds.percent(2985 / 3000)).toBe('99.5%');
	});

	it('keeps the digits it is asked for', () => {
		expect(pounds.percent(0.706, 1)).toBe('70.6%');
		expect(pounds.percent(0.7, 1)).toBe('70.0%');
	});
});

describe('days', () => {
	it('writes the month as a word', () => {
		expect(pounds.day('2011-08-31')).toBe('31 Aug 2011');
		expect(pounds.day('2012-02-29')).toBe('29 Feb 2012');
		expect(pounds.month('2011-08')).toBe('Aug 2011');
	});

	it('names the unit', () => {
		expect([1, 153].map(pounds.days)).toEqual(['1 day', '153 days']);
	});
});
