import { describe, expect, it } from 'vitest';
import {
	addSources,
	cutLinks,
	restoreLinks,
	setIdentity,
	setIdSystem,
	setNotes,
	setOperation,
	setSeries,
	trustKey,
	type Edit
} from '#lib/recipe/edits.ts';
import {
	addRepairs,
	changeRepair,
	keepApart,
	mergePeople,
	moveRepair,
	removeRepair,
	saveQuery
} from '#lib/recipe/clean-edits.ts';
import { DEFAULT_IDENTITY } from '#lib/pipeline/clean/schema.ts';
import { emptyRecipe, type Recipe } from '#lib/recipe/recipe.ts';
import { makeSource } from '../../../tests/support/raw-tables.ts';
import { describeChange } from './describe-change.ts';

const MAPPING = { customer: 'who', email: 'mail' } as const;
const start = addSources(
	['s1', 's2'].map((id) => makeSource([`who`, `mail`, id], MAPPING, { id })),
	'Shop'
)(emptyRecipe('New'));

/** What the history says of an edit. */
function wordsOf(edit: Edit, before: Recipe = start): string {
	return describeChange(before, edit(before));
}

describe('describeChange', () => {
	it('names the step of the clean-up that was added, changed, switched, moved or taken out', () => {
		const trim = {
			operation: 'trim_case',
			on: true,
			series: 's1',
			columns: ['who'],
			params: { case: 'as_written', singleBlanks: true }
		};
		const one = addRepairs([trim])(start);
		const two = addRepairs([{ ...trim, columns: ['mail'] }])(one);
		expect(wordsOf(addRepairs([trim]))).toBe('Step: Trim “who”');
		expect(wordsOf(addRepairs([trim, trim]))).toBe('Added 2 steps');
		expect(wordsOf(changeRepair('r1', { on: false }), one)).toBe('Switched off: Trim “who”');
		expect(wordsOf(changeRepair('r1', { columns: ['mail'] }), one)).toBe('Changed: Trim “mail”');
		expect(wordsOf(moveRepair('r1', 1), two)).toBe('Moved a step');
		expect(wordsOf(removeRepair('r2'), two)).toBe('Took out: Trim “mail”');
	});

	it('counts people who were merged or told apart, and names saved queries', () => {
		const pairs = [{ a: 'a1', b: 'b2' }];
		expect(wordsOf(mergePeople(pairs))).toBe('Merged: 1 pair of people');
		expect(wordsOf(keepApart(pairs))).toBe('Kept apart: 1 pair of people');
		const query = {
			name: 'big',
			title: 'Big spenders',
			sql: 'SELECT 1',
			use: 'table',
			missing: 'none'
		} as const;
		expect(wordsOf(saveQuery(query))).toBe('Saved the query “Big spenders”');
	});

	it('counts links that are cut and joined again, and names none', () => {
		expect(wordsOf(cutLinks(['a1']))).toBe('Cut: 1 link');
		expect(wordsOf(cutLinks(['a1', 'b2']))).toBe('Cut: 2 links');
		expect(wordsOf(restoreLinks(['a1']), cutLinks(['a1', 'b2'])(start))).toBe('Joined again: 1 link');
		expect(wordsOf(trustKey('c3', true))).toBe('Used anyway: 1 shared key');
		expect(wordsOf(trustKey('c3', false), trustKey('c3', true)(start))).toBe('No longer used: 1 shared key');
	});

	it('says how people are joined from now on', () => {
		const { keys, mostPerKey } = DEFAULT_IDENTITY;
		expect(wordsOf(setIdentity({ keys: { ...keys, phone: false } }))).toBe('Do not join people by phone');
		expect(wordsOf(setIdentity({ keys: { ...keys, name_postcode: true } }))).toBe(
			'Join people by name with postcode'
		);
		expect(wordsOf(setIdentity({ phoneCountry: 'AT' }))).toBe('Phone numbers without a country: AT');
		expect(wordsOf(setIdentity({ phoneCountry: null }), setIdentity({ phoneCountry: 'AT' })(start))).toBe(
			'Phone numbers without a country: as written'
		);
		expect(wordsOf(setIdentity({ mostPerKey: { ...mostPerKey, card: 9 } }))).toBe(
			'At most 9 accounts per card'
		);
		expect(wordsOf(setIdentity({ mostPerPerson: 20 }))).toBe('At most 20 accounts per person');
		expect(wordsOf(setIdentity({ survivor: 'source_order' }))).toBe(
			'Of several values, keep those of the most trusted source'
		);
		expect(wordsOf(setIdentity({ sourceOrder: ['s2', 's1'] }))).toBe('Changed which source is trusted most');
	});

	it('says what a source belongs to and that it has new notes', () => {
		expect(wordsOf(setIdSystem('s2', 'shopify'))).toBe('s2.csv: customer ids of shopify');
		expect(wordsOf(setIdSystem('s2', 'own'), setIdSystem('s2', 'shopify')(start))).toBe(
			's2.csv: your own customer ids'
		);
		const joined = setSeries('s2', 's1')(start);
		expect(describeChange(start, joined)).toBe('s2.csv: a newer export of a list');
		expect(wordsOf(setSeries('s2', null), joined)).toBe('s2.csv: a list of its own');
		expect(wordsOf(setNotes('s1', { purpose: 'Newsletter' }))).toBe('Notes on s1.csv');
	});

	it('still says what else changed', () => {
		expect(wordsOf(setOperation('exact_duplicate', true))).toBe('Switched on: exact duplicate');
		expect(wordsOf((recipe) => ({ ...recipe, name: 'Another' }))).toBe('Session named “Another”');
	});
});
