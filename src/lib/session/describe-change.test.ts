import { describe, expect, it } from 'vitest';
import {
	addSources,
	cutLinks,
	keepScale,
	releaseScale,
	setClustering,
	restoreLinks,
	setIdentity,
	setIdSystem,
	setNotes,
	setOperation,
	setRfm,
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
import { TEN_GROUPS } from '#lib/pipeline/segment/rfm/ten-groups.ts';
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
	it('names the scheme of the RFM scores, their lines and their groups', () => {
		expect(wordsOf(setRfm({ scheme: 'ntile' }))).toBe('RFM: Fifths of equal size, ties split');
		const lines = { recencyDays: [1, 2, 3, 4], frequency: [1, 2, 3, 4], monetaryTotal: null };
		const fixed = setRfm({ scheme: 'fixed', cutPoints: lines })(start);
		expect(wordsOf(setRfm({ cutPoints: { ...lines, frequency: [1, 1, 2, 4] } }), fixed)).toBe(
			'Moved the lines between RFM scores'
		);
		expect(wordsOf(setRfm({ cutPoints: null }), fixed)).toBe('Put the lines of RFM scores back');
		const [first, ...rest] = TEN_GROUPS as [(typeof TEN_GROUPS)[0], ...typeof TEN_GROUPS];
		const own = setRfm({ groups: [first, ...rest] })(start);
		expect(wordsOf(setRfm({ groups: [{ ...first, name: 'Lost' }, ...rest] }), own)).toBe(
			'Renamed an RFM group to “Lost”'
		);
		expect(wordsOf(setRfm({ groups: [...TEN_GROUPS] }))).toBe('Changed the RFM groups');
		expect(wordsOf(setRfm({ groups: null }), own)).toBe('Took back the RFM groups of the scheme');
	});

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

	it('says how customers are compared, and whether a scale is kept', () => {
		const scaler = { scaling: 'robust' as const, centers: [1], scales: [2], lambdas: null };
		const kept = keepScale(scaler, ['frequency'])(start);
		expect(wordsOf(setClustering({ scaling: 'min-max' }))).toBe('Scale: From 0 to 1 (min-max)');
		expect(wordsOf(setClustering({ componentShare: 0.9 }))).toBe('Compared on components that hold 90%');
		expect(wordsOf(keepScale(scaler, ['frequency']))).toBe('Kept the scale for later imports');
		expect(wordsOf(releaseScale(), kept)).toBe('Let the kept scale go');
		expect(wordsOf(setClustering({ features: ['tenure_days'] }), kept)).toBe('Changed what is compared');
		const compared = setClustering({ componentShare: 0.8 })(start);
		expect(wordsOf(setClustering({ componentShare: null }), compared)).toBe(
			'Compared on the features themselves'
		);
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
