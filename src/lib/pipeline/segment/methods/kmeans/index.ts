import { z } from 'zod';
import { ClusterCount, defineMethod, InitCount } from '../method.ts';

export const KmeansParams = z.object({
	clusterCount: ClusterCount,
	initCount: InitCount
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
	load: () => import('./fit.ts')
});
