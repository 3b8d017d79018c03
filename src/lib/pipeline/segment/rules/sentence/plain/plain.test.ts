import { describe, expect, it } from 'vitest';
import { AppError } from '#lib/core/errors.ts';
import { DEFAULT_CARTS } from '../../../carts/schema.ts';
import type { RuleFeature, RuleSegment } from '../../scope.ts';
import { parseSentence, sentenceOf, vocabularyOf } from '../index.ts';

function vocabulary(...features: readonly (readonly [id: string, label: string])[]) {
	return vocabularyOf({
		features: new Map(
			features.map(([id, label]): [string, RuleFeature] => [
				id,
				{ id, label, kind: 'number', table: ['features', 'customers'], needs: [] }
			])
		),
		segments: new Map(
			[
				['group:champion', 'Champions'],
				['group:loyal', 'Loyal customers']
			].map(([ref = '', name = '']): [string, RuleSegment] => [
				ref,
				{ ref, name, members: null, problem: null }
			])
		),
		carts: DEFAULT_CARTS
	});
}

const WORDS = vocabulary(
	['monetary_total', 'Total spend'],
	['monetary_mean', 'Spend per order'],
	['recency_days', 'Days since the last order'],
	['tenure_days', 'Days since the first order'],
	['frequency', 'Orders']
);
const BARE = vocabulary();
const said = (text: string, words = WORDS) => sentenceOf(parseSentence(text, words), words);

/** What people say, and the sentence that it becomes, without “Customers”. */
const SAYINGS: readonly (readonly [string, string])[] = [
	[
		'more than 3 orders a month and more than 500 spent',
		'who placed more than 3 orders a month and whose total spend is more than 500'
	],
	[
		'customers who placed more than 3 orders a month and spent more than 500',
		'who placed more than 3 orders a month and whose total spend is more than 500'
	],
	['active in the last 30 days', 'who placed an order in the last 30 days'],
	['customers active in the last 30 days', 'who placed an order in the last 30 days'],
	['customers who were active in the last 30 days', 'who placed an order in the last 30 days'],
	['people not active for 90 days', 'who did not place any orders in the last 90 days'],
	['customers who bought in the last 90 days', 'who placed an order in the last 90 days'],
	['customers who bought within the last 90 days', 'who placed an order in the last 90 days'],
	['customers who bought in 2024', 'who placed an order between 2024-01-01 and 2024-12-31'],
	['customers from Germany', 'whose profile says country is “Germany”'],
	[
		'Customers from germany with more than 5 orders',
		'whose profile says country is “germany” and who placed more than 5 orders'
	],
	['everyone from Germany or Austria', 'whose profile says country is “Germany” or “Austria”'],
	['customers not from the city of Graz', 'whose profile says city is not “Graz”'],
	[
		'did not buy in 90 days but opened a message in 30',
		'who did not place any orders in the last 90 days and who opened a message in the last 30 days'
	],
	[
		'did not buy in 6 months but opened a message in 2',
		'who did not place any orders in the last 6 months and who opened a message in the last 2 months'
	],
	[
		'who did not order in the last 90 days and opened a message in the last 30 days',
		'who did not place any orders in the last 90 days and who opened a message in the last 30 days'
	],
	[
		'viewed Garden Chair and bought Raised Bed within 7 days',
		'who viewed “Garden Chair” and then, within 7 days, bought “Raised Bed”'
	],
	[
		'customers who viewed Garden Chair, then bought Raised Bed',
		'who viewed “Garden Chair” and then bought “Raised Bed”'
	],
	[
		'viewed Garden Chair but did not buy it within 7 days',
		'who viewed “Garden Chair” but then did not buy “Garden Chair” within 7 days of it'
	],
	[
		'viewed Garden Chair but did not buy Raised Bed',
		'who viewed “Garden Chair” and who did not buy “Raised Bed”'
	],
	[
		'clicked but did not order within 14 days',
		'who clicked in a message but then did not place an order within 14 days of it'
	],
	['left a cart', 'who have a cart at Reminder, Follow-up or Last call'],
	['everyone who abandoned their cart', 'who have a cart at Reminder, Follow-up or Last call'],
	['new in the last 30 days', 'whose days since the first order are at most 30'],
	['new customers in the last 30 days', 'whose days since the first order are at most 30'],
	['spent between 100 and 500', 'whose total spend is between 100 and 500'],
	['spent over €1,000', 'whose total spend is more than 1000'],
	['spent 500 or more', 'whose total spend is at least 500'],
	['spent at most 500 euros', 'whose total spend is at most 500'],
	[
		'spent over 500 in the last 90 days',
		'whose orders in the last 90 days have a total value of the order of more than 500'
	],
	['never bought', 'who did not place any orders'],
	["haven't bought in 90 days", 'who did not place any orders in the last 90 days'],
	['bought twice or more', 'who placed at least 2 orders'],
	['bought at least three times', 'who placed at least 3 orders'],
	['bought more than once', 'who placed more than 1 order'],
	['bought 3 times or more', 'who placed at least 3 orders'],
	['in Champions', 'who are in Champions'],
	['not in Champions', 'who are not in Champions'],
	['in the segment Loyal customers', 'who are in Loyal customers'],
	['bought from the category Garden', 'who bought a product with category “Garden”'],
	['never bought anything from the category Garden', 'who did not buy any products with category “Garden”'],
	['with more than 5 orders', 'who placed more than 5 orders'],
	['with 5+ orders', 'who placed at least 5 orders'],
	['with fewer than 5 orders', 'who placed fewer than 5 orders'],
	['with no orders in the last 90 days', 'who did not place any orders in the last 90 days'],
	['total spend over 500', 'whose total spend is more than 500'],
	['average order value under 50', 'whose spend per order is less than 50'],
	['last order more than 90 days ago', 'whose days since the last order are more than 90'],
	['whose last order was in the last 30 days', 'who placed an order in the last 30 days'],
	['looked at Garden Chair at least 3 times', 'who viewed “Garden Chair” at least 3 times'],
	[
		'were sent 3 messages but clicked nothing',
		'who were sent exactly 3 messages and who did not click in a message'
	],
	['received an email in the last 30 days', 'who were sent a message in the last 30 days'],
	['answered a survey', 'who gave an answer'],
	['visited the shop at least 3 times in 30 days', 'who visited at least 3 times in the last 30 days'],
	[
		'(in Champions or spent over 500) and bought in 90 days',
		'(who are in Champions or whose total spend is more than 500) and who placed an order in the last 90 days'
	]
];

