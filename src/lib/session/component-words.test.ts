import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import { fromColumns } from '#lib/core/matrix.ts';
import { SCALINGS } from '#lib/pipeline/segment/schema.ts';
import type { ScaledColumn } from '#lib/pipeline/segment/column-shapes.ts';
import { componentCount } from '#lib/stats/pca.ts';
import { componentsFinding, loadingWords, scaleFinding, shareFor } from './component-words.ts';
import { SCALING_WORDS } from './scaling-words.ts';

const format = createFormat('en-GB');
const NAMES = ['Days since last order', 'Orders', 'Total spend'];

describe('the words of loadings', () => {
	it.each([
		[[-0.514, 0.617, 0.596], 'mostly orders and total spend, against days since last order'],
		[[0.848, 0.262, 0.461], 'mostly days since last order and total spend'],
		[[0.128, 0.742, -0.658], 'mostly orders, against total spend'],
		[[0.577, 0.577, 0.577], 'everything together: days since last order, orders and total spend'],
		[[0.98, 0.1, 0.17], 'almost only days since last order'],
		[[0, 0, 0], 'nothing']
	])('of %j', (loadings, expected) => {
		expect(loadingWords(loadings, NAMES)).toBe(expected);
	});
	it('names three at most, keeps abbreviations, and one feature as it is', () => {
		const even = Array<number>(5).fill(0.4);
		expect(loadingWords([...even, 0], ['A', 'B', 'C', 'D', 'E', 'F'])).toBe('mostly a, b, c and 2 more');
		expect(loadingWords([0.7, 0.7, 0.1], ['CTR', 'Opens', 'Age'])).toBe('mostly CTR and opens');
		expect(loadingWords([1], ['Orders'])).toBe('orders');
	});
});

describe('the finding of the screen', () => {
	const components = (explained: number[], loadings = [[-0.514, 0.617, 0.596]]) => ({
		explained,
		loadings: fromColumns((loadings[0] ?? []).map((_, c) => loadings.map((row) => row[c] ?? 0)))
	});
	it('says how many components hold how much, and what the first is', () => {
		const finding = componentsFinding(components([0.74, 0.19, 0.07]), NAMES, 'log1p-standard', 0.9, format);
		expect(finding).toEqual({
			title: 'Two components hold 93% of what tells customers apart.',
			sub: 'Three features, compared on a log scale, with the same weight. The first component is mostly orders and total spend, against days since last order.'
		});
	});
	it('says when one is enough, when all are needed, and when there is nothing to sum up', () => {
		const title = (explained: number[], names: readonly string[] = NAMES) =>
			componentsFinding(components(explained), names, 'none', 0.9, format).title;
		expect(title([0.97, 0.02, 0.01])).toBe('One component holds 97% of what tells customers apart.');
		expect(title([0.4, 0.35, 0.25])).toBe(
			'All three components are needed to hold 90% of what tells customers apart.'
		);
		expect(title([0.6, 0.4], ['A', 'B'])).toBe(
			'Both components are needed to hold 90% of what tells customers apart.'
		);
		expect(title([1], ['Orders'])).toBe('One feature is compared, so there is nothing to sum up.');
		expect(title([0, 0, 0])).toBe('Everyone is alike in what is compared.');
	});
});

describe('the finding of the scale', () => {
	const column = (before: number, after: number, weight: number): ScaledColumn => {
		const shape = { min: 0, max: 1, counts: [], belowZero: 0 };
		return { before: { ...shape, skewness: before }, after: { ...shape, skewness: after }, weight };
	};
	it.each([
		[[column(0.5, 0.1, 0.5), column(18.6, 0.3, 0.5)], 'The scale evens out b: from a skew of 18.6 to 0.3'],
		[[column(0.5, 0.1, 0.5), column(18.6, 6, 0.5)], 'B stays lopsided on this scale: a skew of 6.0'],
		[[column(2, 2, 0.01), column(5, 5, 0.99)], 'B makes up 99% of all differences on this scale'],
		[
			[column(NaN, NaN, 0.5), column(0.2, 0, 0.5)],
			'No feature is lopsided, so any scale tells much the same'
		],
		[[column(3, 0.2, 1)], 'The scale evens out a: from a skew of 3.0 to 0.2']
	])('of %#', (columns, expected) => {
		expect(scaleFinding(columns, ['A', 'B'], format)).toBe(expected);
	});
	it('has words for every scaling, without an exclamation mark', () => {
		for (const scaling of SCALINGS) {
			const words = Object.values(SCALING_WORDS[scaling]);
			expect(words.every((text) => text.length > 3 && !text.includes('!'))).toBe(true);
		}
	});
});

describe('the share for a number of components', () => {
	it('keeps exactly that many, whatever they hold', () => {
		const parts = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 8 });
		fc.assert(
			fc.property(parts, fc.nat(7), (sizes, pick) => {
				const total = sizes.reduce((sum, size) => sum + size, 0);
				const explained = sizes.toSorted((a, b) => b - a).map((size) => size / total);
				const count = 1 + (pick % sizes.length);
				const share = shareFor(explained, count);
				if (share === null) return;
				expect(share).toBeGreaterThanOrEqual(0.5);
				expect(share).toBeLessThanOrEqual(1);
				expect(componentCount(explained, share)).toBe(count);
			}),
			{ seed: 12 }
		);
	});
	it('is round where it can be', () => {
		expect(shareFor([0.7403, 0.1896, 0.0701], 2)).toBe(0.92);
		expect(shareFor([0.4, 0.3, 0.3], 1)).toBeNull();
	});
});
