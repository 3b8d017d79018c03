import { sql, type Sql } from '#lib/engine/sql.ts';
import { ID_ROLES, type IdFix } from './operation.ts';

/** Looking for a blank first spares trimming every text of a column that has none. */
function hasBlank(text: Sql): Sql {
	return sql`(contains(${text}, ' ') OR contains(${text}, '\u00A0'))`;
}

export const trimIds: IdFix = {
	id: 'trim_ids',
	kind: 'fix',
	changes: 'ids',
	label: 'Trim blanks around ids',
	explanation: 'A blank before or after a customer or order id would make two customers of one.',
	defaultOn: true,
	roles: ID_ROLES,
	applies: ({ evidence }) => evidence > 0,
	differs: (text) => sql`CASE WHEN ${hasBlank(text)} THEN ${text} <> trim(${text}) END`,
	value: (text) => sql`CASE WHEN ${hasBlank(text)} THEN trim(${text}) ELSE ${text} END`
};
