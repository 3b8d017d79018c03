import { describe, expect, it } from 'vitest';
import {
	EVERYONE,
	Rule,
	type Condition,
	type RuleGroup,
	type TextTest
} from '#lib/pipeline/segment/rules/schema.ts';
import {
	askedRule,
	shownCondition,
	stepsOfPath,
	textsOf,
	typedOf,
	unfinishedByPath,
	withPath,
	withTextOp,
	withTexts
} from './draft-texts.ts';
import { newCount } from './new-conditions.ts';

const COUNTED = newCount('orders');
const KNOWN: TextTest = { op: 'known' };
const EMPTY = withTextOp(KNOWN, 'is');

function about(test: TextTest): Exclude<Condition, RuleGroup> {
	return { ...COUNTED, where: [{ field: 'channel', test: { type: 'text', test } }] };
}

function ruleOf(match: RuleGroup['match'], ...conditions: Condition[]): RuleGroup {
	return { kind: 'group', match, conditions };
}

describe('an operator that needs a text', () => {
	it('takes none by itself', () => {
		expect(EMPTY).toEqual({ op: 'is', values: [] });
		expect(withTextOp(KNOWN, 'contains')).toEqual({ op: 'contains', value: '' });
	});

	it('loses no text, whichever is chosen in between', () => {
		const two: TextTest = { op: 'is', values: ['UK', 'DE'] };
		for (const op of ['known', 'contains', 'is_not', 'unknown'] as const) {
			expect(textsOf(withTextOp(withTextOp(two, op), 'is'))).toEqual(['UK', 'DE']);
		}
		const through = (['contains', 'known', 'starts_with', 'is'] as const).reduce<TextTest>(withTextOp, two);
		expect(through).toEqual(two);
		expect(withTextOp(withTexts(withTextOp(two, 'contains'), ['FR'], ''), 'is')).toEqual({
			op: 'is',
			values: ['FR']
		});
	});

	it('keeps what is half typed', () => {
		const typed = withTexts(EMPTY, [], 'Ger');
		expect(typedOf(typed)).toBe('Ger');
		expect(typedOf(withTextOp(withTextOp(typed, 'known'), 'is_not'))).toBe('Ger');
		expect(withTextOp(typed, 'contains')).toEqual({ op: 'contains', value: 'Ger' });
		expect(withTexts(typed, ['Germany'], '')).toEqual({ op: 'is', values: ['Germany'] });
	});
});

describe('a condition without its text', () => {
	it('is not asked, and says so', () => {
		const rule = ruleOf('all', COUNTED, about(EMPTY));
		expect(askedRule(rule)).toEqual(ruleOf('all', COUNTED));
		expect([...unfinishedByPath(rule).keys()]).toEqual(['1']);
		expect(unfinishedByPath(rule).get('1')).toMatchObject({ isLeftOut: true });
	});

	it('takes brackets with it that hold nothing else', () => {
		expect(askedRule(ruleOf('all', COUNTED, ruleOf('any', about(EMPTY))))).toEqual(ruleOf('all', COUNTED));
		expect(askedRule(ruleOf('none', about(EMPTY)))).toEqual(EVERYONE);
		const empty = ruleOf('all', COUNTED, ruleOf('any'));
		expect(askedRule(empty)).toBe(empty);
	});

	it('is one of spaces as well, in every kind of condition', () => {
		const text = { type: 'text', test: { op: 'contains', value: ' ' } } as const;
		const conditions: Condition[] = [
			{ kind: 'feature', feature: 'city', test: text },
			{ kind: 'profile', field: 'city', test: text },
			{ ...COUNTED, where: [{ field: 'channel', test: text }] },
			{ kind: 'cart', stages: ['paid'], value: null, category: text.test },
			{ kind: 'journey', path: ['email', ''] },
			{
				kind: 'sequence',
				ordered: true,
				steps: [
					{
						did: true,
						subject: 'orders',
						where: [{ field: 'channel', test: text }],
						which: 'any',
						times: 1,
						within: null
					}
				],
				within: null,
				window: null
			}
		];
		const rule = ruleOf('all', ...conditions);
		expect(unfinishedByPath(rule).size).toBe(conditions.length);
		expect(askedRule(rule)).toEqual(EVERYONE);
	});

	it('shows dots in its place', () => {
		expect(shownCondition(about(EMPTY))).toEqual(about({ op: 'is', values: ['…'] }));
		expect(shownCondition({ kind: 'journey', path: ['email', ''] })).toEqual({
			kind: 'journey',
			path: ['email', '…']
		});
		expect(shownCondition(COUNTED)).toBe(COUNTED);
	});
});

describe('what is half typed', () => {
	it('holds the values that are there, and is told', () => {
		const rule = ruleOf('all', about(withTexts({ op: 'is', values: ['web'] }, ['web'], 'sto')));
		expect(askedRule(rule)).toEqual(ruleOf('all', about({ op: 'is', values: ['web'] })));
		expect(unfinishedByPath(rule).get('0')).toMatchObject({ isLeftOut: false });
		expect(unfinishedByPath(rule).get('0')?.words).toContain('“sto”');
	});

	it('never leaves the draft', () => {
		const tests = [
			withTextOp({ op: 'is', values: ['a', 'b'] }, 'contains'),
			withTextOp({ op: 'is', values: ['a'] }, 'known')
		];
		const asked = askedRule(ruleOf('all', ...tests.map(about), withPath([{ channel: 'email', typed: 'e' }])));
		expect(asked).toEqual(Rule.parse(asked));
	});

	it('stays with its channel of a path', () => {
		const steps = [
			{ channel: 'email', typed: '' },
			{ channel: '', typed: 'pai' }
		];
		const condition = withPath(steps);
		expect(stepsOfPath(condition)).toEqual(steps);
		expect(unfinishedByPath(ruleOf('all', condition)).get('0')?.words).toContain('“pai”');
	});

	it('changes nothing where there is none of it', () => {
		const rule = ruleOf('any', COUNTED, ruleOf('all', about({ op: 'is', values: ['web'] })));
		expect(askedRule(rule)).toBe(rule);
		expect(unfinishedByPath(rule).size).toBe(0);
	});
});
