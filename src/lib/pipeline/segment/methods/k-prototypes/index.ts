import { z } from 'zod';
import { ClusterCount, defineMethod, InitCount } from '../method.ts';

export const KPrototypesParams = z.object({
	clusterCount: ClusterCount,
	initCount: InitCount,
	gamma: z.number().min(0).max(1000).nullable().default(null).meta({
		title: 'Weight of a category',
		description:
			'What one different category counts, as a squared distance on the scale of the numbers. Empty: half the mean deviation of the numbers, so that a category weighs about as much as a number. 0: categories do not count.'
	})
});
export type KPrototypesParams = z.infer<typeof KPrototypesParams>;

export const kPrototypes = defineMethod({
	id: 'k-prototypes',
	label: 'Numbers and categories',
	explain:
		'Like k-means, and compares categories, too, such as the favourite one: each group has a middle of its numbers and a most frequent category (k-prototypes).',
	clusterCount: 'given',
	hasStarts: true,
	categories: 'compared',
	params: KPrototypesParams,
	load: () => import('./fit.ts')
});
