import { describe, expect, it } from 'vitest';
import { SCALINGS } from '#lib/pipeline/segment/schema.ts';
import type { FeatureSpread } from '#lib/pipeline/features/spread.ts';
import {
	belowZeroWords,
	FOR_BELOW_ZERO,
	fittingScaling,
	isManyBelowZero,
	otherScaleWords,
	spreadsBelowZero
} from './scaling-words.ts';

describe('a feature below zero', () => {
	it('takes the scale away from the logarithms, and from nothing else', () => {
		for (const scaling of SCALINGS) {
			expect(fittingScaling(scaling, false)).toBe(scaling);
			const isLog = scaling === 'log1p' || scaling === 'log1p-standard';
			expect(fittingScaling(scaling, true)).toBe(isLog ? 'yeo-johnson' : scaling);
		}
		for (const { scaling } of FOR_BELOW_ZERO) expect(fittingScaling(scaling, true)).toBe(scaling);
	});

	it('is one of many customers, not of the few whose refunds exceed their orders', () => {
		const spread = (least: number) =>
			({ kind: 'number', quantiles: [least, 1, 2, 3, 4], low: -50 }) as unknown as FeatureSpread;
		expect([0, 0.002, 0.05, 0.6].map(isManyBelowZero)).toEqual([false, false, true, true]);
		expect([spread(-9), spread(1), undefined].map(spreadsBelowZero)).toEqual([true, false, false]);
	});

	it('is named', () => {
		expect(belowZeroWords(['Days to the expected next order'])).toEqual({
			title: 'Days to the expected next order goes below zero:',
			text: 'a logarithm takes its values apart at zero, into two humps. The z-score fits better, and so does Yeo-Johnson, which also evens out.'
		});
		expect(belowZeroWords(['Days to go', 'Trend']).title).toBe('Days to go and Trend go below zero:');
		expect(otherScaleWords(['Trend'])).toBe(
			'Trend goes below zero, where a logarithm does not fit: the scale becomes “Evened out (Yeo-Johnson)” with it.'
		);
	});
});
