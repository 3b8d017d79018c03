import { sql } from '#lib/engine/sql.ts';
import { channels } from '../bases/channels.ts';
import type { FeatureDefinition } from './definition.ts';

export const clickedChannel: FeatureDefinition = {
	id: 'clicked_channel',
	label: 'Channel that is answered',
	family: 'channels',
	unit: 'text',
	kind: 'text',
	meaning: 'Messages of which channel the customer clicks most.',
	formula: 'channel of most clicks on messages, of two the one of the later click, in lower case',
	needs: ['send_channel'],
	complete: false,
	base: channels,
	absent: null,
	sql: () =>
		sql`arg_max(channel, {'clicks': click_count, 'at': last_click_at, 'channel': channel}) FILTER (WHERE click_count > 0 AND channel IS NOT NULL)`
};
