import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import { correlationClass, correlationTitle } from './explore-words.ts';
import type { ColumnStatistics } from '#lib/pipeline/clean/profile/schema.ts';
import {
	outlierWords,
	profileTitle,
	rowWords,
	scopeWords,
	scoreText,
	scoreTitle,
	shorten,
	spreadText,
	valueText
} from './profile-words.ts';

const format = createFormat('en-GB');

describe('scoreText', () => {
	it.each([
		[100, '100'],
		[99.999_999_999_9, '99'],
		[99.9, '99'],
		[99, '99'],
		[86.999_999_999_999, '87'],
		[87.96, '87'],
		[0, '0']
	] as const)('of %d is %s', (score, expected) => {
		expect(scoreText(score, format)).toBe(expected);
	});
});

describe('scoreTitle', () => {
	it('names the column that costs most', () => {
		expect(scoreTitle(100, null)).toBe('Nothing is wrong in any column');
		expect(scoreTitle(97, { name: 'City' })).toBe('The columns are in good order; “City” costs most');
		expect(scoreTitle(60, { name: 'City' })).toBe('“City” costs the most quality');
	});
});

describe('valueText', () => {
	it('shows days as days, and numbers with the digits that they need', () => {
		expect(valueText(1_704_067_200, { kind: 'date', values: null }, format)).toBe('1 Jan 2024');
		const of = (value: number) => valueText(value, { kind: 'number', values: null }, format);
		expect(of(12_345.6)).toBe('12,346');
		expect(of(1.234)).toBe('1.23');
		expect(of(0.75)).toBe('0.75');
		expect(of(0.01234)).toBe('0.0123');
	});

	it('writes years without separators, where all numbers are years', () => {
		const born = numbers(1893, 1996, 1970);
		expect(valueText(1970, born, format)).toBe('1970');
		expect(valueText(1968.8, born, format)).toBe('1969');
		expect(valueText(11.98, born, format)).toBe('11.98');
		expect(spreadText(born, format)).toBe('half are 1970 or less; 1893 to 1996');
		expect(spreadText(numbers(1893, 51_381, 1970), format)).toBe('half are 1,970 or less; 1,893 to 51,381');
		expect(valueText(1970, numbers(1893.5, 1996, 1970, false), format)).toBe('1,970');
	});
});

describe('outlierWords', () => {
	it('tells no limit below zero of values that are never below zero', () => {
		const outliers = { low: -38.9, high: 120, count: 4, farCount: 2, robustCount: 3 };
		const far =
			'2 of them far out, three interquartile ranges beyond the quartiles. 3 have a robust z above 3.5.';
		expect(outlierWords({ ...numbers(0.75, 99_999, 20), outliers }, format)).toBe(
			`4 above Tukey’s fence, 120; ${far}`
		);
		expect(outlierWords({ ...numbers(-60, 99_999, 20), outliers }, format)).toBe(
			`4 beyond Tukey’s fences, -38.90 and 120; ${far}`
		);
	});
});

describe('profileTitle', () => {
	it('counts every column with anything to look at', () => {
		const fine = column('a');
		expect(profileTitle([fine, fine])).toBe('All two columns are in order');
		expect(profileTitle([fine, column('Income', { missingCount: 24 })])).toBe(
			'One of two columns needs a look'
		);
	});
});

describe('scopeWords', () => {
	it('tells how many columns are in use and which are left out', () => {
		const columns = [
			column('Id', { column: { name: 'Id', column: 'c0', stored: 'text', role: 'customer', isKey: true } }),
			column('Income', { missingCount: 24 }),
			column('Nothing', { kind: 'empty', filledCount: 0, missingCount: 100, distinctCount: 0 }),
			column('Revenue', { distinctCount: 1 })
		];
		expect(scopeWords([{ rows: 100, columns, usedCount: 1 }], format)).toBe(
			'One score of 100 from all 4 columns; 1 is in use. Left out: “Nothing”, empty; “Revenue”, always the same.'
		);
	});
});

describe('rowWords', () => {
	it('tells what became of the rows of the file', () => {
		expect(rowWords(600, { read: 600, unreadable: 0 }, format)).toBe('all 600 rows');
		expect(rowWords(591, { read: 600, unreadable: 9 }, format)).toBe('591 of 600 rows; 9 could not be read');
		expect(rowWords(580, { read: 600, unreadable: 9 }, format)).toBe(
			'580 of 600 rows; 9 could not be read, 11 set aside by a step'
		);
	});
});

function numbers(min: number, max: number, median: number, isWhole = true): ColumnStatistics {
	const quantiles = [min, min, min, median, max, max, max];
	const values = { count: 100, min, max, mean: median, sd: 1, skew: 0, isWhole, quantiles };
	return column('n', { kind: 'number', values });
}

function column(name: string, change: Partial<ColumnStatistics> = {}): ColumnStatistics {
	return {
		column: { name, column: name, stored: 'text', role: null, isKey: false },
		kind: 'text',
		rows: 100,
		missingCount: 0,
		inheritedCount: 0,
		writtenMissingCount: 0,
		filledCount: 100,
		distinctCount: 100,
		unreadableCount: 0,
		blankEndsCount: 0,
		caseVariantCount: 0,
		caseVariantRows: 0,
		repeatedCount: 0,
		futureCount: 0,
		impossibleCount: 0,
		failedRules: [],
		decimalIdCount: 0,
		values: null,
		bins: [],
		logBins: false,
		outliers: null,
		top: [],
		patterns: [],
		oddPatternCount: 0,
		...change
	};
}

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
