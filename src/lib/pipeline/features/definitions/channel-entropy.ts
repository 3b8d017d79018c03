import { sql } from '#lib/engine/sql.ts';
import { channels } from '../bases/channels.ts';
import type { FeatureDefinition } from './definition.ts';

export const channelEntropy: FeatureDefinition = {
	id: 'channel_entropy',
	label: 'Spread over channels',
	family: 'channels',
	unit: 'number',
	kind: 'number',
	meaning:
		'How evenly the orders are spread over channels: 0 for one channel, 1 for two that are used alike.',
	formula:
		'Shannon entropy in bits of the shares of the channels in the orders whose channel is known: −Σ share × log2(share)',
	needs: ['order_channel'],
	complete: false,
	base: channels,
	absent: null,
	sql: () => sql`CASE count_if(order_count > 0 AND channel IS NOT NULL) WHEN 0 THEN NULL WHEN 1 THEN 0
		ELSE log2(sum(order_count) FILTER (WHERE channel IS NOT NULL)) - sum((order_count * log2(greatest(order_count, 1)))::DECIMAL(28,12)) FILTER (WHERE channel IS NOT NULL)::DOUBLE
			/ sum(order_count) FILTER (WHERE channel IS NOT NULL) END`
};
