import type { Matrix } from '#lib/core/matrix.ts';
import { kmeans } from '#lib/stats/kmeans.ts';
import { mean } from '#lib/stats/moments.ts';
import { silhouetteSamples } from '#lib/stats/silhouette.ts';
import { madeRows, onlineRetail } from '../data.ts';
import type { Answer, Bench, Section } from '../frame.ts';

const CLUSTER_COUNT = 5;
/** Python would wait for minutes above, and so would plain TypeScript. */
const MOST_ROWS_OF_OTHERS = 20_000;

/** Exact silhouettes of all rows, for the clusters of k-means. */
export const silhouetteSection: Section = {
	name: 'silhouette',
	run: async (bench) => {
		await compareSilhouettes(bench, 'Online Retail', onlineRetail());
		for (const [rowCount, columnCount] of [
			[10_000, 3],
			[10_000, 8],
			[20_000, 3],
			[50_000, 3],
			[50_000, 8]
		] as const) {
			await compareSilhouettes(bench, 'made', madeRows(rowCount, columnCount));
		}
	}
};

async function compareSilhouettes(bench: Bench, what: string, rows: Matrix): Promise<void> {
	const { rowCount, columnCount } = rows;
	const { labels } = kmeans(rows, { clusterCount: CLUSTER_COUNT, seed: 1 });
	const run = (plain: boolean) => (): Answer => {
		const labeling = { labels, clusterCount: CLUSTER_COUNT };
		const [samples] = silhouetteSamples(rows, [labeling], undefined, { plain });
		return { mean: mean(samples as Float64Array) };
	};
	const hasOthers = rowCount <= MOST_ROWS_OF_OTHERS;
	const python = { task: 'silhouette', rows, params: { labels: [...labels] } };
	await bench.compare({
		title: `silhouette, ${what} ${rowCount.toLocaleString('en')} × ${columnCount}`,
		contenders: [
			{ name: 'Pomelo', run: run(false) },
			...(hasOthers
				? [
						{ name: 'Pomelo, plain', run: run(true) },
						{ name: 'scikit-learn', python }
					]
				: [])
		],
		agreement: (own, other) => `mean within ${difference(own, other).toExponential(0)}`
	});
}

function difference(own: Answer, other: Answer): number {
	return Math.abs((own['mean'] as number) - (other['mean'] as number));
}
