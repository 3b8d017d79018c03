import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import { levelShare } from './category-words.ts';
import { densityTitle } from './density-words.ts';
import { bestShape, shapesTitle } from './shape-words.ts';
import { levelName, stageReason, stagesTitle } from './stage-words.ts';

const format = createFormat('en');

describe('words of methods', () => {
	it('tell stages', () => {
		const stage = {
			level: 'new',
			customers: 90,
			clusters: [0, 1],
			silhouette: 0.41,
			because: 'split' as const
		};
		const whole = { ...stage, clusters: [2], silhouette: null, because: 'too-few' as const };
		expect(stagesTitle({ stages: [stage, whole] })).toBe('One of 2 stages comes apart into groups');
		expect(stagesTitle({ stages: [whole] })).toBe('None of 1 stage comes apart into groups');
		expect(stageReason(stage, 300, format)).toBe('Separate clearly enough (0.41).');
		expect(stageReason(whole, 300, format)).toContain('needs 6 people');
		expect(stageReason({ ...whole, because: 'one' }, 300, format)).toContain('No groups inside');
		expect(stageReason({ ...whole, because: 'asked' }, 300, format)).toBe('Left whole, as you set it.');
		expect(stageReason({ ...stage, because: 'asked' }, 300, format)).toContain('As you set it');
		expect(['', 'lapsed'].map(levelName)).toEqual(['Not known', 'Lapsed']);
	});
	it('tell who is in a dense place', () => {
		expect(densityTitle({ noiseRows: 0 }, 10, format)).toBe('Everybody is in a dense place');
		expect(densityTitle({ noiseRows: 10 }, 10, format)).toBe('Nobody is in a dense place');
		expect(densityTitle({ noiseRows: 1 }, 10, format)).toMatch(/^10% of customers are too far/);
		expect(densityTitle({ noiseRows: 15 }, 3000, format)).toMatch(/^0.5% of customers/);
	});
	it('tell how many have the most frequent text', () => {
		const column = { codes: Int32Array.of(0, 1, 0, 0), levels: ['garden', 'kitchen'] };
		expect(levelShare(column, 'garden', { labels: Uint8Array.of(0, 0, 1, 1) }, 0)).toEqual({
			own: 0.5,
			all: 0.75
		});
	});
	it('tell which shape pays', () => {
		const bic = [
			{ covariance: 'full', bic: 20 },
			{ covariance: 'tied', bic: 10 }
		] as const;
		expect(bestShape({ bic })?.covariance).toBe('tied');
		expect(shapesTitle({ bic, covariance: 'tied' })).toBe('The shape in use describes these customers best');
		expect(shapesTitle({ bic, covariance: 'full' })).toMatch(/better: one size/);
	});
});
