import { sql } from '#lib/engine/sql.ts';
import { profiles } from '../bases/profiles.ts';
import type { FeatureDefinition } from './definition.ts';

export const ageYears: FeatureDefinition = {
	id: 'age_years',
	label: 'Age',
	family: 'person',
	unit: 'years',
	kind: 'number',
	meaning: 'How old the customer is.',
	formula: 'whole years from the birth date to the as-of day; not where that is below 0 or above 120',
	caution:
		'Entries are read as they stand in the file today: what was changed since the as-of day is not told apart.',
	isSensitive: true,
	needs: ['birth_date'],
	complete: false,
	base: profiles,
	absent: null,
	sql: ({
		asOf
	}) => sql`CASE WHEN date_sub('year', arg_max(birth_date, {'at': said_at, 'value': birth_date}) FILTER (WHERE birth_date IS NOT NULL), ${asOf}) BETWEEN 0 AND 120
		THEN date_sub('year', arg_max(birth_date, {'at': said_at, 'value': birth_date}) FILTER (WHERE birth_date IS NOT NULL), ${asOf}) END`
};
