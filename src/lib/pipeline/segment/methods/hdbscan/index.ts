import { z } from 'zod';
import { defineMethod } from '../method.ts';

export const HdbscanParams = z.object({
	minClusterSize: z.int().min(2).max(1_000_000).nullable().default(null).meta({
		title: 'Smallest segment',
		description: 'Fewer people than this are no segment. Empty: 2% of all, at least 10.'
	}),
	minPoints: z.int().min(2).max(1000).nullable().default(null).meta({
		title: 'Fewest neighbours',
		description:
			'How far so many people reach says how dense a place is; more of them smooth it. Empty: twice the number of features, at least 10.'
	})
});
export type HdbscanParams = z.infer<typeof HdbscanParams>;

export const hdbscan = defineMethod({
	id: 'hdbscan',
	label: 'HDBSCAN',
	explain:
		'Finds dense places as DBSCAN does, but lets some be denser than others, and keeps those that last longest. It needs no distance.',
	clusterCount: 'found',
	hasStarts: false,
	categories: 'none',
	params: HdbscanParams,
	load: () => import('./fit.ts')
});
