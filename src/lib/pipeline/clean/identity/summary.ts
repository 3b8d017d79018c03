import type { Engine } from '#lib/engine/engine.ts';
import { join, sql, type Sql } from '#lib/engine/sql.ts';
import type { StepContext } from '#lib/pipeline/step.ts';
import { listsOf, type SourceList } from '../audit/lists.ts';
import { listNames } from '../audit/sources.sql.ts';
import { IDENTITY_KEYS, type IdentityResult } from '../schema.ts';
import { moneyKind, type SourceContext } from '../source.ts';
import { texts } from '../texts.sql.ts';
import { isAboutPeople, personRoles, recordAccount } from './records.sql.ts';

type KeyCounts = IdentityResult['keys'][number];

/** Counts what was joined. The money is added up by account and by person, over different tables. */
export async function readIdentity(
	{ engine, signal }: Pick<StepContext, 'engine' | 'signal'>,
	contexts: readonly SourceContext[]
): Promise<IdentityResult> {
	const about = contexts.filter(({ source }) => isAboutPeople(source));
	const lists = listsOf(about.map(({ source }) => source));
	const isJoined = about.some((context) => context.joinsPeople);
	const one = async (query: Sql) => (await engine.rows<{ count: number }>(query, signal))[0]?.count ?? 0;
	const keys = await engine.rows<KeyCounts>(isJoined ? countKeys() : countKinds(), signal);
	const inSeveral = about.length > 1 ? await one(countIdsInSeveral()) : 0;
	const hasAmount = about.some(({ source }) => source.kind === 'orders' && moneyKind(source) !== null);
	const found = IDENTITY_KEYS.flatMap((key) => keys.find((counted) => counted.key === key) ?? []);
	const people = isJoined ? await readPeople(engine, signal) : everyAccount(keys);
	// Where every account is a person, the money of accounts is that of the rows, which need not be named once more.
	const isSame = people.accounts === people.people;
	return {
		...people,
		acrossSources: lists.length > 1 ? await one(countAcrossSources(isJoined, lists)) : 0,
		keys: found.map((counts) => (counts.key === 'id' ? { ...counts, joining: inSeveral } : counts)),
		revenueByAccount: hasAmount ? await one(isSame ? revenueByRow() : revenueByAccount(about)) : null,
		revenueByPerson: hasAmount ? await one(revenueByPerson(isJoined)) : null
	};
}

type PeopleCounts = Pick<IdentityResult, 'accounts' | 'people' | 'joinedPeople' | 'heldBack'>;

async function readPeople(engine: Engine, signal: AbortSignal): Promise<PeopleCounts> {
	const [counts] = await engine.rows<PeopleCounts>(countPeople(), signal);
	return counts ?? everyAccount([]);
}

/** Where nothing can join, every account is a person. */
function everyAccount(kinds: readonly KeyCounts[]): PeopleCounts {
	const accounts = kinds.reduce((sum, { values }) => sum + values, 0);
	return { accounts, people: accounts, joinedPeople: 0, heldBack: 0 };
}

/** One row per kind of account: how many there are. */
function countKinds(): Sql {
	return sql`
		SELECT kind::VARCHAR AS key, count(*)::INTEGER AS values, 0::INTEGER AS joining, 0::INTEGER AS shared
		FROM clean.accounts GROUP BY kind ORDER BY key`;
}

function countPeople(): Sql {
	return sql`
		WITH people AS (
			SELECT customer_id, count(*) AS accounts FROM clean.accounts GROUP BY customer_id
		)
		SELECT coalesce(sum(accounts), 0)::INTEGER AS accounts,
			count_if(customer_id IS NOT NULL)::INTEGER AS people,
			count_if(customer_id IS NOT NULL AND accounts > 1)::INTEGER AS joined_people,
			(SELECT count(DISTINCT held_back) FROM clean.accounts)::INTEGER AS held_back
		FROM people ORDER BY accounts`;
}

/** People in two lists or more; the files of one list are one source. */
function countAcrossSources(isJoined: boolean, lists: readonly SourceList[]): Sql {
	const people = isJoined
		? sql`SELECT customer_id, source FROM clean.account_sources s JOIN clean.accounts a ON a.account = s.account
			WHERE customer_id IS NOT NULL`
		: sql`SELECT account AS customer_id, source FROM clean.account_sources`;
	return sql`
		SELECT count(*)::INTEGER AS count FROM (
			SELECT customer_id FROM (${people}) JOIN ${listNames(lists)} USING (source)
			GROUP BY customer_id HAVING min(list) <> max(list)
		) ORDER BY count`;
}

function countIdsInSeveral(): Sql {
	return sql`
		SELECT count(*)::INTEGER AS count FROM (
			SELECT account FROM clean.account_sources GROUP BY account
			HAVING count(*) > 1 AND starts_with(account, 'id:')
		) ORDER BY count`;
}

/** One row per kind of key: its values, and how many join. */
function countKeys(): Sql {
	return sql`
		SELECT * FROM (
			SELECT 'id'::VARCHAR AS key, count(*)::INTEGER AS values, 0::INTEGER AS joining, 0::INTEGER AS shared
			FROM clean.accounts WHERE kind = 'id' HAVING count(*) > 0
			UNION ALL
			SELECT kind::VARCHAR AS key, count(*)::INTEGER AS values,
				count_if(state IN ('joins', 'trusted'))::INTEGER AS joining, count_if(state = 'shared')::INTEGER AS shared
			FROM clean.keys GROUP BY kind
		) ORDER BY key`;
}

/** The loaded money of every account that is somebody's: the records are named once more, account by account. */
function revenueByAccount(about: readonly SourceContext[]): Sql {
	const orders = about.filter(({ source }) => source.kind === 'orders');
	const totals = orders.map((context) => {
		const { source } = context;
		const named = sql`SELECT row, ${recordAccount(context)} AS account FROM (${texts(source, personRoles(source))})`;
		return sql`
			SELECT account, sum(r.amount) AS amount
			FROM (${named}) named JOIN clean.rows r ON r.row = named.row
			WHERE r.source = ${source.id} AND r.reason IS NULL GROUP BY account`;
	});
	return sql`
		SELECT coalesce(sum(amount), 0)::DOUBLE AS count
		FROM (${join(totals, ' UNION ALL ')}) t
		WHERE account IN (SELECT account FROM clean.accounts WHERE customer_id IS NOT NULL) ORDER BY count`;
}

/** The loaded money of all rows, where every account is a person. */
function revenueByRow(): Sql {
	return sql`SELECT coalesce(sum(amount), 0)::DOUBLE AS count FROM clean.rows WHERE reason IS NULL ORDER BY count`;
}

/** The money of the orders of every person. */
function revenueByPerson(isJoined: boolean): Sql {
	const people = isJoined ? sql`clean.accounts` : sql`clean.customers`;
	return sql`
		SELECT coalesce(sum(amount), 0)::DOUBLE AS count
		FROM clean.orders WHERE customer_id IN (SELECT customer_id FROM ${people}) ORDER BY count`;
}
