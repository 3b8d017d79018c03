import { agnes } from 'ml-hclust';
import type { Matrix } from '#lib/core/matrix.ts';
import { linkage } from '#lib/stats/linkage.ts';
import { madeRows, onlineRetail, toArrays } from '../data.ts';
import type { Answer, Bench, Section } from '../frame.ts';

/** More rows than this need more memory for their distances than scikit-learn can be given. */
const MOST_WITH_DISTANCES = 15_000;
/** ml-hclust takes time by the cube of the rows. */
const MOST_FOR_HCLUST = 1000;
/** Plain TypeScript is not waited for above so many numbers. */
const MOST_PLAIN = 200_000;

/** Ward's tree of all rows. */
export const wardSection: Section = {
	name: 'ward',
	run: async (bench) => {
		await compareTrees(bench, 'Online Retail', onlineRetail());
		for (const rows of [
			madeRows(1000, 3),
			...[3, 8].flatMap((columnCount) => [madeRows(10_000, columnCount), madeRows(50_000, columnCount)])
		]) {
			await compareTrees(bench, 'made', rows);
		}
	}
};

async function compareTrees(bench: Bench, what: string, rows: Matrix): Promise<void> {
	const { rowCount, columnCount } = rows;
	const arrays = rowCount > MOST_FOR_HCLUST ? [] : toArrays(rows);
	await bench.compare({
		title: `Ward, ${what} ${rowCount.toLocaleString('en')} × ${columnCount}`,
		contenders: [
			{ name: 'Pomelo', run: () => heights(rows, false) },
			...(rowCount * columnCount > MOST_PLAIN
				? []
				: [{ name: 'Pomelo, plain', run: () => heights(rows, true) }]),
			...(rowCount > MOST_FOR_HCLUST ? [] : [{ name: 'ml-hclust', run: () => heightsOfAgnes(arrays) }]),
			...(rowCount > MOST_WITH_DISTANCES
				? []
				: [{ name: 'scikit-learn', python: { task: 'ward', rows, params: {} } }])
		],
		agreement: (own, other) => `heights within ${farthest(own, other).toExponential(0)}`
	});
}

function heights(rows: Matrix, plain: boolean): Answer {
	return { heights: [...linkage(rows, 'ward', { plain }).heights] };
}

function heightsOfAgnes(rows: number[][]): Answer {
	const heights: number[] = [];
	agnes(rows, { method: 'ward2' }).traverse(({ isLeaf, height }) => {
		if (!isLeaf) heights.push(height);
	});
	return { heights: heights.sort((a, b) => a - b) };
}

/** The greatest difference of heights, as a share of the greatest height. */
function farthest(first: Answer, second: Answer): number {
	const [one, other] = [first['heights'], second['heights']] as [readonly number[], readonly number[]];
	const most = one.at(-1) as number;
	return one.reduce((worst, height, i) => Math.max(worst, Math.abs(height - (other[i] as number)) / most), 0);
}
