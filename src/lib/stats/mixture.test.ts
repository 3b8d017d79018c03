import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Matrix } from '#lib/core/matrix.ts';
import { below, seeded } from '#lib/core/random.ts';
import { onlineRetail } from '../../../tests/bench/data.ts';
import { farthest, fromRows } from '../../../tests/oracle/clustering-small.ts';
import { adjustedRand } from './adjusted-rand.ts';
import { kmeans } from './kmeans.ts';
import { COVARIANCES, fitMixture, mixtureBic, mixtureData, posterior, type Covariance } from './mixture.ts';
import { mean } from './moments.ts';

interface Fit {
	readonly covariance: Covariance;
	readonly iterations: number;
	readonly logLikelihood: number;
	readonly score: number;
	readonly bic: number;
	readonly weights: readonly number[];
	readonly means: readonly (readonly number[])[];
	readonly covariances: readonly (readonly number[])[];
	readonly labels: string;
	readonly meanConfidence: number;
}

const { planted, retail } = JSON.parse(
	readFileSync(new URL('../../../tests/oracle/mixture.json', import.meta.url), 'utf8')
) as {
	readonly planted: { rows: number[][]; cloud: string; start: string; fits: Fit[] };
	readonly retail: { start: string; fits: Fit[] };
};

const plantedRows = fromRows(planted.rows);

function labelsOf(digits: string): Uint8Array {
	return Uint8Array.from(digits, Number);
}

/** Rows about corners of a cube, stretched differently, and the corner of each. */
function clouds(
	rowCount: number,
	columnCount: number,
	clusterCount: number
): { rows: Matrix; own: Uint8Array } {
	const random = seeded(rowCount * 31 + columnCount);
	const own = Uint8Array.from({ length: rowCount }, (_, row) =>
		row < clusterCount ? row : below(random, clusterCount)
	);
	const values = Float64Array.from({ length: rowCount * columnCount }, (_, at) => {
		const cluster = own[Math.floor(at / columnCount)] as number;
		const noise = random() + random() + random() - 1.5;
		return 3 * ((cluster >> ((at % columnCount) % 3)) & 1) + noise * (1 + ((cluster + at) % 3));
	});
	return { rows: { values, rowCount, columnCount }, own };
}

describe.each([
	{ what: 'the kernel', plain: false },
	{ what: 'plain numbers', plain: true }
])('a mixture of Gaussians by $what', ({ plain }) => {
	const near = plain ? 1e-9 : 1e-6;
	it.each(planted.fits)('equals scikit-learn: $covariance', (expected) => {
		const data = mixtureData(plantedRows, { labels: labelsOf(planted.start), clusterCount: 3 }, { plain });
		const { model, logLikelihood, iterations } = fitMixture(data, { covariance: expected.covariance });
		expect(iterations).toBe(expected.iterations);
		expect(Math.abs(logLikelihood - expected.logLikelihood)).toBeLessThan(plain ? 1e-11 : 1e-8);
		expect(farthest(model.weights, expected.weights)).toBeLessThan(near);
		expect(farthest(model.means, expected.means.flat())).toBeLessThan(near);
		expect(
			farthest(
				model.covariances.flatMap((own) => [...own]),
				expected.covariances.flat()
			)
		).toBeLessThan(near);
		const said = posterior(data, model);
		expect(said.labels.join('')).toBe(expected.labels);
		expect(mean(said.confidence)).toBeCloseTo(expected.meanConfidence, 7);
		expect(said.logLikelihood).toBeCloseTo(expected.score, 8);
		expect(mixtureBic(model, said.logLikelihood, 400)).toBeCloseTo(expected.bic, 4);
	});
	it.each(retail.fits)('equals scikit-learn on Online Retail: $covariance', (expected) => {
		const rows = onlineRetail();
		const data = mixtureData(rows, { labels: labelsOf(retail.start), clusterCount: 5 }, { plain });
		const { model, logLikelihood, iterations } = fitMixture(data, { covariance: expected.covariance });
		expect(iterations).toBe(expected.iterations);
		expect(Math.abs(logLikelihood - expected.logLikelihood)).toBeLessThan(1e-6);
		expect(farthest(model.means, expected.means.flat())).toBeLessThan(1e-6);
		expect(posterior(data, model).labels.join('')).toBe(expected.labels);
	});
	it('never becomes less likely', () => {
		const { rows, own } = clouds(300, 3, 4);
		for (const covariance of COVARIANCES) {
			const data = mixtureData(rows, { labels: own, clusterCount: 4 }, { plain });
			const likelihoods = [1, 2, 3, 5, 8, 13].map(
				(maxIterations) => fitMixture(data, { covariance, maxIterations, tolerance: 0 }).logLikelihood
			);
			expect(likelihoods).toEqual(likelihoods.toSorted((a, b) => a - b));
		}
	});
	it('recovers planted clouds', () => {
		const { labels } = kmeans(plantedRows, { clusterCount: 3, seed: 4 });
		const data = mixtureData(plantedRows, { labels, clusterCount: 3 }, { plain });
		const { model, converged } = fitMixture(data, { covariance: 'full' });
		expect(converged).toBe(true);
		const truth = { labels: labelsOf(planted.cloud), clusterCount: 3 };
		const { labels: found, confidence } = posterior(data, model);
		expect(adjustedRand({ labels: found, clusterCount: 3 }, truth)).toBeGreaterThan(0.9);
		expect([...model.weights].sort()).toEqual([0.2, 0.3, 0.5].map((share) => expect.closeTo(share, 1)));
		const between = [...confidence].filter((share) => share < 0.6);
		expect(between.length).toBeGreaterThan(0);
		expect(between.length).toBeLessThan(20);
	});
	it('says when a covariance is not finite', () => {
		const data = mixtureData(
			fromRows([[1e200], [-1e200], [3]]),
			{ labels: [0, 0, 1], clusterCount: 2 },
			{ plain }
		);
		expect(() => fitMixture(data, { covariance: 'full' })).toThrow(RangeError);
	});
	it('gives every component a row', () => {
		const rows = fromRows([[0], [0], [0], [0], [0], [0], [1]]);
		const data = mixtureData(rows, { labels: [0, 0, 0, 1, 1, 1, 1], clusterCount: 2 }, { plain });
		const { model } = fitMixture(data, { covariance: 'spherical', maxIterations: 1 });
		const [wide = new Float64Array(1)] = model.covariances.toReversed();
		const shadowed = {
			covariance: model.covariance,
			weights: Float64Array.of(1 - 1e-12, 1e-12),
			means: Float64Array.of(0, 0),
			covariances: [wide, wide]
		};
		const { labels, confidence } = posterior(data, shadowed);
		expect([...labels].filter((label) => label === 1).length).toBe(1);
		expect(Math.min(...confidence)).toBeLessThan(0.5);
	});
});

