import { z } from 'zod';
import { plural } from '#lib/core/words.ts';
import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import { findCountry, findRegion, type FindPlace } from '../../places/names.ts';
import { REGION_COUNTRIES } from '../../places/regions.ts';
import type { RepairContext, RepairInput, RepairOperation } from '../operation.ts';
import { examples, lookup, quoted } from '../lookup.ts';

const WHAT = ['country', 'region'] as const;
const FORMS = ['code', 'name'] as const;

const Params = z.object({
	what: z.enum(WHAT).meta({
		title: 'The column holds',
		options: { country: 'Countries', region: 'States or provinces' }
	}),
	form: z.enum(FORMS).meta({
		title: 'Write them as',
		options: { code: 'Codes, such as DE or NY', name: 'English names' }
	}),
	country: z.enum(REGION_COUNTRIES).meta({
		title: 'States or provinces of',
		description: 'Used for states and provinces only.',
		options: { US: 'United States', CA: 'Canada', AU: 'Australia' }
	})
});
type Params = z.infer<typeof Params>;

/** The texts that were met, and what they become. */
type Facts = {
	/** A text as it stands → the form it is written in. */
	readonly names: Readonly<Record<string, string>>;
	/** Texts that name no place, the most frequent first. */
	readonly unknown: readonly { readonly text: string; readonly rows: number }[];
};

export const placeNames: RepairOperation<Params, Facts> = {
	id: 'place_names',
	label: 'Write countries and regions alike',
	explanation:
		'Reads codes, English names, names in the country’s own language and common other names, and writes them in one form. What it does not know stays as it is and is counted.',
	group: 'values',
	takes: { least: 1, most: 10, kinds: ['text'], leavesProtected: true },
	params: Params,
	defaults: { what: 'country', form: 'name', country: 'US' },
	facts: readPlaces,
	change: ({ columns }, { names }) => {
		const known = Object.entries(names);
		const found = columns.map((_, i) => id(`place${i}`, 'label'));
		const unknown = columns.map(
			({ text }, i) => sql`trim(s.${text}) <> '' AND ${found[i] ?? sql`NULL`} IS NULL`
		);
		return {
			replace: columns.map((column, i) => ({
				column,
				value: sql`coalesce(${found[i] ?? sql`NULL`}, s.${column.text})`
			})),
			failing: join(
				unknown.map((condition) => sql`(${condition})`),
				' OR '
			),
			from: join(
				columns.map(({ text }, i) => lookup(`place${i}`, sql`s.${text}`, known)),
				'\n'
			)
		};
	},
	words: (_, { names, unknown }) => {
		const known = `${plural(new Set(Object.values(names)).size, 'place')} written in ${plural(Object.keys(names).length, 'way')}.`;
		return unknown.length === 0 ? known : `${known} Not known: ${examples(unknown)}.`;
	},
	describe: ({ what, form, country }, columns) => {
		const things =
			what === 'country' ? 'countries' : { US: 'states', CA: 'provinces', AU: 'states' }[country];
		return `Write ${things} in ${quoted(columns)} as ${form === 'code' ? 'codes' : 'English names'}`;
	}
};

/** No name of a place is longer. */
const LONGEST_NAME = 80;
/** More different texts than this are no column of places. */
const MOST_TEXTS = 20_000;

async function readPlaces(
	{ engine, signal }: RepairContext,
	{ params, columns, table }: RepairInput<Params>
): Promise<Facts> {
	const texts = columns.map(
		({ text }) => sql`SELECT ${as(sql`s.${text}`, 'text')} FROM ${table} s WHERE s.set_aside_by IS NULL`
	);
	const rows = await engine.rows<{ text: string; rows: number }>(countTexts(texts), signal);
	const find: FindPlace = params.what === 'country' ? findCountry : findRegion(params.country);
	const names = new Map<string, string>();
	const unknown: { text: string; rows: number }[] = [];
	for (const { text, rows: count } of rows) {
		const place = find(text);
		if (place) names.set(text, place[params.form]);
		else unknown.push({ text, rows: count });
	}
	return { names: Object.fromEntries(names), unknown };
}

function countTexts(texts: readonly Sql[]): Sql {
	return sql`
		SELECT text::VARCHAR AS text, count(*)::INTEGER AS rows
		FROM (${join(texts, ' UNION ALL ')})
		WHERE trim(text) <> '' AND length(text) <= ${LONGEST_NAME}
		GROUP BY text ORDER BY count(*) DESC, text LIMIT ${MOST_TEXTS}`;
}
