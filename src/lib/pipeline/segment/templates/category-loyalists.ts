import { all, feature } from '../rules/build.ts';
import { countParam, percentParam, type SegmentTemplate } from './template.ts';

export const categoryLoyalists: SegmentTemplate = {
	id: 'category_loyalists',
	name: 'One-category loyalists',
	brief: 'are loyal to one category',
	why: 'They come for one thing. Speak of that, and suggest the one category that others buy beside it.',
	moment: 'value',
	words: 'ordered at least {orders} times, and spent at least {share} of their money on one category',
	params: () => [
		countParam('orders', 'Orders, at least', 3),
		percentParam('share', 'Share of the favourite category, at least', 80)
	],
	rule: ({ orders = 3, share = 80 }) =>
		all(feature('frequency', 'ge', orders), feature('favourite_category_share', 'ge', share / 100))
};
