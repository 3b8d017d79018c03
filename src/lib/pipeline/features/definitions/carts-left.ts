import { sql } from '#lib/engine/sql.ts';
import { visits } from '../bases/visits.ts';
import { RECENT_DAYS } from '../recent.ts';
import type { FeatureDefinition } from './definition.ts';

export const cartsLeft: FeatureDefinition = {
	id: 'carts_left',
	label: 'Carts left in 90 days',
	family: 'engagement',
	unit: 'count',
	kind: 'number',
	meaning: 'How many carts of the last 90 days the customer left without buying.',
	formula:
		'visits of the last 90 days with a filled cart and no order on that day or the next; the next day is over',
	needs: ['event_carts'],
	complete: true,
	base: visits,
	absent: 0,
	sql: () => sql`count_if(cart_count > 0 AND days_ago <= ${RECENT_DAYS} AND is_over AND NOT is_bought)`
};
