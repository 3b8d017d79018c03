import { expect, it } from 'vitest';
import { EVERYONE } from '#lib/pipeline/segment/rules/schema.ts';
import {
	addSegment,
	overrideGuard,
	removeSegment,
	renameSegment,
	replaceSegment,
	setCarts,
	setGuard,
	setJourneys,
	setLook,
	setPriority
} from '#lib/recipe/own-edits.ts';
import { emptyRecipe, type Recipe } from '#lib/recipe/recipe.ts';
import type { Edit } from '#lib/recipe/edits.ts';
import { ownChange } from './describe-own-change.ts';

const RULE = { kind: 'rule', name: 'Big', rule: EVERYONE } as const;
const start = addSegment('g1', RULE)(emptyRecipe('Shop'));
const noted = overrideGuard('own:g1', 'A pilot')(start);
const words = (edit: Edit, before: Recipe = start) => ownChange(before.segment, edit(before).segment);

it('says what became of a segment', () => {
	expect(words((recipe) => recipe)).toBeNull();
	expect(words(addSegment('g2', { ...RULE, name: 'Other' }))).toBe('New segment “Other”');
	expect(words(removeSegment('g1'))).toBe('Removed the segment “Big”');
	expect(words(renameSegment('g1', 'Bigger'))).toBe('Named a segment “Bigger”');
	expect(words(replaceSegment({ ...RULE, of: null, id: 'g1', rule: { ...EVERYONE, match: 'none' } }))).toBe(
		'Changed the segment “Big”'
	);
});

it('says how segments are used', () => {
	expect(words(setPriority(['own:g1']))).toBe('Changed the order of priority');
	expect(words(setPriority([]), setPriority(['own:g1'])(start))).toBe('No order of priority');
	expect(words(setLook('own:g1', { color: 1, note: '' }))).toBe('Changed a note or colour of a segment');
	expect(words(setGuard({ floor: 50 }))).toBe('A segment needs 50 active customers');
	expect(words(setGuard({ activeDays: 90 }))).toBe('Active: within 90 days');
	expect(words(setGuard({ mostSegments: 12 }))).toBe('At most 12 segments');
	expect(words(overrideGuard('own:g1', 'A pilot'))).toBe('A small segment is used: A pilot');
	expect(words(overrideGuard('own:g1', ''), noted)).toBe('A small segment is held back again');
});

it('says what changed in carts and journeys', () => {
	expect(words(setCarts({ delayMinutes: 45 }))).toBe('Changed the stages of carts that were left');
	expect(words(setJourneys({ lookbackDays: 7 }))).toBe('Changed what leads to an order');
});
