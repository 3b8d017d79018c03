import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { Role, SourceParams } from '#lib/pipeline/import/schema.ts';
import { code, email, text as plain } from './kinds/values.sql.ts';
import { andIn, whereIn, type Part } from './parts.sql.ts';
import type { CleanResult, IdentityParams } from './schema.ts';
import { hasRole } from './source.ts';
import { textColumn, texts } from './texts.sql.ts';

/** What orders and profiles both may say of a person, each a text. */
export const SHARED_FIELDS = [
	'email',
	'phone',
	'name',
	'first_name',
	'last_name',
	'country',
	'region',
	'city',
	'postcode',
	'street',
	'customer_group'
] as const satisfies readonly Role[];

/** What only profiles say of a person, besides consents: the types by field. */
export const PROFILE_FIELDS = {
	birth_date: sql`DATE`,
	gender: sql`VARCHAR`,
	language: sql`VARCHAR`,
	tags: sql`VARCHAR`,
	created_at: sql`TIMESTAMP`
} as const;

/** Texts that may have the apostrophe of spreadsheets in front. It belongs to names and cities: `'t Hart`, `'s-Hertogenbosch`. */
const GUARDED_FIELDS: readonly Role[] = ['email', 'phone', 'postcode'];

/** Where an order was made, which is counted and not kept. */
const ORDER_PLACES = ['store', 'channel'] as const satisfies readonly Role[];

export type SharedField = (typeof SHARED_FIELDS)[number];
type OrderPlace = (typeof ORDER_PLACES)[number];

/** What the orders files of a session say of people. */
export interface OrderRecords {
	readonly fields: readonly SharedField[];
	readonly places: readonly OrderPlace[];
	/** The sources that say any of it. */
	readonly sources: readonly SourceParams[];
	/** Customers may be named by their email, which is then one of the fields of files that have no other. */
	readonly namedByEmail: boolean;
}

/** Which fields there are to be read. `clean.contactRoles` knows where customers are named by emails. */
export function orderRecords(
	sources: readonly SourceParams[],
	clean: Pick<CleanResult, 'contactRoles'>
): OrderRecords {
	const namedByEmail = clean.contactRoles.includes('email');
	const orders = sources.filter(({ kind }) => kind === 'orders');
	const says = (source: SourceParams, role: SharedField | OrderPlace) =>
		hasRole(source, role) || (role === 'email' && namedByEmail);
	const all = [...SHARED_FIELDS, ...ORDER_PLACES];
	return {
		fields: SHARED_FIELDS.filter((role) => orders.some((source) => says(source, role))),
		places: ORDER_PLACES.filter((role) => orders.some((source) => hasRole(source, role))),
		sources: orders.filter((source) => all.some((role) => says(source, role))),
		namedByEmail
	};
}

/** The columns of `foundRecords`. */
export function foundColumns({ fields, places }: OrderRecords): Sql {
	const columns = [...fields, ...places].map((role) => sql`${id(role)} VARCHAR`);
	return sql`(${join([sql`customer_id VARCHAR, order_key VARCHAR, rank INTEGER`, ...columns, sql`last_at TIMESTAMP`], ', ')})`;
}

/**
 * What a part of the loaded rows of an orders file says of people: `customer_id`, `order_key` (NULL on credit notes, and
 * where no file tells a store or a channel), `rank` of the source, the fields and places, NULL when empty, and the last
 * moment at which they were said together.
 */
export function foundRecords(
	source: SourceParams,
	records: OrderRecords,
	identity: IdentityParams,
	sources: readonly SourceParams[],
	part: Part
): Sql {
	const { fields, places, namedByEmail } = records;
	const roles = [...fields, ...places];
	const wanted: readonly Role[] = namedByEmail && !hasRole(source, 'email') ? ['customer', ...roles] : roles;
	const orderKey = places.length > 0 ? sql`CASE WHEN NOT r.is_return THEN r.order_id END` : sql`NULL`;
	const values = [
		as(sql`${orderKey}::VARCHAR`, 'order_key'),
		as(sql`${sourceRank(source, identity, sources)}::INTEGER`, 'rank'),
		...roles.map((role) => as(fieldValue(source, role, wanted), role))
	];
	const names = join(
		[id('customer_id'), id('order_key'), id('rank'), ...roles.map((role) => id(role))],
		', '
	);
	return sql`
		SELECT ${names}, max(last_at) AS last_at FROM (
			SELECT r.customer_id, ${join(values, ', ')}, r.ordered_at AS last_at
			FROM (${texts(source, wanted, part)}) t JOIN clean.rows r ON r.row = t.row
			WHERE r.source = ${source.id} AND r.reason IS NULL${andIn(part, 'r')}
		) GROUP BY ${names}`;
}

