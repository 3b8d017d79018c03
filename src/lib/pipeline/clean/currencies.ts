import type { Engine } from '#lib/engine/engine.ts';
import { id, sql, type Sql } from '#lib/engine/sql.ts';
import type { Role, SourceParams } from '#lib/pipeline/import/schema.ts';
import { andIn, rowParts, type Part } from './parts.sql.ts';
import { sourceTable } from './repairs/tables.ts';
import { hasRole, moneyKind, roleText, type SourceContext, type WrittenCurrency } from './source.ts';
import { textColumn, texts } from './texts.sql.ts';
import { CURRENCY_PATTERN } from './typing.ts';

/** A currency and how many rows have it. */
export interface CurrencyRows {
	readonly currency: string;
	readonly rows: number;
}

/** The currencies of all files of a session, each under one name. */
export interface SessionCurrencies {
	/** Names of all rows read, the most frequent first. */
	readonly found: readonly CurrencyRows[];
	/** The name of the currency that was chosen; null when none was. */
	readonly chosen: string | null;
	/** How a source writes its currencies, and the name of each. */
	writtenIn(source: SourceParams): readonly WrittenCurrency[];
	/** The name of a currency as it is written, in upper case. */
	nameOf(written: string): string;
}

/** Currencies that a sign may stand for. One that is shared is taken for the only one of them that is named. */
const SIGNS: ReadonlyMap<string, readonly string[]> = new Map([
	['$', ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD', 'TWD', 'MXN', 'ARS', 'CLP', 'COP']],
	['US$', ['USD']],
	['CA$', ['CAD']],
	['C$', ['CAD']],
	['AU$', ['AUD']],
	['A$', ['AUD']],
	['NZ$', ['NZD']],
	['HK$', ['HKD']],
	['S$', ['SGD']],
	['R$', ['BRL']],
	['€', ['EUR']],
	['£', ['GBP', 'EGP']],
	['¥', ['JPY', 'CNY']],
	['₹', ['INR']],
	['₽', ['RUB']],
	['₺', ['TRY']],
	['₪', ['ILS']],
	['₩', ['KRW']],
	['₫', ['VND']],
	['₴', ['UAH']],
	['฿', ['THB']],
	['₦', ['NGN']],
	['₱', ['PHP']],
	['KR', ['SEK', 'NOK', 'DKK', 'ISK']],
	['KR.', ['SEK', 'NOK', 'DKK', 'ISK']],
	['ZŁ', ['PLN']],
	['KČ', ['CZK']],
	['FT', ['HUF']],
	['FR.', ['CHF']]
]);

/**
 * Currencies of all rows read: codes of the currency column, else signs and codes beside the money. A sign and a code
 * are one currency when nothing contradicts it: `$` is `USD` where no other dollar is named in any file, and stays `$`
 * where none is, or several are. Naming the chosen currency counts as naming it.
 */
export async function readCurrencies(
	engine: Engine,
	sources: readonly SourceParams[],
	chosen: string | null,
	signal: AbortSignal
): Promise<SessionCurrencies> {
	const written = new Map<string, readonly CurrencyRows[]>();
	for (const source of sources) {
		const query = currencyCounts(source);
		if (query !== null) written.set(source.id, await engine.rows<CurrencyRows>(query, signal));
	}
	const asked = chosen?.trim().toUpperCase() ?? null;
	const rows = [...written.values()].flat();
	const named = new Set([...rows.map(({ currency }) => currency), ...(asked === null ? [] : [asked])]);
	const nameOf = (text: string) => nameCurrency(text, named);
	return {
		found: addByName(rows, nameOf),
		chosen: asked === null ? null : nameOf(asked),
		writtenIn: ({ id: source }) =>
			(written.get(source) ?? []).map(({ currency }) => ({ written: currency, currency: nameOf(currency) })),
		nameOf
	};
}

/** Currencies of the loaded rows, the most frequent first. The rows must be in `clean.rows`. */
export async function loadedCurrencies(
	engine: Engine,
	contexts: readonly SourceContext[],
	{ nameOf }: SessionCurrencies,
	partRows: number,
	signal: AbortSignal
): Promise<CurrencyRows[]> {
	const rows: CurrencyRows[] = [];
	for (const { source, facts } of contexts) {
		const role = currencyRole(source);
		if (role === null) continue;
		for (const part of rowParts(facts.rowCount, partRows)) {
			rows.push(...(await engine.rows<CurrencyRows>(loadedCounts(source, role, part), signal)));
		}
	}
	return addByName(rows, nameOf);
}

/** One row per currency of the loaded rows of a part. */
function loadedCounts(source: SourceParams, role: Role, part: Part): Sql {
	return sql`
		SELECT currency::VARCHAR AS currency, count(*)::INTEGER AS rows
		FROM (
			SELECT ${currencySql(source)} AS currency
			FROM (${texts(source, [role], part)}) t JOIN clean.rows r ON r.row = t.row
			WHERE r.source = ${source.id} AND r.reason IS NULL${andIn(part, 'r')}
		)
		WHERE currency <> '' GROUP BY currency ORDER BY currency`;
}

/** The role whose texts tell the currency of a row; null without money. */
export function currencyRole(source: SourceParams): Role | null {
	const kind = moneyKind(source);
	return kind === null ? null : hasRole(source, 'currency') ? 'currency' : kind;
}

/** The currency of a row as it is written, in upper case; empty where there is none. Over the column `<role>_text`. */
export function currencySql(source: SourceParams): Sql {
	const role = currencyRole(source);
	return role === null ? sql`''` : writtenCurrency(role, id(textColumn(role)));
}

function writtenCurrency(role: Role, text: Sql): Sql {
	return role === 'currency'
		? sql`upper(trim(${text}))`
		: sql`upper(regexp_extract(${text}, ${CURRENCY_PATTERN}))`;
}

/** One row per currency of a source; null without money. */
function currencyCounts(source: SourceParams): Sql | null {
	const role = currencyRole(source);
	if (role === null) return null;
	const text = roleText(source, role);
	// A text that starts and ends with a digit, point or minus carries no sign: most exports stop here.
	const written =
		role === 'currency'
			? sql`true`
			: sql`ascii(${text}) NOT BETWEEN 44 AND 57 OR right(${text}, 1) NOT BETWEEN '0' AND '9'`;
	return sql`
		SELECT currency::VARCHAR AS currency, count(*)::INTEGER AS rows
		FROM (SELECT ${writtenCurrency(role, text)} AS currency FROM ${id(...sourceTable(source.id))} WHERE ${written})
		WHERE currency <> ''
		GROUP BY currency ORDER BY count(*) DESC, currency`;
}

/** The one currency that a sign or code in upper case stands for among those that are named; else as it is written. */
export function nameCurrency(written: string, named: ReadonlySet<string>): string {
	const codes = SIGNS.get(written) ?? [];
	const fitting = codes.length === 1 ? codes : codes.filter((code) => named.has(code));
	const [only] = fitting;
	return fitting.length === 1 && only !== undefined ? only : written;
}

function addByName(rows: readonly CurrencyRows[], nameOf: (written: string) => string): CurrencyRows[] {
	const counts = new Map<string, number>();
	for (const { currency, rows: count } of rows) {
		counts.set(nameOf(currency), (counts.get(nameOf(currency)) ?? 0) + count);
	}
	return [...counts]
		.map(([currency, count]) => ({ currency, rows: count }))
		.sort((a, b) => b.rows - a.rows || (a.currency < b.currency ? -1 : 1));
}
