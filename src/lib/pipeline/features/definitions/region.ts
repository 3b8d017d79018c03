import { sql } from '#lib/engine/sql.ts';
import { profiles } from '../bases/profiles.ts';
import type { FeatureDefinition } from './definition.ts';

export const region: FeatureDefinition = {
	id: 'region',
	label: 'Region',
	family: 'person',
	unit: 'text',
	kind: 'text',
	meaning: 'The region that the customers file tells.',
	formula: 'region of the newest entry that has one',
	caution:
		'Entries are read as they stand in the file today: what was changed since the as-of day is not told apart.',
	needs: ['region'],
	complete: false,
	base: profiles,
	absent: null,
	sql: () => sql`arg_max(region, {'at': said_at, 'value': region}) FILTER (WHERE region IS NOT NULL)`
};
