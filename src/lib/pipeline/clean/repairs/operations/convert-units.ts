import { z } from 'zod';
import { whole } from '#lib/core/words.ts';
import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import { numberSql } from '../../typing.ts';
import type { RepairColumn, RepairContext, RepairInput, RepairOperation } from '../operation.ts';
import { UNIT_IDS, UNITS, unitOf } from '../units.ts';
import { quoted } from '../lookup.ts';

const TITLES = Object.fromEntries(
	UNITS.map(({ id: unit, title, quantity }) => [unit, `${title} (${quantity})`])
);

const Params = z
	.object({
		to: z.enum(UNIT_IDS).meta({ title: 'Convert to', options: TITLES }),
		assume: z.enum(UNIT_IDS).nullable().meta({
			title: 'Unit of plain numbers',
			description: 'Left empty, a number without a unit stays as it is and is counted.',
			options: TITLES
		}),
		withUnit: z.boolean().meta({ title: 'Write the unit behind the number' })
	})
	.refine(({ to, assume }) => assume === null || unitOf(assume).quantity === unitOf(to).quantity, {
		path: ['assume'],
		message: 'a unit of the same quantity'
	});
type Params = z.infer<typeof Params>;

/** How often each unit stands behind a number, as it is written, the most frequent first; empty: a plain number. */
type Facts = { readonly units: readonly { readonly written: string; readonly texts: number }[] };

export const convertUnits: RepairOperation<Params, Facts> = {
	id: 'convert_units',
	label: 'Convert to one unit',
	explanation:
		'Reads a number with a unit behind it, such as “1500 g” or “3 lb”, and writes it in the unit you choose. Pints and gallons are those of the United States. What it cannot read stays as it is and is counted.',
	group: 'values',
	takes: { least: 1, most: 10, kinds: ['text', 'number'], leavesProtected: true },
	params: Params,
	defaults: { to: 'kg', assume: null, withUnit: false },
	facts: readUnits,
	change: ({ params, columns, source }) => {
		const mark = source.reading.decimalMark ?? '.';
		const cells = columns.map((column, i) => {
			const unit = id(`unit${i}`);
			const value = sql`(${numberOf(column, mark)} * ${unit}.parts / ${unitOf(params.to).parts})`;
			return { column, text: written(value, mark), from: unitJoin(`unit${i}`, column, params) };
		});
		const behind = params.withUnit ? ` ${params.to.replace('_', ' ')}` : '';
		return {
			replace: cells.map(({ column, text }) => ({
				column,
				value: sql`coalesce(${text} || ${behind}, s.${column.text})`
			})),
			failing: join(
				cells.map(({ column, text }) => sql`(trim(s.${column.text}) <> '' AND ${text} IS NULL)`),
				' OR '
			),
			from: join(
				cells.map(({ from }) => from),
				'\n'
			)
		};
	},
	words: ({ params }, { units }) => {
		const known = new Set(unitsFor(params).flatMap((each) => each.written));
		if (params.assume !== null) known.add('');
		const said = units.map(({ written: unit, texts }) => {
			const name = unit === '' ? 'no unit' : `“${unit}”`;
			return `${name} (${whole(texts)}${known.has(unit) ? '' : ', left'})`;
		});
		return said.length === 0 ? '' : `Found behind the numbers: ${said.join(', ')}.`;
	},
	describe: ({ to }, columns) => `Convert ${quoted(columns)} to ${unitOf(to).title}`
};

const TAIL = String.raw`[^0-9]*(?:[mM]3)?$`;
const MOST_SHOWN = 12;

async function readUnits(
	{ engine, signal }: RepairContext,
	{ columns, table }: RepairInput<Params>
): Promise<Facts> {
	const texts = columns.map(
		(column) => sql`
			SELECT ${as(unitText(column), 'written')} FROM ${table} s
			WHERE s.set_aside_by IS NULL AND regexp_matches(s.${column.text}, '[0-9]')`
	);
	const units = await engine.rows<{ written: string; texts: number }>(
		sql`
			SELECT written::VARCHAR AS written, count(*)::INTEGER AS texts FROM (${join(texts, ' UNION ALL ')})
			GROUP BY written ORDER BY texts DESC, written LIMIT ${MOST_SHOWN}`,
		signal
	);
	return { units };
}

/** What stands behind the last digit, in small letters, without blanks and points. */
function unitText({ text }: RepairColumn): Sql {
	return sql`regexp_replace(lower(regexp_extract(s.${text}, ${TAIL})), ${String.raw`[\s\x{00A0}.,]`}, '', 'g')`;
}

/** The number before the unit, as DOUBLE: with all its decimals where it is plain. Feet and inches in one are none. */
function numberOf({ text }: RepairColumn, mark: '.' | ','): Sql {
	const number = sql`trim(regexp_replace(s.${text}, ${TAIL}, ''))`;
	const plain = mark === ',' ? '[-+]?[0-9]+,[0-9]+' : '[-+]?[0-9]+[.][0-9]+';
	return sql`CASE
		WHEN regexp_full_match(${number}, ${plain}) THEN try_cast(replace(${number}, ',', '.') AS DOUBLE)
		WHEN regexp_matches(${number}, ${String.raw`['’]\d{1,2}(?:\D|$)`}) THEN NULL
		ELSE ${numberSql(number, mark)}::DOUBLE END`;
}

function unitsFor({ to }: Params) {
	return UNITS.filter(({ quantity }) => quantity === unitOf(to).quantity);
}

/** Joins the units of the quantity by the way they are written: `parts`. */
function unitJoin(name: string, column: RepairColumn, params: Params): Sql {
	const units = unitsFor(params).flatMap(({ written: texts, parts }) =>
		texts.map((text) => ({ text, parts }))
	);
	const plain = params.assume === null ? [] : [{ text: '', parts: unitOf(params.assume).parts }];
	const rows = [...units, ...plain].map(({ text, parts }) => sql`(${text}, ${parts}::DOUBLE)`);
	const table = id(name);
	return sql`LEFT JOIN (VALUES ${join(rows, ', ')}) AS ${table}(text, parts) ON ${table}.text = ${unitText(column)}`;
}

/** Numbers up to this keep nine decimals, larger ones three: a DOUBLE holds no more. */
const LARGE = 1_000_000;

/** A number as text, without zeros at its end; NULL when it is too large, or so small that nothing of it would be left. */
function written(value: Sql, mark: '.' | ','): Sql {
	const exact = sql`CASE WHEN abs(${value}) < ${LARGE} THEN try_cast(${value} AS DECIMAL(28,9))::VARCHAR
		ELSE try_cast(${value} AS DECIMAL(28,3))::VARCHAR END`;
	const short = sql`rtrim(rtrim(${exact}, '0'), '.')`;
	const kept = sql`CASE WHEN ${value} <> 0 AND abs(${value}) < 0.000001 THEN NULL ELSE ${short} END`;
	return mark === ',' ? sql`replace(${kept}, '.', ',')` : kept;
}
