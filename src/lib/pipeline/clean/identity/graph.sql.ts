import { id, join, list, sql, type Sql } from '#lib/engine/sql.ts';
import type { IdentityParams } from '../schema.ts';
import { MERGED_ROOTS } from './components.ts';
import { accountColumns, LINK_KINDS, NAMING_KINDS } from './keys.sql.ts';

/*
 * Who hangs together with whom. Accounts are the nodes; two of them are joined when they have a key in common that is not
 * shared by too many, by a link that is not cut.
 */

/** What `cutLinks` takes: the same wherever the account and the key are met. */
export function linkFingerprint(account: Sql, key: Sql): Sql {
	return sql`left(sha256(${account} || chr(31) || ${key}), 24)`;
}

/** What `trustKey` takes. */
export function keyFingerprint(key: Sql): Sql {
	return sql`left(sha256(${key}), 24)`;
}

/** What `mergePeople` and `keepApart` take of an account. */
export const accountFingerprint = keyFingerprint;

/** Every account with the keys in its records: `account`, `key`, `record_count`, `is_cut`. The key that an account is, is left out. */
export function linksSql({ cuts }: IdentityParams): Sql {
	const pairs = LINK_KINDS.map(
		(kind) => sql`SELECT account, ${column(kind)} AS key, records FROM clean.identity_found
			WHERE ${column(kind)} IS NOT NULL AND ${column(kind)} <> account`
	);
	const isCut =
		cuts.length > 0 ? sql`${linkFingerprint(sql`account`, sql`key`)} IN ${list(cuts)}` : sql`false`;
	return sql`
		SELECT account, key, sum(records)::INTEGER AS record_count, ${isCut} AS is_cut
		FROM (${join(pairs, ' UNION ALL ')}) GROUP BY account, key`;
}

/**
 * Every key: `key`, `account_count` (accounts that have it, or are it, cut or not) and `state`. The limit is on the accounts
 * of one system, because every system has an account of its own for the same person.
 */
export function keysSql({ keys, mostPerKey, trusted }: IdentityParams): Sql {
	const own = NAMING_KINDS.filter((kind) => keys[kind]).map(
		(kind) => sql`starts_with(account, ${`${kind}:`})`
	);
	const limits = LINK_KINDS.map((kind) => sql`WHEN ${kind} THEN ${mostPerKey[kind]}`);
	const isTrusted = trusted.length > 0 ? sql`${keyFingerprint(sql`key`)} IN ${list(trusted)}` : sql`false`;
	return sql`
		WITH members AS (
			SELECT key, account, is_cut FROM clean.identity_links
			UNION ALL SELECT DISTINCT account AS key, account, false AS is_cut FROM clean.identity_found
			WHERE ${own.length > 0 ? join(own, ' OR ') : sql`false`}
		),
		by_system AS (
			SELECT key, count(*) AS accounts, count_if(NOT is_cut) AS joined
			FROM members GROUP BY key, ${systemOf(sql`account`)}
		),
		counted AS (
			SELECT key, sum(accounts)::INTEGER AS account_count, max(accounts) AS most, sum(joined) AS joined_count
			FROM by_system GROUP BY key
		)
		SELECT key, account_count,
			CASE WHEN most > CASE split_part(key, ':', 1) ${join(limits, '\n')} END
					THEN CASE WHEN ${isTrusted} THEN 'trusted' ELSE 'shared' END
				WHEN joined_count > 1 THEN 'joins' ELSE 'alone' END AS state
		FROM counted`;
}

/**
 * Every account with a number: `node`, `account`, `has_orders`, `record_count`, and `is_nobody`: no customer column names
 * it, and the email, phone or card that does is shared by too many.
 */
export function nodesSql(orderSources: readonly string[]): Sql {
	const hasOrders = orderSources.length > 0 ? sql`bool_or(source IN ${list(orderSources)})` : sql`false`;
	return sql`
		WITH accounts AS (
			SELECT account, bool_or(is_named) AS is_named, ${hasOrders} AS has_orders, sum(records)::INTEGER AS record_count
			FROM clean.identity_found GROUP BY account
		)
		SELECT (row_number() OVER ())::INTEGER AS node, a.account, has_orders, record_count,
			NOT is_named AND coalesce(k.state = 'shared', false) AS is_nobody
		FROM accounts a LEFT JOIN clean.identity_keys k ON k.key = a.account`;
}

/** Adds rows that are people of their own to the nodes. */
export function insertRowNodes(rows: Sql): Sql {
	return sql`
		INSERT INTO clean.identity_nodes
		SELECT ((SELECT count(*) FROM clean.identity_nodes) + row_number() OVER ())::INTEGER, account, false, 1, false
		FROM (${rows})`;
}

/** Joins the accounts of each key to the first of them. */
export function edgesSql(): Sql {
	return sql`
		WITH joining AS (SELECT key FROM clean.identity_keys WHERE state IN ('joins', 'trusted')),
		members AS (
			SELECT l.key, n.node
			FROM clean.identity_links l JOIN joining k ON k.key = l.key JOIN clean.identity_nodes n ON n.account = l.account
			WHERE NOT l.is_cut AND NOT n.is_nobody
			UNION ALL
			SELECT k.key, n.node FROM clean.identity_nodes n JOIN joining k ON k.key = n.account WHERE NOT n.is_nobody
		),
		firsts AS (SELECT key, min(node) AS first FROM members GROUP BY key)
		SELECT f.first AS a, m.node AS b FROM members m JOIN firsts f ON f.key = m.key WHERE m.node <> f.first`;
}

/**
 * Whom the user found to be one, over the people that keys make: `a`, `b`, nodes that stand for them. An account of a group
 * that is left apart stands for itself. Pairs of accounts that are not in the files say nothing.
 */
