import { describe, expect, it } from 'vitest';
import type { FeatureSummary } from '#lib/pipeline/features/schema.ts';
import type { Need } from '#lib/pipeline/features/needs.ts';
import { DEFAULT_CARTS } from '#lib/pipeline/segment/carts/schema.ts';
import { DEFAULT_OWN, type OwnSegment } from '#lib/pipeline/segment/own/schema.ts';
import { PROFILE_FIELDS } from '#lib/pipeline/segment/rules/profile-fields.ts';
import { Condition, EVERYONE, type Rule } from '#lib/pipeline/segment/rules/schema.ts';
import { SUBJECTS_OF_RULES } from '#lib/pipeline/segment/rules/subjects/index.ts';
import { sql } from '#lib/engine/sql.ts';
import { askedRule } from './draft-texts.ts';
import { otherChoices } from './other-choices.ts';
import { choiceOf, findChoices, ruleChoices, toldSubjects, type ChoiceFacts } from './rule-choices.ts';
import { ringsOf } from './rule-library.svelte.ts';

const feature = (id: string, over: Partial<FeatureSummary> = {}): FeatureSummary => ({
	id,
	label: id,
	family: 'money',
	unit: 'money',
	kind: 'number',
	meaning: `What ${id} means.`,
	formula: '',
	caution: null,
	isSensitive: false,
	available: true,
	needs: [],
	complete: true,
	isOwn: false,
	...over
});

const facts = (missing: readonly Need[] = []): ChoiceFacts => ({
	features: [
		feature('monetary_total'),
		feature('clicked_channel', { kind: 'text', unit: 'text', family: 'channels' }),
		feature('margin', { available: false, needs: ['your margin'] })
	],
	middleOf: (id) => (id === 'monetary_total' ? 5567.8 : null),
	subjects: SUBJECTS_OF_RULES,
	profile: PROFILE_FIELDS,
	missing: new Set(missing),
	segments: [{ ref: 'own:g1', name: 'Mine', members: sql`SELECT 1`, problem: null }],
	rings: new Set(['own:g1']),
	others: otherChoices({ carts: DEFAULT_CARTS }, new Set(missing))
});
const all = (missing?: readonly Need[]) => ruleChoices(facts(missing)).flatMap(({ choices }) => choices);

describe('what a condition can be about', () => {
	it('begins with a condition that a recipe may have, but for a path, which waits for its channels', () => {
		for (const choice of all()) {
			const condition = choice.make();
			if (condition.kind !== 'journey') expect(Condition.safeParse(condition).error).toBeUndefined();
			else expect(askedRule({ kind: 'group', match: 'all', conditions: [condition] })).toBe(EVERYONE);
		}
	});

	it('has a name of its own for each', () => {
		const ids = all().map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
	});

	it('is found again by its condition', () => {
		const found = all().filter(({ id }) => !id.startsWith('often:') && !id.startsWith('channels:'));
		for (const choice of found) expect(choiceOf(choice.make())).toBe(choice.id);
	});

	it('begins at the middle of the customers, in two digits', () => {
		const choice = all().find(({ id }) => id === 'feature:monetary_total');
		expect(choice?.make()).toEqual({
			kind: 'feature',
			feature: 'monetary_total',
			test: { type: 'number', test: { op: 'gt', value: 5600 } }
		});
	});

	it('says what is missing', () => {
		const margin = all().find(({ id }) => id === 'feature:margin');
		expect(margin).toMatchObject({ disabled: true, hint: 'Needs your margin.' });
		const visits = all(['events']).find(({ id }) => id === 'events:count');
		expect(visits).toMatchObject({ disabled: true, hint: expect.stringContaining('a file of events') });
		expect(all().find(({ id }) => id === 'segment:own:g1')).toMatchObject({
			disabled: true,
			hint: 'It would name itself.'
		});
	});

	it('counts as active what the files tell', () => {
		const active = (missing: readonly Need[]) =>
			all(missing)
				.find(({ id }) => id === 'often:active')
				?.make();
		expect(active([])).toMatchObject({ kind: 'group', match: 'any', conditions: [{}, {}] });
		expect(active(['events'])).toMatchObject({ kind: 'activity', subject: 'orders' });
		expect(toldSubjects(SUBJECTS_OF_RULES, new Set(['sends'])).map(({ id }) => id)).not.toContain('sends');
	});
});

describe('a search', () => {
	it('finds all words, in labels first', () => {
		const [first] = findChoices(ruleChoices(facts()), 'ORDERS month');
		expect(first?.choices.map(({ id }) => id)).toEqual(['often:monthly']);
		expect(findChoices(ruleChoices(facts()), 'xylophone')).toEqual([]);
		expect(findChoices(ruleChoices(facts()), ' ')).toHaveLength(ruleChoices(facts()).length);
	});
});

describe('rings', () => {
	const naming = (id: string, ...refs: string[]): OwnSegment => ({
		kind: 'rule',
		id,
		name: id,
		of: null,
		rule: {
			kind: 'group',
			match: 'all',
			conditions: refs.map((segment) => ({ kind: 'segment', segment, isIn: true }))
		} satisfies Rule
	});

	it('are the segment itself and all that name it', () => {
		const segments = [...DEFAULT_OWN.segments, naming('g1'), naming('g2', 'own:g1'), naming('g3', 'own:g2')];
		expect([...ringsOf('g1', segments)].sort()).toEqual(['own:g1', 'own:g2', 'own:g3']);
		expect([...ringsOf('g3', segments)]).toEqual(['own:g3']);
		expect([...ringsOf(null, segments)]).toEqual([]);
	});
});
