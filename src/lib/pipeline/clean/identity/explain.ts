import type { Engine } from '#lib/engine/engine.ts';
import { join, sql, type Sql } from '#lib/engine/sql.ts';
import type { SourceList } from '../audit/lists.ts';
import { listNames } from '../audit/sources.sql.ts';
import { knownName, NAMING_ROLES } from '../known-name.sql.ts';
import type { AccountPair, IdentityKey } from '../schema.ts';
import { accountFingerprint } from './graph.sql.ts';

/** What an account is called by; `row`: a line of a customers file that names nobody else. */
export type AccountKind = 'id' | 'email' | 'phone' | 'card' | 'row';

/** What an account can have in common with another one. */
export type LinkKind = Exclude<IdentityKey, 'id'>;

/** Why two accounts are one person: a key that they have in common, or the user said so. */
export type PersonLinkKind = LinkKind | 'merge';

/**
 * What became of a link. `joins`: others have the key too, and are the same person. `alone`: nobody else has it.
 * `shared`: too many have it. `cut`: the user took it apart. `held_back`: the group would be larger than one person.
 */
export type LinkState = 'joins' | 'alone' | 'shared' | 'cut' | 'held_back';

/** What became of a key. `trusted`: many have it, and the user lets it join all the same. */
export type KeyState = 'joins' | 'alone' | 'shared' | 'trusted';

/** A key that an account has in its records, apart from the one that the account itself is; or a merge by the user. */
export interface AccountLink {
	/** The name of the key, such as `email:anna@example.org`; of a merge, `merge:` and its pair. */
	readonly key: string;
	readonly kind: PersonLinkKind;
	/** Empty for a merge. */
	readonly value: string;
	readonly state: LinkState;
	/** What `cutLinks` takes; of a merge, what `mergedPair` reads. */
	readonly fingerprint: string;
	/** Records of the account that have the key; 0 for a merge. */
	readonly recordCount: number;
	/** Other accounts of the same person that have it, and are not cut from it. */
	readonly sharedWith: string[];
}

/** One account of a person, and why it belongs there. */
export interface PersonAccount {
	/** The name of the account, such as `id:shopify:7200000011000`. */
	readonly account: string;
	readonly kind: AccountKind;
	/** The system that gave out the id; null for all but ids. */
	readonly system: string | null;
	readonly name: string;
	readonly recordCount: number;
	/** Source ids, in the order of their numbers. */
	readonly sources: string[];
	readonly links: AccountLink[];
}

/** A key that more accounts have than one person would. */
export interface SharedKey {
	readonly key: string;
	readonly kind: LinkKind;
	readonly value: string;
	/** What `trustKey` takes. */
	readonly fingerprint: string;
	readonly accountCount: number;
	/** `shared` while it joins nobody, `trusted` where the user lets it. */
	readonly state: KeyState;
	/** Some of the accounts. */
	readonly examples: string[];
}

/** Accounts that hang together by their keys, and are too many for one person; each stands for itself. */
export interface HeldBackGroup {
	readonly accountCount: number;
	/** Some of the accounts, those with most records first. */
	readonly examples: string[];
}

/** One person of two accounts or more. */
export interface PersonRow {
	readonly customerId: string;
	/** The name, else the email, else the id. */
	readonly person: string;
	readonly accountCount: number;
	/** Lists, however many files each has. */
	readonly sourceCount: number;
	/** The values by which the accounts are joined, such as `anna@example.org, +15550100`. */
	readonly keys: string;
}

/** A link that the user cut, of an account that is in the files. */
export interface CutLink {
	readonly account: string;
	readonly key: string;
	readonly kind: LinkKind;
	readonly value: string;
	readonly fingerprint: string;
	/** The person of the account; null when it is nobody's. */
	readonly customerId: string | null;
}

/** Whom a search is for. */
export interface PeopleSearch {
	/** Part of a name or of a key, in any case; empty finds everybody. */
	readonly search: string;
	/** `clean.people` is there, which knows what people are called. */
	readonly hasNames: boolean;
}

export interface PeoplePage extends PeopleSearch {
	/** All lists of the session. */
	readonly lists: readonly SourceList[];
	readonly offset: number;
	readonly limit: number;
}

