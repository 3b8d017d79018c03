/** What two people are compared by. */
export const DUPLICATE_FIELDS = [
	'first_name',
	'last_name',
	'email',
	'phone',
	'birth_date',
	'place',
	'street'
] as const;
export type DuplicateField = (typeof DUPLICATE_FIELDS)[number];

/** Pairs below this probability are not kept. */
export const LOWEST_PROBABILITY = 0.01;

/** From this probability on, a pair is proposed unless the user chooses another. */
export const DEFAULT_PROBABILITY = 0.8;

/** How alike two values of a field are, and what it tells. */
export interface LevelResult {
	/** The id of the level in `comparisons.sql.ts`, such as `exact`. */
	readonly level: string;
	/** The share of pairs of one person that are so alike in the field, of those where both have it. */
	readonly m: number;
	/** The share of pairs of two people that are. */
	readonly u: number;
	/** log2(m / u), before the adjustment for rare values. */
	readonly weight: number;
}

/** One field that people have, and its levels, the most alike first. */
export interface FieldResult {
	readonly field: DuplicateField;
	readonly levels: readonly LevelResult[];
}

/** Pairs that were not compared, because too many people have the same value. */
export interface SkippedBlocks {
	/** The id of the blocking rule. */
	readonly rule: string;
	readonly blocks: number;
	/** People in them. */
	readonly people: number;
	/** People in the smallest of them: blocks of fewer were compared. */
	readonly from: number;
	/** Some of the values, those of most people first. */
	readonly examples: readonly string[];
}

/** What a search for people who may be one found. The pairs are in `clean.duplicate_pairs`. */
export interface DuplicatesResult {
	readonly people: number;
	/** Pairs that some blocking rule brought together. */
	readonly comparedPairs: number;
	/** Pairs of people there are. */
	readonly allPairs: number;
	/** Pairs of `clean.duplicate_pairs`. */
	readonly keptPairs: number;
	/** The share of all pairs that are one person, as estimated. */
	readonly matchShare: number;
	/** The share of all pairs that are two people of one household, as estimated. */
	readonly householdShare: number;
	/** log2 of the odds that a pair is one person, before it is compared. */
	readonly startWeight: number;
	readonly rounds: number;
	readonly fields: readonly FieldResult[];
	readonly skipped: readonly SkippedBlocks[];
}

/* The tables of a search: run.ts. */
