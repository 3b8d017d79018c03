import { z } from 'zod';

/** What a column of an orders file can mean. One column has at most one role, one role at most one column. */
export const ROLES = [
	'customer',
	'date',
	'order_id',
	'quantity',
	'unit_price',
	'amount',
	'order_total',
	'refund',
	'product',
	'country',
	'status',
	'currency',
	'email',
	'name',
	'first_name',
	'last_name',
	'phone'
] as const;

export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

/** The words of a role, for the mapper and for messages. */
export const ROLE_WORDS: Readonly<Record<Role, { label: string; explain: string }>> = {
	customer: {
		label: 'Customer',
		explain: 'Who bought: a number, code or email that is the same in every order of a person'
	},
	date: { label: 'Order date', explain: 'The day, or day and time, of the order' },
	order_id: { label: 'Order number', explain: 'The same on every line of one order' },
	quantity: { label: 'Quantity', explain: 'How many pieces a line holds' },
	unit_price: { label: 'Price of one', explain: 'Multiplied by the quantity' },
	amount: {
		label: 'Amount of the row',
		explain: 'Money of this row alone; the rows of an order are added up'
	},
	order_total: {
		label: 'Order total',
		explain: 'Money of the whole order, counted once however many rows it has'
	},
	refund: { label: 'Refunded', explain: 'Money given back, taken off the order' },
	product: { label: 'Product', explain: 'What was bought' },
	country: { label: 'Country', explain: 'Where the customer or the delivery is' },
	status: { label: 'Status', explain: 'Tells cancelled, voided or failed orders' },
	currency: { label: 'Currency', explain: 'The code of the money, such as GBP' },
	email: { label: 'Email', explain: 'Carried into your audience files' },
	name: { label: 'Name', explain: 'Carried into your audience files' },
	first_name: { label: 'First name', explain: 'Carried into your audience files' },
	last_name: { label: 'Last name', explain: 'Carried into your audience files' },
	phone: { label: 'Phone', explain: 'Carried into your audience files' }
};

/** Role → column name. Column names within a file are made unique when it is read. */
export const ColumnMapping = z.partialRecord(Role, z.string().min(1));
export type ColumnMapping = z.infer<typeof ColumnMapping>;

export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;

/** How the bytes of a file become records and fields. */
export const Dialect = z.object({
	compression: z.enum(['none', 'gzip']),
	encoding: z.enum(ENCODINGS),
	/** The file starts with a byte order mark, which belongs to no field. */
	byteOrderMark: z.boolean(),
	/** One character; a blank means runs of blanks, as in fixed-width logs. */
	delimiter: z.enum([',', ';', '\t', '|', ' ']),
	quote: z.literal('"'),
	/** Lines above the header (or above the first record) that are no data, such as `sep=;`. */
	skipLines: z.int().min(0),
	hasHeader: z.boolean()
});
export type Dialect = z.infer<typeof Dialect>;

export const DATE_ORDERS = ['ymd', 'dmy', 'mdy'] as const;

/** How the texts of one file become dates and numbers. `null` for the date order: the file could not tell, so ask. */
export const Reading = z.object({
	dateOrder: z.enum(DATE_ORDERS).nullable(),
	decimalMark: z.enum(['.', ',']),
	/** Order-level columns (customer, date, total, status) stand only on the first row of each order. */
	orderFieldsOnFirstRow: z.boolean()
});
export type Reading = z.infer<typeof Reading>;

/** One file as the recipe knows it: how to read it and what its columns mean. No data. */
export const SourceParams = z.object({
	/** Stable within a recipe: `s1`, `s2`, … */
	id: z.string().regex(/^s\d+$/),
	fileName: z.string().min(1),
	/** Id of the platform preset that recognised the file, if one did. */
	platform: z.string().nullable(),
	dialect: Dialect,
	/** Unique names, in file order. Column i is `c<i>` in SQL. */
	columns: z.array(z.string()).min(1),
	mapping: ColumnMapping,
	reading: Reading
});
export type SourceParams = z.infer<typeof SourceParams>;

export const ImportParams = z.object({ sources: z.array(SourceParams) });
export type ImportParams = z.infer<typeof ImportParams>;

/** Why a record could not be read; each is set aside as `unreadable`. */
export const RECORD_PROBLEMS = ['too_few_fields', 'too_many_fields', 'unclosed_quote'] as const;
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
	unreadable: z.array(UnreadableRecord)
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
