import { describe, expect, it } from 'vitest';
import { DEFAULT_CARTS } from '#lib/pipeline/segment/carts/schema.ts';
import type { RuleGroup } from '#lib/pipeline/segment/rules/schema.ts';
import { phraseOf, vocabularyOf } from '#lib/pipeline/segment/rules/sentence/index.ts';
import { newCount, newMeasure, newMonthly, newSequence } from '#lib/session/segments/new-conditions.ts';
import { suggestedName } from './draft-name.ts';

const vocabulary = vocabularyOf({ features: new Map(), segments: new Map(), carts: DEFAULT_CARTS });
const named = (match: RuleGroup['match'], ...conditions: RuleGroup['conditions']) =>
	suggestedName({ kind: 'rule', rule: { kind: 'group', match, conditions } }, vocabulary);

describe('the name of a draft', () => {
	it('is what it asks', () => {
		expect(named('all', newMonthly('orders', 3))).toBe('Placed several orders a month');
		expect(named('any', newCount('orders', null), newCount('sends', null))).toBe(
			'Placed an order or were sent a message'
		);
		expect(named('none', newCount('orders', null))).toBe('Not: placed an order');
		expect(named('all')).toBe('Everyone');
		expect(named('any')).toBe('Nobody');
		expect(suggestedName({ kind: 'sql', sql: 'SELECT 1' }, vocabulary)).toBe('My SQL');
	});

	it('has no figures, which would be wrong after a change', () => {
		expect(named('all', newCount('orders'))).toBe('Placed an order lately');
		expect(named('none', { ...newCount('orders'), test: { op: 'lt', value: 3 } })).toBe(
			'Not: placed few orders lately'
		);
		expect(named('all', newMeasure('orders', 'sum', { id: 'amount', unit: 'money' }))).not.toMatch(/\d/);
		expect(named('all', newSequence('orders', 'orders'))).not.toMatch(/\d/);
	});

	it('is short, of whole conditions or at least whole words', () => {
		expect(named('all', newMonthly('orders', 3), newCount('orders'), newCount('events'))).toBe(
			'Placed several orders a month'
		);
		for (const condition of [
			newSequence('orders', 'events'),
			newMeasure('orders', 'distinct', { id: 'payment_method', unit: 'text' })
		]) {
			const name = named('all', condition);
			expect(name.length).toBeLessThanOrEqual(40);
			expect(phraseOf(condition, vocabulary).split(/[ ,]+/)).toEqual(
				expect.arrayContaining(name.split(/[ ,]+/).slice(0, 3))
			);
			expect(name).toMatch(/\w$/);
		}
	});
});
