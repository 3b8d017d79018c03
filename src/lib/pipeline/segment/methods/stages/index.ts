import { z } from 'zod';
import { defineMethod } from '../method.ts';

export const StagesParams = z.object({
	mostClusters: z
		.int()
		.min(1)
		.max(10)
		.default(4)
		.meta({ title: 'Groups inside a stage', description: 'At most so many; fewer where fewer stand apart.' }),
	/** Different starts, of which the best is kept. */
	initCount: z.int().min(1).max(100).default(10)
});
export type StagesParams = z.infer<typeof StagesParams>;

export const stages = defineMethod({
	id: 'stages',
	label: 'Stage, then groups',
	explain:
		'Splits people by a text first, such as their lifecycle stage, and then looks for groups inside each stage with k-means. Stages with few people stay whole.',
	clusterCount: 'found',
	hasStarts: false,
	categories: 'stages',
	params: StagesParams,
	load: () => import('./fit.ts').then((module) => module.fit)
});
