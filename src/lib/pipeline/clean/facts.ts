import type { Engine } from '#lib/engine/engine.ts';
import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { Role, SourceParams } from '#lib/pipeline/import/schema.ts';
import type { SessionCurrencies } from './currencies.ts';
import { idFixes } from './operations/index.ts';
import { ID_ROLES, type IdFix, type IdRole } from './operations/operation.ts';
import { trimIds } from './operations/trim-ids.ts';
import { sourceTable } from './repairs/tables.ts';
import { hasColumn, hasRole, roleText, type IdColumnFacts, type SourceFacts } from './source.ts';
import { wordRoles } from './words.sql.ts';

/** One number the scan brings home: its name, and the condition whose rows it counts. */
interface Count {
	readonly name: string;
	readonly condition: Sql;
}

/** Reads the facts of every source but its repeats, which come later: one scan each, in the order of the sources. */
export async function readFacts(
	engine: Engine,
	sources: readonly SourceParams[],
	currencies: SessionCurrencies,
	signal: AbortSignal
): Promise<SourceFacts[]> {
	const facts: SourceFacts[] = [];
	for (const source of sources) facts.push(await sourceFacts(engine, source, currencies, signal));
	return facts;
}

async function sourceFacts(
	engine: Engine,
	source: SourceParams,
	currencies: SessionCurrencies,
	signal: AbortSignal
): Promise<SourceFacts> {
	const first = await countRows(engine, source, firstCounts(source), signal);
	const second = secondCounts(source, first);
	const rare =
		second.length > 0 ? await countRows(engine, source, second, signal) : new Map<string, number>();
	const count = (name: string) => first.get(name) ?? rare.get(name) ?? 0;
	return {
		rowCount: count('rows'),
		ids: Object.fromEntries(rolesOf(source).map((role) => [role, columnFacts(role, count)])),
		changesAny: Object.fromEntries(idFixes.map((fix) => [fix.id, count(`${fix.id} any`)])),
		orderIds: { digits: count('digits'), cancelled: count('cancelled') },
		repeats: null,
		variedRoles: await variedRoles(engine, source, signal),
		currencies: currencies.writtenIn(source),
		setAsideBySteps: count('set aside')
	};
}

/** Rows looked at to tell whether texts repeat. */
const SAMPLE_ROWS = 20_000;
/** Fewer different texts than this are few, however few rows there are. */
const FEW_TEXTS = 1000;

async function variedRoles(engine: Engine, source: SourceParams, signal: AbortSignal): Promise<Role[]> {
	const roles = source.kind === 'orders' ? wordRoles(source).filter((role) => hasColumn(source, role)) : [];
	if (roles.length === 0) return [];
	const counts = roles.map((role, i) => as(sql`count(DISTINCT ${roleText(source, role)})::INTEGER`, `n${i}`));
	const query = sql`
		SELECT ${join([...counts, as(sql`count(*)::INTEGER`, 'rows')], ', ')}
		FROM ${id(...sourceTable(source.id))} WHERE row <= ${SAMPLE_ROWS} ORDER BY rows`;
	const [found] = await engine.rows<Record<string, number>>(query, signal);
	const most = Math.max(FEW_TEXTS, (found?.rows ?? 0) / 2);
	return roles.filter((_, i) => (found?.[`n${i}`] ?? 0) > most);
}

/** How many rows of the raw table meet each condition, by name, in one scan. */
async function countRows(
	engine: Engine,
	source: SourceParams,
	counts: readonly Count[],
	signal: AbortSignal
): Promise<Map<string, number>> {
	const texts = rolesOf(source).flatMap((role) => {
		const written = roleText(source, role);
		return [as(written, `${role}_written`), as(trimIds.value(written), role)];
	});
	const columns = counts.map(({ condition }, i) => as(sql`count_if(${condition})::INTEGER`, `n${i}`));
	const query = sql`
		SELECT ${join(columns, ', ')}
		FROM (SELECT ${join([id('row'), id('set_aside_by'), ...texts], ', ')} FROM ${id(...sourceTable(source.id))}) ORDER BY n0`;
	const [row] = await engine.rows<Record<string, number>>(query, signal);
	return new Map(counts.map(({ name }, i) => [name, row?.[`n${i}`] ?? 0]));
}

