import { id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { DuplicateField } from './schema.ts';

/*
 * How alike two people are, field by field, over `a` and `b`, two rows of `clean.duplicate_people` (prepared.sql.ts). The
 * comparisons of the engine work on bytes, which is the same as letters for texts that are folded to plain letters.
 */

/** One way in which two values may be alike; a pair is on the first level that holds. */
export interface Level {
	readonly id: string;
	/** Whether it holds, where both have a value. The last level of a field holds for all that is left. */
	readonly holds: Sql;
	/** The share of matches that are expected on it, before anything is known. */
	readonly prior: number;
	/** The same of two people of one household, where the field is one that households share. */
	readonly household?: number;
	/** The column whose value both have, so that a rare one tells more: `<column>_share` in `clean.duplicate_people`. */
	readonly rareBy?: string;
}

/** How a field is compared. */
export interface Comparison {
	readonly field: DuplicateField;
	/** Whether it tells nothing: level 0. */
	readonly missing: Sql;
	readonly levels: readonly Level[];
}

const DIFFERENT: Level = { id: 'different', holds: sql`true`, prior: 0.04 };

/** Both names stand in the other's place; counted with the first name alone, because it is one finding. */
const SWAPPED = sql`coalesce(a.first_key = b.last_key AND a.last_key = b.first_key AND a.first_key <> a.last_key, false)`;

/**
 * Two mailboxes that look alike because they hold the same name, `anna.hall1` and `anna.hall77`: the name has been counted, and
 * what is left of them differs. That says nothing for either.
 */
const NAMED_ALIKE = sql`coalesce(a.mailbox <> b.mailbox
			AND ((a.first_key = b.first_key AND contains(a.mailbox, a.first_key) AND contains(b.mailbox, a.first_key))
				OR (a.last_key = b.last_key AND contains(a.mailbox, a.last_key) AND contains(b.mailbox, a.last_key)))
			AND NOT (least(length(a.mailbox_rest), length(b.mailbox_rest)) >= 3
				AND levenshtein(a.mailbox_rest, b.mailbox_rest) <= 1), false)`;

/** Every comparison, in the order in which people read them. */
export const COMPARISONS: readonly Comparison[] = [
	{
		field: 'first_name',
		missing: sql`a.first_key IS NULL OR b.first_key IS NULL`,
		levels: [
			{ id: 'exact', holds: sql`a.first_key = b.first_key`, prior: 0.7, rareBy: 'first_key' },
			{ id: 'swapped', holds: SWAPPED, prior: 0.03 },
			{ id: 'close', holds: similar('first_key', 0.92), prior: 0.1 },
			{
				id: 'initial',
				holds: sql`least(length(a.first_key), length(b.first_key)) = 1 AND left(a.first_key, 1) = left(b.first_key, 1)`,
				prior: 0.03
			},
			{ id: 'alike', holds: sql`${similar('first_key', 0.88)} OR ${edits('first_key', 2, 5)}`, prior: 0.1 },
			DIFFERENT
		]
	},
	{
		field: 'last_name',
		missing: sql`a.last_key IS NULL OR b.last_key IS NULL OR ${SWAPPED}`,
		levels: [
			{ id: 'exact', holds: sql`a.last_key = b.last_key`, prior: 0.75, household: 0.85, rareBy: 'last_key' },
			{ id: 'close', holds: similar('last_key', 0.92), prior: 0.1, household: 0.03 },
			{
				id: 'part',
				holds: sql`contains(' ' || a.last_key || ' ', ' ' || b.last_key || ' ')
					OR contains(' ' || b.last_key || ' ', ' ' || a.last_key || ' ')`,
				prior: 0.02,
				household: 0.02
			},
			{
				id: 'alike',
				holds: sql`${similar('last_key', 0.88)} OR ${edits('last_key', 2, 5)}`,
				prior: 0.09,
				household: 0.02
			},
			{ ...DIFFERENT, household: 0.08 }
		]
	},
	{
		field: 'email',
		missing: sql`a.email_key IS NULL OR b.email_key IS NULL OR ${NAMED_ALIKE}`,
		levels: [
			{ id: 'exact', holds: sql`a.email_key = b.email_key`, prior: 0.5 },
			{ id: 'mailbox', holds: sql`a.mailbox = b.mailbox`, prior: 0.15, rareBy: 'mailbox' },
			{ id: 'close', holds: similar('mailbox', 0.92), prior: 0.1 },
			{ id: 'alike', holds: sql`${similar('mailbox', 0.88)} OR ${edits('mailbox', 2, 6)}`, prior: 0.1 },
			{ ...DIFFERENT, prior: 0.15 }
		]
	},
	{
		field: 'phone',
		missing: sql`a.phone_tail IS NULL OR b.phone_tail IS NULL`,
		levels: [
			{
				id: 'exact',
				holds: sql`a.phone_tail = b.phone_tail`,
				prior: 0.7,
				household: 0.3,
				rareBy: 'phone_tail'
			},
			{ id: 'close', holds: oneEdit('phone_tail'), prior: 0.1, household: 0.02 },
			{ ...DIFFERENT, prior: 0.2, household: 0.68 }
		]
	},
	{
		field: 'birth_date',
		missing: sql`a.birth_key IS NULL OR b.birth_key IS NULL`,
		levels: [
			{ id: 'exact', holds: sql`a.birth_key = b.birth_key`, prior: 0.8, rareBy: 'birth_key' },
			{
				id: 'close',
				holds: sql`${oneEdit('birth_key')}
					OR (left(a.birth_key, 4) = left(b.birth_key, 4) AND substr(a.birth_key, 5, 2) = right(b.birth_key, 2)
						AND right(a.birth_key, 2) = substr(b.birth_key, 5, 2))`,
				prior: 0.1
			},
			{ id: 'two_edits', holds: sql`levenshtein(a.birth_key, b.birth_key) = 2`, prior: 0.03 },
			{ id: 'year', holds: sql`left(a.birth_key, 4) = left(b.birth_key, 4)`, prior: 0.03 },
			DIFFERENT
		]
	},
	{
		field: 'place',
		missing: sql`(a.postcode_key IS NULL OR b.postcode_key IS NULL) AND (a.city_key IS NULL OR b.city_key IS NULL)
			AND (a.region_key IS NULL OR b.region_key IS NULL)`,
		levels: [
			{
				id: 'postcode',
				holds: sql`a.postcode_key = b.postcode_key`,
				prior: 0.65,
				household: 0.9,
				rareBy: 'postcode_key'
			},
			{ id: 'city', holds: sql`a.city_key = b.city_key`, prior: 0.12, household: 0.05, rareBy: 'city_key' },
			{
				id: 'close',
				holds: sql`(length(a.postcode_key) >= 4 AND ${oneEdit('postcode_key')})
					OR ${similar('city_key', 0.92)}`,
				prior: 0.08,
				household: 0.02
			},
			{
				id: 'area',
				holds: sql`a.region_key = b.region_key OR left(a.postcode_key, 2) = left(b.postcode_key, 2)`,
				prior: 0.05,
				household: 0.01
			},
			{ ...DIFFERENT, prior: 0.1, household: 0.02 }
		]
	},
	{
		field: 'street',
		missing: sql`a.street_key IS NULL OR b.street_key IS NULL`,
		levels: [
			{
				id: 'exact',
				holds: sql`a.street_key = b.street_key`,
				prior: 0.6,
				household: 0.9,
				rareBy: 'street_key'
			},
			{
				id: 'close',
				holds: sql`${similar('street_key', 0.92)} OR ${edits('street_key', 2, 8)}`,
				prior: 0.2,
				household: 0.05
			},
			{ ...DIFFERENT, prior: 0.2, household: 0.05 }
		]
	}
];

/** The level of a pair in a field: 0 where it tells nothing, else from 1 on. */
export function levelSql({ missing, levels }: Comparison): Sql {
	const branches = levels.map(({ holds }, i) => sql`WHEN ${holds} THEN ${i + 1}`);
	return sql`(CASE WHEN ${missing} THEN 0 ${join(branches, '\n')} END)::TINYINT`;
}

/** By Jaro and Winkler (prefix weight 0.1, at most 4 letters). */
function similar(column: string, least: number): Sql {
	return sql`jaro_winkler_similarity(a.${id(column)}, b.${id(column)}) >= ${least}`;
}

/** At most so many letters changed, put in or left out, in values that are not shorter than that. */
function edits(column: string, most: number, shortest: number): Sql {
	const [x, y] = [sql`a.${id(column)}`, sql`b.${id(column)}`];
	return sql`(least(length(${x}), length(${y})) >= ${shortest} AND abs(length(${x}) - length(${y})) <= ${most}
					AND levenshtein(${x}, ${y}) <= ${most})`;
}

/** One character changed, put in or left out, or two neighbours that changed places, which the slower distance tells. */
function oneEdit(column: string): Sql {
	const [x, y] = [sql`a.${id(column)}`, sql`b.${id(column)}`];
	return sql`CASE WHEN abs(length(${x}) - length(${y})) > 1 OR levenshtein(${x}, ${y}) > 2 THEN false
					ELSE damerau_levenshtein(${x}, ${y}) = 1 END`;
}
