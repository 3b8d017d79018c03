import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import { movementOf } from '#lib/pipeline/segment/changes/movement.ts';
import type { BaseRate, PastDay, SeenOutcome } from '#lib/pipeline/segment/past/schema.ts';
import { wilson } from '#lib/stats/wilson.ts';
import {
	dayProblem,
	intervalItems,
	messagedWords,
	movementRows,
	moveTitle,
	ofWords,
	outcomeOf,
	pastCategories,
	pastGroups,
	pastMovementTitle,
	rateSentence,
	ratesDescription,
	ratesFinding,
	unknownOf,
	valueTitle
} from './words.ts';

const format = createFormat('en-GB', 'GBP');

function rate(customers: number, buyers: number, mean: number | null = null): BaseRate {
	const value = mean === null ? null : { value: mean, low: mean - 5, high: mean + 5 };
	return { customers, buyers, share: wilson(buyers, customers), value };
}

const entry = (id: string, name: string, cells: number[][]) => ({ id, name, meaning: '', advice: '', cells });
const SEEN: SeenOutcome = {
	everyone: rate(1200, 480, 40),
	groups: [rate(600, 90, 10), rate(291, 104, 30), rate(20, 9, 50), rate(289, 277, 110), rate(0, 0, 0)],
	segments: [rate(700, 420), rate(500, 60)],
	cells: [],
	messaged: null
};
const PAST: PastDay = {
	day: '2011-07-03',
	customers: 1200,
	table: [
		entry('hibernating', 'Hibernating', [
			[1, 1],
			[2, 1]
		]),
		entry('at_risk', 'At risk', [
			[1, 3],
			[2, 3]
		]),
		entry('cant_lose_them', 'Can’t lose them', [[2, 5]]),
		entry('champion', 'Champions', [[5, 5]]),
		entry('nobody', 'Nobody', [[4, 1]])
	],
	axes: ['r', 'f'],
	levels: 5,
	linesOf: 'day',
	cutPoints: { recencyDays: [], frequency: [], monetaryTotal: null },
	segmentsLack: [],
	outcomes: [
		{ horizon: 60, until: '2011-09-01', seen: SEEN },
		{ horizon: 90, until: '2011-10-01', seen: null }
	],
	notices: []
};
const SEGMENTS = ['Regulars', 'Once only'];

describe('the groups of a past day', () => {
	it('run from the likeliest to buy, without groups of nobody', () => {
		const groups = pastGroups(PAST, SEEN, 'group', SEGMENTS);
		expect(groups.map(({ name }) => name)).toEqual([
			'Champions',
			'Can’t lose them',
			'At risk',
			'Hibernating'
		]);
		expect(groups[0]?.filter).toEqual({ kind: 'group', group: 'champion' });
		expect(intervalItems(groups, 'value')[0]).toMatchObject({
			name: 'Champions',
			value: 110,
			low: 105,
			high: 115
		});
		expect(pastGroups(PAST, SEEN, 'segment', SEGMENTS)[1]?.filter).toEqual({ kind: 'segment', cluster: 1 });
	});

	it('have the place in the palette that they have today', () => {
		const shown = pastCategories(PAST, 'group', SEGMENTS);
		expect(shown.map(({ category, swatch }) => [category, swatch])).toEqual([
			[4, 0],
			[3, 1],
			[2, 2],
			[1, 3],
			[0, 4]
		]);
	});

	it('say how sure they are', () => {
		expect(ofWords(291, format)).toBe('of 291');
		expect(ofWords(20, format)).toBe('of 20 (few)');
		expect(rateSentence(rate(291, 104), 'share', format)).toBe('104 of 291 bought, 36% (30% to 41%)');
		expect(rateSentence(rate(291, 104, 30), 'value', format)).toBe(
			'£30.00 per customer (£25.00 to £35.00), 104 of 291 bought'
		);
	});
});

