import type { ClusteringOutcome } from '#lib/pipeline/segment/cluster-step.ts';
import type { CategoryColumn } from '#lib/pipeline/segment/methods/method.ts';

/** The share of people with a text, in a segment and in all. */
export interface LevelShare {
	readonly own: number;
	readonly all: number;
}

/** How many of a segment have a level, beside all customers. */
export function levelShare(
	{ codes, levels }: Pick<CategoryColumn, 'codes' | 'levels'>,
	level: string,
	{ labels }: Pick<ClusteringOutcome, 'labels'>,
	cluster: number
): LevelShare {
	const code = levels.indexOf(level);
	let [members, own, all] = [0, 0, 0];
	labels.forEach((label, row) => {
		const has = codes[row] === code ? 1 : 0;
		all += has;
		if (label !== cluster) return;
		members += 1;
		own += has;
	});
	return { own: own / Math.max(1, members), all: all / Math.max(1, labels.length) };
}
