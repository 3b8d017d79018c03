import { z } from 'zod';
import { isDay } from '#lib/core/days.ts';
import { TableKind } from '#lib/pipeline/import/roles.ts';

const DayText = z.string().refine(isDay, 'expected a day such as 2024-01-31');

/** What money, times and weeks mean in this session. */
export const SessionSettings = z.object({
	/** Only rows in this currency are loaded; null while the files have one currency or none. */
	currency: z.string().min(1).nullable(),
	/** IANA name, such as `Europe/Vienna`: times with an offset are moved to it. Null keeps them as they are written. */
	timeZone: z.string().min(1).nullable(),
	/** ISO number of the day on which a week starts, from 1 for Monday to 7 for Sunday. */
	firstWeekday: z.int().min(1).max(7)
});
export type SessionSettings = z.infer<typeof SessionSettings>;

export const CleanParams = z.object({
	/** Which operations are switched; an id that is absent has its default. */
	operations: z.record(z.string(), z.boolean()),
	/** Orders outside these days, both included, are set aside; null leaves that end open. */
	dates: z.object({ from: DayText.nullable(), to: DayText.nullable() }),
	settings: SessionSettings
});
export type CleanParams = z.infer<typeof CleanParams>;

/** The parameters of a new session: every operation as it is by default, nothing left out, weeks from Monday. */
export const DEFAULT_CLEAN: CleanParams = {
	operations: {},
	dates: { from: null, to: null },
	settings: { currency: null, timeZone: null, firstWeekday: 1 }
};

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
	kind: TableKind,
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
	/** Rows of each canonical table besides orders and customers. */
	tables: z.object({
		profiles: z.int(),
		events: z.int(),
		sends: z.int(),
		campaigns: z.int(),
		answers: z.int()
	}),
	/** People with at least one order. */
	customers: z.int(),
	orders: z.int(),
	/** Sum of the loaded amounts; null when no file has amounts. */
	revenue: z.number().nullable(),
	hasAmount: z.boolean(),
	/** Days of the first and last loaded order. */
	firstOrder: z.string().nullable(),
	lastOrder: z.string().nullable(),
	/** Currencies of the orders, by code where it is known, else by sign: that of the loaded rows first, then the most frequent. */
	currencies: z.array(z.string()),
	/** Contact roles that `clean.contacts` has, in the order of ROLES. */
	contactRoles: z.array(z.enum(['email', 'name', 'first_name', 'last_name', 'phone', 'country']))
});
export type CleanResult = z.infer<typeof CleanResult>;

/** What `runDetails` finds. */
export const DetailResult = z.object({
	/** Rows that equal an earlier row in every column. */
	repeats: z.int()
});
export type DetailResult = z.infer<typeof DetailResult>;

/* The tables of this step, their columns and keys: README.md. */
