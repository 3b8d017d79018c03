import { expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import type { FeatureSummary } from '#lib/pipeline/features/schema.ts';
import { personFeatures } from './person-features.ts';

const format = createFormat('en-GB', 'GBP');
const feature = (id: string, change: Partial<FeatureSummary>): FeatureSummary => ({
	id,
	label: id,
	family: 'timing',
	unit: 'days',
	kind: 'number',
	meaning: `what ${id} means`,
	formula: '',
	caution: null,
	isSensitive: false,
	available: true,
	needs: [],
	complete: false,
	isOwn: false,
	...change
});

it('tells what is known of a customer, days as dates, nothing twice', () => {
	const features = [
		feature('gap', { label: 'Days between orders' }),
		feature('pause', { label: 'Longest pause' }),
		feature('next', { label: 'Expected next order', unit: 'text', kind: 'text' }),
		feature('none', {}),
		feature('garden', { label: 'Category Garden: share', family: 'products', unit: 'share' }),
		feature('paper', { label: 'Category Paper: share', family: 'products', unit: 'share' })
	];
	const values = new Map<string, number | string>([
		['gap', 31.7],
		['pause', 1],
		['next', '2025-06-18'],
		['garden', 0.42],
		['paper', 0]
	]);
	expect(
		personFeatures(features, values, format).map(({ title, facts }) => [
			title,
			...facts.map(({ term, text }) => `${term}: ${text}`)
		])
	).toEqual([
		['Timing', 'Days between orders: 31.7', 'Longest pause: 1 day', 'Expected next order: 18 Jun 2025'],
		['Products and categories', 'Category Garden: share: 42%']
	]);
});
