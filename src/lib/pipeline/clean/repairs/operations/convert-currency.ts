import { z } from 'zod';
import { plural, whole } from '#lib/core/words.ts';
import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import { nameCurrency } from '../../currencies.ts';
import { CURRENCY_CODES, CURRENCY_PATTERN, numberSql } from '../../typing.ts';
import type {
	RepairChange,
	RepairColumn,
	RepairContext,
	RepairInput,
	RepairOperation
} from '../operation.ts';
import { quoted } from '../lookup.ts';

const Code = z.string().regex(/^[A-Z]{3}$/, 'three capital letters, such as EUR');

/** Largest rate: with its decimals it is a whole number of 64 bits. */
const MOST_RATE = 1_000_000;
const LEAST_RATE = 1e-9;

const Params = z.object({
	to: z.enum(CURRENCY_CODES.split('|')).meta({ title: 'Convert to' }),
	rates: z
		.record(Code, z.number().min(LEAST_RATE).max(MOST_RATE))
		.refine((entries) => Object.keys(entries).length > 0, 'No rate is entered yet')
		.meta({
			title: 'Rates',
			description: 'What one unit of each currency is worth in the currency above.',
			columns: ['Currency', 'Rate']
		}),
	currencyColumn: z.string().min(1).nullable().meta({
		title: 'Column with the currency',
		description: 'Signs and codes beside the amounts count where the column is empty or there is none.',
		format: 'column'
	}),
	fixed: Code.nullable().meta({
		title: 'Currency of the rest',
		description: 'For amounts whose row names no currency. Left empty, they stay as they are.'
	})
});
type Params = z.infer<typeof Params>;

/** A way in which rows name their currency: in the column, beside the amount, or both. */
interface Naming {
	/** In upper case; empty where there is none. */
	readonly inColumn: string;
	readonly inCell: string;
	/** Amounts that have it. */
	readonly amounts: number;
	/** Null when none is named, or two are. */
	readonly currency: string | null;
	/** Null when the currency has no rate. */
	readonly rate: number | null;
}

type Facts = { readonly namings: readonly Naming[] };

export const convertCurrency: RepairOperation<Params, Facts> = {
	id: 'convert_currency',
	label: 'Convert to one currency',
	explanation:
		'Multiplies each amount by the rate of its currency in your table, and writes the new currency. An amount whose currency has no rate, or is not known, stays as it is and is counted: currencies are never mixed silently.',
	group: 'values',
	takes: { least: 1, most: 10, kinds: ['number', 'text'], leavesProtected: true },
	params: Params,
	defaults: { to: 'EUR', rates: {}, currencyColumn: null, fixed: null },
	facts: readNamings,
	change: convert,
	words: ({ params, source }, { namings }) => {
		const settled = settledCurrency(source);
		if (settled !== null && settled !== params.to) {
			return `The header of “${source.fileName}” says ${settled} for every amount, which no step can change.`;
		}
		const known = amountsBy(namings.filter(({ rate }) => rate !== null));
		const unknown = amountsBy(namings.filter(({ rate }) => rate === null));
		const found = known === '' ? 'No amount has a currency with a rate.' : `Found: ${known}.`;
		return unknown === '' ? found : `${found} Without a rate: ${unknown}.`;
	},
	describe: ({ to }, columns) => `Convert ${quoted(columns)} to ${to}`
};

/** More ways to name a currency than this are none. */
const MOST_NAMINGS = 500;
const LONGEST_NAMING = 8;

async function readNamings({ engine, signal }: RepairContext, input: RepairInput<Params>): Promise<Facts> {
	const { columns, table, params } = input;
	const amounts = columns.map(
		(column) => sql`
			SELECT ${as(inColumn(input), 'in_column')}, ${as(inCell(column), 'in_cell')},
				trim(s.${column.text}) <> '' AS is_filled
			FROM ${table} s WHERE s.set_aside_by IS NULL`
	);
	const found = await engine.rows<Pick<Naming, 'inColumn' | 'inCell' | 'amounts'>>(
		sql`
			SELECT in_column::VARCHAR AS in_column, in_cell::VARCHAR AS in_cell, count_if(is_filled)::INTEGER AS amounts
			FROM (${join(amounts, ' UNION ALL ')}) WHERE length(in_column) <= ${LONGEST_NAMING}
			GROUP BY in_column, in_cell ORDER BY amounts DESC, in_column, in_cell LIMIT ${MOST_NAMINGS}`,
		signal
	);
	const settled = settledCurrency(input.source);
	// Cleaning would go on taking every amount for the currency of the header, so none may become another.
	if (settled === null || settled === params.to) return { namings: nameAll(found, params) };
	return { namings: found.map((naming) => ({ ...naming, currency: settled, rate: null })) };
}

