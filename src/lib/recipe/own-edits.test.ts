import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OwnSegment } from '#lib/pipeline/segment/own/schema.ts';
import { EVERYONE, type Rule } from '#lib/pipeline/segment/rules/schema.ts';
import {
	addSegment,
	nextSegmentId,
	overrideGuard,
	removeSegment,
	renameSegment,
	replaceSegment,
	setCarts,
	setGuard,
	setJourneys,
	setLook,
	setPriority,
	usersOf
} from './own-edits.ts';
import { emptyRecipe, Recipe } from './recipe.ts';

const RULE = { kind: 'rule', name: 'Big', rule: EVERYONE } as const;
const NAMES_G1: Rule = {
	kind: 'group',
	match: 'all',
	conditions: [{ kind: 'segment', segment: 'own:g1', isIn: true }]
};
const empty = emptyRecipe('Shop');
const start = addSegment('g1', RULE)(empty);
const ownOf = ({ segment }: Recipe) => segment.own;
const namesOf = (recipe: Recipe) => ownOf(recipe).segments.map(({ name }) => name);

describe('edits of own segments', () => {
	it('give valid recipes and leave the old one as it was', () => {
		const before = structuredClone(start);
		const edited = [
			addSegment('g2', { kind: 'list', name: 'Staff', members: ['0123456789abcdef'], origin: 'Pasted' }),
			addSegment('g3', { kind: 'sql', name: 'By SQL', sql: 'SELECT customer_id FROM features.customers' }),
			setLook('own:g1', { color: 3, note: 'Ask first' }),
			setPriority(['own:g1', 'group:champion']),
			setGuard({ floor: 10 }),
			overrideGuard('own:g1', 'A pilot'),
			setCarts({ delayMinutes: 45 }),
			setJourneys({ lookbackDays: 7 })
		].reduce((recipe, edit) => edit(recipe), start);
		expect(Recipe.parse(edited)).toEqual(edited);
		expect(start).toEqual(before);
		expect(edited.segment.carts.delayMinutes).toBe(45);
		expect(edited.segment.journeys.lookbackDays).toBe(7);
	});

	it('give a name that another has a number, also where it is too long for one', () => {
		const twice = addSegment('g2', { ...RULE, name: ' big ' })(start);
		expect(namesOf(twice)).toEqual(['Big', 'big 2']);
		expect(namesOf(addSegment('g3', RULE)(twice))).toEqual(['Big', 'big 2', 'Big 3']);
		const long = 'x'.repeat(60);
		const both = addSegment('g3', { ...RULE, name: long })(addSegment('g2', { ...RULE, name: long })(start));
		expect(namesOf(both).slice(1)).toEqual([long, `${'x'.repeat(58)} 2`]);
		expect(namesOf(renameSegment('g1', 'BIG')(twice))[0]).toBe('BIG');
		expect(namesOf(renameSegment('g2', 'Big')(twice))).toEqual(['Big', 'Big 2']);
	});

	it('change nothing for an empty name or a segment that is not there', () => {
		expect(renameSegment('g1', '  ')(start)).toBe(start);
		expect(renameSegment('g9', 'Other')(start)).toBe(start);
		expect(replaceSegment({ ...RULE, of: null, id: 'g9' })(start)).toEqual(start);
		expect(removeSegment('g9')(start)).toEqual(start);
	});

	it('give ids that were never used, also not by what was undone', () => {
		expect(nextSegmentId(empty)).toBe('g1');
		expect(nextSegmentId(start)).toBe('g2');
		const further = addSegment('g7', RULE)(start);
		expect(nextSegmentId(start, [empty, further])).toBe('g8');
	});

	it('forget with a segment what was said of it, and keep the rules that name it', () => {
		const said = [
			addSegment('g2', { ...RULE, name: 'In it', rule: NAMES_G1 }),
			setLook('own:g1', { color: null, note: 'Ask first' }),
			setLook('group:champion', { color: 1, note: '' }),
			setPriority(['own:g1', 'own:g2']),
			overrideGuard('own:g1', 'A pilot')
		].reduce((recipe, edit) => edit(recipe), start);
		expect(usersOf('g1', said).map(({ id }) => id)).toEqual(['g2']);
		expect(ownOf(removeSegment('g1')(said))).toMatchObject({
			segments: [{ id: 'g2', rule: NAMES_G1 }],
			looks: { 'group:champion': { color: 1, note: '' } },
			priority: ['own:g2'],
			guard: { overrides: {} }
		});
	});

	it('forget looks and notes that say nothing, and what stands twice in the order', () => {
		const looked = setLook('own:g1', { color: null, note: '' })(
			setLook('own:g1', { color: 2, note: 'x' })(start)
		);
		expect(ownOf(looked).looks).toEqual({});
		const noted = overrideGuard('own:g1', ' a pilot ')(start);
		expect(ownOf(noted).guard.overrides).toEqual({ 'own:g1': 'a pilot' });
		expect(ownOf(overrideGuard('own:g1', ' ')(noted)).guard.overrides).toEqual({});
		expect(ownOf(setPriority(['own:g1', 'own:g2', 'own:g1'])(start)).priority).toEqual(['own:g1', 'own:g2']);
	});

	it('take back what they added, whatever was there', () => {
		const names = fc.array(fc.string({ minLength: 1, maxLength: 70 }), { maxLength: 6 });
		fc.assert(
			fc.property(names, fc.string({ minLength: 1, maxLength: 70 }), (others, name) => {
				const before = others.reduce(
					(recipe, each) => addSegment(nextSegmentId(recipe), { ...RULE, name: each })(recipe),
					empty
				);
				const id = nextSegmentId(before);
				const added = addSegment(id, { ...RULE, name })(before);
				expect(Recipe.parse(added)).toEqual(added);
				expect(new Set(namesOf(added).map((each) => each.toLowerCase())).size).toBe(others.length + 1);
				expect(removeSegment(id)(added)).toEqual(before);
				const segment = ownOf(added).segments.at(-1) as OwnSegment;
				expect(replaceSegment(segment)(added)).toEqual(added);
			}),
			{ seed: 5 }
		);
	});
});
