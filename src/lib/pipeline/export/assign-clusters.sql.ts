import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { ClusteringResult, Scaler } from '../segment/schema.ts';

/**
 * Statements that give every customer the cluster with the nearest centre, from a fitted clustering: table
 * `segment.centroids` in the scaled space, then `segment.members`. Equal distances go to the lower number.
 */
export function assignClusters({ features, scaler, profiles }: ClusteringResult): Sql[] {
	const axes = features.map((_, i) => id(`z${i}`));
	const centroids = profiles.map(
		({ cluster, centroid }) =>
			sql`(${join(
				[cluster, ...centroid].map((value) => sql`${value}`),
				', '
			)})`
	);
	const scaled = features.map((feature, i) => as(scaledSql(feature, scaler, i), `z${i}`));
	const squares = axes.map((axis) => sql`(s.${axis} - c.${axis}) * (s.${axis} - c.${axis})`);
	return [
		sql`CREATE OR REPLACE TABLE segment.centroids AS
SELECT * FROM (VALUES ${join(centroids, ', ')}) AS centroids(cluster, ${join(axes, ', ')})`,
		sql`CREATE OR REPLACE TABLE segment.members AS
WITH scaled AS (
	SELECT idx, ${join(scaled, ', ')}
	FROM features.customers
)
SELECT s.idx, first(c.cluster ORDER BY ${join(squares, ' + ')}, c.cluster)::INTEGER AS cluster
FROM scaled AS s CROSS JOIN segment.centroids AS c
GROUP BY s.idx
ORDER BY s.idx`
	];
}

function scaledSql(feature: string, { scaling, means, deviations }: Scaler, i: number): Sql {
	const column = id(feature);
	const value = scaling === 'log1p-standard' ? sql`sign(${column}) * ln(1 + abs(${column}))` : column;
	return sql`(${value} - ${means[i] ?? 0}) / ${deviations[i] ?? 1}`;
}
