import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import type { FeatureSummary } from '#lib/pipeline/features/schema.ts';
import { axisName, axisValue, exploreWords, filterWords, scaleOf } from './words.ts';

const format = createFormat('en-GB', 'GBP');
const features = [
	{ id: 'recency_days', label: 'Days since last order', unit: 'days' },
	{ id: 'monetary_total', label: 'Total spend', unit: 'money' },
	{ id: 'discount_share', label: 'Bought at a discount', unit: 'share' }
] as FeatureSummary[];
const named = { features, format, nameOf: (cluster: number) => `Group ${cluster + 1}` };
const quantiles = [1, 2, 3, 4, 5];

describe('scaleOf', () => {
	it('takes logarithms where a few values lie far out', () => {
		expect(scaleOf({ unit: 'money' }, { low: 1, high: 1000, quantiles })).toBe('log');
		expect(scaleOf({ unit: 'days' }, { low: 1, high: 12, quantiles })).toBe('linear');
		expect(scaleOf({ unit: 'money' }, { low: -5, high: 1000, quantiles })).toBe('linear');
		expect(scaleOf({ unit: 'share' }, { low: 0, high: 1, quantiles: [0, 0, 0, 0, 0.5] })).toBe('linear');
	});
});

describe('axes', () => {
	it('have names and short values', () => {
		expect([axisName('pc2', features), axisName('monetary_total', features)]).toEqual([
			'component 2',
			'total spend'
		]);
		expect(axisValue('pc1', -1.26, format, features)).toBe('-1.3');
		expect(axisValue('recency_days', 30, format, features)).toBe('30');
	});
});

describe('filterWords', () => {
	it('says what is picked', () => {
		const range = (from: number | null, to: number | null) =>
			filterWords({ kind: 'range', column: 'recency_days', from, to }, named);
		expect(range(null, 30.5)).toBe('Days since last order: up to 30 days');
		expect(range(30.5, null)).toBe('Days since last order: above 30 days');
		expect(range(1.5, 30.5)).toBe('Days since last order: above 1 day, up to 30 days');
		expect(filterWords({ kind: 'segment', cluster: 1 }, named)).toBe('Group 2');
		const side = (column: string) => ({ column, from: 0, to: 1 });
		expect(filterWords({ kind: 'box', x: side('recency_days'), y: side('pc1') }, named)).toBe(
			'Rectangle: days since last order and component 1'
		);
	});
});

describe('exploreWords', () => {
	it('says how many are picked, and what they bring', () => {
		expect(exploreWords({ customers: 1200, segments: 3, picked: null }, null, format).title).toBe(
			'1,200 customers in 3 segments, every one of them to look at.'
		);
		expect(exploreWords({ customers: 1200, segments: 3, picked: 300 }, 0.5, format).title).toBe(
			'300 customers picked, 25% of all. They bring 50% of revenue.'
		);
	});
});
