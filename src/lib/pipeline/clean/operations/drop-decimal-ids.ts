import { sql } from '#lib/engine/sql.ts';
import { ID_ROLES, type IdFix } from './operation.ts';

export const dropDecimalIds: IdFix = {
	id: 'drop_decimal_ids',
	kind: 'fix',
	changes: 'ids',
	label: 'Read 17850.0 as 17850',
	explanation:
		'A spreadsheet has taken the ids for numbers. The .0 is cut only where every id of the column ends in it.',
	defaultOn: true,
	roles: ID_ROLES,
	applies: ({ filled, evidence }) => filled > 0 && evidence === filled,
	differs: (text) => sql`ends_with(${text}, '.0')`,
	value: (text) =>
		sql`CASE WHEN ends_with(${text}, '.0') THEN left(${text}, length(${text}) - 2) ELSE ${text} END`
};
