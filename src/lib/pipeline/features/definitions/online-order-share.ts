import { sql } from '#lib/engine/sql.ts';
import { channels } from '../bases/channels.ts';
import type { FeatureDefinition } from './definition.ts';

export const onlineOrderShare: FeatureDefinition = {
	id: 'online_order_share',
	label: 'Orders online',
	family: 'channels',
	unit: 'share',
	kind: 'number',
	meaning: 'Which share of the orders was made online.',
	formula: 'orders whose channel is online by its name, such as web, app or marketplace ÷ orders',
	needs: ['order_channel'],
	complete: true,
	base: channels,
	absent: 0,
	sql: () =>
		sql`coalesce(sum(order_count) FILTER (WHERE place = 'online'), 0)::DOUBLE / nullif(sum(order_count), 0)`
};
