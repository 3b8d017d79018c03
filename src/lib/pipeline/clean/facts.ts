import type { Engine } from '#lib/engine/engine.ts';
import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import { rawTable, type SourceParams } from '#lib/pipeline/import/schema.ts';
import { idFixes } from './operations/index.ts';
import { ID_ROLES, type IdFix, type IdRole } from './operations/operation.ts';
import { trimIds } from './operations/trim-ids.ts';
import { repeatCounts } from './repeats.sql.ts';
import { hasRole, roleColumn, type IdColumnFacts, type SourceFacts } from './source.ts';

/** One number the scan brings home: its name, and the condition whose rows it counts. */
interface Count {
	readonly name: string;
	readonly condition: Sql;
}

/**
 * Reads the facts of every source: one scan each. `clean.repeats` must exist (see `repeats.sql.ts`).
 * The order is that of the sources.
 */
export async function readFacts(
	engine: Engine,
	sources: readonly SourceParams[],
	signal: AbortSignal
): Promise<SourceFacts[]> {
	const repeats = await engine.rows<{ source: string; repeats: number }>(repeatCounts(), signal);
	const bySource = new Map(repeats.map((row) => [row.source, row.repeats]));
	const facts: SourceFacts[] = [];
	for (const source of sources) {
		facts.push(await sourceFacts(engine, source, bySource.get(source.id) ?? 0, signal));
	}
	return facts;
}

async function sourceFacts(
	engine: Engine,
	source: SourceParams,
	repeats: number,
	signal: AbortSignal
): Promise<SourceFacts> {
	const counts = countsOf(source);
	const [row] = await engine.rows<Record<string, number>>(countRows(source, counts), signal);
	const found = new Map(counts.map(({ name }, i) => [name, row?.[`n${i}`] ?? 0]));
	return toFacts(source, (name) => found.get(name) ?? 0, repeats);
}

/** One row: how many rows of the raw table meet each condition. */
function countRows(source: SourceParams, counts: readonly Count[]): Sql {
	const texts = rolesOf(source).flatMap((role) => {
		const written = roleColumn(source, role);
		return [as(written, `${role}_written`), as(trimIds.value(written), role)];
	});
	const columns = counts.map(({ condition }, i) => as(sql`count_if(${condition})::INTEGER`, `n${i}`));
	return sql`
		SELECT ${join(columns, ', ')}
		FROM (SELECT ${join(texts, ', ')} FROM ${id(...rawTable(source.id))}) ORDER BY n0`;
}

function rolesOf(source: SourceParams, fix?: IdFix): IdRole[] {
	return ID_ROLES.filter((role) => hasRole(source, role) && (fix?.roles.includes(role) ?? true));
}

function countsOf(source: SourceParams): Count[] {
	return [
		{ name: 'rows', condition: sql`true` },
		...rolesOf(source).map((role) => ({ name: `${role} filled`, condition: sql`${id(role)} <> ''` })),
		...idFixes.flatMap((fix) => fixCounts(fix, rolesOf(source, fix))),
		...(hasRole(source, 'order_id') ? ORDER_ID_COUNTS : [])
	];
}

function fixCounts(fix: IdFix, roles: readonly IdRole[]): Count[] {
	const texts = roles.map((role) => ({ role, text: id(fix === trimIds ? `${role}_written` : role) }));
	const any = texts.map(({ text }) => sql`(${fix.differs(text)})`);
	return [
		...texts.map(({ role, text }) => ({ name: `${role} ${fix.id} changes`, condition: fix.differs(text) })),
		...texts.map(({ role, text }) => ({
			name: `${role} ${fix.id} evidence`,
			condition: (fix.evidence ?? fix.differs)(text)
		})),
		...(any.length > 1 ? [{ name: `${fix.id} any`, condition: join(any, ' OR ') }] : [])
	];
}

const DIGITS = "'?[0-9]+([.]0)?";

const ORDER_ID_COUNTS: readonly Count[] = [
	{ name: 'digits', condition: sql`regexp_full_match(order_id, ${DIGITS})` },
	{
		name: 'cancelled',
		condition: sql`left(order_id, 1) IN ('C', 'c') AND regexp_full_match(order_id, '[Cc][0-9]+([.]0)?')`
	}
];

function toFacts(source: SourceParams, count: (name: string) => number, repeats: number): SourceFacts {
	const ids: Partial<Record<IdRole, IdColumnFacts>> = {};
	for (const role of rolesOf(source)) {
		ids[role] = {
			filled: count(`${role} filled`),
			evidence: Object.fromEntries(idFixes.map((fix) => [fix.id, count(`${role} ${fix.id} evidence`)])),
			changes: Object.fromEntries(idFixes.map((fix) => [fix.id, count(`${role} ${fix.id} changes`)]))
		};
	}
	return {
		rowCount: count('rows'),
		ids,
		changesAny: Object.fromEntries(idFixes.map((fix) => [fix.id, count(`${fix.id} any`)])),
		orderIds: { digits: count('digits'), cancelled: count('cancelled') },
		repeats
	};
}

/** The id columns of a source to which a fix applies. */
export function fixedRoles(fix: IdFix, facts: SourceFacts): IdRole[] {
	return fix.roles.filter((role) => {
		const column = facts.ids[role];
		return column !== undefined && fix.applies({ filled: column.filled, evidence: column.evidence[fix.id] ?? 0 });
	});
}

/** Rows of a source that a fix changes. */
export function fixMatches(fix: IdFix, facts: SourceFacts): number {
	const roles = fixedRoles(fix, facts);
	const [only] = roles;
	if (only === undefined) return 0;
	return roles.length === 1 ? (facts.ids[only]?.changes[fix.id] ?? 0) : (facts.changesAny[fix.id] ?? 0);
}
