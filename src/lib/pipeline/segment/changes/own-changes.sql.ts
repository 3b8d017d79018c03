import { list, sql, type Sql } from '#lib/engine/sql.ts';
import type { MovementFilter } from './schema.ts';

/** The people of every own segment: `segment` and `idx`, in the order of both. */
export function readOwnMembers(): Sql {
	return sql`SELECT segment::VARCHAR AS segment, idx::INTEGER AS idx FROM segment.own ORDER BY segment, idx`;
}

/** Starts `segment.own_before`: who was in each own segment, by the row of the snapshot. */
export function createOwnBefore(): Sql {
	return sql`CREATE OR REPLACE TABLE segment.own_before (segment VARCHAR, position INTEGER)`;
}

/** Adds the rows of `segment.own_part`. */
export function addOwnPart(): Sql {
	return sql`INSERT INTO segment.own_before SELECT segment, position FROM segment.own_part`;
}

/**
 * `segment.own_movement`, of these segments. Needs `segment.own_before`, `segment.movement` and `segment.own`. Who was
 * joined to another person has left, as everywhere; the person stands for both.
 */
export function createOwnMovement(segments: readonly string[]): Sql {
	const wanted = segments.length > 0 ? sql`o.segment IN ${list(segments)}` : sql`false`;
	return sql`
		CREATE OR REPLACE TABLE segment.own_movement AS
		WITH now AS (
			SELECT o.segment, v.position FROM segment.own o
			JOIN features.customers f ON f.idx = o.idx
			JOIN segment.movement v ON v.customer_id = f.customer_id AND v.fate NOT IN ('gone', 'joined')
			WHERE ${wanted}
		)
		SELECT segment, position,
			CASE WHEN b.position IS NULL THEN 'entered' WHEN n.position IS NULL THEN 'left' ELSE 'stayed' END AS side
		FROM segment.own_before b FULL JOIN now n USING (segment, position)`;
}

/** One row per segment and side that somebody is on. */
export function countOwnSides(): Sql {
	return sql`
		SELECT segment::VARCHAR AS segment, side::VARCHAR AS side, count(*)::INTEGER AS customers
		FROM segment.own_movement GROUP BY segment, side ORDER BY segment, side`;
}

/** The condition over `segment.movement AS v` for one side of an own segment. */
export function ownFilter({ segment, side }: Extract<MovementFilter, { kind: 'own' }>): Sql {
	return sql`v.position IN (
		SELECT position FROM segment.own_movement WHERE segment = ${segment} AND side = ${side})`;
}
