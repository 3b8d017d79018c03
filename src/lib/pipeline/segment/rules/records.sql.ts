import { id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { Need } from '#lib/pipeline/features/needs.ts';
import type { FieldTest, SubjectId, TextTest, Window } from './schema.ts';
import { fieldOf, subjectOf } from './subjects/index.ts';
import type { SubjectField } from './subjects/subject.ts';
import { insideSql, testSql } from './test.sql.ts';

/** Records of a subject that are looked for. */
export interface RecordsAsked {
	readonly subject: SubjectId;
	/** All must hold of a record. */
	readonly where: readonly FieldTest[];
	/** Null: at any time before the as-of day, and without one. */
	readonly window: Window | null;
	/** Fields that are wanted besides. */
	readonly fields?: readonly string[];
}

/** A SELECT of `customer_id`, `at`, `record` and the fields wanted, of the records that are looked for. */
export function recordsSql({ subject, where, window, fields = [] }: RecordsAsked, asOf: Sql): Sql {
	const tests = withUsual({ subject, where, fields });
	const asked = [...new Set([...fields, ...tests.map(({ field }) => field)])];
	const columns = ['customer_id', 'at', 'record', ...new Set(fields)].map((name) => id('r', name));
	return sql`SELECT ${join(columns, ', ')} FROM (${subjectOf(subject).sql(asked, asOf)}) r
		WHERE ${join([...inWindow(window, asOf), ...testsSql(tests, asOf)], ' AND ')}`;
}

/** The tests of records, after those that hold of what the subject means as long as nothing is asked of anything else. */
export function withUsual({
	subject,
	where,
	fields = []
}: Pick<RecordsAsked, 'subject' | 'where' | 'fields'>): FieldTest[] {
	return [...usualTests(subject, [...fields, ...where.map(({ field }) => field)]), ...where];
}

function usualTests(subject: SubjectId, asked: readonly string[]): FieldTest[] {
	const { usual } = subjectOf(subject);
	return usual === undefined || asked.includes(usual.unless) ? [] : [usual.only];
}

/**
 * The same of the earliest or the latest record in the window alone, whatever it is, which then has to pass. Records without
 * a time come before all others; of those of one time the order of `record` decides.
 */
export function endRecordsSql(asked: RecordsAsked, end: 'first' | 'last', asOf: Sql): Sql {
	const { subject, where, window, fields = [] } = asked;
	const wanted = [...new Set([...fields, ...where.map(({ field }) => field)])];
	const usual = usualTests(subject, wanted);
	const told = usual.map(({ field }) => field);
	const recordsOf = (names: readonly string[]) => {
		const records = subjectOf(subject).sql([...names, ...told], asOf);
		return usual.length === 0
			? records
			: sql`SELECT * FROM (${records}) r WHERE ${join(testsSql(usual, asOf), ' AND ')}`;
	};
	const time = sql`coalesce(${id('r', 'at')}, TIMESTAMP '0001-01-01')`;
	const direction = end === 'first' ? sql`ASC` : sql`DESC`;
	// Orders of one number of two shops differ in their fields at most.
	const order = ['record', ...wanted].map((name) => sql`${id('r', name)} ${direction}`);
	return sql`SELECT * FROM (
			SELECT r.* FROM (${recordsOf(wanted)}) r
				JOIN (
					SELECT customer_id, ${end === 'first' ? sql`min` : sql`max`}(${time}) AS end_at
					FROM (${recordsOf([])}) r WHERE ${join(inWindow(window, asOf), ' AND ')} GROUP BY customer_id
				) e ON e.customer_id = r.customer_id AND e.end_at = ${time}
			QUALIFY row_number() OVER (PARTITION BY r.customer_id ORDER BY ${join(order, ', ')}) = 1
		) r
		WHERE ${join([sql`true`, ...testsSql(where, asOf)], ' AND ')}`;
}

/** Conditions on `at`. Without a window, everything before the as-of day counts, which a subject keeps to by itself. */
function inWindow(window: Window | null, asOf: Sql): Sql[] {
	return window === null ? [sql`true`] : [insideSql(id('r', 'at'), window, asOf)];
}

function testsSql(where: readonly FieldTest[], asOf: Sql): Sql[] {
	return where.map(({ field, test }) => testSql(id('r', field), test, asOf));
}

/** What the files have to tell for records with these fields. */
export function recordNeeds(subject: SubjectId, fields: readonly string[]): Need[] {
	const found = subjectOf(subject);
	return [...found.needs, ...fields.flatMap((field) => fieldOf(found, field)?.needs ?? [])];
}

/** What is wrong with tests of fields, in words. */
export function testProblems(
	where: readonly FieldTest[],
	find: (field: string) => SubjectField | undefined,
	owner: string
): string[] {
	return where.flatMap(({ field, test }) => {
		const found = find(field);
		if (!found) return [`There is no field ${field} of ${owner}.`];
		if (found.type !== test.type) return [`The ${found.label} of ${owner} is not ${TYPE_WORDS[test.type]}.`];
		return test.type === 'text' ? valueProblems(found, test.test) : [];
	});
}

/** What is wrong with tests of the fields of a subject, in words. */
export function recordProblems(subject: SubjectId, where: readonly FieldTest[]): string[] {
	const found = subjectOf(subject);
	return testProblems(where, (field) => fieldOf(found, field), found.many);
}

const TYPE_WORDS = { number: 'a number', text: 'a text', time: 'a day', flag: 'a yes or no' } as const;

function valueProblems({ label, values }: SubjectField, test: TextTest): string[] {
	if (values === undefined || !('values' in test)) return [];
	const unknown = test.values.filter((word) => !values.includes(word.trim().toLowerCase()));
	return unknown.map((word) => `There is no ${label} ${word}; there are ${values.join(', ')}.`);
}
