import { sql } from '#lib/engine/sql.ts';
import { profiles } from '../bases/profiles.ts';
import type { FeatureDefinition } from './definition.ts';

export const language: FeatureDefinition = {
	id: 'language',
	label: 'Language',
	family: 'person',
	unit: 'text',
	kind: 'text',
	meaning: 'The language that the file tells.',
	formula: 'language of the newest entry that has one',
	caution:
		'Entries are read as they stand in the file today: what was changed since the as-of day is not told apart.',
	needs: ['language'],
	complete: false,
	base: profiles,
	absent: null,
	sql: () => sql`arg_max(language, {'at': said_at, 'value': language}) FILTER (WHERE language IS NOT NULL)`
};
