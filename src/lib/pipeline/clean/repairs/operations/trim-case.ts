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

/** Blanks of Unicode, and characters that show nothing: zero width, joiners, marks of direction and byte order. */
const BLANK = String.raw`[\s\p{Z}\x{200B}-\x{200F}\x{2060}\x{FEFF}]+`;

function written(text: Sql, { case: letters, singleBlanks }: Params): Sql {
	const trimmed = sql`regexp_replace(${text}, ${`^${BLANK}|${BLANK}$`}, '', 'g')`;
	const joined = singleBlanks ? sql`regexp_replace(${trimmed}, ${BLANK}, ' ', 'g')` : trimmed;
	if (letters === 'lower') return sql`lower(${joined})`;
	if (letters === 'upper') return sql`upper(${joined})`;
	if (letters === 'title') return titleCase(joined);
	return joined;
}

/** Each word with a capital and small letters behind it. */
function titleCase(text: Sql): Sql {
	return sql`array_to_string(list_transform(string_split(lower(${text}), ' '), lambda w: upper(left(w, 1)) || substr(w, 2)), ' ')`;
}