export function mergeEdgesSql({ merges, mostPerPerson }: IdentityParams): Sql {
	const wanted = join(
		merges.map(({ a, b }) => sql`(${a}, ${b})`),
		', '
	);
	return sql`
		WITH wanted AS (SELECT * FROM (VALUES ${wanted}) t(a, b)),
		sizes AS (SELECT root, count(*) AS accounts FROM clean.identity_roots GROUP BY root),
		named AS (
			SELECT n.node, ${accountFingerprint(sql`n.account`)} AS fingerprint FROM clean.identity_nodes n WHERE NOT n.is_nobody
		),
		placed AS (
			SELECT fingerprint, CASE WHEN s.accounts <= ${mostPerPerson} THEN r.root ELSE named.node END AS node
			FROM named LEFT JOIN clean.identity_roots r ON r.node = named.node LEFT JOIN sizes s ON s.root = r.root
			WHERE fingerprint IN (SELECT a FROM wanted UNION ALL SELECT b FROM wanted)
		)
		SELECT x.node AS a, y.node AS b
		FROM wanted w JOIN placed x ON x.fingerprint = w.a JOIN placed y ON y.fingerprint = w.b
		WHERE x.node <> y.node`;
}

/**
 * Every account with its person: `account`, `kind`, `system`, `name`, `customer_id`, `has_orders`, `record_count`, and
 * `held_back`, the number of the group that was left apart, where it was. A person is called by the best of their accounts:
 * one with orders, an id before an email before a phone before a card, then the first as numbers, then by bytes. Where two
 * people would have one name, the system stands in front. What the user merged is one however large the groups are.
 */
export function accountsSql({ mostPerPerson, merges }: IdentityParams): Sql {
	const number = sql`regexp_full_match(name, '[0-9]+')`;
	const bare = sql`CASE WHEN ${number} THEN ltrim(name, '0') END`;
	const rank = sql`{'orders': NOT has_orders, 'kind': ${kindRank()}, 'text': NOT ${number},
				'length': coalesce(length(${bare}), 0), 'number': coalesce(${bare}, ''), 'name': name, 'account': account}`;
	return sql`
		WITH sizes AS (SELECT root, count(*) AS accounts FROM clean.identity_roots GROUP BY root),
		keyed AS (
			SELECT n.*, ${join(accountColumns(sql`n.account`), ', ')},
				CASE WHEN s.accounts <= ${mostPerPerson} THEN r.root END AS root,
				CASE WHEN s.accounts > ${mostPerPerson} THEN r.root END AS held_back
			FROM clean.identity_nodes n
			LEFT JOIN clean.identity_roots r ON r.node = n.node LEFT JOIN sizes s ON s.root = r.root
		),
		placed AS (${merges.length > 0 ? withMerges() : sql`SELECT * FROM keyed`}),
		best AS (SELECT root, arg_min(node, ${rank}) AS node FROM placed WHERE root IS NOT NULL GROUP BY root),
		people AS (
			SELECT node, account, name, CASE kind WHEN 'id' THEN system WHEN 'row' THEN NULL ELSE kind END AS prefix
			FROM placed WHERE NOT is_nobody AND (root IS NULL OR node IN (SELECT node FROM best))
		),
		called AS (${distinctNames()})
		SELECT p.account, p.kind, p.system, p.name, c.customer_id, p.has_orders, p.record_count, p.held_back
		FROM placed p LEFT JOIN best b ON b.root = p.root LEFT JOIN called c ON c.node = coalesce(b.node, p.node)`;
}

/** `keyed` with what was merged: a person that keys make, or an account of its own, goes by the root of its merges. */
function withMerges(): Sql {
	return sql`
			SELECT k.* EXCLUDE (root, held_back), coalesce(m.root, k.root) AS root,
				CASE WHEN m.root IS NULL THEN k.held_back END AS held_back
			FROM keyed k LEFT JOIN ${id('clean', MERGED_ROOTS)} m ON m.node = coalesce(k.root, k.node)`;
}

/** A name for each of `people` that no other has: their own, with what it is a name of in front, or the whole account. */
function distinctNames(): Sql {
	return sql`
			WITH clashes AS (SELECT name FROM people GROUP BY name HAVING count(*) > 1),
			judged AS (
				SELECT p.*, prefix IS NOT NULL AND c.name IS NOT NULL AS is_told
				FROM people p LEFT JOIN clashes c ON c.name = p.name
			),
			told AS (
				SELECT node, account, is_told, CASE WHEN is_told THEN prefix || ':' || name ELSE name END AS text FROM judged
			),
			taken AS (
				SELECT text FROM told WHERE text IN (SELECT text FROM told WHERE is_told) GROUP BY text HAVING count(*) > 1
			)
			SELECT node, CASE WHEN is_told AND t.text IS NOT NULL THEN account ELSE told.text END AS customer_id
			FROM told LEFT JOIN taken t ON t.text = told.text`;
}

/** What gave out an account: the system of an id, else what the account is. */
function systemOf(account: Sql): Sql {
	const kind = sql`split_part(${account}, ':', 1)`;
	return sql`CASE WHEN starts_with(${account}, 'id:') THEN split_part(${account}, ':', 2) ELSE ${kind} || ':' END`;
}

function kindRank(): Sql {
	return sql`CASE kind WHEN 'id' THEN 1 WHEN 'email' THEN 2 WHEN 'phone' THEN 3 WHEN 'card' THEN 4 ELSE 5 END`;
}

function column(kind: (typeof LINK_KINDS)[number]): Sql {
	return COLUMNS[kind];
}

const COLUMNS = {
	email: sql`email`,
	phone: sql`phone`,
	card: sql`card`,
	name_postcode: sql`name_postcode`
} as const;
