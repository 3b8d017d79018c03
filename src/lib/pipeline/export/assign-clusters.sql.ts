import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { ClusteringResult, Projection, Scaler } from '../segment/schema.ts';

/**
 * Statements that give every customer the cluster with the nearest centre, from a fitted clustering: table
 * `segment.centroids` in the space that was compared (the scaled features, or their components), then `segment.members`.
 * Equal distances go to the lower number.
 */
export function assignClusters({ features, scaler, projection, profiles }: ClusteringResult): Sql[] {
	const axes = (projection?.loadings ?? features).map((_, i) => id(`${projection ? 'y' : 'z'}${i}`));
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
)${projection === null ? sql`` : sql`, projected AS (${projectedSql(projection)})`}
SELECT s.idx, first(c.cluster ORDER BY ${join(squares, ' + ')}, c.cluster)::INTEGER AS cluster
FROM ${projection === null ? sql`scaled` : sql`projected`} AS s CROSS JOIN segment.centroids AS c
GROUP BY s.idx
ORDER BY s.idx`
	];
}

function projectedSql({ means, loadings }: Projection): Sql {
	const components = loadings.map((row, component) => {
		const terms = row.map((loading, i) => sql`${loading} * (${id(`z${i}`)} - ${means[i] ?? 0})`);
		return as(join(terms, ' + '), `y${component}`);
	});
	return sql`
	SELECT idx, ${join(components, ', ')}
	FROM scaled
`;
}

function scaledSql(feature: string, scaler: Scaler, i: number): Sql {
	return sql`(${transformedSql(id(feature), scaler, i)} - ${scaler.centers[i] ?? 0}) / ${scaler.scales[i] ?? 1}`;
}

/** The logarithm or the power of a scaling. */
function transformedSql(column: Sql, { scaling, lambdas }: Scaler, i: number): Sql {
	const lambda = lambdas?.[i] ?? 1;
	switch (scaling) {
		case 'log1p-standard':
		case 'log1p':
			return sql`sign(${column}) * ln(1 + abs(${column}))`;
		case 'box-cox':
			return powerSql(sql`ln(${column})`, lambda);
		case 'yeo-johnson': {
			const logarithm = sql`ln(1 + abs(${column}))`;
			const [below, above] = [powerSql(logarithm, 2 - lambda), powerSql(logarithm, lambda)];
			return sql`CASE WHEN ${column} < 0 THEN -${below} ELSE ${above} END`;
		}
		default:
			return column;
	}
}

/** (e^(λ·l) − 1) / λ of a logarithm; the logarithm itself for λ = 0. */
function powerSql(logarithm: Sql, lambda: number): Sql {
	return lambda === 0 ? sql`(${logarithm})` : sql`((exp(${lambda} * ${logarithm}) - 1) / ${lambda})`;
}
