import { join, sql, type Sql } from '#lib/engine/sql.ts';
import type { StepContext } from '#lib/pipeline/step.ts';
import { IDENTITY_KEYS, type IdentityResult } from '../schema.ts';
import { moneyKind, type SourceContext } from '../source.ts';
import { texts } from '../texts.sql.ts';
import { isAboutPeople, personRoles, recordAccount } from './records.sql.ts';

type KeyCounts = IdentityResult['keys'][number];

interface PeopleCounts {
	readonly accounts: number;
	readonly people: number;
	readonly joinedPeople: number;
	readonly heldBack: number;
}

/** Counts what was joined. The money is added up by account and by person, over different tables. */
export async function readIdentity(
	{ engine, signal }: Pick<StepContext, 'engine' | 'signal'>,
	contexts: readonly SourceContext[]
): Promise<IdentityResult> {
	const about = contexts.filter(({ source }) => isAboutPeople(source));
	const [counts] = await engine.rows<PeopleCounts>(countPeople(), signal);
	const keys = await engine.rows<KeyCounts>(countKeys(about.length > 1), signal);
	const one = async (query: Sql) => (await engine.rows<{ count: number }>(query, signal))[0]?.count ?? 0;
	const hasAmount = about.some(({ source }) => source.kind === 'orders' && moneyKind(source) !== null);
	return {
		accounts: counts?.accounts ?? 0,
		people: counts?.people ?? 0,
		joinedPeople: counts?.joinedPeople ?? 0,
		acrossSources: about.length > 1 ? await one(countAcrossSources()) : 0,
		heldBack: counts?.heldBack ?? 0,
		keys: IDENTITY_KEYS.flatMap((key) => keys.find((counted) => counted.key === key) ?? []),
		revenueByAccount: hasAmount ? await one(revenueByAccount(about)) : null,
		revenueByPerson: hasAmount ? await one(revenueByPerson()) : null
	};
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

function countAcrossSources(): Sql {
	return sql`
		SELECT count(*)::INTEGER AS count FROM (
			SELECT customer_id FROM clean.account_sources s JOIN clean.accounts a ON a.account = s.account
			WHERE customer_id IS NOT NULL GROUP BY customer_id HAVING min(source) <> max(source)
		) ORDER BY count`;
}

/** One row per kind of key: its values, and how many join. An id joins when two sources have it. */
function countKeys(hasSeveralSources: boolean): Sql {
	const several = sql`
		SELECT count(*) FROM (
			SELECT account FROM clean.account_sources WHERE starts_with(account, 'id:')
			GROUP BY account HAVING count(*) > 1
		)`;
	return sql`
		SELECT * FROM (
			SELECT 'id'::VARCHAR AS key, count(*)::INTEGER AS values,
				(${hasSeveralSources ? several : sql`SELECT 0`})::INTEGER AS joining, 0::INTEGER AS shared
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

/** The money of the orders of every person. */
function revenueByPerson(): Sql {
	return sql`
		SELECT coalesce(sum(amount), 0)::DOUBLE AS count
		FROM clean.orders WHERE customer_id IN (SELECT customer_id FROM clean.accounts) ORDER BY count`;
}
