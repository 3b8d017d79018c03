import { z } from 'zod';
import { plural, whole } from '#lib/core/words.ts';
import { as, id, join, sql } from '#lib/engine/sql.ts';
import { byTrimmedText, trimmed } from '../../harmonise/dictionary.ts';
import type { RepairContext, RepairInput, RepairOperation } from '../operation.ts';
import { lookup, quoted } from '../lookup.ts';

const Text = z
	.string()
	.min(1)
	.regex(/^[^\0]*$/);

const Params = z.object({
	dictionary: z
		.record(Text, Text)
		.refine((entries) => Object.keys(entries).length > 0, 'No spelling is entered yet')
		.meta({
			title: 'Spellings and what they become',
			description: 'A spelling counts without blanks at its ends.',
			columns: ['Spelling', 'Label']
		})
});
type Params = z.infer<typeof Params>;

/** What was met: texts as they stand, with the blanks at their ends, and what they become. */
type Facts = {
	readonly entries: readonly (readonly [string, string])[];
	readonly spellings: number;
	readonly cells: number;
};

export const harmoniseLabels: RepairOperation<Params, Facts> = {
	id: 'harmonise_labels',
	label: 'Write labels alike',
	explanation:
		'Replaces each spelling of your dictionary by its label. The dictionary is part of the recipe, so later files of the list are written the same way.',
	group: 'values',
	takes: { least: 1, most: 10, kinds: ['text'], leavesProtected: true },
	params: Params,
	defaults: { dictionary: {} },
	facts: readMet,
	change: ({ columns }, { entries }) => {
		return {
			replace: columns.map((column, i) => ({
				column,
				value: sql`coalesce(${id(`label${i}`, 'label')}, s.${column.text})`
			})),
			from: join(
				columns.map(({ text }, i) => lookup(`label${i}`, sql`s.${text}`, entries)),
				'\n'
			)
		};
	},
	words: ({ params }, { spellings, cells }) => {
		const known = byTrimmedText(params.dictionary).length;
		return `${whole(spellings)} of ${plural(known, 'spelling')} met, in ${plural(cells, 'cell')}.`;
	},
	describe: ({ dictionary }, columns) => {
		const labels = new Set(Object.values(dictionary)).size;
		const spellings = plural(Object.keys(dictionary).length, 'spelling');
		return `Write ${spellings} in ${quoted(columns)} as ${plural(labels, 'label')}`;
	}
};

/** The texts are grouped before blanks are taken off, which is done once for each text and not for each row. */
async function readMet(
	{ engine, signal }: RepairContext,
	{ params, columns, table }: RepairInput<Params>
): Promise<Facts> {
	const texts = columns.map(({ text }) => sql`SELECT ${as(sql`s.${text}`, 'text')} FROM ${table} s`);
	const distinct = sql`
		SELECT text, ${trimmed(sql`text`)} AS spelling, count(*) AS cells
		FROM (${join(texts, ' UNION ALL ')}) WHERE text <> '' GROUP BY text`;
	const rows = await engine.rows<{ text: string; spelling: string; label: string; cells: number }>(
		sql`
			SELECT s.text::VARCHAR AS text, s.spelling::VARCHAR AS spelling, known.label::VARCHAR AS label,
				s.cells::INTEGER AS cells
			FROM (${distinct}) s ${lookup('known', sql`s.spelling`, byTrimmedText(params.dictionary))}
			WHERE known.text IS NOT NULL ORDER BY text`,
		signal
	);
	return {
		entries: rows.map(({ text, label }) => [text, label]),
		spellings: new Set(rows.map(({ spelling }) => spelling)).size,
		cells: rows.reduce((sum, { cells }) => sum + cells, 0)
	};
}
