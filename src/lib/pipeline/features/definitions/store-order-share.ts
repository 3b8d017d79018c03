import { sql } from '#lib/engine/sql.ts';
import { channels } from '../bases/channels.ts';
import type { FeatureDefinition } from './definition.ts';

export const storeOrderShare: FeatureDefinition = {
	id: 'store_order_share',
	label: 'Orders in a store',
	family: 'channels',
	unit: 'share',
	kind: 'number',
	meaning: 'Which share of the orders was made in a store.',
	formula: 'orders whose channel is a store by its name, such as pos, retail or store ÷ orders',
	needs: ['order_channel'],
	complete: true,
	base: channels,
	absent: 0,
	sql: () =>
		sql`coalesce(sum(order_count) FILTER (WHERE place = 'store'), 0)::DOUBLE / nullif(sum(order_count), 0)`
};
