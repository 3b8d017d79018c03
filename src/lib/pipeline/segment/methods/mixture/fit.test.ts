import { describe, expect, it } from 'vitest';
import { fromColumns, type Matrix } from '#lib/core/matrix.ts';
import { seeded } from '#lib/core/random.ts';
import type { FitContext } from '../method.ts';
import { fit } from './fit.ts';
import { MixtureParams } from './index.ts';

const context: FitContext = { seed: 3, onProgress: () => undefined };

/** Two clouds in the plane that overlap a little. */
function twoClouds(rowCount: number): Matrix {
	const random = seeded(9);
	const normal = (): number => random() + random() + random() + random() - 2;
	return fromColumns([
		Float64Array.from({ length: rowCount }, (_, row) => (row % 3 === 0 ? 2 : 0) + normal()),
		Float64Array.from({ length: rowCount }, () => normal())
	]);
}

function fitTo(numbers: Matrix, params: object, more: Partial<FitContext> = {}) {
	return fit({ numbers, categories: [] }, MixtureParams.parse(params), { ...context, ...more });
}

describe('mixture', () => {
	it('says how surely each person belongs, and who is between', () => {
		const { labels, confidence, details } = fitTo(twoClouds(600), { clusterCount: 2 });
		expect(new Set(labels).size).toBe(2);
		const shares = confidence as Float64Array;
		expect(Math.min(...shares)).toBeGreaterThanOrEqual(0.5);
		expect(shares.filter((share) => share < 0.6).length).toBeGreaterThan(0);
		expect(shares.filter((share) => share > 0.9).length).toBeGreaterThan(400);
		expect(details).toMatchObject({ kind: 'mixture', covariance: 'full' });
	});
	it('compares all shapes where more is asked than labels', () => {
		const brief = fitTo(twoClouds(300), { clusterCount: 2, covariance: 'diag' });
		const full = fitTo(twoClouds(300), { clusterCount: 2, covariance: 'diag' }, { inDetail: true });
		expect(full.labels).toEqual(brief.labels);
		expect(brief.details).toMatchObject({ bic: [{ covariance: 'diag' }] });
		const { bic } = full.details as Extract<typeof full.details, { kind: 'mixture' }>;
		expect(bic.map(({ covariance }) => covariance).toSorted()).toEqual(['diag', 'full', 'spherical', 'tied']);
		expect(bic.every((own) => Number.isFinite(own.bic))).toBe(true);
	});
	it('reports progress that rises through all shapes', () => {
		const shares: number[] = [];
		fitTo(twoClouds(300), { clusterCount: 3 }, { inDetail: true, onProgress: (share) => shares.push(share) });
		expect(shares).toEqual(shares.toSorted((a, b) => a - b));
		expect(shares.at(-1)).toBe(1);
	});
	it('refuses a table whose shape cannot be computed', () => {
		const scale = fromColumns([
			[0, 1, 2, 3, 4, 5].map((value) => value * 1e12),
			[0, 1, 2, 3, 4, 5].map((value) => value * 1e12)
		]);
		const asked = () => fitTo(scale, { clusterCount: 1 });
		expect(asked).toThrow(expect.objectContaining({ code: 'segment.method-refused' }));
	});
});
