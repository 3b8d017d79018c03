import { sql } from '#lib/engine/sql.ts';
import { ID_ROLES, type IdFix } from './operation.ts';

export const stripGuardApostrophe: IdFix = {
	id: 'strip_guard_apostrophe',
	kind: 'fix',
	changes: 'ids',
	label: 'Remove the apostrophe before ids',
	explanation:
		"Some shops write '1001 so that a spreadsheet keeps the id as text. The apostrophe is no part of it.",
	defaultOn: true,
	roles: ID_ROLES,
	applies: ({ evidence }) => evidence > 0,
	differs: (text) => sql`starts_with(${text}, '''')`,
	value: (text) => sql`CASE WHEN starts_with(${text}, '''') THEN substr(${text}, 2) ELSE ${text} END`
};