/** Accounts that are shown of many. */
const EXAMPLES = 5;

/** Joining values that are listed for one person. */
const LISTED_KEYS = 6;

type FlatAccount = Omit<PersonAccount, 'sources' | 'links'> & {
	readonly sources: string;
	readonly fingerprint: string;
};
type FlatLink = Omit<AccountLink, 'sharedWith'> & { readonly account: string };

/**
 * The accounts of a person, the strongest first, each with its links; none for a name that is nobody's.
 * @param merges those of the recipe: between accounts of the person they are links too
 */
export async function personLinks(
	engine: Engine,
	customerId: string,
	signal?: AbortSignal,
	merges: readonly AccountPair[] = []
): Promise<PersonAccount[]> {
	const accounts = await engine.rows<FlatAccount>(
		sql`
			SELECT a.account::VARCHAR AS account, any_value(kind)::VARCHAR AS kind, any_value(system)::VARCHAR AS system,
				any_value(name)::VARCHAR AS name, any_value(a.record_count)::INTEGER AS record_count,
				${accountFingerprint(sql`a.account`)}::VARCHAR AS fingerprint,
				string_agg(source, ',' ORDER BY length(source), source)::VARCHAR AS sources
			FROM clean.accounts a JOIN clean.account_sources s ON s.account = a.account
			WHERE customer_id = ${customerId}
			GROUP BY a.account ORDER BY ${kindRank(sql`any_value(kind)`)}, a.account`,
		signal
	);
	const links = await engine.rows<FlatLink>(
		sql`
			SELECT l.account::VARCHAR AS account, ${linkColumns()}, l.record_count::INTEGER AS record_count
			FROM clean.links l JOIN clean.keys k ON k.key = l.key
			WHERE l.account IN (SELECT account FROM clean.accounts WHERE customer_id = ${customerId})
			ORDER BY account, ${kindRank(sql`k.kind`)}, key`,
		signal
	);
	const members = membersOf(accounts, links);
	const names = accounts.map(({ account }) => account);
	return accounts.map(({ fingerprint, ...account }) => ({
		...account,
		sources: account.sources.split(','),
		links: [
			...links
				.filter((link) => link.account === account.account)
				.map(({ account: own, ...link }) => ({
					...link,
					sharedWith: names.filter((other) => other !== own && members.get(link.key)?.has(other))
				})),
			...mergeLinks(fingerprint, accounts, merges)
		]
	}));
}

/** The merges of an account with others of the person. */
function mergeLinks(
	fingerprint: string,
	accounts: readonly FlatAccount[],
	merges: readonly AccountPair[]
): AccountLink[] {
	return merges.flatMap(({ a, b }) => {
		if (fingerprint !== a && fingerprint !== b) return [];
		const other = accounts.find((account) => account.fingerprint === (fingerprint === a ? b : a));
		if (other === undefined) return [];
		const pair = `${a}+${b}`;
		return [
			{
				...{ key: `merge:${pair}`, kind: 'merge' as const, value: '', state: 'joins' as const },
				...{ fingerprint: pair, recordCount: 0, sharedWith: [other.account] }
			}
		];
	});
}

/** The pair behind the fingerprint of a link that is a merge, for `forgetPairs`; null for the link of a key. */
export function mergedPair(fingerprint: string): AccountPair | null {
	const [a, b] = fingerprint.split('+');
	return a !== undefined && b !== undefined ? { a, b } : null;
}

/** The accounts that have each key: by a link that is not cut, or by being the key. */
function membersOf(accounts: readonly FlatAccount[], links: readonly FlatLink[]): Map<string, Set<string>> {
	const members = new Map(accounts.map(({ account }) => [account, new Set([account])]));
	for (const { account, key, state } of links) {
		if (state !== 'cut') members.set(key, (members.get(key) ?? new Set()).add(account));
	}
	return members;
}

