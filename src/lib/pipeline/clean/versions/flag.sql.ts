import { sql, type Sql } from '#lib/engine/sql.ts';
import type { SourceContext } from '../source.ts';

/** BOOLEAN, over the column `row`: a newer export of the list has the row too. */
export function isSuperseded({ source, hasSiblings }: SourceContext): Sql {
	return hasSiblings
		? sql`row IN (SELECT row FROM clean.superseded WHERE source = ${source.id})`
		: sql`false`;
}