describe('the finding', () => {
	it('is the quiet group, not a small one, that came back most', () => {
		const finding = ratesFinding(PAST, 60, 'group', SEGMENTS, format);
		expect(finding.title).toBe('36% of At risk customers came back within 60 days of 3 Jul 2011');
		expect(finding.group?.category).toBe(1);
		expect(finding.sub).toContain('Of all 1,200 customers of that morning 40% ordered.');
	});

	it('is the segment that is furthest from everyone', () => {
		expect(ratesFinding(PAST, 60, 'segment', SEGMENTS, format).title).toBe(
			'12% of Once only bought within 60 days of 3 Jul 2011'
		);
	});

	it('says in words that none of a group did', () => {
		const none = { ...SEEN, segments: [rate(700, 400), rate(500, 0)] };
		const past = { ...PAST, outcomes: [{ horizon: 60 as const, until: '2011-09-01', seen: none }] };
		expect(ratesFinding(past, 60, 'segment', SEGMENTS, format).title).toMatch(
			/^None of the 500 .+ bought within 60 days of 3 Jul 2011$/
		);
	});

	it('says when nobody stands out, and when nobody knows', () => {
		const alike = { ...SEEN, segments: [rate(700, 280), rate(500, 200)] };
		const past = { ...PAST, outcomes: [{ horizon: 60 as const, until: '2011-09-01', seen: alike }] };
		expect(ratesFinding(past, 60, 'segment', SEGMENTS, format).title).toBe(
			'40% of customers bought within 60 days of 3 Jul 2011; no group stands out'
		);
		expect(ratesFinding(PAST, 90, 'group', SEGMENTS, format)).toMatchObject({
			title: 'Nobody knows yet what the customers of 3 Jul 2011 do within 90 days',
			group: null
		});
		expect(outcomeOf(PAST, 30)).toBeNull();
	});

	it('of money names a group that surely spent more', () => {
		const groups = pastGroups(PAST, SEEN, 'group', SEGMENTS, 'value');
		expect(valueTitle(PAST, groups, SEEN.everyone, 60, format)).toBe(
			'Champions spent £110 each within 60 days, everyone £40.00'
		);
		expect(valueTitle(PAST, groups.slice(2), SEEN.everyone, 60, format)).toBe(
			'No group spent clearly more within 60 days'
		);
	});

	it('tells of messages only where there are any', () => {
		expect(messagedWords(SEEN, 60, format)).toBeNull();
		expect(messagedWords({ ...SEEN, messaged: 204 }, 60, format)).toBe(
			'204 of these 1,200 customers got a message in those 60 days, as far as the files tell.'
		);
	});
});

describe('movement between two days', () => {
	const movement = movementOf(
		'segment',
		['0', '1'],
		[
			{ from: 0, to: 0, customers: 30 },
			{ from: 0, to: 1, customers: 10 },
			{ from: null, to: 1, customers: 60 }
		]
	);
	const categories = pastCategories(PAST, 'segment', SEGMENTS);

	it('counts who is elsewhere among those who were there', () => {
		expect(pastMovementTitle(movement, 'on 1 Sept 2011', format)).toBe(
			'25% of the customers of that morning are in another group on 1 Sept 2011'
		);
	});

	it('has rows that add up to 100%', () => {
		expect(movementRows(movement, categories, format)).toEqual([
			['Regulars', 'Regulars', '30', '75%'],
			['Regulars', 'Once only', '10', '25%'],
			['Not a customer yet', 'Once only', '60', '100%']
		]);
	});

	it('names its people by both days', () => {
		const days = ['2011-07-03', '2011-08-01'] as const;
		expect(moveTitle({ from: null, to: 1 }, categories, days, format)).toBe(
			'Not a customer yet on 3 Jul 2011, Once only on 1 Aug 2011'
		);
	});
});

describe('too little history', () => {
	const details = { day: '2010-12-10', firstOrder: '2010-12-01', days: 9, needed: 90 };
	const early: PastDay = {
		...PAST,
		day: '2010-12-10',
		notices: [{ code: 'past.short-before', details }]
	};

	it('takes the place of every claim, and picks nobody', () => {
		const limit = 'Too little history before 10 Dec 2010 to judge: 9 days';
		for (const by of ['group', 'segment'] as const) {
			const finding = ratesFinding(early, 60, by, SEGMENTS, format);
			expect(finding).toMatchObject({ title: limit, group: null });
			expect(finding.sub).toContain('40% ordered within 60 days. With less than 90 days');
		}
		const groups = pastGroups(early, SEEN, 'group', SEGMENTS, 'value');
		expect(valueTitle(early, groups, SEEN.everyone, 60, format)).toBe(limit);
	});
});

describe('a typed day', () => {
	const range = { first: '2010-12-02', last: '2011-09-01' };

	it('is one of the range, both ends included', () => {
		expect(dayProblem('2010-12-02', range, format)).toBeNull();
		expect(dayProblem('2011-09-01', range, format)).toBeNull();
	});

	it('is refused with what was found and what is needed', () => {
		const needed = 'needed: 2 Dec 2010 to 1 Sept 2011.';
		expect(dayProblem('2012-08-20', range, format)).toBe(`Found 20 Aug 2012; ${needed}`);
		expect(dayProblem('2010-12-01', range, format)).toBe(`Found 1 Dec 2010; ${needed}`);
		expect(dayProblem('', range, format)).toBe(`No day found; ${needed}`);
	});
});

describe('natural segments of a past day', () => {
	it('are said to be those of today', () => {
		const words = 'Today’s segments: people of that day are counted in the one whose centre is nearest.';
		expect(ratesDescription(PAST, 60, 'segment', format)).toContain(words);
		expect(ratesDescription(PAST, 60, 'group', format)).not.toContain('Today’s segments');
		expect(unknownOf('segment').filter((text) => !unknownOf('group').includes(text))).toHaveLength(1);
	});
});
