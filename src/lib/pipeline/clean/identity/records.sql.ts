import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { Role, SourceParams } from '#lib/pipeline/import/schema.ts';
import { CANONICAL_KINDS } from '../kinds/index.ts';
import { namesNobody } from '../operations/missing-customer.ts';
import type { Part } from '../parts.sql.ts';
import { hasRole, type SourceContext } from '../source.ts';
import { textColumn, texts } from '../texts.sql.ts';
import {
	accountName,
	accountRoles,
	accountText,
	customerValue,
	LINK_KINDS,
	linkKey,
	linkRoles,
	NAMING_KINDS
} from './keys.sql.ts';
import type { LinkKind } from './explain.ts';

/** The roles that name the buyer of an order, the best first. */
const BUYER_ROLES: readonly Role[] = ['customer', 'email', 'phone', 'card'];

/** The roles that name the person of a record, the best first; none where records are not about people. */
export function peopleRoles({ kind }: SourceParams): readonly Role[] {
	if (kind === 'orders') return BUYER_ROLES;
	return CANONICAL_KINDS.find((canonical) => canonical.kind === kind)?.people ?? [];
}

/** True where records of a source that name nobody are people all the same, one each. */
function everyRowIsPerson({ kind }: SourceParams): boolean {
	return CANONICAL_KINDS.some((canonical) => canonical.kind === kind && canonical.everyRowIsPerson === true);
}

/** True where no column says who a record is about, and each is somebody. */
function isNameless(source: SourceParams): boolean {
	return everyRowIsPerson(source) && accountRoles(source, peopleRoles(source)).length === 0;
}

/** True when the records of a source are about people that it can tell apart. */
export function isAboutPeople(source: SourceParams): boolean {
	return accountRoles(source, peopleRoles(source)).length > 0 || isNameless(source);
}

/** The account of each record that a source of the kind cannot name: `s3:17`, behind `row:`. */
function rowName({ id: source }: SourceParams): Sql {
	return sql`${`${source}:`} || row`;
}

/** The account of a record, over `row` and the texts of `accountRoles`. */
export function recordAccount(context: SourceContext): Sql {
	const { source } = context;
	return isNameless(source) ? sql`'row:' || ${rowName(source)}` : accountText(context, peopleRoles(source));
}

/** The name of that account. */
function recordName(context: SourceContext): Sql {
	const { source } = context;
	return isNameless(source) ? rowName(source) : accountName(context, peopleRoles(source));
}

/** Kinds of keys of a source that may join its accounts to others. */
function linkKinds({ source, identity }: SourceContext): LinkKind[] {
	if (!isAboutPeople(source)) return [];
	return LINK_KINDS.filter((kind) => identity.keys[kind] && linkRoles(source, kind).length > 0);
}

/**
 * True when some record can join two accounts, the user merged some, or two accounts of different systems may go by one name. If not, every
 * account is a person, and its name is theirs.
 */
export function joinsPeople(contexts: readonly SourceContext[]): boolean {
	const about = contexts.filter(({ source }) => isAboutPeople(source));
	const isLinked = about.some((context) => {
		const naming = accountRoles(context.source, peopleRoles(context.source)).filter(isNaming);
		const others = linkKinds(context).filter((kind) => kind === 'name_postcode' || !naming.includes(kind));
		return naming.length + others.length > 1 || (naming.length === 0 && others.length > 0);
	});
	const namespaces = new Set(about.flatMap(({ source }) => namespacesOf(source)));
	const systems = [...namespaces].filter((name) => name !== 'email');
	const isMerged = about.some(({ identity }) => identity.merges.length > 0);
	return isLinked || isMerged || systems.length > 1;
}

function isNaming(role: Role): boolean {
	return role === 'customer' || NAMING_KINDS.some((kind) => kind === role);
}