/** The currency that the name or header of a file gives to all its amounts. */
function settledCurrency({ mapping, constants }: SourceParams): string | null {
	return mapping.currency === undefined ? (constants.currency?.trim().toUpperCase() ?? null) : null;
}

function nameAll(
	found: readonly Pick<Naming, 'inColumn' | 'inCell' | 'amounts'>[],
	{ to, rates, fixed }: Params
): Naming[] {
	const written = found.flatMap(({ inColumn, inCell }) => [inColumn, inCell]);
	const named = new Set([to, ...Object.keys(rates), ...(fixed === null ? [] : [fixed]), ...written]);
	const rateOf = (currency: string | null) =>
		currency === null ? null : currency === to ? 1 : (rates[currency] ?? null);
	return found.map((naming) => {
		const currency = currencyOf(naming, named, fixed);
		return { ...naming, currency, rate: rateOf(currency) };
	});
}

/** The column and the cell name one currency, or one of them names it; a sign shared by several goes with any of them. */
function currencyOf(
	{ inColumn, inCell }: Pick<Naming, 'inColumn' | 'inCell'>,
	named: ReadonlySet<string>,
	fixed: string | null
): string | null {
	if (inColumn === '' && inCell === '') return fixed;
	const names = (among: ReadonlySet<string>) =>
		[inColumn, inCell].filter((text) => text !== '').map((text) => nameCurrency(text, among));
	const [first = null, ...others] = names(named);
	if (others.every((other) => other === first)) return first;
	const [own = null, ...rest] = names(new Set([inColumn]));
	return rest.every((other) => other === own) ? own : null;
}

/**
 * A row is converted whole or not at all, so that its amounts and its currency agree. Where the column of the currency is the
 * one that cleaning reads, it names the new currency; else each amount carries the code.
 */
function convert(input: RepairInput<Params>, { namings }: Facts): RepairChange {
	const { columns, source, params } = input;
	const { to, currencyColumn } = params;
	const mark = source.reading.decimalMark ?? '.';
	const isRead = currencyColumn !== null && source.mapping.currency === currencyColumn;
	const cells = columns.map((column, i) => {
		const amount = numberSql(sql`s.${column.text}`, mark);
		return { column, units: convertedUnits(amount, `rate${i}`), rate: `rate${i}` };
	});
	const isWrong = join(
		cells.map(({ column, units }) => sql`(trim(s.${column.text}) <> '' AND ${units} IS NULL)`),
		' OR '
	);
	const replace = cells.map(({ column, units, rate }) => {
		const text = isRead ? writtenUnits(units, mark) : sql`${`${to} `} || ${writtenUnits(units, mark)}`;
		const isNew = sql`trim(s.${column.text}) <> '' AND ${id(rate)}.is_other AND NOT (${isWrong})`;
		return { column, value: sql`CASE WHEN ${isNew} THEN ${text} ELSE s.${column.text} END` };
	});
	const from = join(
		cells.map(({ column, rate }) => rateJoin(rate, input, column, namings)),
		'\n'
	);
	const column = columnOfCurrency(input);
	if (column === null) return { replace, failing: isWrong, from };
	const isKnown = join(
		cells.map(({ rate }) => sql`(${id(rate)}.rate IS NOT NULL)`),
		' AND '
	);
	const code = sql`CASE WHEN ${isKnown} AND NOT (${isWrong}) THEN ${to} ELSE s.${column.text} END`;
	return { replace: [...replace, { column, value: code }], failing: isWrong, from };
}

/** Amounts are counted in ten-thousandths, and so are what they become. */
const UNITS = 10_000;
/** Products up to this are worked out in 64 bits; dividing what is longer takes fifty times as long. */
const MOST_BIGINT = 9_000_000_000_000_000_000n;
/** Ten-thousandths that DECIMAL(18,4) holds. */
const MOST_UNITS = 999_999_999_999_999_999n;

/**
 * The amount times the rate in ten-thousandths, half away from zero, in whole numbers alone: exact to the last digit. NULL when
 * there is no amount or no rate, or the product is too large to be read again.
 */
