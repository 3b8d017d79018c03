/** A stretch of SQL text: `keyword`, `string` (also quoted names), `comment`, or `plain`. */
export interface SqlToken {
	readonly kind: 'keyword' | 'string' | 'comment' | 'plain';
	readonly text: string;
}

const KEYWORDS = new Set(
	`ALL AND ANTI ANY AS ASC ATTACH BETWEEN BY CASE CAST COPY CREATE CROSS DELETE DESC DESCRIBE DISTINCT DROP ELSE END
	EXCEPT EXCLUDE EXISTS FALSE FILTER FIRST FROM FULL GROUP HAVING IF ILIKE IN INNER INSERT INTERSECT INTO IS JOIN
	LAST LEFT LIKE LIMIT NOT NULL NULLS OFFSET ON OR ORDER OUTER OVER PARTITION QUALIFY RANGE REPLACE RIGHT ROW ROWS
	SCHEMA SELECT SEMI SET TABLE TEMP THEN TRUE TRY_CAST UNION UNIQUE UPDATE USING VALUES VIEW WHEN WHERE WINDOW WITH
	WITHIN`.split(/\s+/)
);

const PIECES = /(--[^\n]*|\/\*[^]*?(?:\*\/|$))|('(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$))|([A-Za-z_]\w*)/g;

/** SQL cut into stretches for colouring; joined again they are the text, whatever it holds. */
export function sqlTokens(sql: string): SqlToken[] {
	const tokens: SqlToken[] = [];
	let done = 0;
	for (const match of sql.matchAll(PIECES)) {
		const [text, comment, string] = match;
		const keyword = !comment && !string && KEYWORDS.has(text.toUpperCase());
		if (!comment && !string && !keyword) continue;
		if (match.index > done) tokens.push({ kind: 'plain', text: sql.slice(done, match.index) });
		tokens.push({ kind: comment ? 'comment' : string ? 'string' : 'keyword', text });
		done = match.index + text.length;
	}
	if (done < sql.length) tokens.push({ kind: 'plain', text: sql.slice(done) });
	return tokens;
}
