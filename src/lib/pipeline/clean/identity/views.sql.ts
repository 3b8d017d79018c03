import { as, id, join, list, sql, type Sql } from '#lib/engine/sql.ts';
import type { SourceContext } from '../source.ts';
import { keyFingerprint, linkFingerprint } from './graph.sql.ts';
import { accountColumns, NAMING_KINDS } from './keys.sql.ts';
import { foundRecords, isAboutPeople, NO_RECORDS } from './records.sql.ts';

/*
 * What the rest of the app reads: `clean.accounts`, `account_sources`, `keys` and `links`. They are views: over the tables
 * that joining left behind, or, where nothing can join, over the files themselves, which costs nothing until it is asked.
 */

/** The views over the tables of joined people. */
export function joinedViews(): Sql[] {
	const state = sql`CASE WHEN l.is_cut THEN 'cut' WHEN k.state = 'shared' OR a.customer_id IS NULL THEN 'shared'
			WHEN k.state = 'alone' THEN 'alone' WHEN a.held_back IS NOT NULL THEN 'held_back' ELSE 'joins' END`;
	return [
		sql`CREATE OR REPLACE VIEW clean.accounts AS
			SELECT account, kind, system, name, customer_id, has_orders, record_count, held_back FROM clean.identity_accounts`,
		sql`CREATE OR REPLACE VIEW clean.account_sources AS
			SELECT account, source, record_count FROM clean.identity_account_sources`,
		sql`CREATE OR REPLACE VIEW clean.keys AS
			SELECT key, ${keyKind()}, ${keyValue()}, account_count, state, ${keyFingerprint(sql`key`)} AS fingerprint
			FROM clean.identity_keys`,
		sql`CREATE OR REPLACE VIEW clean.links AS
			SELECT l.account, l.key, ${state} AS state, l.record_count, ${linkFingerprint(sql`l.account`, sql`l.key`)} AS fingerprint
			FROM clean.identity_links l
			JOIN clean.identity_keys k ON k.key = l.key
			JOIN clean.identity_accounts a ON a.account = l.account`
	];
}

/** The views where nothing can join: every account is a person. */
export function plainViews(contexts: readonly SourceContext[]): Sql[] {
	const about = contexts.filter(({ source }) => isAboutPeople(source));
	const found =
		about.length > 0
			? join(
					about.map((context) => foundRecords(context, null)),
					' UNION ALL '
				)
			: NO_RECORDS;
	const orders = about.filter(({ source }) => source.kind === 'orders').map(({ source }) => source.id);
	const hasOrders = orders.length > 0 ? sql`bool_or(source IN ${list(orders)})` : sql`false`;
	return [
		sql`CREATE OR REPLACE VIEW clean.account_sources AS
			SELECT account, source, sum(records)::INTEGER AS record_count FROM (${found}) GROUP BY account, source`,
		sql`CREATE OR REPLACE VIEW clean.accounts AS
			SELECT account, ${join(accountColumns(sql`account`), ', ')}, name AS customer_id, has_orders, record_count,
				NULL::INTEGER AS held_back
			FROM (
				SELECT account, ${hasOrders} AS has_orders, sum(record_count)::INTEGER AS record_count
				FROM clean.account_sources GROUP BY account
			)`,
		sql`CREATE OR REPLACE VIEW clean.keys AS
			SELECT account AS key, kind, name AS value, 1 AS account_count, 'alone' AS state,
				${keyFingerprint(sql`account`)} AS fingerprint
			FROM clean.accounts WHERE kind IN ${list(NAMING_KINDS)}`,
		sql`CREATE OR REPLACE VIEW clean.links AS
			SELECT account, key, state, account_count AS record_count, fingerprint
			FROM (SELECT key AS account, key, state, account_count, fingerprint FROM clean.keys) WHERE false`
	];
}

function keyKind(): Sql {
	return as(sql`split_part(key, ':', 1)`, 'kind');
}

function keyValue(): Sql {
	return as(sql`substr(key, strpos(key, ':') + 1)`, 'value');
}

/** The tables behind the views, and those of the way there. */
export const KEPT_TABLES = [
	'identity_accounts',
	'identity_account_sources',
	'identity_keys',
	'identity_links',
	'identity_renamed'
] as const;

/** The name of one of them. */
export function kept(table: (typeof KEPT_TABLES)[number]): Sql {
	return id('clean', table);
}
