import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import type { FeatureSummary } from '#lib/pipeline/features/schema.ts';
import { DEFINITIONS } from '#lib/pipeline/features/definitions/index.ts';
import { groupFeatures, isOfToday, libraryFinding, middleWords, spreadWords } from './library-words.ts';

const format = createFormat('en-GB', 'GBP');
const feature = (id: string, change: Partial<FeatureSummary> = {}): FeatureSummary => ({
	id,
	label: id,
	family: 'recency',
	unit: 'days',
	kind: 'number',
	meaning: '',
	formula: '',
	caution: null,
	isSensitive: false,
	available: true,
	needs: [],
	complete: true,
	isOwn: false,
	...change
});
const ALL = [
	feature('recency_days', { label: 'Days since the last order' }),
	feature('age', { family: 'person', isSensitive: true }),
	feature('opens', { family: 'engagement', available: false })
];

describe('groupFeatures', () => {
	const ids = (change: Partial<Parameters<typeof groupFeatures>[1]>) =>
		groupFeatures(ALL, { filter: 'all', search: '', compared: ['recency_days'], ...change }).map(
			({ family, features }) => [family, ...features.map(({ id }) => id)]
		);

	it('keeps the order of the headings, and leaves empty ones out', () => {
		expect(ids({})).toEqual([
			['recency', 'recency_days'],
			['engagement', 'opens'],
			['person', 'age']
		]);
	});

	it('filters and searches', () => {
		expect(ids({ filter: 'available' }).flat()).not.toContain('opens');
		expect(ids({ filter: 'unavailable' })).toEqual([['engagement', 'opens']]);
		expect(ids({ filter: 'compared' })).toEqual([['recency', 'recency_days']]);
		expect(ids({ filter: 'sensitive' })).toEqual([['person', 'age']]);
		expect(ids({ search: ' LAST  order' })).toEqual([['recency', 'recency_days']]);
		expect(ids({ search: 'nothing like it' })).toEqual([]);
	});
});

describe('words', () => {
	const number = {
		kind: 'number',
		told: 10,
		low: 1,
		high: 300,
		isWhole: true,
		mean: 40,
		quantiles: [1, 2, 15, 30, 200],
		scale: 'log',
		bins: []
	} as const;

	it('say what is known, of how many', () => {
		expect(libraryFinding(ALL, { customers: 3317 }, ['recency_days'], format)).toEqual({
			title: '2 of 3 features can be told from your files.',
			sub: 'What is known of 3,317 customers, each from its own history. 1 of them makes the natural segments.'
		});
		expect(libraryFinding(ALL.slice(0, 1), { customers: 1 }, [], format).title).toBe(
			'All 1 features can be told from your files.'
		);
	});

	it('say where the values lie', () => {
		const days = feature('recency_days');
		expect(spreadWords(days, number, format)).toBe('1 to 300 days');
		expect(spreadWords(days, { ...number, low: 300 }, format)).toBe('Always 300 days');
		expect(spreadWords(days, { ...number, told: 0 }, format)).toBe('Nobody has a value.');
		expect(middleWords(days, number, format)).toEqual({ term: 'Median', text: '15 days' });
		expect(middleWords(feature('share', { unit: 'share' }), number, format)?.text).toBe('1,500%');
	});

	it('say which text is most frequent, days as people write them', () => {
		const text = {
			kind: 'text',
			told: 3,
			distinct: 2,
			values: [{ text: '2024-03-01', customers: 2 }]
		} as const;
		const next = feature('next', { unit: 'text', kind: 'text' });
		expect(spreadWords(next, text, format)).toBe('2 different values');
		expect(middleWords(next, text, format)).toEqual({ term: 'Most often', text: '1 Mar 2024' });
	});
});

it('does not say of what is read as of today that it is known until a day', () => {
	const ofToday = DEFINITIONS.filter(({ caution }) =>
		isOfToday({ caution: caution ?? null, isOwn: false })
	).map(({ id }) => id);
	expect(ofToday).toEqual(
		DEFINITIONS.filter(({ caution }) => /today/.test(caution ?? '')).map(({ id }) => id)
	);
	expect(ofToday).toContain('region');
	expect(isOfToday(feature('recency_days'))).toBe(false);
	expect(isOfToday(feature('mine', { isOwn: true }))).toBe(true);
});
