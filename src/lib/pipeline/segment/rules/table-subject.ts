import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { Subject, SubjectField } from './subjects/subject.ts';

/** A field, and the column of the table where that has another name. */
export interface TableField extends SubjectField {
	readonly column?: Sql;
}

/** A subject whose records are the rows of one table of `clean`. */
export interface TableSubject extends Omit<Subject, 'sql' | 'fields'> {
	readonly table: string;
	/** Its column of times. */
	readonly time: string;
	/** True for the rows that count; absent: all. */
	readonly only?: Sql;
	readonly fields: readonly TableField[];
}

/** The subject, with records in the order of the files. */
export function tableSubject({ table, time, only, ...subject }: TableSubject): Subject {
	const at = id(time);
	return {
		...subject,
		sql: (asked, asOf) => sql`
			SELECT customer_id, ${as(at, 'at')}, ${FILE_RECORD} AS record${askedColumns(subject.fields, asked)}
			FROM ${id('clean', table)}
			WHERE customer_id IS NOT NULL AND (${at} < ${asOf} OR ${at} IS NULL)${only ? sql` AND ${only}` : sql``}`
	};
}

/** BIGINT: the file and the number of the record in it, over the columns `source` and `row`. */
export const FILE_RECORD = sql`(substr(source, 2)::BIGINT * 4294967296 + row)`;

/** The columns of the fields that are asked for, with a comma before each. */
export function askedColumns(fields: readonly TableField[], asked: readonly string[]): Sql {
	const columns = fields.filter((field) => asked.includes(field.id));
	if (columns.length === 0) return sql``;
	return sql`, ${join(
		columns.map((field) => as(field.column ?? id(field.id), field.id)),
		', '
	)}`;
}
