import { z } from 'zod';
import { names } from '#lib/core/words.ts';
import { sql, type Sql } from '#lib/engine/sql.ts';
import { CALLING_CODES } from '../../identity/calling-codes.ts';
import type { RepairInput, RepairOperation } from '../operation.ts';

const COUNTRIES = CALLING_CODES.map(({ country }) => country).sort();

const Params = z.object({
	country: z.enum(['none', ...COUNTRIES]).meta({
		title: 'Country',
		description:
			'Of numbers without a country code, where no country column tells it. Without one they stay as they are.'
	})
});
type Params = z.infer<typeof Params>;

export const phones: RepairOperation<Params> = {
	id: 'phones',
	label: 'Write phone numbers one way',
	explanation:
		'Writes numbers with their country code and digits alone, such as +436641234567. What is no number, or of an unknown country, stays as it is, and is counted.',
	group: 'texts',
	takes: { least: 1, most: 10, kinds: ['text', 'number'], leavesProtected: false },
	params: Params,
	defaults: { country: 'none' },
	change: (input) => {
		const { columns } = input;
		const read = columns.map(({ text }) => numberOf(text, callingOf(input)));
		const failing = columns.map(
			({ text }, i) => sql`(trim(${text}) <> '' AND ${read[i] ?? sql`NULL`} IS NULL)`
		);
		return {
			replace: columns.map((column, i) => ({
				column,
				value: sql`coalesce(${read[i] ?? sql`NULL`}, ${column.text})`
			})),
			failing: failing.reduce((any, one) => sql`${any} OR ${one}`)
		};
	},
	describe: ({ country }, columns) => {
		const own = country === 'none' ? '' : `, those without a country code as numbers of ${country}`;
		return `Write ${names(columns.map((name) => `“${name}”`))} with country codes${own}`;
	}
};

/** How numbers without a code are read: by the country of the record where the file tells it, else by the one chosen. */
function callingOf({ params, source, others }: RepairInput<Params>): Sql {
	const chosen = params.country === 'none' ? sql`NULL::VARCHAR` : sql`clean.calling(${params.country})`;
	const column = others.find(({ name }) => name === source.mapping.country);
	return column ? sql`coalesce(clean.calling(${column.text}), ${chosen})` : chosen;
}

/** E.164; NULL where a text is no number, or its country is not known. */
function numberOf(text: Sql, calling: Sql): Sql {
	return sql`list_transform([clean.phone_key(clean.bare(${text}), ${calling})], lambda p: CASE WHEN starts_with(p, '+') THEN p END)[1]`;
}
