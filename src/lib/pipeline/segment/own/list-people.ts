import { pause } from '#lib/core/pause.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { sql, type Sql } from '#lib/engine/sql.ts';
import { memberFingerprint } from './fingerprint.ts';

/** Fingerprints written at a time, so that writing them is no long task. */
const PART_MEMBERS = 20_000;

/**
 * Finds the people of a list among the customers of today. Whoever was joined to others since, and has another id now, is
 * found by the accounts of the person, where one person alone has an account of the old name.
 * @param members fingerprints of customer ids
 * @returns a SELECT of `idx`, to be used before the next list is looked up, and how many fingerprints are nobody's
 */
export async function findListed(
	engine: Engine,
	members: readonly string[],
	signal: AbortSignal
): Promise<{ readonly people: Sql; readonly notFound: number }> {
	await engine.exec(sql`CREATE OR REPLACE TABLE segment.list_members (member VARCHAR)`, signal);
	for (let from = 0; from < members.length; from += PART_MEMBERS) {
		// One text, because a statement with so many would be long in reading.
		const part = members.slice(from, from + PART_MEMBERS).join(' ');
		await engine.exec(
			sql`INSERT INTO segment.list_members SELECT DISTINCT unnest(string_split(${part}, ' '))`,
			signal
		);
		await pause();
	}
	await engine.exec(createListPeople(), signal);
	if (await arePeopleJoined(engine, signal)) await engine.exec(addByAccount(), signal);
	return { people: PEOPLE, notFound: await countUnmatched(engine, signal) };
}

const PEOPLE = sql`SELECT DISTINCT idx FROM segment.list_people`;

function createListPeople(): Sql {
	return sql`
		CREATE OR REPLACE TABLE segment.list_people AS
		SELECT DISTINCT m.member, f.idx FROM segment.list_members m
		JOIN features.customers f ON ${memberFingerprint(sql`f.customer_id`)} = m.member`;
}

/** A customer was called as an account is, or so with its system in front. */
function addByAccount(): Sql {
	return sql`
		INSERT INTO segment.list_people
		WITH names AS (
			SELECT unnest([name, system || ':' || name]) AS name, customer_id FROM clean.accounts
			WHERE customer_id IS NOT NULL
		)
		SELECT m.member, min(f.idx) FROM segment.list_members m
		JOIN names n ON ${memberFingerprint(sql`n.name`)} = m.member
		JOIN features.customers f ON f.customer_id = n.customer_id
		WHERE m.member NOT IN (SELECT member FROM segment.list_people)
		GROUP BY m.member HAVING count(DISTINCT f.idx) = 1`;
}

async function countUnmatched(engine: Engine, signal: AbortSignal): Promise<number> {
	const [row] = await engine.rows<{ members: number }>(
		sql`
			SELECT count(DISTINCT member)::INTEGER AS members FROM segment.list_members
			WHERE member NOT IN (SELECT member FROM segment.list_people) ORDER BY members`,
		signal
	);
	return row?.members ?? 0;
}

/** False where every account is a person, whose name is its own. */
export async function arePeopleJoined(engine: Engine, signal?: AbortSignal): Promise<boolean> {
	const [row] = await engine.rows<{ tables: number }>(
		sql`
			SELECT count(*)::INTEGER AS tables FROM duckdb_tables()
			WHERE schema_name = 'clean' AND table_name = 'identity_accounts' ORDER BY tables`,
		signal
	);
	return (row?.tables ?? 0) > 0;
}
