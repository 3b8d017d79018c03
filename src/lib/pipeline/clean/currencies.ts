import type { Engine } from '#lib/engine/engine.ts';
import { id, sql, type Sql } from '#lib/engine/sql.ts';
import { rawTable, type SourceParams } from '#lib/pipeline/import/schema.ts';
import { hasRole, moneyKind, roleColumn } from './source.ts';
import { CURRENCY_PATTERN } from './typing.ts';

/** Currencies of all rows read, most frequent first: codes of the currency column, else signs beside the money. */
export async function readCurrencies(
	engine: Engine,
	sources: readonly SourceParams[],
	signal: AbortSignal
): Promise<string[]> {
	const counts = new Map<string, number>();
	for (const source of sources) {
		const query = currencyCounts(source);
		if (query === null) continue;
		for (const { currency, count } of await engine.rows<{ currency: string; count: number }>(query, signal)) {
			counts.set(currency, (counts.get(currency) ?? 0) + count);
		}
	}
	return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([currency]) => currency);
}

/** One row per currency of a source; null without money. */
function currencyCounts(source: SourceParams): Sql | null {
	const kind = moneyKind(source);
	if (kind === null) return null;
	const named = hasRole(source, 'currency');
	const column = roleColumn(source, named ? 'currency' : kind);
	const currency = named
		? sql`upper(trim(${column}))`
		: sql`upper(regexp_extract(${column}, ${CURRENCY_PATTERN}))`;
	// A text that starts and ends with a digit, point or minus carries no sign: most exports stop here.
	const written = named
		? sql`true`
		: sql`ascii(${column}) NOT BETWEEN 44 AND 57 OR right(${column}, 1) > '9'`;
	return sql`
		SELECT currency::VARCHAR AS currency, count(*)::INTEGER AS count
		FROM (SELECT ${currency} AS currency FROM ${id(...rawTable(source.id))} WHERE ${written})
		WHERE currency <> ''
		GROUP BY currency ORDER BY count(*) DESC, currency`;
}
