import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { TableKind } from '#lib/pipeline/import/roles.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import { createContacts } from './contacts.sql.ts';
import { homeChannels, homeStores, placeKey, regionsOfPostcodes } from './people-homes.sql.ts';
import {
	foundColumns,
	foundRecords,
	orderRecords,
	personRecords,
	type OrderRecords
} from './people-records.sql.ts';
import { consents, survivors } from './people-survivors.sql.ts';
import { keyParts, rowParts, whereIn, workspaceFor, type CleanSizes, type Part } from './parts.sql.ts';
import type { CleanResult, IdentityParams } from './schema.ts';
import type { CleanStatement } from './statement.ts';

/** The table in which what orders files say of people waits for the last one; dropped afterwards. */
export const FOUND_PEOPLE = 'people_found';

/** The table in which the accounts of people are counted once, where people are made in parts; dropped afterwards. */
export const FOUND_ACCOUNTS = 'people_accounts';

/** Kinds of files that are about nobody. */
const NO_PEOPLE: readonly TableKind[] = ['campaigns', 'places', 'report'];

/** The memory that what is found of a person takes, in rows that are read. */
const ROWS_PER_PERSON = 4;

/** The columns of `clean.people`, in order. */
const COLUMNS = {
	customer_id: sql`VARCHAR`,
	has_orders: sql`BOOLEAN`,
	account_count: sql`INTEGER`,
	source_count: sql`INTEGER`,
	email: sql`VARCHAR`,
	phone: sql`VARCHAR`,
	name: sql`VARCHAR`,
	first_name: sql`VARCHAR`,
	last_name: sql`VARCHAR`,
	country: sql`VARCHAR`,
	region: sql`VARCHAR`,
	city: sql`VARCHAR`,
	postcode: sql`VARCHAR`,
	street: sql`VARCHAR`,
	birth_date: sql`DATE`,
	gender: sql`VARCHAR`,
	language: sql`VARCHAR`,
	tags: sql`VARCHAR`,
	customer_group: sql`VARCHAR`,
	created_at: sql`TIMESTAMP`,
	email_consent: sql`VARCHAR`,
	sms_consent: sql`VARCHAR`,
	consented_at: sql`TIMESTAMP`,
	home_store: sql`VARCHAR`,
	home_channel: sql`VARCHAR`,
	home_region: sql`VARCHAR`,
	region_source: sql`VARCHAR`
} as const;

/** What the statements are made from. */
interface PeopleInput {
	readonly sources: readonly SourceParams[];
	readonly identity: IdentityParams;
	readonly records: OrderRecords;
	readonly hasAccounts: boolean;
}

/**
 * The statements for `clean.people`, one row per person of any table about people, and for the view `clean.contacts`.
 * Which of several values of a field a person keeps is the rule of `identity.survivor`; of two records alike in all that it
 * asks the greater text, so that the answer never hangs on the order of work.
 */
export function peopleStatements(
	sources: readonly SourceParams[],
	identity: IdentityParams,
	clean: CleanResult,
	sizes: CleanSizes
): CleanStatement[] {
	const { database, partRows } = workspaceFor(clean.rowsRead, sizes);
	const input: PeopleInput = {
		sources,
		identity,
		records: orderRecords(sources, clean),
		hasAccounts: needsCount(sources, clean)
	};
	const found = input.records.sources.flatMap((source) => {
		const rowCount = clean.sources.find(({ id: sourceId }) => sourceId === source.id)?.rowsRead ?? 0;
		return rowParts(rowCount, partRows).map((part) =>
			foundRecords(source, input.records, identity, sources, part)
		);
	});
	const contacts = createContacts(clean.contactRoles);
	if (database === 'memory') {
		const stages = [
			...(found.length > 0 ? [sql`found AS MATERIALIZED (${join(found, ' UNION ALL ')})`] : []),
			...(input.hasAccounts ? [sql`accounts AS (${countAccounts()})`] : [])
		];
		const content = sql`AS ${peopleQuery(input, stages, { found: sql`found`, accounts: sql`accounts` }, null)}`;
		return [{ database, table: 'people', content }, contacts];
	}
	const people = Math.max(clean.customers, clean.identity.people);
	const parts = keyParts(people, partRows / ROWS_PER_PERSON, () => id('customer_id'));
	return [...packedStatements(input, found, parts), contacts];
}

/** For big files: what each part of them says waits in a table, then the people are made a part at a time. */
function packedStatements(
	input: PeopleInput,
	found: readonly Sql[],
	parts: readonly Part[]
): CleanStatement[] {
	const table = id('clean', FOUND_PEOPLE);
	const columns = Object.entries(COLUMNS).map(([name, type]) => sql`${id(name)} ${type}`);
	return [
		{ database: 'packed', table: FOUND_PEOPLE, content: foundColumns(input.records) },
		...found.map((query) => sql`INSERT INTO ${table} ${query}`),
		...(input.hasAccounts
			? [{ database: 'packed', table: FOUND_ACCOUNTS, content: sql`AS ${countAccounts()}` } as const]
			: []),
		{ database: 'packed', table: 'people', content: sql`(${join(columns, ', ')})` },
		...parts.map(
			(part) =>
				sql`INSERT INTO clean.people ${peopleQuery(input, [], { found: table, accounts: id('clean', FOUND_ACCOUNTS) }, part)}`
		)
	];
}

