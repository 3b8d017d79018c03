import { z } from 'zod';
import { sql, type Sql } from '#lib/engine/sql.ts';
import type { RepairOperation } from '../operation.ts';

const CASES = ['as_written', 'lower', 'upper', 'title'] as const;

const Params = z.object({
	case: z.enum(CASES).meta({ title: 'Letters', description: 'Title case writes each word with a capital.' }),
	singleBlanks: z.boolean().meta({ title: 'One blank between words' })
});
type Params = z.infer<typeof Params>;

const CASE_WORDS = {
	as_written: '',
	lower: ' in small letters',
	upper: ' in capitals',
	title: ' in title case'
};

export const trimCase: RepairOperation<Params> = {
	id: 'trim_case',
	label: 'Trim blanks and set the case',
	explanation:
		'Takes blanks and invisible characters off both ends. Letters stay as they are unless you choose a case.',
	group: 'texts',
	takes: { least: 1, most: 50, kinds: ['text'], leavesProtected: false },
	params: Params,
	defaults: { case: 'as_written', singleBlanks: true },
	change: ({ params, columns }) => ({
		replace: columns.map((column) => ({ column, value: written(column.text, params) }))
	}),
	describe: (params, columns) =>
		`Trim ${columns.map((name) => `“${name}”`).join(', ')}${CASE_WORDS[params.case]}`
};

/** Blanks of Unicode: of any width, also those that break no line. */
const BLANKS = String.raw`\s\x{0B}\x{85}\p{Z}`;

/**
 * What shows nothing: zero-width blanks and joiners, marks of direction, soft hyphens and byte order marks. Inside a text
 * they matter: they hold emoji together, part Persian words and turn the direction.
 */
const INVISIBLE = String.raw`\x{AD}\x{61C}\x{180E}\x{200B}-\x{200F}\x{202A}-\x{202E}\x{2060}-\x{2064}\x{2066}-\x{2069}\x{FEFF}`;

const AT_START = `^[${BLANKS}${INVISIBLE}]+`;

/** The joiner behind an emoji is a part of it, also where nothing follows. */
const AT_END = String.raw`([\p{So}\x{FE0F}\x{1F3FB}-\x{1F3FF}]\x{200D})?[${BLANKS}${INVISIBLE}]*$`;

function written(text: Sql, { case: letters, singleBlanks }: Params): Sql {
	const begun = sql`regexp_replace(${text}, ${AT_START}, '')`;
	const trimmed = sql`regexp_replace(${begun}, ${AT_END}, ${String.raw`\1`})`;
	const joined = singleBlanks ? sql`regexp_replace(${trimmed}, ${`[${BLANKS}]+`}, ' ', 'g')` : trimmed;
	if (letters === 'lower') return sql`lower(${joined})`;
	if (letters === 'upper') return sql`upper(${joined})`;
	if (letters === 'title') return titleCase(joined);
	return joined;
}

const APOSTROPHES = String.raw`'\x{2019}\x{2BC}`;

/** A word with its marks, its apostrophes and what is invisible in it; or all that stands between two words. */
const PIECES = String.raw`[\p{L}\p{N}][\p{L}\p{M}\p{N}${APOSTROPHES}${INVISIBLE}]*|[^\p{L}\p{N}]+`;

/** One letter before the apostrophe and a name behind it: O'Neil and D’Arc; not don't, I'll or the boss's. */
const APOSTROPHE_NAME = String.raw`^(\p{L}\p{M}*[${APOSTROPHES}])((?:\p{L}\p{M}*){3,}.*)$`;

/** Each word with a capital and small letters behind it; the parts of Jean-Luc and O'Neil are words too. */
function titleCase(text: Sql): Sql {
	const capital = (word: Sql) => sql`upper(left(${word}, 1)) || substr(${word}, 2)`;
	const [head, tail] = [1, 2].map((group) => sql`regexp_extract(w, ${APOSTROPHE_NAME}, ${group})`) as [
		Sql,
		Sql
	];
	const pieces = sql`list_transform(regexp_extract_all(lower(${text}), ${PIECES}), lambda w:
		CASE WHEN regexp_matches(w, ${APOSTROPHE_NAME}) THEN upper(${head}) || ${capital(tail)} ELSE ${capital(sql`w`)} END)`;
	return sql`coalesce(array_to_string(${pieces}, ''), ${text})`;
}
