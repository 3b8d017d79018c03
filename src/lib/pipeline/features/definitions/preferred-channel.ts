import { sql } from '#lib/engine/sql.ts';
import { channels } from '../bases/channels.ts';
import type { FeatureDefinition } from './definition.ts';

export const preferredChannel: FeatureDefinition = {
	id: 'preferred_channel',
	label: 'Preferred channel',
	family: 'channels',
	unit: 'text',
	kind: 'text',
	meaning: 'Through which channel the customer buys most.',
	formula: 'channel of most orders, of two the one of the later order, in lower case',
	needs: ['order_channel'],
	complete: false,
	base: channels,
	absent: null,
	sql: () =>
		sql`arg_max(channel, {'orders': order_count, 'at': last_order_at, 'channel': channel}) FILTER (WHERE order_count > 0 AND channel IS NOT NULL)`
};