describe('the kernel of mixtures', () => {
	it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 12])(
		'gives what plain numbers give in %d dimensions',
		(columnCount) => {
			const { rows, own } = clouds(333, columnCount, 5);
			for (const covariance of COVARIANCES) {
				const [fast, slow] = [false, true].map((plain) => {
					const data = mixtureData(rows, { labels: own, clusterCount: 5 }, { plain });
					return fitMixture(data, { covariance, maxIterations: 10 });
				}) as [ReturnType<typeof fitMixture>, ReturnType<typeof fitMixture>];
				expect(fast.iterations).toBe(slow.iterations);
				expect(Math.abs(fast.logLikelihood - slow.logLikelihood)).toBeLessThan(1e-7);
				expect(farthest(fast.model.means, slow.model.means)).toBeLessThan(1e-6);
				expect(farthest(fast.model.weights, slow.model.weights)).toBeLessThan(1e-6);
			}
		}
	);
	it('gives what plain numbers give of thin clouds far from each other', () => {
		const { rows, own } = clouds(500, 3, 4);
		// As thin as the regularization, and up to ten thousand times as far apart.
		for (const apart of [1, 10]) {
			const values = rows.values.map(
				(value, at) => value / 1000 + apart * ((own[Math.floor(at / 3)] as number) - 1)
			);
			for (const covariance of COVARIANCES) {
				const [fast, slow] = [false, true].map((plain) => {
					const data = mixtureData({ ...rows, values }, { labels: own, clusterCount: 4 }, { plain });
					return fitMixture(data, { covariance, maxIterations: 10 });
				}) as [ReturnType<typeof fitMixture>, ReturnType<typeof fitMixture>];
				expect(Math.abs(fast.logLikelihood - slow.logLikelihood)).toBeLessThan(1e-7);
				expect(farthest(fast.model.means, slow.model.means)).toBeLessThan(1e-9);
			}
		}
	});
	it('leaves values to plain numbers whose squares 32 bits do not hold', () => {
		const start = { labels: [0, 0, 1], clusterCount: 2 };
		expect(mixtureData(fromRows([[1e16], [2], [3]]), start).kernel).toBeNull();
		expect(mixtureData(fromRows([[1e14], [2], [3]]), start).kernel).not.toBeNull();
	});
	it('gives what plain numbers give for any number of rows', () => {
		fc.assert(
			fc.property(fc.integer({ min: 4, max: 200 }), (rowCount) => {
				const { rows, own } = clouds(rowCount, 2, 3);
				const [fast, slow] = [false, true].map((plain) => {
					const data = mixtureData(rows, { labels: own, clusterCount: 3 }, { plain });
					return fitMixture(data, { covariance: 'diag', maxIterations: 3 }).logLikelihood;
				}) as [number, number];
				expect(fast).toBeCloseTo(slow, 6);
			}),
			{ seed: 3, numRuns: 30 }
		);
	});
});
