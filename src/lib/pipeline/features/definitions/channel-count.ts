import { sql } from '#lib/engine/sql.ts';
import { channels } from '../bases/channels.ts';
import type { FeatureDefinition } from './definition.ts';

export const channelCount: FeatureDefinition = {
	id: 'channel_count',
	label: 'Channels bought through',
	family: 'channels',
	unit: 'count',
	kind: 'number',
	meaning: 'Through how many channels the customer has bought.',
	formula: 'number of different channels of the orders; a store without a channel is the channel “store”',
	needs: ['order_channel'],
	complete: true,
	base: channels,
	absent: 0,
	sql: () => sql`count_if(order_count > 0 AND channel IS NOT NULL)`
};
