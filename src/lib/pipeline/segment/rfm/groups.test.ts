import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import { RFM_GROUPS, type RfmResult } from '../schema.ts';
import { explainGroup, GROUP_PATTERNS, groupName, groupOf, RFM_GROUP_WORDS } from './groups.ts';

const SCORES = [1, 2, 3, 4, 5];
const CELLS = SCORES.flatMap((r) => SCORES.map((f) => ({ r, f })));

/** The published first-match patterns on the digits of R and F. */
const PUBLISHED: readonly (readonly [RegExp, string])[] = [
	[/[12][12]/, 'hibernating'],
	[/[12][34]/, 'at_risk'],
	[/[12]5/, 'cant_lose_them'],
	[/3[12]/, 'about_to_sleep'],
	[/33/, 'need_attention'],
	[/[34][45]/, 'loyal'],
	[/41/, 'promising'],
	[/51/, 'new'],
	[/[45][23]/, 'potential_loyalist'],
	[/5[45]/, 'champion']
];

describe('the groups', () => {
	it.each(CELLS)('have exactly one for R $r and F $f', ({ r, f }) => {
		const matching = GROUP_PATTERNS.filter((pattern) => pattern.r.includes(r) && pattern.f.includes(f));
		expect(matching).toHaveLength(1);
		expect(groupOf(r, f)).toBe(matching[0]?.group);
		const published = PUBLISHED.find(([pattern]) => pattern.test(`${r}${f}`));
		expect(groupOf(r, f)).toBe(published?.[1]);
	});

	it('are all reached, and tried in the order of their ids', () => {
		expect(GROUP_PATTERNS.map(({ group }) => group)).toEqual([...RFM_GROUPS]);
		expect(new Set(CELLS.map(({ r, f }) => groupOf(r, f))).size).toBe(RFM_GROUPS.length);
	});

	it('refuse scores that do not exist', () => {
		expect(() => groupOf(0, 3)).toThrow(RangeError);
		expect(() => groupOf(3, 6)).toThrow(RangeError);
	});

	it('have different names, a meaning and an advice', () => {
		expect(new Set(RFM_GROUPS.map(groupName)).size).toBe(RFM_GROUPS.length);
		for (const { meaning, advice } of Object.values(RFM_GROUP_WORDS)) {
			expect(meaning).toMatch(/^[A-Z][^!]*\.$/);
			expect(advice).toMatch(/^[A-Z][^!]*\.$/);
		}
	});
});

describe('the meaning of a group', () => {
	it.each(RFM_GROUPS)('%s is of ranks, so that it is true for any cut-points', (group) => {
		const { meaning, advice } = RFM_GROUP_WORDS[group];
		expect(`${meaning} ${advice}`).not.toMatch(
			/\b(once|twice|one order|first order|second order|come back before|\d+)\b/i
		);
	});
});

describe('explainGroup', () => {
	const result: RfmResult = {
		method: 'quantile',
		cutPoints: {
			recencyDays: [21, 51, 97, 164],
			frequency: [1, 1, 2, 4],
			monetaryTotal: [215.18, 400, 764, 1637]
		},
		groups: [],
		cells: []
	};
	const format = createFormat('en-GB', 'GBP');

	it('gives the cut-points a customer lies between', () => {
		const customer = { recencyDays: 30, frequency: 5, monetaryTotal: 2790.86, r: 4, f: 5, m: 5 };
		expect(explainGroup(customer, result, format)).toEqual([
			'Loyal: Among the more frequent buyers, and the last order is not long ago.',
			'Last order 30 days ago. Recency 4 of 5 is over 21, up to 51 days.',
			'Orders: 5. Frequency 5 of 5 is over 4.',
			'£2,791 in all. Money 5 of 5 is over £1,637; it does not decide the group.'
		]);
	});

	it('says nothing of money where there is none, and explains split ties', () => {
		const customer = { recencyDays: 200, frequency: 1, monetaryTotal: null, r: 1, f: 1, m: 0 };
		const cutPoints = { ...result.cutPoints, monetaryTotal: null };
		const sentences = explainGroup(customer, { ...result, method: 'ntile', cutPoints }, format);
		expect(sentences).toHaveLength(4);
		expect(sentences[1]).toBe('Last order 200 days ago. Recency 1 of 5 is over 164 days.');
		expect(sentences[2]).toBe('Orders: 1. Frequency 1 of 5 is up to 1.');
	});
});
