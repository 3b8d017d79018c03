import { describe, expect, it } from 'vitest';
import { DEFAULT_CARTS } from '#lib/pipeline/segment/carts/schema.ts';
import type { RuleGroup } from '#lib/pipeline/segment/rules/schema.ts';
import { vocabularyOf } from '#lib/pipeline/segment/rules/sentence/index.ts';
import { newCount, newMonthly } from '#lib/session/segments/new-conditions.ts';
import { suggestedName } from './draft-name.ts';

const vocabulary = vocabularyOf({ features: new Map(), segments: new Map(), carts: DEFAULT_CARTS });
const named = (match: RuleGroup['match'], ...conditions: RuleGroup['conditions']) =>
	suggestedName({ kind: 'rule', rule: { kind: 'group', match, conditions } }, vocabulary);

describe('the name of a draft', () => {
	it('is what it asks', () => {
		expect(named('all', newMonthly('orders', 3))).toBe('Placed more than 3 orders a month');
		expect(named('any', newCount('orders', null), newCount('sends', null))).toBe(
			'Placed an order or were sent a message'
		);
		expect(named('none', newCount('orders', null))).toBe('Not: placed an order');
		expect(named('all')).toBe('Everyone');
		expect(named('any')).toBe('Nobody');
		expect(suggestedName({ kind: 'sql', sql: 'SELECT 1' }, vocabulary)).toBe('My SQL');
	});

	it('ends with a whole word', () => {
		const name = named('all', newMonthly('orders', 3), newCount('orders'), newCount('events'));
		expect(name.length).toBeLessThanOrEqual(60);
		expect(name).toMatch(/\w…$/);
	});
});