describe('a sentence as people say it', () => {
	it.each(SAYINGS)('%s', (text, sentence) => {
		expect(said(text)).toBe(`Customers ${sentence}`);
		expect(said(said(text))).toBe(said(text));
	});

	it('asks orders where the features are not known', () => {
		expect(said('new in the last 30 days', BARE)).toBe(
			'Customers who did not place any orders before the last 30 days'
		);
		expect(said('last order more than 90 days ago', BARE)).toBe(
			'Customers who did not place any orders in the last 90 days'
		);
		expect(said('spent over 500', BARE)).toBe(
			'Customers whose orders have a total value of the order of more than 500'
		);
	});

	const problem = (text: string) => {
		try {
			parseSentence(text, WORDS);
		} catch (error) {
			if (error instanceof AppError && error.code === 'rule.sentence') {
				return error.details as AppError<'rule.sentence'>['details'];
			}
			throw error;
		}
		throw new Error(`it was read: ${said(text)}`);
	};

	it.each([
		'active this month',
		'bought recently',
		'bought an oder',
		'did not buy or open a message',
		'viewed a product but did not buy it within 7 days',
		'in Champions or spent over 500 and bought in 90 days',
		'bought “Garden Chair'
	])('refuses %s, and says what can be said', (text) => {
		const { examples } = problem(text);
		expect(examples).toHaveLength(2);
		for (const example of examples) expect(said(example)).toMatch(/^Customers who/);
	});

	it('keeps what could be read, and shows sentences that are like it', () => {
		expect(problem('customers who bought more than 3 times in the lst 30 days')).toMatchObject({
			read: 'customers who bought more than 3 times in the',
			found: 'lst'
		});
		expect(problem('left a cart yesterday').examples[0]).toBe('Customers who left a cart');
		expect(problem('spent loads lately').examples[0]).toMatch(/spent/);
		expect(problem('whose totl spend is 5').near).toEqual(['total spend']);
	});
});
