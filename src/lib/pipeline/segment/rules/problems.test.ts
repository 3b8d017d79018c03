import { beforeAll, describe, expect, it } from 'vitest';
import { FIVE_ORDERS, FIVE_PEOPLE } from '../../../../../tests/support/behaviour-files.ts';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { factsOfFiles } from '../../../../../tests/support/rule-facts.ts';
import { makeWorld } from '../../../../../tests/support/rule-world.ts';
import { scopeOfToday } from '../own/scope.ts';
import { problemOf } from '../own/step.ts';
import { conditionSql, membersSql, problemsOf } from './compile.ts';
import { numberPasses } from './number-test.ts';
import type { ActivityCondition, Condition, ProfileCondition, Rule, Test } from './schema.ts';
import type { RuleScope } from './scope.ts';

const ORDERS: ActivityCondition = {
	kind: 'activity',
	subject: 'orders',
	among: 'all',
	where: [],
	window: null,
	measure: { kind: 'count' },
	per: null,
	test: { op: 'ge', value: 1 }
};

function text(...values: string[]): Test {
	return { type: 'text', test: { op: 'is', values } };
}

function profile(field: string, test: Test): ProfileCondition {
	return { kind: 'profile', field, test };
}

const EVENTS: ActivityCondition = { ...ORDERS, subject: 'events' };

describe('problems of rules', () => {
	const { scope } = makeWorld(7);
	it.each<readonly [Condition, string[]]>([
		[ORDERS, []],
		[{ ...ORDERS, where: [{ field: 'colour', test: text('red') }] }, ['There is no field colour of orders.']],
		[
			{ ...ORDERS, where: [{ field: 'amount', test: text('red') }] },
			['The value of the order of orders is not a text.']
		],
		[{ ...ORDERS, measure: { kind: 'sum', field: 'channel' } }, ['The channel of orders is not a number.']],
		[{ ...ORDERS, measure: { kind: 'distinct', field: 'channel' } }, []],
		[{ ...ORDERS, measure: { kind: 'max', field: 'size' } }, ['There is no field size of orders.']],
		[{ ...EVENTS, where: [{ field: 'kind', test: text(' Cart') }] }, []],
		[
			{ ...EVENTS, where: [{ field: 'kind', test: text('carts') }] },
			[expect.stringMatching(/^There is no kind carts; there are message, .*, other\.$/) as unknown as string]
		],
		[profile('country', text('Norway')), []],
		[profile('gender', text('f')), ['There is no field gender of customers files.']],
		[profile('created_at', text('May')), ['The day added of customers files is not a text.']]
	])('%j', (condition, expected) => {
		expect(problemsOf(condition, scope)).toEqual(expected);
		if (expected.length > 0) expect(conditionSql(condition, scope).text).toBe('false');
	});
});

describe('numberPasses', () => {
	it('lets what has no value pass where a test is negative, and nowhere else', () => {
		const ops = ['eq', 'ne', 'lt', 'le', 'gt', 'ge'] as const;
		expect(ops.filter((op) => numberPasses(null, { op, value: 0 }))).toEqual(['ne']);
		expect(numberPasses(null, { op: 'unknown' })).toBe(true);
		expect(numberPasses(null, { op: 'known' })).toBe(false);
		expect(numberPasses(null, { op: 'between', from: -1, to: 1 })).toBe(false);
		expect(numberPasses(1, { op: 'between', from: -1, to: 1 })).toBe(true);
		expect(ops.filter((op) => numberPasses(1, { op, value: 1 }))).toEqual(['eq', 'le', 'ge']);
	});
});

describeEngines('rules of files', (engine) => {
	const { signal } = new AbortController();

	function ruleOf(condition: Condition): Rule {
		return { kind: 'group', match: 'all', conditions: [condition] };
	}

	describe('with everything', () => {
		let scope: RuleScope;
		beforeAll(async () => {
			scope = scopeOfToday(await factsOfFiles(engine(), FIVE_PEOPLE));
		});

		it.each<readonly [string, Condition, string]>([
			['twice in the last 30 days', { ...EVENTS, window: last(30), test: { op: 'ge', value: 2 } }, 'ab'],
			['a cart', { ...EVENTS, where: [{ field: 'kind', test: text('cart') }] }, 'a'],
			['no messages', { ...ORDERS, subject: 'sends', test: { op: 'eq', value: 0 } }, 'e'],
			['a first answer of 9', { ...answerOf('first'), window: null }, 'a'],
			['a known answer without a day', answerOf('last', 10), 'b'],
			[
				'no e-mail',
				profile('email_consent', { type: 'text', test: { op: 'is_not', values: ['subscribed'] } }),
				'abcde'
			],
			['no e-mail any more', profile('email_consent', text('Unsubscribed')), 'a'],
			['in Paris', profile('region', text('PARIS ')), ''],
			['in Tyrol', profile('region', text('tyrol')), 'a']
		])('%s', async (_, condition, expected) => {
			const rule = ruleOf(condition);
			expect(await problemOf(engine(), rule, scope, signal)).toBeNull();
			const rows = await engine().rows<{ customerId: string }>(membersSql(rule, scope));
			expect(rows.map(({ customerId }) => customerId).join('')).toBe(expected);
		});

		it('end when they are cancelled', async () => {
			const controller = new AbortController();
			controller.abort();
			await expect(engine().rows(membersSql(ruleOf(EVENTS), scope), controller.signal)).rejects.toMatchObject(
				{ name: 'AbortError' }
			);
		});
	});

	it('without events and entries say what is missing', async () => {
		const scope = scopeOfToday(await factsOfFiles(engine(), FIVE_ORDERS));
		expect(await problemOf(engine(), ruleOf(EVENTS), scope, signal)).toBe(
			'It needs a file of events, such as visits and carts.'
		);
		const coupon = { ...ORDERS, where: [{ field: 'coupon', test: text('a') }] };
		expect(await problemOf(engine(), ruleOf(coupon), scope, signal)).toBe(
			'It needs a column of coupons in an orders file.'
		);
		expect(await problemOf(engine(), ruleOf(profile('city', text('a'))), scope, signal)).toBe(
			'It needs a column of cities in a customers file.'
		);
	});
});

function last(count: number): ActivityCondition['window'] {
	return { kind: 'last', length: { count, unit: 'day' } };
}

function answerOf(among: 'first' | 'last', score = 9): ActivityCondition {
	const test: Test = { type: 'number', test: { op: 'eq', value: score } };
	return { ...ORDERS, subject: 'answers', among, where: [{ field: 'score', test }] };
}
