import { z } from 'zod';
import { defineMethod, InitCount } from '../method.ts';

export const StagesParams = z.object({
	/** Null: as many as stand apart. */
	groupsInside: z.int().min(1).max(10).nullable().default(null).meta({
		title: 'Groups inside a stage',
		description: 'Empty: up to four where groups stand apart, else the stage stays whole.'
	}),
	initCount: InitCount
});
export type StagesParams = z.infer<typeof StagesParams>;

export const stages = defineMethod({
	id: 'stages',
	label: 'Stage, then groups',
	explain:
		'Splits people by a text first, such as their lifecycle stage, and then looks for groups inside each stage with k-means. Stages that hold no groups, or few people, stay whole.',
	clusterCount: 'found',
	hasStarts: false,
	categories: 'stages',
	params: StagesParams,
	load: () => import('./fit.ts')
});
