import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import { correlationClass, correlationTitle } from './explore-words.ts';
import { scoreText, scoreTitle, shorten, valueText } from './profile-words.ts';

const format = createFormat('en-GB');

describe('scoreText', () => {
	it.each([
		[100, '100'],
		[99.99, '99.9'],
		[99, '99.0'],
		[87, '87'],
		[87.46, '87.4']
	] as const)('of %d is %s', (score, expected) => {
		expect(scoreText(score, format)).toBe(expected);
	});
});

describe('scoreTitle', () => {
	it('names the column that costs most', () => {
		expect(scoreTitle(100, null)).toBe('Nothing is wrong with the columns in use');
		expect(scoreTitle(97, { name: 'City' })).toBe('The columns in use are in good order; “City” costs most');
		expect(scoreTitle(60, { name: 'City' })).toBe('“City” costs the most quality');
	});
});

describe('valueText', () => {
	it('shows days as days, and numbers with the digits that they need', () => {
		expect(valueText(1_704_067_200, { kind: 'date' }, format)).toBe('1 Jan 2024');
		expect(valueText(12_345.6, { kind: 'number' }, format)).toBe('12,346');
		expect(valueText(1.234, { kind: 'number' }, format)).toBe('1.23');
		expect(valueText(0.01234, { kind: 'number' }, format)).toBe('0.0123');
	});
});

describe('shorten', () => {
	it('cuts long texts alone', () => {
		expect(shorten('abc', 3)).toBe('abc');
		expect(shorten('abcd', 3)).toBe('ab…');
	});
});

describe('correlations', () => {
	const columns = ['a', 'b'].map((name) => ({
		name,
		isDate: false,
		isLog: false,
		from: 0,
		to: 1,
		edges: []
	}));
	const pair = (value: number | null) => [{ x: 0, y: 1, value, rows: 9 }];

	it('say which pair goes together most', () => {
		expect(correlationTitle(pair(0.934), columns, format)).toBe('“a” and “b” rise together most: 0.93');
		expect(correlationTitle(pair(-0.5), columns, format)).toBe(
			'“a” and “b” go against each other most: -0.50'
		);
		expect(correlationTitle(pair(0.05), columns, format)).toBe('No two columns go together');
		expect(correlationTitle(pair(null), columns, format)).toBe('No two columns go together');
	});

	it('take seven colours', () => {
		expect([-1, -0.5, -0.2, 0, 0.2, 0.5, 1].map(correlationClass)).toEqual([1, 2, 3, 4, 5, 6, 7]);
	});
});
