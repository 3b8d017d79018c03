import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import type { LabelGroup } from '#lib/pipeline/clean/harmonise/group-labels.ts';
import { emptyRecipe } from '#lib/recipe/recipe.ts';
import {
	addDictionary,
	draftsOf,
	emptyWords,
	foundWords,
	outcomeOf,
	outcomeWords,
	type GroupDraft
} from './harmonise-words.ts';

const format = createFormat('en-GB');
const group = (label: string, confidence: LabelGroup['confidence'], ...others: string[]): LabelGroup => ({
	label,
	confidence,
	rows: 10 + others.length,
	members: [
		{ text: label, count: 10, via: 'words' },
		...others.map((text) => ({ text, count: 1, via: 'letters' as const }))
	]
});
const draft = (of: LabelGroup, change: Partial<GroupDraft> = {}): GroupDraft => ({
	group: of,
	label: of.label,
	leftOut: new Set(),
	decision: 'accepted',
	...change
});
const vienna = group('Vienna', 'possible', 'Viena', 'Vienan');

describe('the groups to decide on', () => {
	it('stand with the surest first, nothing decided', () => {
		const drafts = draftsOf([vienna, group('Graz', 'sure', 'GRAZ')]);
		expect(drafts.map(({ label, decision }) => [label, decision])).toEqual([
			['Graz', 'open'],
			['Vienna', 'open']
		]);
	});

	it('come to the spellings that change: accepted, not left out, and not the label itself', () => {
		expect(outcomeOf([draft(vienna), draft(group('Graz', 'sure', 'GRAZ'), { decision: 'refused' })])).toEqual(
			{
				dictionary: { Viena: 'Vienna', Vienan: 'Vienna' },
				labels: 1,
				spellings: 2,
				rows: 2
			}
		);
		expect(outcomeOf([draft(vienna, { label: ' Wien ', leftOut: new Set(['Viena']) })])).toMatchObject({
			dictionary: { Vienna: 'Wien', Vienan: 'Wien' },
			rows: 11
		});
		expect(outcomeOf([draft(vienna, { label: ' ' })])).toMatchObject({ spellings: 0, rows: 0 });
	});
});

it('say what was found and what will change', () => {
	expect(foundWords({ groups: [vienna], texts: 218, leftOut: 0 }, format)).toBe(
		'1 group of spellings among 218 different texts.'
	);
	expect(emptyWords('City', { groups: [], texts: 3, leftOut: 2 }, format)).toBe(
		'3 different texts of “City” were compared, and no two look like one label. 2 more, the rarest or longest, were not compared.'
	);
	expect(outcomeWords(outcomeOf([draft(vienna)]), format)).toBe('2 spellings become 1 label: 2 rows change.');
	expect(outcomeWords(outcomeOf([]), format)).toBe('Nothing accepted yet.');
});

describe('applying', () => {
	const apply = (...dictionaries: Record<string, string>[]) =>
		dictionaries.reduce((recipe, each) => addDictionary('s1', 'City', each)(recipe), emptyRecipe('a')).clean
			.repairs;

	it('adds one step, and adds to it the next time', () => {
		expect(apply({ nyc: 'NYC' })).toEqual([
			{
				...{ id: 'r1', operation: 'harmonise_labels', on: true, series: 's1', columns: ['City'] },
				params: { dictionary: { nyc: 'NYC' } }
			}
		]);
		expect(apply({ nyc: 'NYC' }, { NYC: 'New York' })).toMatchObject([
			{ id: 'r1', params: { dictionary: { nyc: 'New York', NYC: 'New York' } } }
		]);
	});

	it('adds a new step where a later one touches the column', () => {
		const [first] = apply({ nyc: 'NYC' });
		const recipe = emptyRecipe('a');
		const trim = { ...first, id: 'r2', operation: 'trim_case', params: {} } as typeof first;
		const repairs = [first, trim].filter((each) => each !== undefined);
		const after = addDictionary('s1', 'City', { LA: 'Los Angeles' })({
			...recipe,
			clean: { ...recipe.clean, repairs }
		});
		expect(after.clean.repairs.map(({ id, operation }) => [id, operation])).toEqual([
			['r1', 'harmonise_labels'],
			['r2', 'trim_case'],
			['r3', 'harmonise_labels']
		]);
	});
});
