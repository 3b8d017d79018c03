import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import { doubleSql } from '../typing.ts';
import type { RepairColumn, RepairContext, RepairInput } from './operation.ts';
import { cell } from './rules.ts';

/** The number of a cell of `s` as DOUBLE; NULL when it is none. */
export function numberOf(column: RepairColumn, { reading }: Pick<SourceParams, 'reading'>): Sql {
	return doubleSql(cell(column), reading.decimalMark);
}

/** The shortest text of a number, in the decimal mark of the file; an exponent only from 1e15 up or below 0.0001. */
export function numberText(value: number, { reading }: Pick<SourceParams, 'reading'>): string {
	const text = String(value);
	return reading.decimalMark === ',' ? text.replace('.', ',') : text;
}

/** The same of a DOUBLE in SQL. */
export function numberTextSql(value: Sql, { reading }: Pick<SourceParams, 'reading'>): Sql {
	const text = sql`regexp_replace((${value})::VARCHAR, '[.]0$', '')`;
	return reading.decimalMark === ',' ? sql`replace(${text}, '.', ',')` : text;
}

/** A DOUBLE with nine digits: engines differ in the last bits of powers and logarithms. NULL when it is infinite. */
export function nineDigits(value: Sql): Sql {
	return sql`try_cast(nullif(nullif(nullif(format('{:.8e}', ${value}), 'inf'), '-inf'), 'nan') AS DOUBLE)`;
}

/** Twelve digits are as many as a number of a file has; interpolation between two leaves more. */
export function twelveDigits(value: number): number {
	return Number(value.toPrecision(12));
}

/** A number in a sentence: separators, and two decimals or three digits, whichever shows more. */
export function spoken(value: number): string {
	const options = Math.abs(value) < 1 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 2 };
	return value.toLocaleString('en-GB', options);
}

/** A number as a DOUBLE literal. */
export function double(value: number): Sql {
	return sql`${value}::DOUBLE`;
}

/** The columns of a step as numbers `x0`, `x1`, … with `row`, of the rows that no step set aside. */
export function readNumbers({ columns, source, table }: RepairInput<unknown>): Sql {
	const numbers = columns.map((column, i) => as(numberOf(column, source), `x${i}`));
	return sql`SELECT ${join([sql`s.row`, ...numbers], ', ')} FROM ${table} s WHERE s.set_aside_by IS NULL`;
}

/** Aggregates over the numbers of every column of a step, by name in camelCase; null where there is nothing. */
export async function aggregate(
	{ engine, signal }: RepairContext,
	input: RepairInput<unknown>,
	aggregates: (value: Sql, i: number) => readonly Sql[]
): Promise<Readonly<Record<string, number | null>>> {
	const wanted = input.columns.flatMap((_, i) => aggregates(id(`x${i}`), i));
	const [row = {}] = await engine.rows<Readonly<Record<string, number | null>>>(
		sql`SELECT ${join(wanted, ', ')} FROM (${readNumbers(input)}) ORDER BY 1`,
		signal
	);
	return row;
}
