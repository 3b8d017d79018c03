import { z } from 'zod';

/** What a rule that fails does: say so, set the rows aside, or stop every export until it is settled. */
export const SEVERITIES = ['warn', 'set_aside', 'block'] as const;
export const Severity = z.enum(SEVERITIES);
export type Severity = z.infer<typeof Severity>;

/**
 * One step of the clean-up: an operation on columns of a list of files. Steps run in the order in which they stand, each
 * on what the ones before it left.
 */
export const Repair = z.object({
	/** Stable within a recipe: `r1`, `r2`, … */
	id: z.string().regex(/^r\d+$/),
	/** Id of the operation in `repairs/operations`. */
	operation: z.string().min(1),
	on: z.boolean(),
	/** The list of files: it applies to every export of this series, also to those that come later. */
	series: z.string().min(1),
	/** Names of the columns, in the order in which the operation takes them. */
	columns: z.array(z.string().min(1)),
	/** As the schema of the operation has them. */
	params: z.record(z.string(), z.unknown())
});
export type Repair = z.infer<typeof Repair>;

/** What a step did to one file. */
export const RepairSourceResult = z.object({
	source: z.string(),
	/** Rows in which any column has another text than before. */
	rowsChanged: z.int(),
	/** Rows that the step set aside. */
	rowsSetAside: z.int(),
	/** Rows that fail a rule or are flagged, whether they are set aside or not. */
	rowsFailing: z.int(),
	/** What it found out from the data, in words: "Median 51,381 for 24 empty cells." */
	words: z.string(),
	/** Why it could do nothing with the file; absent when it could. */
	problem: z.string().optional(),
	/** Columns that the step added, by the name in `clean.source_<id>`, with the title for the reader. */
	added: z.array(
		z.object({ name: z.string(), title: z.string(), type: z.enum(['VARCHAR', 'DOUBLE', 'BOOLEAN']) })
	),
	/** The SELECT that makes the state after the step from the state before it. */
	sql: z.string()
});
export type RepairSourceResult = z.infer<typeof RepairSourceResult>;

/** A step after a run. */
export const RepairResult = z.object({
	id: z.string(),
	/** `off`: switched off. `idle`: no file of the series has its columns. */
	state: z.enum(['done', 'off', 'idle']),
	/** Columns that a file of the series lacks; the step then leaves that file as it is. */
	missing: z.array(z.object({ source: z.string(), columns: z.array(z.string()) })),
	/** In the order of the sources. */
	sources: z.array(RepairSourceResult),
	/** Null for operations that are no rules. */
	severity: Severity.nullable()
});
export type RepairResult = z.infer<typeof RepairResult>;

/* The tables and views of the clean-up: tables.ts. */
