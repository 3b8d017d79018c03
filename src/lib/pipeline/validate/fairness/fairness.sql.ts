import { id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { FeatureTableName } from '#lib/pipeline/features/step.ts';

/** Where bands of ages begin. */
const AGE_BANDS = [25, 35, 45, 55, 65] as const;

/** The group of each customer as text, NULL where it is not told: the text itself, or a band of years. */
export function groupSql(feature: string, kind: 'number' | 'text'): Sql {
	if (kind === 'text') return sql`nullif(${id(feature)}::VARCHAR, '')`;
	const bands = AGE_BANDS.map((from, i) => {
		const below = AGE_BANDS[i - 1];
		const name = below === undefined ? `under ${from}` : `${below} to ${from - 1}`;
		return sql`WHEN ${id(feature)} < ${from} THEN ${name}`;
	});
	const last = AGE_BANDS.at(-1) as number;
	return sql`CASE WHEN ${id(feature)} IS NULL THEN NULL ${join(bands, '\n')} ELSE ${`${last} and over`} END`;
}

/** The groups with how many customers each has, largest first. Rows: `name`, `customers`. */
export function countGroups(table: FeatureTableName, group: Sql): Sql {
	return sql`
		SELECT ${group} AS name, count(*)::INTEGER AS customers
		FROM ${id(...table)} WHERE ${group} IS NOT NULL
		GROUP BY 1 ORDER BY customers DESC, name`;
}

/** How many of each group are in each segment. Rows: `place` of the segment, `name` of the group, `selected`. */
export function countSelected(table: FeatureTableName, group: Sql, members: readonly Sql[]): Sql {
	const parts = members.map((each, place) => sql`SELECT ${place} AS place, idx FROM (${each})`);
	return sql`
		SELECT m.place::INTEGER AS place, g.name::VARCHAR AS name, count(*)::INTEGER AS selected
		FROM (SELECT idx, ${group} AS name FROM ${id(...table)}) g
		JOIN (${join(parts, ' UNION ALL ')}) m USING (idx)
		WHERE g.name IS NOT NULL
		GROUP BY 1, 2 ORDER BY 1, 2`;
}

/** The group of each customer, in the order of `idx`. Rows: `name`, empty where it is not told. */
export function selectGroups(table: FeatureTableName, group: Sql): Sql {
	return sql`SELECT coalesce(${group}, '')::VARCHAR AS name FROM ${id(...table)} ORDER BY idx`;
}
