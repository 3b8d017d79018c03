import { sql } from '#lib/engine/sql.ts';
import { profiles } from '../bases/profiles.ts';
import type { FeatureDefinition } from './definition.ts';

export const gender: FeatureDefinition = {
	id: 'gender',
	label: 'Gender',
	family: 'person',
	unit: 'text',
	kind: 'text',
	meaning: 'The gender that the file tells.',
	formula: 'gender of the newest entry that has one',
	caution:
		'Entries are read as they stand in the file today: what was changed since the as-of day is not told apart.',
	isSensitive: true,
	needs: ['gender'],
	complete: false,
	base: profiles,
	absent: null,
	sql: () => sql`arg_max(gender, {'at': said_at, 'value': gender}) FILTER (WHERE gender IS NOT NULL)`
};
