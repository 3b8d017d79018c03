import { z } from 'zod';
import { list, sql, type Sql } from '#lib/engine/sql.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import { addedColumn, type AddedColumn, type RepairColumn, type RepairInput } from './operation.ts';
import { numberOf } from './numbers.ts';
import { cell, isBlank } from './rules.ts';

/** What else than an empty cell is missing, as operations that fill cells ask for it. */
export const missingParams = {
	words: z.boolean().meta({
		title: 'NA, N/A, null, - and ? are missing too',
		description: 'Turn it off where such a text has a meaning, such as NA for Namibia.'
	}),
	unreadable: z.boolean().meta({
		title: 'Texts that are no number are missing too',
		description: 'For columns of numbers only.'
	})
};

export type Missing = Readonly<Record<keyof typeof missingParams, boolean>>;

/** The usual words for a missing value, in small letters. */
export const MISSING_WORDS = ['na', 'n/a', '#n/a', '<na>', 'nan', 'null', '-', '--', '–', '?'];

/** True for a cell of `s` that is missing; never NULL. */
export function isMissing(column: RepairColumn, source: SourceParams, { words, unreadable }: Missing): Sql {
	const text = cell(column);
	if (unreadable) return sql`(${numberOf(column, source)} IS NULL)`;
	const isWord = words ? sql`lower(trim(${text})) IN ${list(MISSING_WORDS)}` : sql`false`;
	// Most cells start with a digit, and need no regular expression.
	return sql`(CASE WHEN ascii(${text}) BETWEEN 48 AND 57 THEN false ELSE ${isBlank(text)} OR ${isWord} END)`;
}

/** The column that keeps which cells were missing. */
export function wasMissing(input: RepairInput<Missing>, column: RepairColumn): AddedColumn {
	return {
		name: addedColumn(input, 'was_missing', column),
		title: `${column.name} was missing`,
		type: 'BOOLEAN',
		value: isMissing(column, input.source, input.params)
	};
}