/** What the names of a source's accounts are names of: ids of a system, emails, phones, cards or rows. */
function namespacesOf(source: SourceParams): string[] {
	if (isNameless(source)) return ['row'];
	return accountRoles(source, peopleRoles(source))
		.filter(isNaming)
		.map((role) => (role === 'customer' ? `id ${source.idSystem}` : role));
}

/** The roles whose texts a stage needs for `withPerson`. */
export function personRoles(source: SourceParams): Role[] {
	return accountRoles(source, peopleRoles(source));
}

/**
 * `SELECT` over a stage with `row` and the texts of `personRoles`: the same rows and columns, and `person` VARCHAR, who
 * the record is about; NULL for nobody.
 */
export function withPerson(stage: Sql, context: SourceContext): Sql {
	const { source } = context;
	if (!isAboutPeople(source)) return sql`SELECT *, NULL::VARCHAR AS person FROM ${stage}`;
	const name = recordName(context);
	if (!context.joinsPeople) return sql`SELECT *, ${name} AS person FROM ${stage}`;
	const nobody = everyRowIsPerson(source) ? rowName(source) : sql`NULL`;
	return sql`
		SELECT named.* EXCLUDE (account), CASE WHEN other.account IS NULL THEN ${name}
				WHEN other.customer_id IS NULL THEN ${nobody} ELSE other.customer_id END AS person
		FROM (SELECT *, ${recordAccount(context)} AS account FROM ${stage}) named
		LEFT JOIN clean.identity_renamed other ON other.account = named.account`;
}

/**
 * What a part of a source says of people, one row per way of saying it: `source`, `account`, `is_named` (by the customer
 * column), a key of each kind that may join (`email`, `phone`, …; NULL where there is none) and `records`, their number.
 * Texts are counted as they are written and only then read, because few of them differ.
 */
export function foundRecords(context: SourceContext, part: Part): Sql {
	const { source } = context;
	const kinds = linkKinds(context);
	const roles = [...new Set([...personRoles(source), ...kinds.flatMap((kind) => linkRoles(source, kind))])];
	const columns = roles.map((role) => id(textColumn(role)));
	const written = isNameless(source) ? [id('row'), ...columns] : columns;
	// Some text of a group is the text of the group; what is asked of it is not asked of every row instead.
	const groups = written.map((column) => sql`any_value(${column}) AS ${column}`);
	const isNamed = hasRole(source, 'customer')
		? sql`NOT ${namesNobody(customerValue(context))}`
		: sql`${isNameless(source)}`;
	const keys = LINK_KINDS.map((kind) =>
		as(kinds.includes(kind) ? linkKey(context, kind) : sql`NULL::VARCHAR`, kind)
	);
	return sql`
		SELECT ${source.id} AS source, * FROM (
			SELECT ${recordAccount(context)} AS account, ${isNamed} AS is_named, ${join(keys, ', ')}, records
			FROM (
				SELECT ${join(groups, ', ')}, count(*)::INTEGER AS records
				FROM (${texts(source, roles, part)}) GROUP BY ${join(written, ', ')}
			)
		) WHERE account IS NOT NULL`;
}

/** The rows of a source that becomes people of their own where the account that they name is nobody. */
export function nobodyRows(context: SourceContext, part: Part): Sql | null {
	const { source } = context;
	if (!everyRowIsPerson(source) || isNameless(source)) return null;
	return sql`
		SELECT 'row:' || ${rowName(source)} AS account
		FROM (${texts(source, personRoles(source), part)})
		WHERE ${recordAccount(context)} IN (SELECT account FROM clean.identity_nodes WHERE is_nobody)`;
}

/** The empty result of `foundRecords`. */
export const NO_RECORDS = sql`SELECT NULL::VARCHAR AS source, NULL::VARCHAR AS account, NULL::BOOLEAN AS is_named,
		NULL::VARCHAR AS email, NULL::VARCHAR AS phone, NULL::VARCHAR AS card, NULL::VARCHAR AS name_postcode,
		NULL::INTEGER AS records WHERE false`;
