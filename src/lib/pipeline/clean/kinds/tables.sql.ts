import type { Database } from '#lib/engine/engine.ts';
import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { Role, SourceParams } from '#lib/pipeline/import/schema.ts';
import { personRoles, withPerson } from '../identity/records.sql.ts';
import { missingCustomer } from '../operations/missing-customer.ts';
import { isOn } from '../operations/operation.ts';
import { setAsideByStep, stepSentence } from '../operations/set-aside-by-step.ts';
import { superseded } from '../operations/superseded.ts';
import { unreadable } from '../operations/unreadable.ts';
import type { Part } from '../parts.sql.ts';
import { hasRole, type SourceContext } from '../source.ts';
import type { NewTable } from '../statement.ts';
import { textColumn, texts } from '../texts.sql.ts';
import { isSuperseded } from '../versions/flag.sql.ts';
import { datedSql, momentColumns, movedSql } from '../zone.sql.ts';
import type { CanonicalColumn, CanonicalKind } from './kind.ts';
import { moment } from './values.sql.ts';

/** The empty table of a kind. */
export function createTable({ table, people, columns }: CanonicalKind, database: Database): NewTable {
	const customer = people.length > 0 ? [sql`customer_id VARCHAR`] : [];
	const typed = columns.map(({ name, type }) => sql`${id(name)} ${TYPE_NAMES[type.sqlType]}`);
	const content = sql`(${join([sql`source VARCHAR, row INTEGER`, ...customer, ...typed], ', ')})`;
	return { database, table, content };
}

const TYPE_NAMES = {
	VARCHAR: sql`VARCHAR`,
	'DECIMAL(18,4)': sql`DECIMAL(18,4)`,
	BIGINT: sql`BIGINT`,
	INTEGER: sql`INTEGER`,
	DATE: sql`DATE`,
	TIMESTAMP: sql`TIMESTAMP`
} as const;

/** Reads a part of a raw table into the table of its kind, and what lacks a needed value into `clean.records`. */
export function insertTable(context: SourceContext, kind: CanonicalKind, part: Part): Sql[] {
	const { source } = context;
	const customer = kind.people.length > 0 ? [id('customer_id')] : [];
	const loaded = [...customer, ...kind.columns.map(({ name }) => id(name))];
	const judged = judgedSql(context, kind, part);
	return [
		sql`
			INSERT INTO ${id('clean', kind.table)}
			${judged}
			SELECT ${source.id}, row, ${join(loaded, ', ')} FROM judged WHERE reason IS NULL`,
		sql`
			INSERT INTO clean.records
			${judged}
			SELECT ${source.id}, row, reason, CASE reason WHEN ${unreadable.id} THEN ${detail(kind, source)}
				WHEN ${setAsideByStep.id} THEN ${stepSentence(context.steps)} END
			FROM judged WHERE reason IS NOT NULL`
	];
}

/** The stages `texts`, `dated`, `named`, `typed`, `moved` and `judged`, which has the columns of the table, the texts and `reason`. */
function judgedSql(context: SourceContext, kind: CanonicalKind, part: Part): Sql {
	const { source, settings } = context;
	const read = kind.columns.map(({ role }) => role);
	const roles = [...new Set<Role>([...personRoles(source), 'time', ...read])];
	const moments = kind.columns.filter(({ type, role }) => type === moment && hasRole(source, role));
	const names = moments.map(({ name }) => name);
	const values = kind.columns.filter((column) => !moments.includes(column));
	const columns = [
		...(kind.people.length > 0 ? [as(sql`person`, 'customer_id')] : []),
		...values.map((column) => as(valueSql(column, source), column.name)),
		...momentColumns(
			moments.map(({ name, role }) => ({ name, text: id(textColumn(role)) })),
			source,
			settings.timeZone
		)
	];
	return sql`WITH texts AS (${texts(source, roles, part)}),
			dated AS (${datedSql(sql`texts`, source)}),
			named AS (${withPerson(sql`dated`, context)}),
			typed AS (SELECT *, ${join(columns, ', ')} FROM named),
			moved AS (${movedSql(sql`typed`, names, settings.timeZone)}),
			judged AS (SELECT *, ${reason(context, kind)} FROM moved)`;
}

function valueSql({ role, type, otherwise }: CanonicalColumn, source: SourceParams): Sql {
	const typeName = TYPE_NAMES[type.sqlType];
	if (!hasRole(source, role)) return sql`${otherwise ?? null}::${typeName}`;
	return sql`(${type.read(id(textColumn(role)), source)})::${typeName}`;
}

/** `reason VARCHAR`: why a row is set aside; NULL loads it. */
function reason(context: SourceContext, { people, needs }: CanonicalKind): Sql {
	const replaced =
		context.hasSiblings && isOn(superseded, context.switches)
			? [sql`WHEN ${isSuperseded(context)} THEN ${superseded.id}`]
			: [];
	const bySteps = setAsideByStep.applies(context)
		? [sql`WHEN ${setAsideByStep.condition(context)} THEN ${setAsideByStep.id}`]
		: [];
	const nobody = people.length > 0 ? [sql`WHEN customer_id IS NULL THEN ${missingCustomer.id}`] : [];
	const lacking = needs.map((names) => sql`WHEN ${allNull(names)} THEN ${unreadable.id}`);
	const branches = [...replaced, ...bySteps, ...nobody, ...lacking];
	return as(branches.length > 0 ? sql`CASE ${join(branches, '\n')} END` : sql`NULL::VARCHAR`, 'reason');
}

/** The first text that was needed and could not be read, after the name of its column. */
function detail({ columns, needs }: CanonicalKind, source: SourceParams): Sql {
	const branches = needs.map((names) => {
		const roles = columns.filter(({ name, role }) => names.includes(name) && hasRole(source, role));
		const shown = roles.map(({ role }) => {
			const text = id(textColumn(role));
			return sql`${`${source.mapping[role] ?? role}: `} || left(coalesce(nullif(trim(${text}), ''), '(empty)'), 200)`;
		});
		return sql`WHEN ${allNull(names)} THEN ${shown[0] ?? sql`${names[0] ?? ''}`}`;
	});
	return branches.length > 0 ? sql`CASE ${join(branches, '\n')} END` : sql`NULL`;
}

function allNull(names: readonly string[]): Sql {
	return join(
		names.map((name) => sql`${id(name)} IS NULL`),
		' AND '
	);
}
