import { duckdb, formatDialect } from 'sql-formatter';

/** A query laid out, keywords in capitals; the text itself where it cannot be read. */
export function formatSql(text: string): string {
	try {
		return formatDialect(text, {
			dialect: duckdb,
			keywordCase: 'upper',
			tabWidth: 2,
			expressionWidth: 72
		});
	} catch {
		// A query that is half written is left as it is.
		return text;
	}
}
