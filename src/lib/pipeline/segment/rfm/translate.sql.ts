import { id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { GroupTable } from '../schema.ts';
import type { TableName } from './rfm.sql.ts';

/** Who of a translation is meant, by indices into the two tables of groups; null: whatever the group. */
export interface TranslationFilter {
	readonly a: number | null;
	readonly b: number | null;
	/** Only those whose two groups have different ids. */
	readonly onlyOthers?: boolean;
}

/** Where the scores of the two schemes stand while they are joined. */
export const TABLE_A: TableName = ['segment', 'translation_a'];
export const TABLE_B: TableName = ['segment', 'translation_b'];

/**
 * `segment.translation`: one row per customer: idx, a, b INTEGER (indices into the two tables of groups), is_other
 * BOOLEAN (the two groups have different ids).
 */
export function createTranslation(a: GroupTable, b: GroupTable): Sql {
	return sql`
		CREATE OR REPLACE TABLE segment.translation AS
		SELECT x.idx, (${indexSql('x', a)})::INTEGER AS a, (${indexSql('y', b)})::INTEGER AS b,
			x.rfm_group <> y.rfm_group AS is_other
		FROM ${id(...TABLE_A)} x JOIN ${id(...TABLE_B)} y ON y.idx = x.idx ORDER BY x.idx`;
}

/** Gives back the memory of the two tables of scores. */
export function dropScores(table: TableName): Sql {
	return sql`DROP TABLE IF EXISTS ${id(...table)}`;
}

/** One row per pair of groups that somebody has. */
export function countPairs(): Sql {
	return sql`
		SELECT a::INTEGER AS a, b::INTEGER AS b, count(*)::INTEGER AS customers
		FROM segment.translation GROUP BY a, b ORDER BY a, b`;
}

/** The ids of the customers of a filter with `from` <= idx < `to`, in the order of `idx`. */
export function translated(filter: TranslationFilter, from: number, to: number): Sql {
	const conditions = [
		sql`t.idx >= ${from} AND t.idx < ${to}`,
		...(filter.a === null ? [] : [sql`t.a = ${filter.a}`]),
		...(filter.b === null ? [] : [sql`t.b = ${filter.b}`]),
		...(filter.onlyOthers ? [sql`t.is_other`] : [])
	];
	return sql`
		SELECT f.customer_id::VARCHAR AS customer_id
		FROM segment.translation t JOIN features.customers f ON f.idx = t.idx
		WHERE ${join(conditions, ' AND ')} ORDER BY t.idx`;
}

function indexSql(table: string, groups: GroupTable): Sql {
	const cases = groups.map((group, i) => sql`WHEN ${group.id} THEN ${i}`);
	return sql`CASE ${id(table, 'rfm_group')} ${join(cases, '\n')} END`;
}
