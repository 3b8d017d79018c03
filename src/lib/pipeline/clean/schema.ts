import { z } from 'zod';

/** Which operations are switched; an id that is absent has its default. */
export const CleanParams = z.object({ operations: z.record(z.string(), z.boolean()) });
export type CleanParams = z.infer<typeof CleanParams>;

/** One operation after a run. `matches`: rows it speaks of; `setAside`: rows whose first reason it is (0 when off). */
export const OperationResult = z.object({
	id: z.string(),
	kind: z.enum(['fix', 'rule']),
	on: z.boolean(),
	/** False when the files lack what it needs; it is then shown as not needed. */
	applies: z.boolean(),
	/** Null when nobody looked: repeats of earlier rows are counted by `runDetails`. */
	matches: z.int().nullable(),
	setAside: z.int(),
	/** The SQL of the step as it ran, for the reader. */
	sql: z.string()
});
export type OperationResult = z.infer<typeof OperationResult>;

export const ReasonCount = z.object({ reason: z.string(), count: z.int() });
export type ReasonCount = z.infer<typeof ReasonCount>;

/** Per source: `rowsRead` = `rowsLoaded` + the sum of `reasons`. Reasons are in the order of the rules, none with count 0. */
export const SourceAccount = z.object({
	id: z.string(),
	fileName: z.string(),
	rowsRead: z.int(),
	rowsLoaded: z.int(),
	rowsSetAside: z.int(),
	reasons: z.array(ReasonCount)
});
export type SourceAccount = z.infer<typeof SourceAccount>;

export const CleanResult = z.object({
	sources: z.array(SourceAccount),
	rowsRead: z.int(),
	rowsLoaded: z.int(),
	rowsSetAside: z.int(),
	reasons: z.array(ReasonCount),
	operations: z.array(OperationResult),
	customers: z.int(),
	orders: z.int(),
	/** Sum of the loaded amounts; null when no file has amounts. */
	revenue: z.number().nullable(),
	hasAmount: z.boolean(),
	/** Days of the first and last loaded order. */
	firstOrder: z.string().nullable(),
	lastOrder: z.string().nullable(),
	/** Currency codes or signs found, most frequent first. */
	currencies: z.array(z.string()),
	/** Contact roles present in the files, in the order of ROLES. */
	contactRoles: z.array(z.enum(['email', 'name', 'first_name', 'last_name', 'phone', 'country']))
});
export type CleanResult = z.infer<typeof CleanResult>;

/** What `runDetails` finds. */
export const DetailResult = z.object({
	/** Rows that equal an earlier row in every column. */
	repeats: z.int()
});
export type DetailResult = z.infer<typeof DetailResult>;

/*
 * The tables of this step.
 *
 * clean.rows       one row per row of import.*: source VARCHAR, row INTEGER, reason VARCHAR (NULL = loaded),
 *                  marks INTEGER (bit i: the i-th of `rowOperations` speaks of the row, on or off),
 *                  detail VARCHAR (what shows the reason, such as the text that could not be read),
 *                  customer_id VARCHAR, order_id VARCHAR, ordered_at TIMESTAMP, quantity DECIMAL(18,4),
 *                  amount DECIMAL(18,4) (this row's share of money; NULL without amounts), is_return BOOLEAN
 * clean.records    the records that never became rows: source VARCHAR, row INTEGER, reason VARCHAR, detail VARCHAR
 * clean.repeats    by `runDetails`: source VARCHAR, row INTEGER: the rows that equal an earlier one in every column
 * clean.orders     one row per order of loaded rows: customer_id, order_id, ordered_at TIMESTAMP, amount DECIMAL(18,4),
 *                  line_count INTEGER, item_count DOUBLE, is_return BOOLEAN
 * clean.customers  one row per customer, sorted: idx INTEGER from 0, customer_id VARCHAR
 * clean.contacts   by `runDetails`, where the files have any: customer_id VARCHAR and the contact columns (email, name,
 *                  first_name, last_name, phone, country), each the latest non-empty value of the customer
 */
