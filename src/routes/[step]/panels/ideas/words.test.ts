import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import { TEMPLATES } from '#lib/pipeline/segment/templates/index.ts';
import { defaultsOf, piecesOf, type TemplateFacts } from '#lib/pipeline/segment/templates/template.ts';
import type { Idea, IdeaAnswer } from '#lib/session/segments/ideas.svelte.ts';
import { readNumber } from '../builder/number-text.ts';
import { byMoment, findIdeas, ideaSentence, ideasFinding, rangeOf, sizeWords, valueOf } from './words.ts';

const format = createFormat('en-GB', 'EUR');
const FACTS: TemplateFacts = {
	usualGapDays: 30,
	secondGapDays: 40,
	highSpend: 1200,
	highOrder: 80,
	cartStages: ['reminder'],
	cartDays: 7
};

function idea(id: string, answer: IdeaAnswer | null): Idea {
	const template = TEMPLATES.find((each) => each.id === id);
	if (!template) throw new RangeError(`no idea ${id}`);
	const values = defaultsOf(template, FACTS);
	return {
		template,
		params: template.params(FACTS),
		pieces: piecesOf(template, FACTS),
		values,
		isUsual: true,
		rule: template.rule(values, FACTS),
		answer,
		shown: answer,
		usedAs: null
	};
}

const counted = (customers: number): IdeaAnswer => ({ kind: 'counted', customers, revenue: 100 });
const LACKING: IdeaAnswer = { kind: 'lacking', why: 'It needs a file of events.' };

describe('the finding', () => {
	it('says that it counts until all are counted', () => {
		const { title } = ideasFinding([idea('left_cart', counted(3)), idea('overdue', null)], format);
		expect(title).toBe('2 segments to begin with. Counting who is in them.');
	});
	it('tells how many can be told, and one of them', () => {
		const ideas = [
			idea('left_cart', LACKING),
			idea('new_customers', counted(50)),
			idea('vip_slipping', counted(1312))
		];
		expect(ideasFinding(ideas, format).title).toBe(
			'2 of 3 ideas can be told from your files: 1,312 people spent a lot and are slipping away.'
		);
	});
	it('counts an idea as told whose numbers leave nobody', () => {
		const unfit: IdeaAnswer = { kind: 'unfit', why: 'Nobody can have waited.' };
		expect(ideasFinding([idea('left_cart', LACKING), idea('viewed_not_bought', unfit)], format).title).toBe(
			'1 of 2 ideas can be told from your files.'
		);
	});
	it('has no example where nobody is in any, and a name for one person', () => {
		expect(ideasFinding([idea('left_cart', counted(0))], format).title).toBe(
			'All 1 ideas can be told from your files.'
		);
		expect(ideasFinding([idea('left_cart', counted(1)), idea('overdue', LACKING)], format).title).toBe(
			'1 of 2 ideas can be told from your files: 1 person is under “Left a cart”.'
		);
	});
});

describe('the words of a card', () => {
	it('give size and money as shares', () => {
		const everyone = { customers: 3000, revenue: 50_000 };
		expect(sizeWords({ customers: 312, revenue: 12_430 }, everyone, format)).toBe(
			'10% of customers, who spent €12,430 (25%)'
		);
		expect(sizeWords({ customers: 312, revenue: null }, { ...everyone, revenue: null }, format)).toBe(
			'10% of customers'
		);
		expect(sizeWords({ customers: 0, revenue: 0 }, everyone, format)).toBe('0% of customers');
	});
	it('put the numbers into the sentence', () => {
		expect(ideaSentence(idea('vip_slipping', null), format)).toBe(
			'Customers who spent at least €1,200 in at least 3 orders, the last one between 60 and 240 days ago.'
		);
		expect(ideaSentence(idea('discount_only', null), format)).toContain('at least 100% of the orders');
	});
	it('know a number as it is now, and which can be used', () => {
		const { params, ...mine } = idea('new_customers', null);
		const [days] = params;
		if (!days) throw new RangeError('the idea has a number');
		expect(valueOf(mine, days)).toBe(days.value);
		expect(valueOf({ values: { [days.id]: 7 } }, days)).toBe(7);
		expect(readNumber('0', rangeOf(days))).toEqual({
			error: `Found “0”, needs a whole number from ${days.least} to ${days.most}.`
		});
	});
});

describe('the list', () => {
	const ideas = [idea('left_cart', LACKING), idea('new_customers', counted(4)), idea('overdue', counted(2))];
	const idsOf = (list: readonly Idea[]) => list.map(({ template }) => template.id);

	it('is searched by all words, and can leave out what is not told', () => {
		expect(idsOf(findIdeas(ideas, 'CART reminder', false, format))).toEqual(['left_cart']);
		expect(idsOf(findIdeas(ideas, '', true, format))).toEqual(['new_customers', 'overdue']);
		expect(findIdeas(ideas, 'nothing of the kind', false, format)).toEqual([]);
	});
	it('has moments in order, those without anything told last', () => {
		const moments = byMoment(ideas).map(({ moment }) => moment.id);
		expect(moments).toEqual(['buying', 'slipping', 'browsing']);
		const early = byMoment([...ideas, idea('sunset', null)]).map(({ moment }) => moment.id);
		expect(early).toEqual(['browsing', 'buying', 'slipping', 'care']);
	});
});
