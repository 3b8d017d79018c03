import { z } from 'zod';
import { Role, TableKind } from './roles.ts';

export { ROLES, ROLE_WORDS, Role } from './roles.ts';

/** Role → column name. Column names within a file are made unique when it is read. */
export const ColumnMapping = z.partialRecord(Role, z.string().min(1));
export type ColumnMapping = z.infer<typeof ColumnMapping>;

/** Role → text that every row has: what the file's name or header says, such as a consent state or a currency. */
export const Constants = z.partialRecord(Role, z.string().min(1));

/** Labels of the Encoding Standard (https://encoding.spec.whatwg.org). Latin-1 is read as Windows-1252, which holds it. */
export const ENCODINGS = [
	'utf-8',
	'utf-16le',
	'utf-16be',
	'windows-1250',
	'windows-1251',
	'windows-1252',
	'windows-1253',
	'windows-1254',
	'windows-1255',
	'windows-1256',
	'iso-8859-2',
	'iso-8859-5',
	'iso-8859-7',
	'iso-8859-9',
	'iso-8859-15',
	'koi8-r',
	'macintosh',
	'ibm866',
	'shift_jis',
	'euc-jp',
	'gb18030',
	'big5',
	'euc-kr'
] as const;
export type EncodingName = (typeof ENCODINGS)[number];

/** What a file is made of. All but text are turned into UTF-8 CSV on the way in, and then read as such. */
export const FILE_FORMATS = ['text', 'xlsx', 'parquet', 'ndjson'] as const;

/** How the bytes of a file become records and fields. */
export const Dialect = z.object({
	format: z.enum(FILE_FORMATS),
	/** Name of the sheet of a workbook; null for every other format. */
	sheet: z.string().nullable(),
	compression: z.enum(['none', 'gzip']),
	encoding: z.enum(ENCODINGS),
	/** The file starts with a byte order mark, which belongs to no field. */
	byteOrderMark: z.boolean(),
	/** Some bytes are no text in the encoding; they are read as U+FFFD. */
	isDamaged: z.boolean(),
	/** One character, or two such as `||`; a blank means runs of blanks, as in fixed-width logs. */
	delimiter: z.string().min(1).max(2),
	/** What surrounds fields that hold a delimiter; empty when nothing does. */
	quote: z.enum(['"', "'", '']),
	/** How a quote stands inside quotes: twice, or behind a backslash. */
	escape: z.enum(['double', 'backslash']),
	/** Lines that start with this are no records; empty when there are none. */
	comment: z.string().max(2),
	/** Lines above the header (or above the first record) that are no data, such as `sep=;`. */
	skipLines: z.int().min(0),
	/** The first line, from 1, that belongs to this table no more; null when it runs to the end of the file. */
	endLine: z.int().min(1).nullable(),
	hasHeader: z.boolean(),
	/** Rows that add up the others ("Grand total") are set aside. */
	setAsideTotals: z.boolean()
});
export type Dialect = z.infer<typeof Dialect>;

/** The dialect of a plain file: UTF-8, comma, RFC 4180, a header on the first line. */
export const PLAIN_DIALECT: Dialect = {
	format: 'text',
	sheet: null,
	compression: 'none',
	encoding: 'utf-8',
	byteOrderMark: false,
	isDamaged: false,
	delimiter: ',',
	quote: '"',
	escape: 'double',
	comment: '',
	skipLines: 0,
	endLine: null,
	hasHeader: true,
	setAsideTotals: false
};

export const DATE_ORDERS = ['ymd', 'dmy', 'mdy'] as const;

/** How the texts of one file become dates and numbers. `null`: the file could not tell, so ask. */
export const Reading = z.object({
	dateOrder: z.enum(DATE_ORDERS).nullable(),
	decimalMark: z.enum(['.', ',']).nullable(),
	/** Order-level columns (customer, date, total, status) stand only on the first row of each order. */
	orderFieldsOnFirstRow: z.boolean(),
	/** Times that name no offset are UTC; else they are local times. */
	isUtc: z.boolean()
});
export type Reading = z.infer<typeof Reading>;

export const WITHHELD_REASONS = [
	'password',
	'token',
	'card_number',
	'bank_account',
	'national_id',
	'ip_address'
] as const;

/** A column whose content is not kept: `dropped` leaves nothing, `masked` the last four characters. */
export const WithheldColumn = z.object({
	column: z.string().min(1),
	reason: z.enum(WITHHELD_REASONS),
	action: z.enum(['dropped', 'masked'])
});
export type WithheldColumn = z.infer<typeof WithheldColumn>;

