import { z } from 'zod';
import { ClusterCount, defineMethod, InitCount } from '../method.ts';

export const MixtureParams = z.object({
	clusterCount: ClusterCount,
	/** Different starts of k-means, the best of which the mixture starts from. */
	initCount: InitCount,
	covariance: z
		.enum(['full', 'tied', 'diag', 'spherical'])
		.default('full')
		.meta({
			title: 'Shape of the groups',
			description: 'Freer shapes fit closer and need more people. The criterion BIC says which shape pays.',
			options: {
				full: 'Each its own size, stretch and tilt (full)',
				tied: 'The same size, stretch and tilt for all (tied)',
				diag: 'Each its own stretch along the features (diagonal)',
				spherical: 'Round, each its own size (spherical)'
			}
		})
});
export type MixtureParams = z.infer<typeof MixtureParams>;

export const mixture = defineMethod({
	id: 'mixture',
	label: 'Overlapping groups',
	explain:
		'Takes the customers for a mixture of bell-shaped clouds that may overlap (Gaussian mixture), and says for each person how surely they belong to their group. People between two groups stand out.',
	clusterCount: 'given',
	hasStarts: false,
	categories: 'none',
	params: MixtureParams,
	load: () => import('./fit.ts')
});
