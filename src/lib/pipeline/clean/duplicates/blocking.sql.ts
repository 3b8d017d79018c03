import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';

/*
 * Which pairs are compared at all: those of people who have some key in common (blocking). A rule whose largest blocks
 * would make too many pairs leaves these out; they are told.
 */

/** People with the same key are compared. */
export interface BlockingRule {
	readonly id: string;
	/** The key, over a row of `clean.duplicate_people`; NULL where the person has none. */
	readonly key: Sql;
}

const MAILBOX_LETTERS = 4;

/** Every rule, those that bring together the most of one person first. */
export const BLOCKING_RULES: readonly BlockingRule[] = [
	{ id: 'mailbox', key: sql`CASE WHEN length(mailbox) >= ${MAILBOX_LETTERS} THEN mailbox END` },
	{ id: 'phone', key: sql`phone_tail` },
	{ id: 'birth_date', key: sql`birth_key` },
	{
		id: 'names',
		key: sql`CASE WHEN first_key IS NOT NULL AND last_key IS NOT NULL
			THEN least(first_key, last_key) || '|' || greatest(first_key, last_key) END`
	},
	{ id: 'postcode_last', key: sql`postcode_key || '|' || left(last_key, 1)` },
	{ id: 'postcode_first', key: sql`postcode_key || '|' || left(first_key, 1)` },
	{
		id: 'sound_year',
		key: sql`clean.sound(last_key) || '|' || left(first_key, 1) || '|' || left(birth_key, 4)`
	},
	{ id: 'sounds', key: sql`clean.sound(last_key) || '|' || clean.sound(first_key)` },
	{ id: 'city_last', key: sql`city_key || '|' || last_key` },
	{ id: 'city_first', key: sql`city_key || '|' || first_key` },
	{ id: 'street', key: sql`street_key || '|' || left(coalesce(postcode_key, city_key), 3)` }
];

/** The blocks of all people by one rule: `key`, `people`, for two people or more. */
export function blocksSql({ key }: BlockingRule): Sql {
	return sql`
		SELECT key, count(*)::INTEGER AS people FROM (SELECT ${key} AS key FROM clean.duplicate_people)
		WHERE key IS NOT NULL GROUP BY key HAVING count(*) > 1`;
}

/** How many blocks of each size there are, over a table of `blocksSql`. */
export function blockSizesSql(blocks: string): Sql {
	return sql`
		SELECT people::INTEGER AS people, count(*)::INTEGER AS blocks FROM ${id('clean', blocks)}
		GROUP BY people ORDER BY people`;
}

/** The largest blocks, as they are shown. */
export function largestBlocksSql(blocks: string, limit: number): Sql {
	return sql`
		SELECT key::VARCHAR AS key FROM ${id('clean', blocks)} ORDER BY people DESC, key LIMIT ${limit}`;
}

/** The pairs of one rule, `a` < `b`, in the blocks of at most `most` people, with the number of the rule. */
export function pairsSql(rule: BlockingRule, number: number, blocks: string, most: number): Sql {
	return sql`
		WITH keyed AS (
			SELECT p.person, p.key FROM (SELECT person, ${rule.key} AS key FROM clean.duplicate_people) p
			JOIN ${id('clean', blocks)} b ON b.key = p.key WHERE b.people <= ${most}
		)
		SELECT x.person AS a, y.person AS b, ${number}::TINYINT AS rule
		FROM keyed x JOIN keyed y ON y.key = x.key AND y.person > x.person`;
}

/** Blocks of one size. */
export interface BlockSize {
	readonly people: number;
	readonly blocks: number;
}

/**
 * The size of the largest blocks that are compared, so that all blocks up to it make no more pairs than `mostPairs`.
 * @param sizes ascending
 */
export function largestBlock(sizes: readonly BlockSize[], mostPairs: number): number {
	let pairs = 0;
	let largest = 1;
	for (const { people, blocks } of sizes) {
		pairs += (blocks * people * (people - 1)) / 2;
		if (pairs > mostPairs) return largest;
		largest = people;
	}
	return largest;
}

/** Random pairs of people, the same every time: `a`, `b`. All pairs where there are no more than `wanted`. */
export function randomPairsSql(people: number, wanted: number): Sql {
	if ((people * (people - 1)) / 2 <= wanted) {
		return sql`SELECT x.person AS a, y.person AS b FROM clean.duplicate_people x JOIN clean.duplicate_people y ON y.person > x.person`;
	}
	const drawn = [0, 1].map((side) =>
		as(sql`(${drawnSql(sql`(2 * i + ${side})`)} % ${people})::INTEGER`, 'ab'[side] ?? '')
	);
	return sql`SELECT a, b FROM (SELECT ${join(drawn, ', ')} FROM range(${wanted}) t(i)) WHERE a <> b`;
}

/** A number from 0 to 2^32 − 1 that looks random, by plain arithmetic, as in `identity/components.ts`. */
function drawnSql(i: Sql): Sql {
	const first = sql`((${i} + 1) * 2654435761 % 4294967296)`;
	const second = sql`(xor(${first}, ${first} >> 16) * 1540483477 % 4294967296)`;
	return sql`xor(${second}, ${second} >> 15)`;
}