/** The rows of `clean.people` of a part of the people, over a table or stage of `foundRecords`. */
function peopleQuery(
	{ sources, identity, records, hasAccounts }: PeopleInput,
	before: readonly Sql[],
	{ found, accounts }: { readonly found: Sql; readonly accounts: Sql },
	part: Part
): Sql {
	const hasProfiles = sources.some(({ kind }) => kind === 'customers');
	const said = personRecords(found, records, identity, sources, part);
	const hasPlaces = sources.some(({ kind }) => kind === 'places');
	const hasChannels = records.places.includes('channel');
	const stages = [
		...before,
		sql`everyone AS (${everyone(part)})`,
		sql`records AS (${said})`,
		sql`known AS (${survivors(sql`records`, identity.survivor, hasProfiles)})`,
		sql`consents AS (${consents(part)})`,
		sql`stores AS (${homeStores(records.places.includes('store') ? found : null, part)})`,
		...(hasChannels ? [sql`channels AS (${homeChannels(found, part)})`] : []),
		...(hasPlaces ? [sql`regions AS (${regionsOfPostcodes(sql`known`)})`] : [])
	];
	const regions = sql`LEFT JOIN regions ON regions.code = ${placeKey(sql`known.postcode`)}
			AND regions.land IS NOT DISTINCT FROM ${placeKey(sql`known.country`)}`;
	return sql`
		WITH ${join(stages, ', ')}
		SELECT ${join(columns({ hasAccounts, hasChannels, hasPlaces }), ', ')}
		FROM everyone
		${hasAccounts ? sql`LEFT JOIN ${accounts} accounts ON accounts.customer_id = everyone.customer_id` : sql``}
		LEFT JOIN known ON known.customer_id = everyone.customer_id
		LEFT JOIN consents ON consents.customer_id = everyone.customer_id
		LEFT JOIN stores ON stores.customer_id = everyone.customer_id
		${hasChannels ? sql`LEFT JOIN channels ON channels.customer_id = everyone.customer_id` : sql``}
		${hasPlaces ? regions : sql``}`;
}

/** The stages that there are only where a file asks for them. */
interface Present {
	readonly hasAccounts: boolean;
	readonly hasChannels: boolean;
	readonly hasPlaces: boolean;
}

function columns({ hasAccounts, hasChannels, hasPlaces }: Present): Sql[] {
	const named = sql`CASE WHEN contains(everyone.customer_id, '@') THEN everyone.customer_id END`;
	const ofPostcode = hasPlaces ? sql`regions.region` : sql`NULL::VARCHAR`;
	const told: Readonly<Partial<Record<string, Sql>>> = {
		customer_id: sql`everyone.customer_id`,
		has_orders: sql`everyone.has_orders`,
		account_count: hasAccounts ? sql`accounts.account_count` : sql`1`,
		source_count: hasAccounts ? sql`accounts.source_count` : sql`1`,
		email: hasAccounts ? sql`coalesce(known.email, accounts.email)` : sql`coalesce(known.email, ${named})`,
		email_consent: sql`consents.email_consent`,
		sms_consent: sql`consents.sms_consent`,
		consented_at: sql`consents.consented_at`,
		home_store: sql`stores.home_store`,
		home_channel: hasChannels ? sql`channels.home_channel` : sql`NULL`,
		home_region: sql`coalesce(${ofPostcode}, known.region)`,
		region_source: sql`CASE WHEN ${ofPostcode} IS NOT NULL THEN 'postcode' WHEN known.region IS NOT NULL THEN 'file' END`
	};
	return Object.entries(COLUMNS).map(([name, type]) =>
		as(sql`(${told[name] ?? id('known', name)})::${type}`, name)
	);
}

/** The people of a part, by the tables that are about people. */
function everyone(part: Part): Sql {
	const others = (['profiles', 'events', 'sends', 'answers'] as const).map(
		(table) =>
			sql`SELECT DISTINCT customer_id, false AS has_orders FROM ${id('clean', table)}${whereIn(part)}`
	);
	const all = [sql`SELECT customer_id, true AS has_orders FROM clean.customers${whereIn(part)}`, ...others];
	return sql`SELECT customer_id, bool_or(has_orders) AS has_orders FROM (${join(all, ' UNION ALL ')}) GROUP BY customer_id`;
}

/**
 * One row per person: how many accounts there are, in how many sources, and the email that one of them is. Not every
 * file that names people by their email has a column for it besides. The views may read every file, so this runs once.
 */
function countAccounts(): Sql {
	return sql`
		SELECT customer_id, count(DISTINCT account)::INTEGER AS account_count,
			count(DISTINCT source)::INTEGER AS source_count, min(name) FILTER (WHERE kind = 'email') AS email
		FROM (
			SELECT a.customer_id, a.account, a.kind, a.name, s.source
			FROM clean.account_sources s JOIN clean.accounts a ON a.account = s.account
			WHERE a.customer_id IS NOT NULL
		) GROUP BY customer_id`;
}

/** People of one file of whom nobody is joined have one account each, and need no count. */
function needsCount(sources: readonly SourceParams[], { identity }: CleanResult): boolean {
	const isAboutPeople = ({ kind }: SourceParams) => !NO_PEOPLE.includes(kind);
	return identity.joinedPeople > 0 || sources.filter(isAboutPeople).length > 1;
}
