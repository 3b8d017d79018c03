import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { fromColumns } from '#lib/core/matrix.ts';
import { chooseClusterCount } from '#lib/pipeline/segment/choose-count.ts';
import { summarizeStability } from '#lib/pipeline/segment/stability.ts';
import { localCompute } from '#lib/pipeline/local-compute.ts';
import { calinskiHarabasz } from '#lib/stats/calinski-harabasz.ts';
import { daviesBouldin } from '#lib/stats/davies-bouldin.ts';
import { mean } from '#lib/stats/moments.ts';
import { applyScaler, fitScaler } from '#lib/stats/scale.ts';
import { silhouetteSamples } from '#lib/stats/silhouette.ts';
import { farthest } from './clustering-small.ts';

interface Answer {
	readonly k: number;
	/** The least of 100 starts of scikit-learn. */
	readonly inertia: number;
	readonly sizes: readonly number[];
	readonly silhouette: number;
	readonly calinskiHarabasz: number;
	readonly daviesBouldin: number;
	/** One digit per customer. */
	readonly labels: string;
}

const { answers } = JSON.parse(
	readFileSync(new URL('clustering-online-retail.json', import.meta.url), 'utf8')
) as { answers: readonly Answer[] };

/** Days since the last order, orders and amount of the 3,317 customers. */
const data = fromColumns(columnsOf(['recency', 'frequency', 'monetary']));
const { signal } = new AbortController();
const ignore = (): void => undefined;

function columnsOf(names: readonly string[]): number[][] {
	const text = gunzipSync(readFileSync(new URL('rfm-online-retail.csv.gz', import.meta.url))).toString(
		'utf8'
	);
	const [header = '', ...lines] = text.trim().split('\n');
	const rows = lines.map((line) => line.split(','));
	return names.map((name) => rows.map((row) => Number(row[header.split(',').indexOf(name)])));
}

function sweep(seed: number) {
	const clusterCounts = answers.map(({ k }) => k);
	const input = {
		data,
		categories: [],
		method: 'kmeans',
		options: {},
		scaling: 'log1p-standard',
		scaler: null,
		componentShare: null,
		clusterCounts,
		seed,
		initCount: 10
	} as const;
	return localCompute.sweep(input, signal, ignore);
}

describe('Online Retail, scikit-learn’s labels', () => {
	const scaled = applyScaler(data, fitScaler(data, 'log1p-standard'));
	const labelings = answers.map(({ k, labels }) => ({ labels: [...labels].map(Number), clusterCount: k }));

	it('gives the same indices', () => {
		const silhouettes = silhouetteSamples(scaled, labelings).map(mean);
		answers.forEach((answer, i) => {
			const labeling = labelings[i] ?? { labels: [], clusterCount: 0 };
			expect(silhouettes[i]).toBeCloseTo(answer.silhouette, 8);
			expect(calinskiHarabasz(scaled, labeling)).toBeCloseTo(answer.calinskiHarabasz, 6);
			expect(daviesBouldin(scaled, labeling)).toBeCloseTo(answer.daviesBouldin, 9);
		});
	});
});

describe('Online Retail, our own clustering', () => {
	it.each([1, 2, 3])('is as good as the best of 100 starts for every k, seed %i', async (seed) => {
		const { fits } = await sweep(seed);
		expect(fits.map(({ candidate }) => candidate.k)).toEqual(answers.map(({ k }) => k));
		fits.forEach(({ candidate }, i) => {
			const answer = answers[i] as Answer;
			expect(candidate.inertia / answer.inertia).toBeLessThan(1.001);
			expect(Math.abs(candidate.silhouette - answer.silhouette)).toBeLessThan(0.005);
		});
	});
	it('finds no gap between customers, and shows the 4 slices of the reference', async () => {
		const { fits, scaler } = await sweep(1);
		const recommendation = await chooseClusterCount(
			fits.map(({ candidate }) => candidate),
			async (k) => {
				const labels = fits.find(({ candidate }) => candidate.k === k)?.labels ?? new Uint8Array(0);
				const method = { categories: [], method: 'kmeans', options: {} };
				const input = { data, ...method, scaler, projection: null, labels, clusterCount: k };
				const resamples = Array.from({ length: 20 }, (_, i) => i);
				const similarities = await localCompute.stability({ ...input, resamples, seed: 1 }, signal, ignore);
				return summarizeStability(similarities, 20);
			},
			{ customers: data.rowCount }
		);
		expect(recommendation).toEqual({ k: 4, reason: 'no-groups', runnerUp: null, refused: [] });
		expect(Math.min(...fits.map(({ candidate }) => candidate.saddle ?? 0))).toBeGreaterThan(0.8);
		const sizes = (fits.find(({ candidate }) => candidate.k === 4)?.candidate.sizes ?? []).toSorted(
			(a, b) => a - b
		);
		// Some customers stand midway between two segments: end points that differ in them differ by 1e-6 in inertia.
		expect(farthest(sizes, answers.find(({ k }) => k === 4)?.sizes ?? [])).toBeLessThanOrEqual(3);
	});
	it('has its first component along spend and orders against days', async () => {
		const { scaler } = await sweep(1);
		const { scores, loadings, eigenvalues, explained } = await localCompute.components(
			{ data, scaler },
			signal,
			ignore
		);
		expect(eigenvalues).toEqual(
			[2.221486728, 0.5689968421, 0.2104211346].map((value) => expect.closeTo(value, 8))
		);
		expect(explained[0]).toBeCloseTo(0.7402723333, 9);
		expect([...loadings.values.subarray(0, 6)]).toEqual(
			[-0.5143653892, 0.6168730497, 0.5957313882, 0.84792774, 0.2619511779, 0.4608688839].map((value) =>
				expect.closeTo(value, 8)
			)
		);
		expect([scores.rowCount, scores.columnCount]).toEqual([3317, 2]);
	});
});
