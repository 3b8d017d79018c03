import { all, feature } from '../rules/build.ts';
import { countParam, type SegmentTemplate } from './template.ts';

export const channelRegulars: SegmentTemplate = {
	id: 'channel_regulars',
	name: 'Regulars in several channels',
	brief: 'are regulars in several channels',
	why: 'They buy in the shop and online. Tell them what is in stock near them, and let them order where they like.',
	moment: 'value',
	words: 'ordered at least {orders} times, through at least {channels} channels',
	params: () => [
		countParam('orders', 'Orders, at least', 4),
		countParam('channels', 'Channels bought through, at least', 2, 2, 20)
	],
	rule: ({ orders = 4, channels = 2 }) =>
		all(feature('frequency', 'ge', orders), feature('channel_count', 'ge', channels))
};
