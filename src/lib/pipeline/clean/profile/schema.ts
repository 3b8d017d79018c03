import type { Day } from '#lib/core/days.ts';
import type { Reading, Role, SourceParams } from '#lib/pipeline/import/schema.ts';

/** What a column holds, judged by its role, its type and its values. */
export const VALUE_KINDS = [
	'empty',
	'number',
	'date',
	'boolean',
	'id',
	'email',
	'phone',
	'category',
	'text'
] as const;
export type ValueKind = (typeof VALUE_KINDS)[number];

/** How a column is stored: texts of a file are read by the file's marks, all others have their value already. */
export type StoredType = 'text' | 'number' | 'date' | 'boolean';

/** A column to look at. */
export interface ProfiledColumn {
	/** As the reader knows it: the header of the file, or the name in a table of `clean`. */
	readonly name: string;
	/** Its name in SQL, such as `c3` or `ordered_at`. */
	readonly column: string;
	readonly stored: StoredType;
	readonly role: Role | null;
	/** Each row is to have a value of its own. */
	readonly isKey: boolean;
}

/** A table to look at: a file as texts, or a table of `clean`. */
export interface ProfiledTable {
	/** Schema and name. */
	readonly table: readonly [string, string];
	/** The reader's word: a file name, or `orders`. */
	readonly title: string;
	/** The source whose texts these are; null for a table of `clean`. */
	readonly source: SourceParams | null;
	/** How its texts become numbers and dates. */
	readonly reading: Pick<Reading, 'dateOrder' | 'decimalMark'>;
	readonly columns: readonly ProfiledColumn[];
	/** The column that numbers the rows, where there is one: `row`. */
	readonly rowColumn: string | null;
	/** Rows that a step set aside are left out: the table has `set_aside_by`. */
	readonly hasSetAside: boolean;
}

/** A rule of the clean-up that ran on the table. */
export interface CheckedRule {
	/** Id of the step, such as `r3`. */
	readonly step: string;
	/** The rule in words. */
	readonly label: string;
	/** Names of the columns that it checks. */
	readonly columns: readonly string[];
}

export interface ProfileOptions {
	/** Dates after this day lie in the future; null: none does. */
	readonly today: Day | null;
	/** Rules whose failing rows count against their columns; the table must be that of the steps. */
	readonly rules?: readonly CheckedRule[];
	/** The files are read with `17850.0` as 17850: ids that all end so are fine. */
	readonly readsDecimalIds?: boolean;
}

/** Rows that fail a rule of the clean-up. */
export interface FailedRule extends CheckedRule {
	readonly count: number;
	/** Those of them that hold a value in the column: cells without one are told as missing. */
	readonly filledCount: number;
}

/** A bin from `from` (included) to `to`, in the unit of the column; seconds since 1970 for dates. */
export interface ProfileBin {
	readonly from: number;
	readonly to: number;
	readonly count: number;
}

/** The shares of the rows at which quantiles are told. */
export const QUANTILES = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99] as const;

/** Numbers, or seconds since 1970 of dates. */
export interface ValueSummary {
	/** Values that could be read. */
	readonly count: number;
	readonly min: number;
	readonly max: number;
	readonly mean: number;
	/** Of a sample (n − 1); 0 for one value. */
	readonly sd: number;
	/** Adjusted Fisher-Pearson G1, as pandas and Excel have it; 0 for fewer than three values or no spread. */
	readonly skew: number;
	/** All are whole numbers. */
	readonly isWhole: boolean;
	/** At QUANTILES, type 7 (Hyndman and Fan 1996), as NumPy and R have them. */
	readonly quantiles: readonly number[];
}

/** Values that lie far from the others; null where a column has fewer than ten different numbers or no spread in the middle. */
export interface Outliers {
	/** The fences of Tukey (1977): 1.5 interquartile ranges beyond the quartiles. */
	readonly low: number;
	readonly high: number;
	/** Values beyond the fences. */
	readonly count: number;
	/** Values three interquartile ranges beyond the quartiles: far out. */
	readonly farCount: number;
	/** Values whose robust z, 0.6745 (x − median) / MAD, exceeds 3.5 (Iglewicz and Hoaglin 1993); null where MAD is 0. */
	readonly robustCount: number | null;
}

export interface CountedText {
	/** At most 200 characters. */
	readonly text: string;
	readonly count: number;
}

/** Everything that is known of one column. Counts are rows unless they say otherwise. */
export interface ColumnStatistics {
	readonly column: ProfiledColumn;
	readonly kind: ValueKind;
	readonly rows: number;
	/** Empty cells and cells of blanks alone; not those below the first row of an order, where a file is written that way. */
	readonly missingCount: number;
	/** Empty cells below the first row of an order whose value stands in that row. */
	readonly inheritedCount: number;
	/** Cells whose text says that nothing is there: `NA`, `null`, `-`. Not part of `missingCount`. */
	readonly writtenMissingCount: number;
	/** All other cells: those that hold a value. */
	readonly filledCount: number;
	/** Different texts of the filled cells, counted one by one. */
	readonly distinctCount: number;
	/** Cells that cannot be read as the kind: a word among numbers, an impossible date, an email without a name. */
	readonly unreadableCount: number;
	/** Cells with blanks before or after the text. */
	readonly blankEndsCount: number;
	/** Different texts less those that stay different without case and outer blanks. */
	readonly caseVariantCount: number;
	/** Rows whose text is not the most frequent way to write it, case and outer blanks apart. */
	readonly caseVariantRows: number;
	/** Rows that repeat the value of an earlier row; 0 where a value may repeat. */
	readonly repeatedCount: number;
	/** Dates after the given day. */
	readonly futureCount: number;
	/** Negative numbers where the role allows none; birth days more than 120 years before the given day. */
	readonly impossibleCount: number;
	/** Rules that some rows fail. */
	readonly failedRules: readonly FailedRule[];
	/** Ids that end in `.0`; 0 where the files are read without it. */
	readonly decimalIdCount: number;
	/** Numbers and dates; null for all other kinds. */
	readonly values: ValueSummary | null;
	/** Equal steps of the value, or of its logarithm where `logBins`; empty for other kinds and for a single value. */
	readonly bins: readonly ProfileBin[];
	readonly logBins: boolean;
	/** Numbers alone. */
	readonly outliers: Outliers | null;
	/** The most frequent texts, ties by bytes; empty where nearly all differ. */
	readonly top: readonly CountedText[];
	/** The most frequent shapes: runs of letters are `A`, runs of digits `9`. */
	readonly patterns: readonly CountedText[];
	/** Cells of another shape than most, where one shape has four fifths of an id, a date or a phone; else 0. */
	readonly oddPatternCount: number;
}

/** A table with what is known of its columns so far, in the order of the table. */
export interface TableProfile {
	readonly table: ProfiledTable;
	readonly rows: number;
	readonly columns: readonly ColumnStatistics[];
}
