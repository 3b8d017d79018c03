import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '#lib/core/errors.ts';
import { NASTY, nastyText, ruleArbitrary } from '../../../../../../tests/support/rule-arbitrary.ts';
import { DEFAULT_CARTS } from '../../carts/schema.ts';
import { EVERYONE, Rule, type ActivityCondition, type Condition, type FieldTest } from '../schema.ts';
import type { RuleFeature, RuleScope, RuleSegment } from '../scope.ts';
import { expectedAt, normalise, parseSentence, phraseOf, sentenceOf, vocabularyOf } from './index.ts';

type Names = Pick<RuleScope, 'features' | 'segments' | 'carts'>;

function namesOf(
	features: readonly (readonly [string, string, RuleFeature['kind']])[],
	segments: readonly (readonly [string, string])[],
	carts = DEFAULT_CARTS
): Names {
	return {
		features: new Map(
			features.map(([id, label, kind]) => [
				id,
				{ id, label, kind, table: ['features', 'customers'], needs: [] }
			])
		),
		segments: new Map<string, RuleSegment>(
			segments.map(([ref, name]) => [ref, { ref, name, members: null, problem: null }])
		),
		carts
	};
}

const NAMES = namesOf(
	[
		['monetary_total', 'Total spend', 'number'],
		['frequency', 'Orders', 'number'],
		['orders_90_days', 'Orders in 90 days', 'number'],
		['recency_days', 'Days since the last order', 'number'],
		['preferred_channel', 'Preferred channel', 'text'],
		['rhythm_source', 'Whose rhythm it is', 'text'],
		['region', 'Region', 'text']
	],
	[
		['group:champion', 'Champions'],
		['group:loyal', 'Loyal'],
		['own:g1', 'Big, and loyal'],
		['own:g2', 'champions']
	]
);
const WORDS = vocabularyOf(NAMES);

const count: ActivityCondition = {
	kind: 'activity',
	subject: 'orders',
	among: 'all',
	where: [],
	window: null,
	measure: { kind: 'count' },
	per: null,
	test: { op: 'gt', value: 3 }
};
const last90 = { kind: 'last', length: { count: 90, unit: 'day' } } as const;
const spend: Condition = {
	kind: 'feature',
	feature: 'monetary_total',
	test: { type: 'number', test: { op: 'gt', value: 500 } }
};
const loyal: Condition = { kind: 'segment', segment: 'group:loyal', isIn: true };
const all = (...conditions: Condition[]): Rule => ({ kind: 'group', match: 'all', conditions });
const any = (...conditions: Condition[]): Rule => ({ kind: 'group', match: 'any', conditions });
const none = (...conditions: Condition[]): Rule => ({ kind: 'group', match: 'none', conditions });

const BOUNCED: FieldTest = {
	field: 'action',
	test: { type: 'text', test: { op: 'is', values: ['bounced'] } }
};

