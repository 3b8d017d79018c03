import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import type { ColumnProfile, Finding } from '#lib/pipeline/clean/quality.ts';
import { leftOutWords, qualityTitle, spreadWords, unusedWords } from './quality-words.ts';

function column(role: ColumnProfile['role'], code: 'ok' | 'empty' = 'ok'): ColumnProfile {
	return {
		name: role ?? 'other',
		role,
		kind: 'text',
		rows: 10,
		textCount: 10,
		filledShare: 1,
		distinctCount: 10,
		unreadableCount: 0,
		numbers: null,
		days: null,
		bins: [],
		logBins: false,
		top: [],
		finding: { code } satisfies Finding
	};
}

const UNUSED = Array.from({ length: 55 }, () => column(null, 'empty'));

describe('the title of the quality of a file', () => {
	it('judges the columns in use and no other', () => {
		const used = [column('customer'), column('date'), column('amount'), column('phone', 'empty')];
		expect(qualityTitle([...used, ...UNUSED])).toBe('All four columns in use are in order');
	});

	it('counts what needs a look', () => {
		const used = [column('customer', 'empty'), column('date'), column('amount')];
		expect(qualityTitle([...used, ...UNUSED])).toBe(
			'Two of three columns in use are in order; look at the other'
		);
		const two = [column('customer', 'empty'), column('date'), column('amount', 'empty')];
		expect(qualityTitle(two)).toBe('One of three columns in use is in order; look at the others');
		expect(qualityTitle([column('date', 'empty'), column('customer', 'empty')])).toBe(
			'No column in use is in order; look at all two'
		);
	});

	it('knows one column, and none', () => {
		expect(qualityTitle([column('date')])).toBe('The one column in use is in order');
		expect(qualityTitle(UNUSED)).toBe('No column is in use');
	});

	it('says which columns of a big file were not looked at', () => {
		expect(leftOutWords(1)).toMatch(/^One column is not in use[.] /);
		expect(leftOutWords(3)).toMatch(/^Three columns are not in use[.] /);
	});

	it('counts what is folded away', () => {
		expect(unusedWords(55)).toBe('55 columns that are not used');
		expect(unusedWords(1)).toBe('One column that is not used');
	});
});

describe('the spread of a column of texts', () => {
	const format = createFormat('en-GB');
	const top = [
		{ value: 'Low', count: 3 },
		{ value: 'High', count: 1 }
	];

	it('gives the share of the most frequent text', () => {
		const words = spreadWords({ ...column('status'), top, distinctCount: 2, rows: 4, textCount: 4 }, format);
		expect(words).toBe('2 different; most often “Low” (75%)');
	});

	it('leaves the blank cells out, and says so', () => {
		const words = spreadWords({ ...column('status'), top, distinctCount: 2, textCount: 4 }, format);
		expect(words).toBe('2 different; most often “Low” (75% of the filled cells)');
		expect(spreadWords({ ...column('status'), top: top.slice(0, 1), distinctCount: 1 }, format)).toBe(
			'1 different: “Low”'
		);
	});

	it('is a count where nothing is filled', () => {
		expect(spreadWords({ ...column('status', 'empty'), distinctCount: 0, textCount: 0 }, format)).toBe(
			'0 different'
		);
	});
});
