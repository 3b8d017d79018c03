import { sql, type Sql } from '#lib/engine/sql.ts';
import { keyMacros } from '#lib/pipeline/clean/identity/keys.sql.ts';

/*
 * Entries of a list and whom they name. Each way of naming is tried for the entries that none before it has found, on all
 * texts of an entry; of several people that a text names, such as those who share a phone, all are meant.
 *
 * segment.list_told     n, place, text (without blanks and the apostrophe of spreadsheets), never empty
 * segment.list_matches  n, idx
 */

/** The statements that fill both tables from `segment.list_entries`. */
export function matchStatements(
	{ phoneCountry }: { readonly phoneCountry: string | null },
	isJoined: boolean
): Sql[] {
	const calling = phoneCountry === null ? sql`NULL` : sql`clean.calling(${phoneCountry})`;
	const email = sql`clean.email_key(t.text)`;
	const phone = sql`clean.phone_key(t.text, ${calling})`;
	return [
		...keyMacros(),
		sql`CREATE OR REPLACE TABLE segment.list_told AS
			SELECT n, place, clean.bare(text) AS text FROM segment.list_entries WHERE clean.bare(text) <> ''`,
		sql`CREATE OR REPLACE TABLE segment.list_matches (n INTEGER, idx INTEGER)`,
		addMatches(sql`SELECT customer_id AS name, idx FROM features.customers`, sql`t.text`),
		...(isJoined ? [addMatches(accountNames(), sql`t.text`)] : []),
		addMatches(emails(isJoined), email),
		addMatches(phones(calling, isJoined), phone)
	];
}

/** Adds whom entries name that are not found yet, by the first text that names anybody. */
function addMatches(names: Sql, text: Sql): Sql {
	return sql`
		INSERT INTO segment.list_matches
		WITH named AS (
			SELECT t.n, t.place, p.idx FROM segment.list_told t JOIN (${names}) p ON p.name = ${text}
			WHERE t.n NOT IN (SELECT n FROM segment.list_matches)
		)
		SELECT DISTINCT n, idx FROM named QUALIFY place = min(place) OVER (PARTITION BY n)`;
}

/** What the accounts of joined people are called, where it is one person alone. */
function accountNames(): Sql {
	return sql`
		SELECT name, min(idx) AS idx FROM (
			SELECT unnest([a.name, a.system || ':' || a.name]) AS name, f.idx
			FROM clean.accounts a JOIN features.customers f ON f.customer_id = a.customer_id WHERE a.kind = 'id'
		) WHERE name IS NOT NULL GROUP BY name HAVING count(DISTINCT idx) = 1`;
}

function emails(isJoined: boolean): Sql {
	return sql`
		SELECT clean.email_key(customer_id) AS name, idx FROM features.customers WHERE contains(customer_id, '@')
		UNION SELECT clean.email_key(p.email), f.idx
			FROM clean.people p JOIN features.customers f ON f.customer_id = p.customer_id
		${isJoined ? keysOf('email') : sql``}`;
}

function phones(calling: Sql, isJoined: boolean): Sql {
	return sql`
		SELECT clean.phone_key(clean.bare(p.phone), coalesce(clean.calling(p.country), ${calling})) AS name, f.idx
			FROM clean.people p JOIN features.customers f ON f.customer_id = p.customer_id
		${isJoined ? keysOf('phone') : sql``}`;
}

/** Older emails and phones of joined people: those of all their accounts, and accounts that are one. */
function keysOf(kind: 'email' | 'phone'): Sql {
	return sql`
		UNION SELECT k.value, f.idx FROM clean.links l
			JOIN clean.keys k ON k.key = l.key AND k.kind = ${kind}
			JOIN clean.accounts a ON a.account = l.account
			JOIN features.customers f ON f.customer_id = a.customer_id WHERE l.state IN ('joins', 'alone')
		UNION SELECT a.name, f.idx FROM clean.accounts a
			JOIN features.customers f ON f.customer_id = a.customer_id WHERE a.kind = ${kind}`;
}

/** The `text` of `segment.list_part` that is the id of a customer, each once. */
export function readNames(isJoined: boolean): Sql {
	return sql`
		SELECT DISTINCT t.text::VARCHAR AS text FROM segment.list_part t
		WHERE t.text IN (SELECT customer_id FROM features.customers)
			${isJoined ? sql`OR t.text IN (SELECT name FROM (${accountNames()}))` : sql``}
		ORDER BY text`;
}

/** One row: `entries`, `found`, and `twice`, which name nobody but people whom an entry before them names. */
export function readMatch(): Sql {
	return sql`
		WITH firsts AS (SELECT n, n = min(n) OVER (PARTITION BY idx) AS is_first FROM segment.list_matches),
		found AS (SELECT n, NOT bool_or(is_first) AS is_again FROM firsts GROUP BY n)
		SELECT (SELECT count(DISTINCT n) FROM segment.list_told)::INTEGER AS entries,
			count(*)::INTEGER AS found, coalesce(count_if(is_again), 0)::INTEGER AS twice
		FROM found ORDER BY entries`;
}

/** The first texts of the first entries that name nobody. */
export function examplesNotFound(count: number): Sql {
	return sql`
		SELECT first(text ORDER BY place)::VARCHAR AS text FROM segment.list_told
		WHERE n NOT IN (SELECT n FROM segment.list_matches) GROUP BY n ORDER BY n LIMIT ${count}`;
}