function fieldValue(source: SourceParams, role: SharedField | OrderPlace, wanted: readonly Role[]): Sql {
	const text = sql`t.${id(textColumn(role))}`;
	if (!hasRole(source, role)) {
		const isNamed = role === 'email' && wanted.includes('customer') && hasRole(source, 'customer');
		return isNamed ? sql`${email.read(sql`t.${id(textColumn('customer'))}`, source)}` : sql`NULL::VARCHAR`;
	}
	if (role === 'channel') return sql`nullif(lower(trim(${text})), '')`;
	return (GUARDED_FIELDS.includes(role) ? code : plain).read(text, source);
}

/**
 * One row per record of a person in a part of the people, over a table or stage of `foundRecords` and the profiles:
 * `customer_id`, `rank`, `said_at` (never NULL: a record without a moment is older than all others), `is_order`, the
 * shared fields, and those of profiles.
 */
export function personRecords(
	found: Sql,
	{ fields }: OrderRecords,
	identity: IdentityParams,
	sources: readonly SourceParams[],
	part: Part
): Sql {
	const profiles = profileRecords(identity, sources, part);
	if (fields.length === 0) return profiles;
	const said = names(fields);
	const values = [
		...SHARED_FIELDS.map((role) => (fields.includes(role) ? id(role) : as(sql`NULL::VARCHAR`, role))),
		...Object.entries(PROFILE_FIELDS).map(([name, type]) => as(sql`NULL::${type}`, name))
	];
	return sql`
		SELECT customer_id, rank, ${momentOr(id('last_at'))} AS said_at, true AS is_order, ${join(values, ', ')}
		FROM (
			SELECT customer_id, rank, ${said}, max(last_at) AS last_at
			FROM ${found}${whereIn(part)} GROUP BY customer_id, rank, ${said}
		)
		UNION ALL ${profiles}`;
}

function profileRecords(identity: IdentityParams, sources: readonly SourceParams[], part: Part): Sql {
	const ranks = sources
		.filter(({ kind }) => kind === 'customers')
		.map((source) => sql`WHEN ${source.id} THEN ${sourceRank(source, identity, sources)}`);
	const rank = ranks.length > 0 ? sql`CASE source ${join(ranks, '\n')} END` : sql`0`;
	const fields = names([...SHARED_FIELDS, ...Object.keys(PROFILE_FIELDS)]);
	return sql`
		SELECT customer_id, (${rank})::INTEGER AS rank, ${profileMoment()} AS said_at, false AS is_order, ${fields}
		FROM clean.profiles${whereIn(part)}`;
}

function names(fields: readonly string[]): Sql {
	return join(
		fields.map((field) => id(field)),
		', '
	);
}

/** When a profile was true: when it was last changed, else the day of the consent, else the day the person was first seen. */
export function profileMoment(): Sql {
	return momentOr(sql`coalesce(updated_at, consented_at, created_at)`);
}

function momentOr(moment: Sql): Sql {
	return sql`coalesce(${moment}, TIMESTAMP '-infinity')`;
}

/** The greater, the more a source is trusted; all alike but where the rule is the order of sources. */
export function sourceRank(
	source: SourceParams,
	{ survivor, sourceOrder }: IdentityParams,
	sources: readonly SourceParams[]
): number {
	if (survivor !== 'source_order') return 0;
	const others = sources.map(({ id: sourceId }) => sourceId).filter((name) => !sourceOrder.includes(name));
	return -[...sourceOrder, ...others].indexOf(source.id);
}
