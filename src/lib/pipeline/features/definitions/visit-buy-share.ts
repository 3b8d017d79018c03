import { sql } from '#lib/engine/sql.ts';
import { visits } from '../bases/visits.ts';
import type { FeatureDefinition } from './definition.ts';

export const visitBuyShare: FeatureDefinition = {
	id: 'visit_buy_share',
	label: 'Visits that lead to an order',
	family: 'engagement',
	unit: 'share',
	kind: 'number',
	meaning: 'Which share of the visits is followed by an order.',
	formula: 'visits with an order on the same day or the next ÷ visits whose next day is over',
	needs: ['events'],
	complete: false,
	base: visits,
	absent: null,
	sql: () =>
		sql`count_if(is_visit AND is_over AND is_bought)::DOUBLE / nullif(count_if(is_visit AND is_over), 0)`
};
