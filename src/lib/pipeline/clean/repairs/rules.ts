import { join, sql, type Sql } from '#lib/engine/sql.ts';
import { z } from 'zod';
import { isDay } from '#lib/core/days.ts';
import type { RepairColumn } from './operation.ts';
import { Severity } from './schema.ts';

/** What happens to rows that fail, as every rule asks for it. */
export const severityParam = Severity.meta({
	title: 'Rows that fail',
	description: 'A rule that holds files back does so until no row fails it.',
	options: {
		warn: 'Count and show',
		set_aside: 'Set aside',
		block: 'Hold back files of customers'
	}
});

/** A day, such as 2024-01-31. */
export const dayText = z.string().refine(isDay, 'choose a day');

/** Whether an empty cell fails, as rules that let it pass ask for it. */
export const requiredParam = z.boolean().meta({ title: 'An empty cell fails too' });

/** Blanks of Unicode, and characters that show nothing. */
const BLANKS = String.raw`[\s\p{Z}\x{200B}-\x{200F}\x{2060}\x{FEFF}]*`;

/** True for a text that is missing, empty or only blanks; never NULL. */
export function isBlank(text: Sql): Sql {
	return sql`(coalesce(${text}, '') = '' OR regexp_full_match(${text}, ${BLANKS}))`;
}

/** A column as it is read in `s`. */
export function cell({ text }: RepairColumn): Sql {
	return sql`s.${text}`;
}

/** True where any of the columns fails. */
export function anyFails(columns: readonly RepairColumn[], fails: (text: Sql) => Sql): Sql {
	return join(
		columns.map((column) => sql`coalesce(${fails(cell(column))}, false)`),
		' OR '
	);
}

/** Names as a sentence has them: `“Email”, “Phone”`. */
export function quoted(names: readonly string[]): string {
	return names.map((name) => `“${name}”`).join(', ');
}

/** Names with the verb that fits: `“Email” is`, `“Email”, “Phone” are`. */
export function subject(names: readonly string[], one = 'is', several = 'are'): string {
	return `${quoted(names)} ${names.length === 1 ? one : several}`;
}