/** Every kind, as it reads. */
const SENTENCES: readonly (readonly [string, Rule])[] = [
	['All customers', EVERYONE],
	['No customers', any()],
	[
		'Customers who placed more than 3 orders a month in the last 90 days, whose total spend is more than 500, and who are not in Loyal',
		all({ ...count, per: 'month', window: last90 }, spend, { ...loyal, isIn: false })
	],
	['Customers whose total spend is more than 500 or who are in Loyal', any(spend, loyal)],
	['Customers except those whose total spend is more than 500 or who are in Loyal', none(spend, loyal)],
	[
		'Customers who are in Loyal and (whose total spend is more than 500 or who placed more than 3 orders)',
		all(loyal, any(spend, count))
	],
	['Customers who are in Loyal and not (whose total spend is more than 500)', all(loyal, none(spend))],
	['Customers who are in “Big, and loyal”', all({ ...loyal, segment: 'own:g1' })],
	['Customers who are in “champions (own:g2)”', all({ ...loyal, segment: 'own:g2' })],
	['Customers who are in [own:g7]', all({ ...loyal, segment: 'own:g7' })],
	[
		'Customers whose preferred channel is “web” or “store”',
		all({
			kind: 'feature',
			feature: 'preferred_channel',
			test: { type: 'text', test: { op: 'is', values: ['web', 'store'] } }
		})
	],
	[
		'Customers whose “Whose rhythm it is” is known',
		all({ kind: 'feature', feature: 'rhythm_source', test: { type: 'text', test: { op: 'known' } } })
	],
	[
		'Customers who did not place any orders in the last 90 days',
		all({ ...count, window: last90, test: { op: 'eq', value: 0 } })
	],
	[
		'Customers who placed an order with channel “web” and without any discount since 2024-01-31',
		all({
			...count,
			window: { kind: 'since', day: '2024-01-31' },
			test: { op: 'ge', value: 1 },
			where: [
				{ field: 'channel', test: { type: 'text', test: { op: 'is', values: ['web'] } } },
				{ field: 'is_discounted', test: { type: 'flag', test: { op: 'no' } } }
			]
		})
	],
	[
		'Customers whose first order in the last 90 days was one with any discount',
		all({
			...count,
			among: 'first',
			window: last90,
			test: { op: 'ge', value: 1 },
			where: [{ field: 'is_discounted', test: { type: 'flag', test: { op: 'yes' } } }]
		})
	],
	[
		'Customers whose orders in the last 90 days have a total value of the order of more than 500 a week',
		all({
			...count,
			window: last90,
			measure: { kind: 'sum', field: 'amount' },
			per: 'week',
			test: { op: 'gt', value: 500 }
		})
	],
	[
		'Customers whose products show at least 3 different values of category',
		all({
			...count,
			subject: 'lines',
			measure: { kind: 'distinct', field: 'category' },
			test: { op: 'ge', value: 3 }
		})
	],
	[
		'Customers whose profile says city does not contain “Graz”',
		all({
			kind: 'profile',
			field: 'city',
			test: { type: 'text', test: { op: 'not_contains', value: 'Graz' } }
		})
	],
	[
		'Customers who in the last 90 days viewed a product and then, within 7 days, placed an order but then did not give an answer, all within 30 days',
		all({
			kind: 'sequence',
			ordered: true,
			steps: [
				{
					did: true,
					subject: 'events',
					where: [{ field: 'kind', test: { type: 'text', test: { op: 'is', values: ['view'] } } }],
					which: 'any',
					times: 1,
					within: null
				},
				{
					did: true,
					subject: 'orders',
					where: [],
					which: 'any',
					times: 1,
					within: { count: 7, unit: 'day' }
				},
				{ did: false, subject: 'answers', where: [], which: 'any', times: 1, within: null }
			],
			within: { count: 30, unit: 'day' },
			window: last90
		})
	],
	[
		'Customers who in any order placed their first 2 orders and were sent 3 messages',
		all({
			kind: 'sequence',
			ordered: false,
			steps: [
				{ did: true, subject: 'orders', where: [], which: 'first', times: 2, within: null },
				{ did: true, subject: 'sends', where: [], which: 'any', times: 3, within: null }
			],
			within: null,
			window: null
		})
	],
	[
		'Customers who were sent at least 4 messages',
		all({ ...count, subject: 'sends', test: { op: 'ge', value: 4 } })
	],
	[
		'Customers who had at least 2 messages with action “bounced”',
		all({ ...count, subject: 'sends', where: [BOUNCED], test: { op: 'ge', value: 2 } })
	],
	[
		'Customers who did not have any messages with action “bounced” in the last 90 days',
		all({ ...count, subject: 'sends', where: [BOUNCED], window: last90, test: { op: 'eq', value: 0 } })
	],
	[
		'Customers who were sent a message but then did not have a message with action “bounced”',
		all({
			kind: 'sequence',
			ordered: true,
			steps: [
				{ did: true, subject: 'sends', where: [], which: 'any', times: 1, within: null },
				{ did: false, subject: 'sends', where: [BOUNCED], which: 'any', times: 1, within: null }
			],
			within: null,
			window: null
		})
	],
	[
		'Customers who have a cart at Reminder, Follow-up or Cold with a value more than 50 and a category “Shoes”',
		all({
			kind: 'cart',
			stages: ['reminder', 'follow_up', 'cold'],
			value: { op: 'gt', value: 50 },
			category: { op: 'is', values: ['Shoes'] }
		})
	],
	['Customers who ordered by way of “email”, then “web”', all({ kind: 'journey', path: ['email', 'web'] })],
	['Customers who are active in several channels', all({ kind: 'channels', engagement: 'omni' })]
];

