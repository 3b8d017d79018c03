import { id, sql, type Sql } from '#lib/engine/sql.ts';

/**
 * How the values of a column are shown and sorted. `number` crosses as a number; `exact` has more digits than a number
 * holds, or a fraction that must not change, and crosses as its digits; all others but `boolean` cross as text.
 */
export type ColumnKind = 'number' | 'exact' | 'boolean' | 'date' | 'time' | 'text';

const KINDS: readonly (readonly [RegExp, ColumnKind])[] = [
	[/^(?:U?(?:TINYINT|SMALLINT|INTEGER)|DOUBLE)$/, 'number'],
	[/^(?:U?(?:BIGINT|HUGEINT)|FLOAT|DECIMAL\(\d+,\d+\))$/, 'exact'],
	[/^BOOLEAN$/, 'boolean'],
	[/^DATE$/, 'date'],
	[/^TIMESTAMP/, 'time']
];

/** The kind of a type, by what the engine calls it. */
export function columnKind(type: string): ColumnKind {
	// A list of dates, `DATE[]`, is no date.
	if (/\]$/.test(type)) return 'text';
	return KINDS.find(([pattern]) => pattern.test(type))?.[1] ?? 'text';
}

/** True where values are numbers. */
export function isNumberKind(kind: ColumnKind): boolean {
	return kind === 'number' || kind === 'exact';
}

/** The name of column i of a result in the engine. */
export function resultColumn(index: number): string {
	return `c${index}`;
}

/** Longer texts are cut when they are shown. */
const MOST_SHOWN = 2_000;

/** The value of a column as it crosses. `shown`: long texts are cut, with `…` at their end. */
export function crossing(name: string, kind: ColumnKind, shown = false): Sql {
	const column = id(name);
	if (kind === 'number') return sql`${column}::DOUBLE`;
	if (kind === 'boolean') return sql`${column}::BOOLEAN`;
	if (!shown || kind !== 'text') return sql`${column}::VARCHAR`;
	return sql`(CASE WHEN length(${column}::VARCHAR) > ${MOST_SHOWN} THEN left(${column}::VARCHAR, ${MOST_SHOWN}) || '…' ELSE ${column}::VARCHAR END)`;
}
