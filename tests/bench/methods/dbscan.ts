import clustering from 'density-clustering';
import type { Matrix } from '#lib/core/matrix.ts';
import { dbscan } from '#lib/stats/dbscan.ts';
import { madeRows, onlineRetail, toArrays } from '../data.ts';
import type { Answer, Bench, Section } from '../frame.ts';

/** density-clustering takes time by the square of the rows. */
const MOST_FOR_SQUARES = 10_000;

/** Plain TypeScript is not waited for above so many numbers. */
const MOST_PLAIN = 300_000;

/** DBSCAN at distances that leave few and many people outside. */
export const dbscanSection: Section = {
	name: 'dbscan',
	run: async (bench) => {
		await compareLabels(bench, 'Online Retail', onlineRetail(), 0.3, 10);
		const [small, large, plane] = [madeRows(10_000, 3), madeRows(100_000, 3), madeRows(100_000, 2)];
		await compareLabels(bench, 'made', small, 0.2, 10);
		await compareLabels(bench, 'made', large, 0.05, 10);
		await compareLabels(bench, 'made', large, 0.1, 10);
		await compareLabels(bench, 'made', large, 0.2, 20);
		await compareLabels(bench, 'made', plane, 0.05, 10);
		await compareLabels(bench, 'made', madeRows(10_000, 8), 0.8, 10);
		await compareLabels(bench, 'made', madeRows(10_000, 8), 1.5, 10);
		await compareLabels(bench, 'made', madeRows(50_000, 8), 0.8, 10);
	}
};

async function compareLabels(
	bench: Bench,
	what: string,
	rows: Matrix,
	eps: number,
	minPoints: number
): Promise<void> {
	const { rowCount, columnCount } = rows;
	const arrays = rowCount > MOST_FOR_SQUARES ? [] : toArrays(rows);
	await bench.compare({
		title: `DBSCAN, ${what} ${rowCount.toLocaleString('en')} × ${columnCount}, eps ${eps}`,
		contenders: [
			{ name: 'Pomelo', run: () => labelsOf(rows, eps, minPoints, false) },
			...(rowCount * columnCount > MOST_PLAIN
				? []
				: [{ name: 'Pomelo, plain', run: () => labelsOf(rows, eps, minPoints, true) }]),
			...(rowCount > MOST_FOR_SQUARES
				? []
				: [{ name: 'density-clustering', run: () => labelsOfPackage(arrays, eps, minPoints) }]),
			{ name: 'scikit-learn', python: { task: 'dbscan', rows, params: { eps, min_points: minPoints } } }
		],
		agreement: (own, other) => `${different(own, other)} labels differ`
	});
}

function labelsOf(rows: Matrix, eps: number, minPoints: number, plain: boolean): Answer {
	return { labels: Array.from(dbscan(rows, { eps, minPoints, plain }).labels) };
}

/** Its clusters are lists of rows; who is in none is noise. */
function labelsOfPackage(rows: number[][], eps: number, minPoints: number): Answer {
	const labels = new Array<number>(rows.length).fill(-1);
	const clusters = new clustering.DBSCAN().run(rows, eps, minPoints);
	clusters.forEach((members, cluster) => members.forEach((row) => (labels[row] = cluster)));
	return { labels };
}

function different(first: Answer, second: Answer): number {
	const [one, other] = [first['labels'], second['labels']] as [readonly number[], readonly number[]];
	return one.reduce((count, label, row) => count + (label === other[row] ? 0 : 1), 0);
}
