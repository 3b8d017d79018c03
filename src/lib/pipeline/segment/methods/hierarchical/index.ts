import { z } from 'zod';
import { ClusterCount, defineMethod } from '../method.ts';

export const HierarchicalParams = z.object({
	clusterCount: ClusterCount,
	linkage: z
		.enum(['ward', 'average', 'complete'])
		.default('ward')
		.meta({
			title: 'What counts as near',
			description: 'How far two groups are apart when the nearest two are joined.',
			options: {
				ward: 'How much wider the joined group would be (Ward)',
				average: 'The mean distance between their people (average)',
				complete: 'The greatest distance between their people (complete)'
			}
		})
});
export type HierarchicalParams = z.infer<typeof HierarchicalParams>;

export const hierarchical = defineMethod({
	id: 'hierarchical',
	label: 'Nested groups',
	explain:
		'Joins the two people or groups that are nearest, again and again, into a tree of groups within groups (hierarchical clustering). A cut through the tree gives any number of groups.',
	clusterCount: 'given',
	hasStarts: false,
	categories: 'none',
	params: HierarchicalParams,
	load: () => import('./fit.ts')
});
