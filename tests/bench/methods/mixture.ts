import type { Matrix } from '#lib/core/matrix.ts';
import { kmeans } from '#lib/stats/kmeans.ts';
import { COVARIANCES, fitMixture, mixtureData, type Covariance } from '#lib/stats/mixture.ts';
import { madeRows, onlineRetail } from '../data.ts';
import type { Answer, Bench, Section } from '../frame.ts';

const CLUSTER_COUNT = 5;
/** Passes over all rows; both make one more step at the start, from the clusters of k-means. */
const ITERATIONS = 20;
/** Plain TypeScript is not waited for above so many rows. */
const MOST_PLAIN = 20_000;

/** So many passes of expectation maximization from the same clusters. No package of npm does it. */
export const mixtureSection: Section = {
	name: 'mixture',
	run: async (bench) => {
		await compareMixtures(bench, 'Online Retail', onlineRetail(), 'full');
		await compareMixtures(bench, 'made', madeRows(10_000, 3), 'full');
		for (const columnCount of [3, 8]) {
			const rows = madeRows(100_000, columnCount);
			for (const covariance of COVARIANCES) await compareMixtures(bench, 'made', rows, covariance);
		}
	}
};

async function compareMixtures(
	bench: Bench,
	what: string,
	rows: Matrix,
	covariance: Covariance
): Promise<void> {
	const { rowCount, columnCount } = rows;
	const { labels } = kmeans(rows, { clusterCount: CLUSTER_COUNT, seed: 1 });
	const run = (plain: boolean) => {
		const data = mixtureData(rows, { labels, clusterCount: CLUSTER_COUNT }, { plain });
		return (): Answer => {
			const options = { covariance, tolerance: 0, maxIterations: ITERATIONS };
			const { logLikelihood, model } = fitMixture(data, options);
			return { logLikelihood, means: [...model.means] };
		};
	};
	const params = { labels: [...labels], clusterCount: CLUSTER_COUNT, covariance, iterations: ITERATIONS };
	await bench.compare({
		title: `mixture, ${covariance}, ${what} ${rowCount.toLocaleString('en')} × ${columnCount}, ${ITERATIONS} passes`,
		contenders: [
			{ name: 'Pomelo', run: run(false) },
			...(rowCount > MOST_PLAIN ? [] : [{ name: 'Pomelo, plain', run: run(true) }]),
			{ name: 'scikit-learn', python: { task: 'mixture', rows, params } }
		],
		agreement: (own, other) =>
			`log-likelihood within ${farthest(own, other, 'logLikelihood')}, means ${farthest(own, other, 'means')}`
	});
}

function farthest(own: Answer, other: Answer, name: string): string {
	const [first, second] = [own, other].map((answer) => [answer[name] ?? []].flat()) as [number[], number[]];
	return Math.max(...first.map((value, i) => Math.abs(value - (second[i] as number)))).toExponential(0);
}
