import type { Engine } from '#lib/engine/engine.ts';
import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';

/** People who are in exactly these sources and in no other. */
export interface Meeting {
	/** Ids of sources, in the order they were asked for, or of lists. */
	readonly sources: readonly string[];
	readonly people: number;
}

/** One source and whom it has in common with the others. */
export interface SourceOverlap {
	readonly source: string;
	/** People with an account in it. */
	readonly people: number;
	/** Those who are in no other source. */
	readonly only: number;
	/** By the id of another source: people who are in both. */
	readonly shared: ReadonlyMap<string, number>;
}

/** Sources per column of bits: an INTEGER has 31 besides its sign. */
const SOURCES_PER_MASK = 31;

/**
 * Which sources people are in: one entry per set of sources that somebody is in, the most people first. Everybody
 * counts once, so the entries add up to the people; accounts of nobody count nowhere.
 */
export async function sourceMeetings(
	engine: Engine,
	sourceIds: readonly string[],
	signal?: AbortSignal
): Promise<Meeting[]> {
	const masks = Array.from({ length: Math.ceil(sourceIds.length / SOURCES_PER_MASK) }, (_, i) => ({
		name: `m${i}`,
		sources: sourceIds.slice(i * SOURCES_PER_MASK, (i + 1) * SOURCES_PER_MASK)
	}));
	if (masks.length === 0) return [];
	const rows = await engine.rows<Readonly<Record<string, number>>>(meetingRows(masks), signal);
	return rows.map((row) => ({
		people: row['people'] ?? 0,
		sources: masks.flatMap(({ name, sources }) =>
			sources.filter((_, bit) => (((row[name] ?? 0) >>> bit) & 1) === 1)
		)
	}));
}

/**
 * The same people by list instead of by file: exports of one list are one source.
 * @param listOf the list of each source; a source without one stands for itself
 */
export function meetingsOfLists(
	meetings: readonly Meeting[],
	listOf: ReadonlyMap<string, string>
): Meeting[] {
	const found = new Map<string, { readonly sources: readonly string[]; people: number }>();
	for (const { sources, people } of meetings) {
		const lists = [...new Set(sources.map((source) => listOf.get(source) ?? source))].sort();
		const key = JSON.stringify(lists);
		const same = found.get(key);
		if (same) same.people += people;
		else found.set(key, { sources: lists, people });
	}
	return [...found.values()].sort((a, b) => b.people - a.people);
}

/** Every source with whom it shares, from the sets of sources that people are in. */
export function overlapsOf(meetings: readonly Meeting[], sourceIds: readonly string[]): SourceOverlap[] {
	return sourceIds.map((source) => {
		const own = meetings.filter(({ sources }) => sources.includes(source));
		const others = sourceIds.filter((other) => other !== source);
		return {
			source,
			people: peopleIn(own),
			only: peopleIn(own.filter(({ sources }) => sources.length === 1)),
			shared: new Map(
				others.map((other) => [other, peopleIn(own.filter(({ sources }) => sources.includes(other)))])
			)
		};
	});
}

/** Accounts that belong to nobody: how many, and the first few by name. */
export interface Nobody {
	readonly count: number;
	readonly examples: readonly string[];
}

/** Accounts of nobody that are named. */
const EXAMPLES = 3;

/** The accounts that belong to nobody, such as a counter phone without a customer. */
export async function findNobody(engine: Engine, signal?: AbortSignal): Promise<Nobody> {
	const rows = await engine.rows<{ account: string; count: number }>(
		sql`SELECT account::VARCHAR AS account, (count(*) OVER ())::INTEGER AS count
			FROM clean.accounts WHERE customer_id IS NULL ORDER BY account LIMIT ${EXAMPLES}`,
		signal
	);
	return { count: rows[0]?.count ?? 0, examples: rows.map(({ account }) => account) };
}

interface Mask {
	readonly name: string;
	readonly sources: readonly string[];
}

/** One row per set of sources: a column of bits per mask, and how many people. */
function meetingRows(masks: readonly Mask[]): Sql {
	const bits = masks.map(({ name, sources }) => as(sql`bit_or(${bitOf(sources)})`, name));
	const names = masks.map(({ name }) => id(name));
	return sql`
		SELECT ${join(
			names.map((name) => sql`${name}::INTEGER AS ${name}`),
			', '
		)}, count(*)::INTEGER AS people
		FROM (
			SELECT a.customer_id, ${join(bits, ', ')}
			FROM clean.account_sources s
			JOIN clean.accounts a ON a.account = s.account
			WHERE a.customer_id IS NOT NULL
			GROUP BY a.customer_id
		)
		GROUP BY ${join(names, ', ')}
		ORDER BY people DESC, ${join(names, ', ')}`;
}

/** The bit of the source of an account; 0 where it is of another mask. */
function bitOf(sources: readonly string[]): Sql {
	const cases = sources.map((source, bit) => sql`WHEN ${source} THEN ${2 ** bit}`);
	return sql`(CASE s.source ${join(cases, '\n')} ELSE 0 END)::INTEGER`;
}

function peopleIn(meetings: readonly Meeting[]): number {
	return meetings.reduce((sum, { people }) => sum + people, 0);
}
