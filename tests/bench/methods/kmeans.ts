import { kmeans as mlKmeans } from 'ml-kmeans';
import skmeans from 'skmeans';
import type { Matrix } from '#lib/core/matrix.ts';
import { seeded } from '#lib/core/random.ts';
import { kmeans, needsSummary } from '#lib/stats/kmeans.ts';
import { lloyd } from '#lib/stats/lloyd.ts';
import { seedCentroids } from '#lib/stats/seeding.ts';
import { summaryLevels } from '#lib/stats/summary.ts';
import { madeRows, onlineRetail, toArrays } from '../data.ts';
import type { Answer, Bench, Section } from '../frame.ts';

const CLUSTER_COUNTS = [2, 3, 4, 5, 6, 7, 8, 9, 10];

/** skmeans is not waited for above so many rows. */
const MOST_FOR_SKMEANS = 100_000;

/** One fit from the same start by the same stop rule, and the sweep of k = 2 to 10 with ten starts each. */
export const kmeansSection: Section = {
	name: 'kmeans',
	run: async (bench) => {
		const real = onlineRetail();
		const made = [madeRows(10_000, 3), madeRows(100_000, 3), madeRows(100_000, 8)];
		await compareFits(bench, 'Online Retail', real, 4);
		for (const rows of [...made, madeRows(1_000_000, 3)]) {
			for (const clusterCount of [5, 8]) await compareFits(bench, 'made', rows, clusterCount);
		}
		await compareSweeps(bench, 'Online Retail', real);
		for (const rows of made) await compareSweeps(bench, 'made', rows);
	}
};

async function compareFits(bench: Bench, what: string, rows: Matrix, clusterCount: number): Promise<void> {
	const start = seedCentroids(rows, clusterCount, seeded(3));
	const { iterations } = lloyd(rows, { start });
	const arrays = toArrays(rows);
	// New each time: skmeans writes into the centroids that it is given.
	const initialization = (): number[][] => toArrays({ values: start, columnCount: rows.columnCount });
	const same = { ...rows };
	await bench.compare({
		title: `fit ${sizes(what, rows)}, k ${clusterCount}, ${iterations} passes`,
		contenders: [
			// A new table each time, so that loading it into the kernel counts.
			{ name: 'Pomelo', run: () => told(lloyd({ ...rows }, { start })) },
			{ name: 'Pomelo, rows loaded', run: () => told(lloyd(same, { start })) },
			{ name: 'Pomelo, plain', run: () => told(lloyd(rows, { start, plain: true })) },
			{
				name: 'ml-kmeans',
				// Without a tolerance, so that it makes as many passes.
				run: () => {
					const options = { initialization: initialization(), maxIterations: iterations, tolerance: 0 };
					const fit = mlKmeans(arrays, clusterCount, options);
					return { inertia: [inertiaOf(rows, fit)], iterations: [fit.iterations] };
				}
			},
			...(rows.rowCount > MOST_FOR_SKMEANS
				? []
				: [
						{
							name: 'skmeans',
							run: () => {
								const fit = skmeans(arrays, clusterCount, initialization(), iterations);
								return {
									inertia: [inertiaOf(rows, { clusters: fit.idxs, centroids: fit.centroids })],
									iterations: [fit.it]
								};
							}
						}
					]),
			{
				name: 'scikit-learn',
				python: { task: 'kmeans', rows, params: { cluster_counts: [clusterCount], start: [...start] } }
			}
		],
		agreement: (own, other) =>
			`inertia ${signed(relative(own, other)[0] ?? 0)}, passes ${String(other['iterations'])}`
	});
}

async function compareSweeps(bench: Bench, what: string, rows: Matrix): Promise<void> {
	let seed = 0;
	await bench.compare({
		title: `k = 2 … 10 with ten starts, ${sizes(what, rows)}`,
		contenders: [
			{ name: 'Pomelo', run: () => sweep({ ...rows }, (seed += 1)) },
			{
				name: 'scikit-learn',
				python: { task: 'kmeans', rows, params: { cluster_counts: CLUSTER_COUNTS, seed: 0 } }
			}
		],
		repeats: 3,
		agreement: (own, other) => {
			const excess = relative(other, own).map((one) => 100 * one);
			return `our inertia at most ${Math.max(...excess).toFixed(3)} % above`;
		}
	});
}

function sweep(rows: Matrix, seed: number): Answer {
	const summary = needsSummary(rows) ? { summary: summaryLevels(rows) } : {};
	const fits = CLUSTER_COUNTS.map((clusterCount) => kmeans(rows, { clusterCount, seed, ...summary }));
	return { inertia: fits.map((fit) => fit.inertia), iterations: fits.map((fit) => fit.iterations) };
}

function told({ inertia, iterations }: { inertia: number; iterations: number }): Answer {
	return { inertia: [inertia], iterations: [iterations] };
}

function inertiaOf(
	rows: Matrix,
	{ clusters, centroids }: { clusters: readonly number[]; centroids: readonly (readonly number[])[] }
): number {
	return clusters.reduce((total, cluster, row) => {
		const centroid = centroids[cluster] ?? [];
		return centroid.reduce(
			(sum, value, c) => sum + (value - (rows.values[row * rows.columnCount + c] as number)) ** 2,
			total
		);
	}, 0);
}

/** How far the inertias of the second are above those of the first, relative. */
function relative(first: Answer, second: Answer): number[] {
	const [from, to] = [first['inertia'], second['inertia']] as [readonly number[], readonly number[]];
	return to.map((inertia, i) => inertia / (from[i] as number) - 1);
}

function signed(value: number): string {
	return `${value < 0 ? '−' : '+'}${Math.abs(value).toExponential(0)}`;
}

function sizes(what: string, { rowCount, columnCount }: Matrix): string {
	return `${what} ${rowCount.toLocaleString('en')} × ${columnCount}`;
}
