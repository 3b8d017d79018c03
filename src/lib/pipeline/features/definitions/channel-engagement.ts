import { sql } from '#lib/engine/sql.ts';
import { channels } from '../bases/channels.ts';
import type { FeatureDefinition } from './definition.ts';

export const channelEngagement: FeatureDefinition = {
	id: 'channel_engagement',
	label: 'One channel or several',
	family: 'channels',
	unit: 'text',
	kind: 'text',
	meaning: 'Omni-Engaged: orders, visits or clicks in two or more channels. Single-Channel: in one.',
	formula:
		'“Omni-Engaged” with two or more different channels of orders, events and clicked messages, “Single-Channel” with one; names are compared in lower case',
	caution: 'Channels are told apart by their names: “web” and “website” are two.',
	needs: ['order_channel'],
	complete: false,
	base: channels,
	absent: null,
	sql: () => sql`CASE count(channel) WHEN 0 THEN NULL WHEN 1 THEN 'Single-Channel' ELSE 'Omni-Engaged' END`
};
