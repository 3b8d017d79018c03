import { sql } from '#lib/engine/sql.ts';
import { visits } from '../bases/visits.ts';
import { RECENT_DAYS } from '../recent.ts';
import type { FeatureDefinition } from './definition.ts';

export const cartsLeftShare: FeatureDefinition = {
	id: 'carts_left_share',
	label: 'Share of carts left',
	family: 'engagement',
	unit: 'share',
	kind: 'number',
	meaning: 'Which share of the carts of the last 90 days the customer left without buying.',
	formula: 'carts left ÷ carts, of the visits of the last 90 days whose next day is over',
	needs: ['event_carts'],
	complete: false,
	base: visits,
	absent: null,
	sql: () => sql`count_if(cart_count > 0 AND days_ago <= ${RECENT_DAYS} AND is_over AND NOT is_bought)::DOUBLE
		/ nullif(count_if(cart_count > 0 AND days_ago <= ${RECENT_DAYS} AND is_over), 0)`
};
