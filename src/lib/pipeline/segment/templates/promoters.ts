import { all, feature, featureIs } from '../rules/build.ts';
import { countParam, type SegmentTemplate } from './template.ts';

export const promoters: SegmentTemplate = {
	id: 'promoters',
	name: 'Promoters',
	brief: 'would recommend you',
	why: 'They would recommend you, so ask them to: for a review, or to bring a friend.',
	moment: 'care',
	words:
		'ordered at least {orders} times, and answered 9 or 10 when last asked whether they would recommend you',
	params: () => [countParam('orders', 'Orders, at least', 2)],
	rule: ({ orders = 2 }) => all(feature('frequency', 'ge', orders), featureIs('nps_class', 'promoter'))
};