function rolesOf(source: SourceParams, fix?: IdFix): IdRole[] {
	return ID_ROLES.filter((role) => hasRole(source, role) && (fix?.roles.includes(role) ?? true));
}

/** The text a fix looks at: only the first sees blanks around it. */
function textFor(fix: IdFix, role: IdRole): Sql {
	return id(fix === trimIds ? `${role}_written` : role);
}

function firstCounts(source: SourceParams): Count[] {
	const fixes = idFixes.flatMap((fix) =>
		rolesOf(source, fix).flatMap((role): Count[] => {
			const text = textFor(fix, role);
			const changes = { name: `${role} ${fix.id} changes`, condition: fix.differs(text) };
			const { evidence } = fix;
			return evidence
				? [changes, { name: `${role} ${fix.id} evidence`, condition: evidence(text) }]
				: [changes];
		})
	);
	const filled = rolesOf(source).map((role) => ({
		name: `${role} filled`,
		condition: sql`${id(role)} <> ''`
	}));
	const cancelled = sql`CASE WHEN left(order_id, 1) IN ('C', 'c') THEN regexp_full_match(order_id, '[Cc][0-9]+([.]0)?') END`;
	return [
		{ name: 'rows', condition: sql`true` },
		{ name: 'set aside', condition: sql`set_aside_by IS NOT NULL` },
		...filled,
		...fixes,
		...(hasRole(source, 'order_id') ? [{ name: 'cancelled', condition: cancelled }] : [])
	];
}

const DIGITS = "'?[0-9]+([.]0)?";

/** What is worth a second scan, after what the first has told. */
function secondCounts(source: SourceParams, first: ReadonlyMap<string, number>): Count[] {
	const inBoth = idFixes.filter(
		(fix) =>
			rolesOf(source, fix).length > 1 &&
			rolesOf(source, fix).every((role) => (first.get(`${role} ${fix.id} changes`) ?? 0) > 0)
	);
	const any = inBoth.map((fix) => {
		const conditions = rolesOf(source, fix).map((role) => sql`(${fix.differs(textFor(fix, role))})`);
		return { name: `${fix.id} any`, condition: join(conditions, ' OR ') };
	});
	const digits = { name: 'digits', condition: sql`regexp_full_match(order_id, ${DIGITS})` };
	return (first.get('cancelled') ?? 0) > 0 ? [...any, digits] : any;
}

function columnFacts(role: IdRole, count: (name: string) => number): IdColumnFacts {
	const changes = Object.fromEntries(idFixes.map((fix) => [fix.id, count(`${role} ${fix.id} changes`)]));
	const evidence = idFixes.map((fix) => [
		fix.id,
		count(`${role} ${fix.id} ${fix.evidence ? 'evidence' : 'changes'}`)
	]);
	return { filled: count(`${role} filled`), changes, evidence: Object.fromEntries(evidence) };
}

/** The id columns of a source to which a fix applies. */
export function fixedRoles(fix: IdFix, facts: SourceFacts): IdRole[] {
	return fix.roles.filter((role) => {
		const column = facts.ids[role];
		return (
			column !== undefined && fix.applies({ filled: column.filled, evidence: column.evidence[fix.id] ?? 0 })
		);
	});
}

/** Rows of a source that a fix changes. */
export function fixMatches(fix: IdFix, facts: SourceFacts): number {
	const roles = fixedRoles(fix, facts);
	const [only] = roles;
	if (only === undefined) return 0;
	return roles.length === 1 ? (facts.ids[only]?.changes[fix.id] ?? 0) : (facts.changesAny[fix.id] ?? 0);
}
