import { z } from 'zod';
import { plural } from '#lib/core/words.ts';
import { join, sql, type Sql } from '#lib/engine/sql.ts';
import type { RepairColumn, RepairContext, RepairInput, RepairOperation } from '../operation.ts';
import { cell, isBlank, quoted } from '../rules.ts';

const NORMALISATIONS = ['none', 'text', 'email', 'phone'] as const;
const KEEPS = ['first', 'last', 'most_complete'] as const;

const Params = z.object({
	normalise: z.enum(NORMALISATIONS).meta({
		title: 'Two keys are the same',
		options: {
			none: 'When they are written the same',
			text: 'Whatever the case and the blanks',
			email: 'As emails: whatever the case, blanks and mailto:',
			phone: 'As phone numbers: by their digits'
		}
	}),
	keep: z.enum(KEEPS).meta({
		title: 'Keep',
		options: {
			first: 'The first row',
			last: 'The last row',
			most_complete: 'The row with the most cells filled, the first of equals'
		}
	})
});
type Params = z.infer<typeof Params>;

/** Of the rows that go, those that differ from the one that stays by more than blanks in the key. */
interface Facts extends Readonly<Record<string, unknown>> {
	readonly repeated: number;
	readonly differing: number;
}

export const dropDuplicates: RepairOperation<Params, Facts> = {
	id: 'drop_duplicates',
	label: 'Remove duplicates by a key',
	explanation:
		'Keeps one row of each key and sets the others aside, where you can look at them and save them. A key with an empty part is never a duplicate. In a file with a row per order line, an order id alone is no key: the lines of an order would go.',
	group: 'rows',
	takes: { least: 1, most: 5, kinds: ['text', 'number', 'date'], leavesProtected: false },
	params: Params,
	defaults: { normalise: 'none', keep: 'first' },
	severity: () => 'set_aside',
	facts: countDifferences,
	change: (input) => ({ looksAround: true, failing: isRepeat(input) }),
	words: (_, { repeated, differing }) => (repeated === 0 ? '' : differenceWords(repeated, differing)),
	describe: ({ keep }, columns) => `Keep ${KEEP_WORDS[keep]} of each ${quoted(columns)}`
};

const KEEP_WORDS: Readonly<Record<Params['keep'], string>> = {
	first: 'the first row',
	last: 'the last row',
	most_complete: 'the fullest row'
};

function differenceWords(repeated: number, differing: number): string {
	if (differing === 0) return 'Each equals the row that is kept, in every column.';
	return `${plural(differing, 'row')} of ${plural(repeated, 'row')} set aside ${
		differing === 1 ? 'differs' : 'differ'
	} from the row that is kept in another column: ${differing === 1 ? 'it' : 'they'} may be more than a copy, such as a line of the same order.`;
}

/** True for every row of a key but the one that is kept. */
function isRepeat(input: RepairInput<Params>): Sql {
	return sql`${hasKey(input)} AND row_number() OVER (${sameKey(input)} ORDER BY ${order(input)}) > 1`;
}

function sameKey({ columns, params }: RepairInput<Params>): Sql {
	const keys = columns.map((column) => keySql(cell(column), params.normalise));
	return sql`PARTITION BY ${join(keys, ', ')}, s.set_aside_by IS NULL`;
}

function hasKey({ columns, params }: RepairInput<Params>): Sql {
	return join(
		columns.map((column) => sql`NOT ${isBlank(keySql(cell(column), params.normalise))}`),
		' AND '
	);
}

function order({ params, others }: RepairInput<Params>): Sql {
	if (params.keep === 'first') return sql`s.row`;
	if (params.keep === 'last') return sql`s.row DESC`;
	const filled = others.map((column) => sql`(NOT ${isBlank(cell(column))})::INTEGER`);
	return sql`${join(filled, ' + ')} DESC, s.row`;
}

/** The form in which keys are compared. Most texts have it already, which is seen faster than it is made. */
function keySql(text: Sql, normalise: Params['normalise']): Sql {
	if (normalise === 'none') return text;
	// "+43 (0) 664" and "0043 664" dial the same: the (0) goes, and so do zeros before the code.
	if (normalise === 'phone')
		return sql`ltrim(regexp_replace(replace(${text}, '(0)', ''), '[^0-9]', '', 'g'), '0')`;
	const bare = sql`lower(trim(regexp_replace(${text}, ${BLANKS}, ' ', 'g')))`;
	const made =
		normalise === 'email'
			? sql`regexp_replace(replace(${bare}, ' ', ''), '^mailto:', '')`
			: sql`nfc_normalize(${bare})`;
	return sql`CASE WHEN regexp_full_match(${text}, '[a-z0-9._@+-]+') THEN ${text} ELSE ${made} END`;
}

const BLANKS = String.raw`[\s\p{Z}\x{200B}-\x{200F}\x{2060}\x{FEFF}]+`;

async function countDifferences(
	{ engine, signal }: RepairContext,
	input: RepairInput<Params>
): Promise<Facts> {
	const { columns, others, params, table } = input;
	const isKey = ({ raw }: RepairColumn) => columns.some((column) => column.raw === raw);
	const compared = others.map((column) =>
		isKey(column) ? keySql(cell(column), params.normalise) : cell(column)
	);
	const [found] = await engine.rows<{ repeated: number; differing: number }>(
		sql`
			SELECT count_if(place > 1)::INTEGER AS repeated, count_if(place > 1 AND content <> kept)::INTEGER AS differing
			FROM (
				SELECT content, row_number() OVER same_key AS place, first_value(content) OVER same_key AS kept
				FROM (SELECT *, hash(${join(compared, ', ')}) AS content FROM ${table} s) s
				WHERE s.set_aside_by IS NULL AND ${hasKey(input)}
				WINDOW same_key AS (${sameKey(input)} ORDER BY ${order(input)})
			) ORDER BY 1`,
		signal
	);
	return { repeated: found?.repeated ?? 0, differing: found?.differing ?? 0 };
}
