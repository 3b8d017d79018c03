import { sql } from '#lib/engine/sql.ts';
import { visits } from '../bases/visits.ts';
import type { FeatureDefinition } from './definition.ts';

export const preferredDevice: FeatureDefinition = {
	id: 'preferred_device',
	label: 'Preferred device',
	family: 'channels',
	unit: 'text',
	kind: 'text',
	meaning: 'With which device the customer visits most.',
	formula: 'device of most visits: phone, desktop or tablet; of two the first in this order',
	needs: ['event_device'],
	complete: false,
	base: visits,
	absent: null,
	sql: () => sql`CASE greatest(count(*) FILTER (WHERE is_visit AND device = 'phone'), count(*) FILTER (WHERE is_visit AND device = 'desktop'), count(*) FILTER (WHERE is_visit AND device = 'tablet'))
		WHEN 0 THEN NULL
		WHEN count(*) FILTER (WHERE is_visit AND device = 'phone') THEN 'phone'
		WHEN count(*) FILTER (WHERE is_visit AND device = 'desktop') THEN 'desktop'
		ELSE 'tablet' END`
};
