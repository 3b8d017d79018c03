import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import type { CleanResult, OperationResult } from '#lib/pipeline/clean/schema.ts';
import { isAtWork, ruleWords } from './rule-words.ts';

const format = createFormat('en-GB');

function result(change: Partial<OperationResult> = {}): OperationResult {
	const rule = { id: 'quantity_not_positive', kind: 'rule', on: true, applies: true, sql: '' } as const;
	return { ...rule, matches: 182, setAside: 0, ...change };
}

function words(change: Partial<OperationResult>, reasonCount = change.setAside ?? 0, netted = false) {
	const own = result(change);
	const returns = result({ id: 'net_returns', kind: 'fix', on: netted });
	const clean: Pick<CleanResult, 'reasons' | 'operations'> = {
		reasons: reasonCount > 0 ? [{ reason: own.id, count: reasonCount }] : [],
		operations: [returns, own]
	};
	return ruleWords(own, clean, 7, format);
}

describe('what a rule found', () => {
	it('is set aside by it, in whole or in part', () => {
		expect(words({ setAside: 182 })).toEqual({ text: '182 set aside', hasRows: true });
		expect(words({ setAside: 40 })).toEqual({
			text: '40 of 182 set aside, the rest above',
			hasRows: true
		});
	});

	it('is set aside above when the rule is on and left nothing to it', () => {
		expect(words({})).toEqual({ text: '182 found, all set aside above', hasRows: false });
	});

	it('can have been taken off as a credit note', () => {
		expect(words({}, 0, true).text).toBe('182 found, all set aside above or taken off as credit notes');
		expect(words({ id: 'missing_customer' }, 0, true).text).toBe('182 found, all set aside above');
	});

	it('is only found while the rule is off, by a fix, or when there is nothing', () => {
		expect(words({ on: false }).text).toBe('182 found');
		expect(words({ id: 'trim_ids', kind: 'fix' }).text).toBe('182 found');
		expect(words({ matches: 0 }).text).toBe('0 found');
	});

	it('holds the records that never became rows', () => {
		expect(words({ id: 'unreadable', matches: 0, setAside: 0 }, 3)).toEqual({
			text: '3 set aside',
			hasRows: true
		});
		expect(words({ id: 'unreadable', matches: 5, setAside: 5 }, 8).text).toBe('8 set aside');
	});

	it('takes the repeats that were counted apart, and says nothing before', () => {
		expect(words({ id: 'exact_duplicate', on: false, matches: null }).text).toBe('7 found');
		expect(ruleWords(result({ matches: null }), { reasons: [], operations: [] }, null, format).text).toBe('');
	});
});

describe('a rule is at work', () => {
	it('when it found something, set a record aside, or was not looked for yet', () => {
		expect(isAtWork(result(), [], 0)).toBe(true);
		expect(isAtWork(result({ matches: 0 }), [], 0)).toBe(false);
		expect(isAtWork(result({ matches: 0, id: 'unreadable' }), [{ reason: 'unreadable', count: 3 }], 0)).toBe(
			true
		);
		expect(isAtWork(result({ matches: null }), [], null)).toBe(true);
		expect(isAtWork(result({ matches: null }), [], 0)).toBe(false);
	});

	it('never when the files lack what it needs', () => {
		expect(isAtWork(result({ applies: false, matches: null }), [], null)).toBe(false);
	});
});
