import { all, feature } from '../rules/build.ts';
import { countParam, type SegmentTemplate } from './template.ts';

export const categoryExplorers: SegmentTemplate = {
	id: 'category_explorers',
	name: 'Category explorers',
	brief: 'buy from many categories',
	why: 'They buy all over the shop. New arrivals of any kind interest them.',
	moment: 'value',
	words: 'bought from at least {categories} categories',
	params: () => [countParam('categories', 'Categories, at least', 4)],
	rule: ({ categories = 4 }) => all(feature('distinct_categories', 'ge', categories))
};