/** Keys that too many accounts have, those of most accounts first; trusted ones too. */
export async function sharedKeys(engine: Engine, limit: number, signal?: AbortSignal): Promise<SharedKey[]> {
	const found = await engine.rows<Omit<SharedKey, 'examples'> & { examples: string }>(
		sql`
			WITH keys AS (
				SELECT key, kind, value, fingerprint, account_count, state FROM clean.keys
				WHERE state IN ('shared', 'trusted') ORDER BY account_count DESC, key LIMIT ${limit}
			),
			members AS (
				SELECT key, account FROM clean.links WHERE key IN (SELECT key FROM keys)
				UNION ALL SELECT account AS key, account FROM clean.accounts WHERE account IN (SELECT key FROM keys)
			),
			numbered AS (SELECT key, account, row_number() OVER (PARTITION BY key ORDER BY account) AS place FROM members),
			examples AS (
				SELECT key, string_agg(account, chr(31) ORDER BY account) AS examples
				FROM numbered WHERE place <= ${EXAMPLES} GROUP BY key
			)
			SELECT k.key::VARCHAR AS key, k.kind::VARCHAR AS kind, k.value::VARCHAR AS value,
				k.fingerprint::VARCHAR AS fingerprint, k.account_count::INTEGER AS account_count,
				k.state::VARCHAR AS state, coalesce(e.examples, '')::VARCHAR AS examples
			FROM keys k LEFT JOIN examples e ON e.key = k.key
			ORDER BY account_count DESC, key`,
		signal
	);
	return found.map((key) => ({ ...key, examples: splitExamples(key.examples) }));
}

/** Groups that were left apart because of their size, the largest first. */
export async function heldBackGroups(
	engine: Engine,
	limit: number,
	signal?: AbortSignal
): Promise<HeldBackGroup[]> {
	const found = await engine.rows<{ accountCount: number; examples: string }>(
		sql`
			WITH numbered AS (
				SELECT held_back, account,
					row_number() OVER (PARTITION BY held_back ORDER BY record_count DESC, account) AS place
				FROM clean.accounts WHERE held_back IS NOT NULL
			)
			SELECT count(*)::INTEGER AS account_count,
				string_agg(account, chr(31) ORDER BY place) FILTER (WHERE place <= ${EXAMPLES})::VARCHAR AS examples
			FROM numbered GROUP BY held_back ORDER BY account_count DESC, examples LIMIT ${limit}`,
		signal
	);
	return found.map((group) => ({ ...group, examples: splitExamples(group.examples) }));
}

/** A page of the people of two accounts or more, those of most accounts first. */
export async function joinedPeople(
	engine: Engine,
	{ search, hasNames, lists, offset, limit }: PeoplePage,
	signal?: AbortSignal
): Promise<PersonRow[]> {
	return engine.rows<PersonRow>(
		sql`
			WITH page AS (
				SELECT customer_id, account_count FROM ${joined({ search, hasNames })}
				ORDER BY account_count DESC, customer_id LIMIT ${limit} OFFSET ${offset}
			),
			own AS (
				SELECT customer_id, account FROM clean.accounts
				WHERE customer_id IN (SELECT customer_id FROM page)
			),
			sources AS (
				SELECT customer_id, count(DISTINCT coalesce(names.list, s.source)) AS source_count
				FROM own JOIN clean.account_sources s ON s.account = own.account
				LEFT JOIN ${listNames(lists)} ON names.source = s.source GROUP BY customer_id
			),
			joining AS (
				SELECT DISTINCT customer_id, k.kind, k.value
				FROM own JOIN clean.links l ON l.account = own.account JOIN clean.keys k ON k.key = l.key
				WHERE l.state = 'joins'
			),
			numbered AS (
				SELECT customer_id, value,
					row_number() OVER (PARTITION BY customer_id ORDER BY ${kindRank(sql`kind`)}, value) AS place
				FROM joining
			),
			listed AS (
				SELECT customer_id, string_agg(value, ', ' ORDER BY place) AS keys
				FROM numbered WHERE place <= ${LISTED_KEYS} GROUP BY customer_id
			)
			SELECT page.customer_id::VARCHAR AS customer_id, ${personOf(hasNames)}::VARCHAR AS person,
				page.account_count::INTEGER AS account_count, sources.source_count::INTEGER AS source_count,
				coalesce(keys, '')::VARCHAR AS keys
			FROM page
			${hasNames ? sql`LEFT JOIN clean.people AS p ON p.customer_id = page.customer_id` : sql``}
			LEFT JOIN sources ON sources.customer_id = page.customer_id
			LEFT JOIN listed ON listed.customer_id = page.customer_id
			ORDER BY page.account_count DESC, page.customer_id`,
		signal
	);
}