/** Why customer data may be used: the lawful bases of the GDPR, article 6 (1). */
export const LAWFUL_BASES = [
	'consent',
	'contract',
	'legal_obligation',
	'vital_interests',
	'public_task',
	'legitimate_interests'
] as const;

/** What the user notes about a source. Empty texts and null: not noted. */
export const SourceNotes = z.object({
	origin: z.string().max(500),
	purpose: z.string().max(500),
	lawfulBasis: z.enum(LAWFUL_BASES).nullable(),
	/** The newest record may be so many days old; null: any age. */
	maxAgeDays: z.int().min(1).max(3650).nullable()
});
export type SourceNotes = z.infer<typeof SourceNotes>;

/** Nothing noted. */
export const NO_NOTES: SourceNotes = { origin: '', purpose: '', lawfulBasis: null, maxAgeDays: null };

/** One file as the recipe knows it: how to read it and what its columns mean. No data. */
export const SourceParams = z.object({
	/** Stable within a recipe: `s1`, `s2`, … */
	id: z.string().regex(/^s\d+$/),
	fileName: z.string().min(1),
	kind: TableKind,
	/** Id of the platform preset that recognised the file, if one did. */
	platform: z.string().nullable(),
	dialect: Dialect,
	/** Unique names, in file order. Column i is `c<i>` in SQL. */
	columns: z.array(z.string()).min(1),
	mapping: ColumnMapping,
	constants: Constants,
	reading: Reading,
	withheld: z.array(WithheldColumn),
	/** The system that gave out the customer ids, such as `shopify`: equal ids of one system are one customer. */
	idSystem: z.string().min(1).max(60),
	/** Id of the first source of its series: exports of the same list, such as every month's orders of one shop. */
	series: z.string().regex(/^s\d+$/),
	/** Counts the exports of a series from 1. A newer one replaces what it has in common with older ones; files of one export share it. */
	version: z.int().min(1),
	notes: SourceNotes
});
export type SourceParams = z.infer<typeof SourceParams>;

/** A source as a look at its file finds it, without what the recipe it joins decides. */
export type FoundSource = Omit<SourceParams, 'id' | 'series' | 'version' | 'notes'>;

/** The system of ids that no platform claims: ids of all such files are one system. */
export const OWN_IDS = 'own';

/** The system that gave out the ids of a platform's export: `shopify-orders` and `shopify-customers` share `shopify`. */
export function idSystemOf(platform: string | null): string {
	return platform?.split('-')[0] ?? OWN_IDS;
}

/** Files of one layout have the same columns and are lists of the same: they are mapped together. */
export function layoutKey({ kind, columns }: Pick<SourceParams, 'kind' | 'columns'>): string {
	return JSON.stringify([kind, columns]);
}

export const ImportParams = z.object({ sources: z.array(SourceParams) });
export type ImportParams = z.infer<typeof ImportParams>;

/** Why a record could not be read; each is set aside as `unreadable`. */
export const RECORD_PROBLEMS = [
	'too_few_fields',
	'too_many_fields',
	'unclosed_quote',
	'repeated_header',
	'total_row'
] as const;
export const RecordProblem = z.enum(RECORD_PROBLEMS);
export type RecordProblem = z.infer<typeof RecordProblem>;

/** One record that could not be read. Records count from 1 after the header; lines from 1 at the top of the file. */
export const UnreadableRecord = z.object({
	record: z.int(),
	line: z.int(),
	problem: RecordProblem,
	fields: z.int(),
	/** The record as it stands in the file, without its line end; at most 2,000 characters. */
	raw: z.string()
});
export type UnreadableRecord = z.infer<typeof UnreadableRecord>;

/** What a source gave. `rowsRead` = rows in its table + `unreadable.length`. */
export const SourceResult = z.object({
	id: z.string(),
	fileName: z.string(),
	sizeBytes: z.number(),
	rowsRead: z.int(),
	unreadable: z.array(UnreadableRecord),
	/** Cells that held NUL characters, which were taken out. */
	nulCells: z.int(),
	/**
	 * Indices of the columns in the raw table of a big file, which has those with a role or a step, and `row_hash` UBIGINT: the
	 * `hash()` over all columns in file order. Null when the table has every column, and no `row_hash`.
	 */
	loadedColumns: z.array(z.int()).nullable()
});
export type SourceResult = z.infer<typeof SourceResult>;

/** The raw table of a source: VARCHAR columns `c0 … cN` and `row` INTEGER, its record number in the file from 1. */
export function rawTable(sourceId: string): readonly ['import', string] {
	return ['import', sourceId];
}

/** The SQL name of column i of a raw table. */
export function rawColumn(index: number): string {
	return `c${index}`;
}
