import { z } from 'zod';
import { defineMethod } from '../method.ts';

export const DbscanParams = z.object({
	eps: z.number().positive().nullable().default(null).meta({
		title: 'Distance of neighbours',
		description:
			'People at most so far apart, on the scale that is compared, are neighbours. Empty: where the curve of distances turns steep, with nine of ten people in dense places.'
	}),
	minPoints: z.int().min(2).max(1000).nullable().default(null).meta({
		title: 'Fewest neighbours',
		description:
			'With so many people near, oneself included, a place is dense. Empty: twice the number of features, at least 10.'
	})
});
export type DbscanParams = z.infer<typeof DbscanParams>;

export const dbscan = defineMethod({
	id: 'dbscan',
	label: 'DBSCAN',
	explain:
		'Finds places where many people are close together, whatever their shape. People far from everyone belong to no group.',
	clusterCount: 'found',
	hasStarts: false,
	categories: 'none',
	params: DbscanParams,
	load: () => import('./fit.ts')
});
