import { isDay, type Day } from '#lib/core/days.ts';

/** A piece of SQL text that is safe to run: values are literals, names are quoted. */
export class Sql {
	constructor(readonly text: string) {}
}

export type SqlValue = Sql | string | number | bigint | boolean | null;

/** Interpolated values become literals; use `id()` for names. Nested `Sql` is inserted as it is. */
export function sql(strings: TemplateStringsArray, ...values: readonly SqlValue[]): Sql {
	let text = strings[0] ?? '';
	values.forEach((value, i) => {
		text += (value instanceof Sql ? value.text : literal(value)) + (strings[i + 1] ?? '');
	});
	return new Sql(text);
}

/** A quoted identifier, always: `id('a"b')` is `"a""b"`, `id('main', 't')` is `"main"."t"`. */
export function id(...path: readonly [string, ...string[]]): Sql {
	return new Sql(path.map((part) => `"${part.replaceAll('"', '""')}"`).join('.'));
}

/** Pieces joined by a separator written in code, never by a value. */
export function join(
	pieces: readonly Sql[],
	separator: ', ' | ' AND ' | ' OR ' | '\n' | ' UNION ALL ' | ' + '
): Sql {
	return new Sql(pieces.map((piece) => piece.text).join(separator));
}

/** A parenthesised list of literals, for `IN`. */
export function list(values: readonly (string | number)[]): Sql {
	return new Sql(`(${values.map(literal).join(', ')})`);
}

/** A date literal. */
export function day(value: Day): Sql {
	if (!isDay(value)) throw new RangeError(`invalid day: ${value}, expected yyyy-mm-dd`);
	return new Sql(`DATE '${value}'`);
}

/** `expression AS name`. */
export function as(expression: Sql, name: string): Sql {
	return new Sql(`${expression.text} AS ${id(name).text}`);
}

function literal(value: string | number | bigint | boolean | null): string {
	if (value === null) return 'NULL';
	if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
	if (typeof value === 'bigint') return value.toString();
	if (typeof value === 'number') return numberLiteral(value);
	// NUL cannot stand in a query text; no value of a query we write needs one.
	if (value.includes('\0')) throw new RangeError('a text literal cannot hold a NUL character');
	return `'${value.replaceAll("'", "''")}'`;
}

/** Whole numbers stay whole; all others carry an exponent, so that DuckDB reads a DOUBLE and not a DECIMAL. */
function numberLiteral(value: number): string {
	if (!Number.isFinite(value)) throw new RangeError(`invalid number in a query: ${value}`);
	if (Number.isSafeInteger(value)) return value.toString();
	const text = value.toString();
	return text.includes('e') ? text : `${text}e0`;
}
