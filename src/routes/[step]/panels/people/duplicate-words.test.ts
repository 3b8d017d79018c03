import { describe, expect, test } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import type { PairDetail } from '#lib/pipeline/clean/duplicates/pairs.ts';
import {
	decisionsTitle,
	differingParts,
	duplicatesTitle,
	levelWords,
	mergeAllWords,
	probabilityWords,
	reasonsOf,
	recordWords,
	shareWords,
	skippedWords,
	weightWords
} from './duplicate-words.ts';

const format = createFormat('en', null);

describe('titles', () => {
	test('say how many pairs in how many groups, and at which probability', () => {
		expect(duplicatesTitle(1, 1, 0.8, format)).toBe('1 pair in 1 group may be one person, at 80 % or more');
		expect(duplicatesTitle(1200, 1000, 0.999, format)).toBe(
			'1,200 pairs in 1,000 groups may be one person, at 99.9 % or more'
		);
		expect(duplicatesTitle(0, 0, 0.8, format)).toBe('No pair is left that is 80 % probable or more');
	});

	test('say what was decided', () => {
		expect(decisionsTitle(1, 0, format)).toBe('1 pair is merged by you');
		expect(decisionsTitle(0, 2, format)).toBe('2 pairs are kept apart by you');
		expect(decisionsTitle(3, 1, format)).toBe('3 pairs are merged by you, 1 is kept apart');
	});

	test('say what a merge of all does', () => {
		expect(mergeAllWords(1, 1, 0, format)).toBe(
			'1 pair is merged, and there is 1 person fewer. Undo takes all of it back.'
		);
		expect(mergeAllWords(12, 10, 1, format)).toContain(
			'there are 10 people fewer. 1 group stays for you to look at'
		);
	});
});

test('a probability is rounded down, and never certain', () => {
	expect([0.5, 0.8, 0.996, 0.999, 0.99949, 0.99999].map(probabilityWords)).toEqual([
		...['50 %', '80 %', '99.6 %', '99.9 %', '99.94 %', 'over 99.99 %']
	]);
});

test('weights and shares are short', () => {
	expect([7.64, -3.11, 0.01].map(weightWords)).toEqual(['+7.6', '−3.1', '0.0']);
	expect([0.854, 0.0012, 0.000001].map((share) => shareWords(share, format))).toEqual([
		...['85 %', '0.12 %', '1 in 1,000,000']
	]);
});

test('what differs is told from what two texts have in common', () => {
	expect(differingParts('Jeremiah', 'Jeremia')).toEqual([
		{ text: 'Jeremia', isDifferent: false },
		{ text: 'h', isDifferent: true }
	]);
	expect(differingParts('1980-03-01', '1980-04-01')).toEqual([
		{ text: '1980-0', isDifferent: false },
		{ text: '3', isDifferent: true },
		{ text: '-01', isDifferent: false }
	]);
	expect(differingParts('ANNA', 'anna')).toEqual([{ text: 'ANNA', isDifferent: false }]);
	expect(differingParts('anna', '')).toEqual([{ text: 'anna', isDifferent: false }]);
	expect(differingParts('', 'anna')).toEqual([]);
});

test('the bars of a pair follow one another, from the start to the sum', () => {
	const record = { customerId: '1', account: 'id:own:1', fields: {} };
	const detail: PairDetail = {
		...{ pair: 1, probability: 0.9, weight: 4, rule: 'names', records: [record, record] },
		findings: [
			{ field: 'first_name', level: 'exact', weight: 10 },
			{ field: 'phone', level: null, weight: 0 },
			{ field: 'birth_date', level: 'different', weight: -1 }
		],
		householdWeight: -5
	};
	const reasons = reasonsOf(detail, 0);
	expect(reasons.map(({ label, weight }) => [label, weight])).toEqual([
		...[
			['Any two people', 0],
			['First name', 10],
			['Date of birth', -1],
			['Household', -5]
		]
	]);
	expect(reasons.map(({ from, to }) => [from, to])).toEqual([
		...[
			[0, 0],
			[0, 1],
			[1, 0.9],
			[0.9, 0.4]
		]
	]);
});

test('levels, people and what was skipped are in plain words', () => {
	expect(levelWords('email', 'mailbox')).toBe('the same before the @');
	expect(levelWords('email', null)).toBe('nothing to compare');
	expect(recordWords({ customerId: '7', account: 'id:own:7', fields: {} })).toBe('7');
	expect(
		recordWords({ customerId: '7', account: 'id:own:7', fields: { first_name: 'Anna', city: 'Wien' } })
	).toBe('Anna, Wien');
	const skipped = { rule: 'city_last', blocks: 2, people: 5000, from: 2000, examples: ['wien|gruber'] };
	expect(skippedWords(skipped, format)).toBe(
		'5,000 people were not compared by the same city and last name, where 2,000 or more share one: “wien gruber”.'
	);
});
