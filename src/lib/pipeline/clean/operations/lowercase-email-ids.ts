import { sql } from '#lib/engine/sql.ts';
import type { IdFix } from './operation.ts';

export const lowercaseEmailIds: IdFix = {
	id: 'lowercase_email_ids',
	kind: 'fix',
	changes: 'ids',
	label: 'Read email addresses in lower case',
	explanation: 'Anna@Example.org and anna@example.org reach the same person, so they are one customer.',
	defaultOn: true,
	roles: ['customer'],
	applies: ({ filled, evidence }) => evidence > 0 && evidence * 2 >= filled,
	evidence: (text) => sql`contains(${text}, '@')`,
	differs: (text) => sql`CASE WHEN contains(${text}, '@') THEN ${text} <> lower(${text}) END`,
	value: (text) => sql`CASE WHEN contains(${text}, '@') THEN lower(${text}) ELSE ${text} END`
};
