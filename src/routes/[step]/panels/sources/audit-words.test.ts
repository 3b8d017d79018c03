import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import type { ListAudit, ListEffect, SourcesAudit } from '#lib/pipeline/clean/audit/sources.ts';
import { NO_NOTES } from '#lib/pipeline/import/schema.ts';
import type { Freshness } from '#lib/session/freshness.ts';
import { makeSource } from '../../../../../tests/support/raw-tables.ts';
import {
	ageWords,
	freshnessChip,
	keyName,
	listName,
	lossWords,
	notesWords,
	parseAge,
	sourcesFinding
} from './audit-words.ts';
import { sortLists } from './source-order.ts';

const format = createFormat('en-GB', 'GBP');
const source = makeSource(['who'], {});

function fresh(ageDays: number | null, maxAgeDays: number | null = null): Freshness {
	const isStale = ageDays !== null && maxAgeDays !== null && ageDays > maxAgeDays;
	const limited = maxAgeDays === null ? 'unlimited' : isStale ? 'stale' : 'fresh';
	const state = ageDays === null ? 'undated' : ageDays < 0 ? 'ahead' : limited;
	return { state, newest: '2024-01-01', ageDays, maxAgeDays };
}

const EFFECT: ListEffect = {
	people: 60,
	onlyHere: 12,
	buyers: 50,
	buyersOnlyHere: 9,
	orders: 200,
	revenue: 4000
};

function audit(id: string, effect: ListEffect | null, more: Partial<ListAudit> = {}): ListAudit {
	const rows = { rowsRead: 1, rowsLoaded: 1, rowsSetAside: 0 };
	const list = { id, kind: 'orders' as const, sources: [{ ...source, id }] as const };
	return { list, ...rows, oldest: null, newest: null, fields: [], keys: [], effect, ...more };
}

function audits(lists: ListAudit[], people: number, everywhere: number): SourcesAudit {
	return { lists, people, everywhere };
}

describe('ageWords', () => {
	it('says days, months or years, as people do', () => {
		expect([0, 1, 45, 60, 61, 610, 740, 1278].map((days) => ageWords(days, format))).toEqual([
			'0 days',
			'1 day',
			'45 days',
			'60 days',
			'2 months',
			'20 months',
			'24 months',
			'3.5 years'
		]);
	});
});

describe('sourcesFinding', () => {
	it('leads with how many, how old, and who is in all of them', () => {
		const lists = ['s1', 's2', 's3', 's4'].map((id) => audit(id, EFFECT));
		const ages = [fresh(610), fresh(12), fresh(1), fresh(40)];
		const found = sourcesFinding(ages, audits(lists, 60, 42), format);
		expect(found.title).toBe('Four sources, the oldest 20 months old. 42 of 60 people are in all of them.');
		expect(found.sub).toMatch(/^Say how old each may be/);
		expect(sourcesFinding(ages, null, format).title).toBe('Four sources, the oldest 20 months old.');
	});

	it('speaks of one source, of two, and of those that name nobody', () => {
		const one = audits([audit('s1', EFFECT)], 3317, 3317);
		expect(sourcesFinding([fresh(0)], one, format).title).toBe(
			'One source, of today. It knows 3,317 people.'
		);
		expect(sourcesFinding([fresh(null)], null, format).title).toBe('One source.');
		const two = audits([audit('s1', EFFECT), audit('s2', EFFECT)], 60, 0);
		expect(sourcesFinding([fresh(3), fresh(1)], two, format).title).toBe(
			'Two sources, the oldest 3 days old. None of 60 people is in both.'
		);
		const three = audits([audit('s1', EFFECT), audit('s2', EFFECT), audit('s3', null)], 60, 7);
		expect(sourcesFinding([fresh(3), fresh(1), fresh(1)], three, format).title).toMatch(
			/7 of 60 people are in all two that name people\.$/
		);
	});

	it('says how many are older than they may be', () => {
		expect(sourcesFinding([fresh(50, 30), fresh(2, 30)], null, format).sub).toMatch(
			/^One is older than you allow/
		);
		expect(sourcesFinding([fresh(5, 30), fresh(2)], null, format).sub).toBe('None is older than you allow.');
	});
});