/** How many people of two accounts or more a search finds. */
export async function countJoinedPeople(
	engine: Engine,
	wanted: PeopleSearch,
	signal?: AbortSignal
): Promise<number> {
	const [found] = await engine.rows<{ people: number }>(
		sql`SELECT count(*)::INTEGER AS people FROM ${joined(wanted)} ORDER BY people`,
		signal
	);
	return found?.people ?? 0;
}

/** The name of a person, else the email; null where neither is known. Needs `runDetails`. */
export async function nameOfPerson(
	engine: Engine,
	customerId: string,
	signal?: AbortSignal
): Promise<string | null> {
	const [found] = await engine.rows<{ person: string | null }>(
		sql`SELECT ${knownName('p', NAMING_ROLES)}::VARCHAR AS person
			FROM clean.people AS p WHERE p.customer_id = ${customerId} ORDER BY person`,
		signal
	);
	return found?.person ?? null;
}

/** The links of the files that are cut, by account and key. */
export async function cutLinksFound(engine: Engine, signal?: AbortSignal): Promise<CutLink[]> {
	return engine.rows<CutLink>(
		sql`
			SELECT l.account::VARCHAR AS account, k.key::VARCHAR AS key, k.kind::VARCHAR AS kind, k.value::VARCHAR AS value,
				l.fingerprint::VARCHAR AS fingerprint, a.customer_id::VARCHAR AS customer_id
			FROM clean.links l JOIN clean.keys k ON k.key = l.key JOIN clean.accounts a ON a.account = l.account
			WHERE l.state = 'cut' ORDER BY account, key`,
		signal
	);
}

/** One row per person of two accounts or more that a search finds: `customer_id`, `account_count`. */
function joined({ search, hasNames }: PeopleSearch): Sql {
	const wanted = search.trim().toLowerCase();
	const people = sql`SELECT customer_id, count(*) AS account_count FROM clean.accounts
		WHERE customer_id IS NOT NULL GROUP BY customer_id HAVING count(*) > 1`;
	if (wanted === '') return sql`(${people}) people`;
	const named = sql`SELECT customer_id FROM clean.accounts WHERE contains(lower(name), ${wanted})`;
	const keyed = sql`SELECT customer_id FROM clean.accounts WHERE account IN (
			SELECT account FROM clean.links WHERE contains(substr(key, strpos(key, ':') + 1), ${wanted}))`;
	const known = knownName('p', NAMING_ROLES);
	const called = sql`SELECT customer_id FROM clean.people AS p WHERE contains(lower(${known}), ${wanted})`;
	const found = [named, keyed, ...(hasNames ? [called] : [])];
	return sql`(SELECT * FROM (${people}) WHERE customer_id IN (${join(found, ' UNION ALL ')})) people`;
}

/** What to call somebody of `page`, whose row of `clean.people` is `p`. */
function personOf(hasNames: boolean): Sql {
	return hasNames ? sql`coalesce(${knownName('p', NAMING_ROLES)}, page.customer_id)` : sql`page.customer_id`;
}

function linkColumns(): Sql {
	return sql`k.key::VARCHAR AS key, k.kind::VARCHAR AS kind, k.value::VARCHAR AS value,
				l.state::VARCHAR AS state, l.fingerprint::VARCHAR AS fingerprint`;
}

const KIND_ORDER = ['id', 'email', 'phone', 'card', 'name_postcode', 'row'] as const;

function kindRank(kind: Sql): Sql {
	return sql`list_position([${join(
		KIND_ORDER.map((name) => sql`${name}`),
		', '
	)}], ${kind})`;
}

function splitExamples(text: string): string[] {
	return text === '' ? [] : text.split('\u001F');
}
