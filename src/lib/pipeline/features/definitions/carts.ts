import { sql } from '#lib/engine/sql.ts';
import { visits } from '../bases/visits.ts';
import { RECENT_DAYS } from '../recent.ts';
import type { FeatureDefinition } from './definition.ts';

export const carts: FeatureDefinition = {
	id: 'carts',
	label: 'Carts in 90 days',
	family: 'engagement',
	unit: 'count',
	kind: 'number',
	meaning: 'In how many visits of the last 90 days the customer put something into the cart.',
	formula: 'visits of the last 90 days with an event that fills a cart',
	needs: ['event_carts'],
	complete: true,
	base: visits,
	absent: 0,
	sql: () => sql`count_if(cart_count > 0 AND days_ago <= ${RECENT_DAYS})`
};