describe('lossWords', () => {
	it('names orders, money, customers, people and facts', () => {
		const fields = [
			{ role: 'email_consent' as const, column: 'Consent', filledShare: 1, isOnlyHere: true },
			{ role: 'email' as const, column: 'Mail', filledShare: 1, isOnlyHere: false }
		];
		expect(lossWords(audit('s1', EFFECT, { fields }), false, format)).toBe(
			'Without it you would lose 200 orders of £4,000, 9 customers who buy nowhere else and 12 people who are in no other source. Only it knows of people: email consent.'
		);
	});

	it('speaks of one as of one, and keeps abbreviations', () => {
		const one = { ...EFFECT, orders: 1, revenue: null, buyersOnlyHere: 1, onlyHere: 1 };
		const fields = [{ role: 'sms_consent' as const, column: 'SMS', filledShare: 1, isOnlyHere: true }];
		expect(lossWords(audit('s1', one, { fields }), false, format)).toBe(
			'Without it you would lose 1 order, 1 customer who buys nowhere else and 1 person who is in no other source. Only it knows of people: SMS consent.'
		);
	});

	it('is plain about what nothing hangs on, or everything', () => {
		const nothing = { people: 60, onlyHere: 0, buyers: 0, buyersOnlyHere: 0, orders: 0, revenue: null };
		expect(lossWords(audit('s1', nothing), false, format)).toBe('Without it nobody would be lost.');
		expect(lossWords(audit('s1', null), false, format)).toMatch(/^It names nobody/);
		expect(lossWords(audit('s1', EFFECT), true, format)).toMatch(/^It is the only source/);
	});
});

it('shows freshness as a chip', () => {
	expect(freshnessChip(fresh(610, 45), format)).toEqual({
		kind: 'care',
		text: '20 months old, limit 45 days'
	});
	expect(freshnessChip(fresh(12, 45), format)).toEqual({ kind: 'trust', text: '12 days old' });
	expect(freshnessChip(fresh(0), format)).toEqual({ kind: 'neutral', text: 'Of today' });
	expect(freshnessChip(fresh(-3), format)).toEqual({ kind: 'care', text: 'Dated 3 days ahead' });
	expect(freshnessChip(fresh(null), format)).toEqual({ kind: 'neutral', text: 'No dates' });
});

it('names keys, lists and notes', () => {
	expect(keyName({ kind: 'id', system: 'shopify' })).toBe('Customer id of shopify');
	expect(keyName({ kind: 'id', system: 'own' })).toBe('Your own customer id');
	expect(keyName({ kind: 'card', system: null })).toBe('Loyalty card');
	expect(listName({ id: 's1', kind: 'orders', sources: [source, source] })).toBe('s1.csv and 1 more');
	expect(notesWords(NO_NOTES, format)).toBe('nothing noted yet');
	expect(
		notesWords({ origin: 'the till', purpose: 'newsletters', lawfulBasis: 'consent', maxAgeDays: 45 }, format)
	).toBe('from the till, for newsletters, consent (a), at most 45 days old');
});

it('takes whole days from 1 to 3650, or none', () => {
	expect(['', ' ', '45', '0', '1.5', 'x', '3651'].map(parseAge)).toEqual([
		null,
		null,
		45,
		undefined,
		undefined,
		undefined,
		undefined
	]);
});

it('sorts lists by age or people, and keeps the order of ties', () => {
	const lists = ['s1', 's2', 's3'].map((id) =>
		audit(id, id === 's3' ? null : { ...EFFECT, people: id === 's2' ? 90 : 60 })
	);
	const all = lists.map(({ list }) => list);
	const ages = new Map([
		['s1', fresh(3)],
		['s2', fresh(null)],
		['s3', fresh(9)]
	]);
	const idsOf = (order: 'added' | 'age' | 'people') =>
		sortLists(all, order, ages, audits(lists, 90, 0)).map(({ id }) => id);
	expect(idsOf('added')).toEqual(['s1', 's2', 's3']);
	expect(idsOf('age')).toEqual(['s3', 's1', 's2']);
	expect(idsOf('people')).toEqual(['s2', 's1', 's3']);
});
