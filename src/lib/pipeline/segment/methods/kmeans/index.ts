import { z } from 'zod';
import { defineMethod } from '../method.ts';

export const KmeansParams = z.object({
	clusterCount: z.int().min(1).max(250).default(4),
	/** Different starts, of which the best is kept. */
	initCount: z.int().min(1).max(100).default(10)
});
export type KmeansParams = z.infer<typeof KmeansParams>;

export const kmeans = defineMethod({
	id: 'kmeans',
	label: 'k-means',
	explain:
		'Puts people who are alike into the same group, so that everyone is as near as possible to the middle of their group.',
	clusterCount: 'given',
	hasStarts: true,
	categories: 'none',
	params: KmeansParams,
	load: () => import('./fit.ts').then((module) => module.fit)
});