describe('sentenceOf and parseSentence', () => {
	it.each(SENTENCES)('%s', (sentence, rule) => {
		expect(sentenceOf(rule, WORDS)).toBe(sentence);
		expect(parseSentence(sentence, WORDS)).toEqual(rule);
	});

	it.each([
		['who were sent at least 4 messages', 'who had at least 4 messages'],
		['who had a message with action “bounced”', 'who were sent a message with action “bounced”'],
		['who were not sent any messages', 'who did not have any messages']
	])('reads either verb of messages: %s', (written, other) => {
		const rule = parseSentence(`Customers ${other}`, WORDS);
		expect(sentenceOf(rule, WORDS)).toBe(`Customers ${written}`);
	});

	it('reads back every random rule, and writes it the same again', () => {
		fc.assert(
			fc.property(ruleArbitrary(NAMES), (random) => {
				const rule = Rule.parse(random);
				const sentence = sentenceOf(rule, WORDS);
				const read = parseSentence(sentence, WORDS);
				expect(read).toEqual(normalise(rule));
				expect(sentenceOf(read, WORDS)).toBe(sentence);
				expect(sentence).not.toMatch(/[\n\r\u2028\u2029]/);
			}),
			{ seed: 70, numRuns: 1500 }
		);
	});

	it('reads back names that are like the words of a sentence, and like each other', () => {
		// Names made of the words of sentences themselves, which may stand where a sentence would go on just so.
		const grammar = SENTENCES.flatMap(([sentence]) => sentence.toLowerCase().match(/[\p{L}\d-]+/gu) ?? []);
		const label = fc.oneof(
			nastyText,
			fc.constantFrom('Orders', 'orders', 'Orders in', 'Orders (a1)', ...NASTY.filter(Boolean)),
			fc
				.tuple(fc.nat(grammar.length - 1), fc.integer({ min: 1, max: 6 }))
				.map(([from, count]) => grammar.slice(from, from + count).join(' ')),
			fc
				.array(fc.constantFrom(...new Set(grammar)), { minLength: 1, maxLength: 4 })
				.map((parts) => parts.join(' '))
		);
		const vocabularies = fc
			.tuple(
				fc.array(label, { minLength: 3, maxLength: 8 }),
				fc.array(label, { minLength: 2, maxLength: 20 })
			)
			.map(([features, segments]) =>
				namesOf(
					features.map((name, i) => [`a${i}`, name, i % 2 === 0 ? 'number' : 'text'] as const),
					segments.map((name, i) => [`own:g${i}`, name] as const),
					{
						...DEFAULT_CARTS,
						stages: segments.slice(0, 6).map((name, i) => ({ id: `s${i}`, name, afterMinutes: i + 1 }))
					}
				)
			);
		fc.assert(
			fc.property(
				vocabularies.chain((names) => fc.tuple(fc.constant(names), ruleArbitrary(names))),
				([names, rule]) => {
					const vocabulary = vocabularyOf(names);
					const sentence = sentenceOf(rule, vocabulary);
					expect(parseSentence(sentence, vocabulary)).toEqual(normalise(rule));
				}
			),
			{ seed: 71, numRuns: 800 }
		);
	});

	it('does not mind capitals, blanks, quotes and other words for the same', () => {
		const same = (first: string, second: string) =>
			expect(parseSentence(first, WORDS)).toEqual(parseSentence(second, WORDS));
		same('CUSTOMERS  who\nplaced MORE THAN 3 orders.', 'Customers who placed more than 3 orders');
		same('people who placed 3 or more orders per month', 'Customers who placed at least 3 orders a month');
		same('whose Total Spend > £1,000', 'Customers whose total spend is more than 1000');
		same('whose preferred channel is "web"', 'Customers whose preferred channel is “web”');
		same('whose preferred channel is web', 'Customers whose preferred channel is “web”');
		same('whose preferred channel is „web“', 'Customers whose preferred channel is “web”');
		same('who placed an order in the past 1 days', 'Customers who placed at least 1 order in the last day');
		same(
			'who placed an order more than 30 days ago',
			'Customers who placed an order before the last 30 days'
		);
		same(
			'who are in loyal, whose orders >= 2, and who placed an order',
			'Customers who are in Loyal, whose orders is at least 2, and who placed an order'
		);
		same('Customers who placed no orders', 'Customers who did not place any orders');
		same('who placed an order without coupon', 'Customers who placed an order with coupon that is unknown');
		same(
			'not (who are in Loyal and whose orders is 2)',
			'Customers except those (who are in Loyal and whose orders is exactly 2)'
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
		throw new Error(`it was read: ${text}`);
	};

	it('names what it found and what could stand there, the nearest first', () => {
		expect(problem('Customers whose totl spend is more than 5')).toMatchObject({ place: 16, found: 'totl' });
		expect(problem('Customers whose totl spend is more than 5').expected[0]).toBe('total spend');
		expect(problem('Customers who are in Champion').expected[0]).toBe('“Champions (group:champion)”');
		expect(problem('Customers whose total spend is more than')).toMatchObject({
			place: 40,
			found: '',
			expected: ['a number']
		});
		expect(problem('Customers who placed 3 orders in the last 90 dayz')).toMatchObject({
			place: 45,
			found: 'dayz'
		});
		expect(problem('Customers who placed 3 orders in the last 90 dayz').expected[0]).toBe('days');
		expect(problem('Customers who are in Loyal and whose orders is 2 or who are in Loyal')).toMatchObject({
			found: 'or'
		});
		expect(problem('Customers whose region is “Graz').expected).toContain('a quote that is closed');
		expect(problem('Customers who placed an order since 2024-02-31').expected).toEqual([
			'a day such as 2024-01-31'
		]);
		expect(problem('Customers who in this order did not place an order').expected).toContain(
			'a first step that was done'
		);
		expect(problem('').expected).toContain('customers');
		expect(problem(' who ')).toMatchObject({ found: '', expected: expect.arrayContaining(['placed']) as [] });
	});

	it('gives a step a time of its own only where it can be asked', () => {
		const within = 'Customers who in this order placed an order, then within 7 days did not place an order';
		expect(parseSentence(within, WORDS).conditions).toHaveLength(1);
		expect(problem(`${within}, then placed an order`)).toMatchObject({ found: 'placed' });
		expect(problem(`${within}, then placed an order`).expected).not.toContain('placed');
		expect(
			problem('Customers who in any order placed an order, also within 7 days gave an answer')
		).toMatchObject({ found: 'within' });
	});

	it('refuses what a recipe cannot hold', () => {
		const nested = (depth: number): string =>
			depth === 0
				? 'who are in Loyal'
				: `(who are in Loyal ${depth % 2 ? 'or' : 'and'} ${nested(depth - 1)})`;
		expect(problem(`Customers who are in Loyal and ${nested(7)}`).expected).toEqual([
			'at most 6 brackets in brackets'
		]);
		expect(problem('Customers who placed an order in the last 2000 days').expected).toContain(
			'a whole number from 1 to 1000'
		);
	});
});

describe('expectedAt', () => {
	const at = (text: string) => expectedAt(text, text.length, WORDS);

	it('tells what could come next', () => {
		expect(at('')).toContain('customers');
		expect(at('Customers ')).toEqual(expect.arrayContaining(['who', 'whose']));
		expect(at('Customers whose to')).toEqual(['total spend']);
		expect(at('Customers whose total spend ')).toContain('is');
		expect(at('Customers whose total spend is m')).toEqual(['more than']);
		expect(at('Customers whose region is ')).not.toContain('more than');
		expect(at('Customers who are in L')).toEqual(['Loyal']);
		expect(at('Customers who are in Loyal ')).toEqual(expect.arrayContaining(['and', 'or']));
		expect(at('Customers who placed an order with ch')).toEqual(['channel']);
		const inOrder = 'Customers who in this order placed an order, then ';
		expect(at(inOrder)).toEqual(expect.arrayContaining(['within', 'placed', 'did not place']));
		expect(at('Customers who in any order placed an order, also ')).not.toContain('within');
		const after = at(`${inOrder}within 7 days did not place an order, then `);
		expect(after).toEqual(expect.arrayContaining(['within', 'did not place']));
		expect(after).not.toContain('placed');
	});
});

describe('names', () => {
	it('are said of one thing or of several', () => {
		const of = (feature: string): string =>
			sentenceOf(
				all({ kind: 'feature', feature, test: { type: 'number', test: { op: 'ge', value: 2 } } }),
				WORDS
			);
		expect(of('orders_90_days')).toBe('Customers whose orders in 90 days are at least 2');
		expect(of('recency_days')).toBe('Customers whose days since the last order are at least 2');
		expect(of('monetary_total')).toBe('Customers whose total spend is at least 2');
	});
});

describe('phraseOf', () => {
	it('says a condition in few words', () => {
		expect(phraseOf(count, WORDS)).toBe('Placed more than 3 orders');
		expect(phraseOf(spend, WORDS)).toBe('Total spend is more than 500');
		expect(phraseOf({ ...loyal, isIn: false }, WORDS)).toBe('Not in Loyal');
		expect(phraseOf(none(spend, loyal), WORDS)).toBe(
			'Not (whose total spend is more than 500 or who are in Loyal)'
		);
	});
});
