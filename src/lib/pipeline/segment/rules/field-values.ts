import type { Engine } from '#lib/engine/engine.ts';
import { id, sql, type Sql } from '#lib/engine/sql.ts';
import { profileField } from './profile-fields.ts';
import type { SubjectId } from './schema.ts';
import { fieldOf, subjectOf } from './subjects/index.ts';

/** A text of a field, and how many records have it. */
export interface FieldValue {
	readonly value: string;
	readonly count: number;
}

/** The most texts that are offered. */
export const MOST_VALUES = 200;

/**
 * The most frequent texts of a field before the as-of day, the most frequent first, equal ones in the order of bytes; as the files
 * write them. None where the field is not there or holds no texts.
 * @param subject what people did, or the customers files
 * @param asOf a DATE
 */
export async function fieldValues(
	engine: Engine,
	subject: SubjectId | 'profile',
	field: string,
	asOf: Sql,
	signal: AbortSignal
): Promise<FieldValue[]> {
	const found = subject === 'profile' ? profileField(field) : fieldOf(subjectOf(subject), field);
	if (found?.type !== 'text') return [];
	const rows =
		subject === 'profile'
			? sql`SELECT * FROM clean.profiles WHERE created_at < ${asOf} OR created_at IS NULL`
			: subjectOf(subject).sql([field], asOf);
	return engine.rows<FieldValue>(
		sql`
			SELECT value::VARCHAR AS value, count::INTEGER AS count FROM (
				SELECT ${id(field)} AS value, count(*) AS count FROM (${rows})
				WHERE ${id(field)} IS NOT NULL GROUP BY 1
			)
			ORDER BY count DESC, value LIMIT ${MOST_VALUES}`,
		signal
	);
}