function convertedUnits(amount: Sql, name: string): Sql {
	const { rate, parts } = { rate: sql`${id(name)}.rate`, parts: sql`${id(name)}.parts` };
	const units = sql`replace(abs(${amount})::VARCHAR, '.', '')::BIGINT`;
	const most = sql`(${MOST_BIGINT} // ${rate} - 1)`;
	// The optimizer may work out either branch for every row, so neither may overflow.
	const short = sql`(least(${units}, ${most}) * ${rate} + ${parts} // 2) // ${parts}`;
	const long = sql`try_cast((${units}::HUGEINT * ${rate} + ${parts} // 2) // ${parts} AS BIGINT)`;
	const product = sql`CASE WHEN ${units} <= ${most} THEN ${short} ELSE ${long} END`;
	return sql`(CASE WHEN ${product} <= ${MOST_UNITS} THEN sign(${amount})::BIGINT * (${product}) END)`;
}

/** Ten-thousandths as a number without zeros at its end, in the mark of the file. */
function writtenUnits(units: Sql, mark: '.' | ','): Sql {
	const whole = sql`CASE WHEN ${units} < 0 THEN '-' ELSE '' END || (abs(${units}) // ${UNITS})::VARCHAR`;
	const decimals = sql`lpad((abs(${units}) % ${UNITS})::VARCHAR, 4, '0')`;
	return sql`rtrim(rtrim(${whole} || ${mark} || ${decimals}, '0'), ${mark})`;
}

const RATE_DECIMALS = 12;

/** Joins the rates by how a row names its currency: `rate` of `parts`, both whole, and whether it is another currency. */
function rateJoin(
	name: string,
	input: RepairInput<Params>,
	column: RepairColumn,
	namings: readonly Naming[]
): Sql {
	const rows = namings.flatMap(({ rate, currency, inColumn: inOne, inCell: inOther }) => {
		if (rate === null) return [];
		const [digits, parts] = fraction(rate);
		return [
			sql`(${inOne}, ${inOther}, ${digits}::BIGINT, ${parts}::BIGINT, ${currency !== input.params.to})`
		];
	});
	const table =
		rows.length > 0
			? sql`VALUES ${join(rows, ', ')}`
			: sql`SELECT NULL::VARCHAR, NULL::VARCHAR, NULL::BIGINT, NULL::BIGINT, NULL::BOOLEAN WHERE false`;
	const rates = id(name);
	return sql`LEFT JOIN (${table}) AS ${rates}(in_column, in_cell, rate, parts, is_other)
		ON ${rates}.in_column = ${inColumn(input)} AND ${rates}.in_cell = ${inCell(column)}`;
}

/** A rate as a fraction of whole numbers, to twelve decimals: 0.85 is 85 of 100. */
function fraction(rate: number): readonly [bigint, bigint] {
	const text = rate.toFixed(RATE_DECIMALS).replace(/0+$/, '');
	const [before = '', decimals = ''] = text.split('.');
	return [BigInt(before + decimals), 10n ** BigInt(decimals.length)];
}

function columnOfCurrency({ params, others }: RepairInput<Params>): RepairColumn | null {
	return others.find(({ name }) => name === params.currencyColumn) ?? null;
}

/** What the column says, in upper case; empty without one. A column that the file lacks says nothing that has a rate. */
function inColumn(input: RepairInput<Params>): Sql {
	const column = columnOfCurrency(input);
	if (column) return sql`upper(trim(s.${column.text}))`;
	return sql`${input.params.currencyColumn === null ? '' : '?'}`;
}

/** The sign or code beside an amount, in upper case. A text that starts and ends as a number does has none. */
function inCell({ text }: RepairColumn): Sql {
	const mayHave = sql`ascii(s.${text}) NOT BETWEEN 44 AND 57 OR right(s.${text}, 1) NOT BETWEEN '0' AND '9'`;
	return sql`CASE WHEN ${mayHave} THEN upper(regexp_extract(s.${text}, ${CURRENCY_PATTERN})) ELSE '' END`;
}

/** “EUR (1,204), GBP (3)”; amounts that name no currency, or two, say so. */
function amountsBy(namings: readonly Naming[]): string {
	const counts = new Map<string, number>();
	for (const { currency, inColumn: inOne, inCell: inOther, amounts } of namings) {
		const isUnnamed = inOne === '' && inOther === '';
		const name = currency ?? (isUnnamed ? 'no currency' : `${inOne} beside ${inOther}`);
		counts.set(name, (counts.get(name) ?? 0) + amounts);
	}
	const all = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
	const shown = all.slice(0, 12).map(([name, amounts]) => `${name} (${whole(amounts)})`);
	const more = all.length - shown.length;
	return [...shown, ...(more > 0 ? [plural(more, 'other currency', 'other currencies')] : [])].join(', ');
}
