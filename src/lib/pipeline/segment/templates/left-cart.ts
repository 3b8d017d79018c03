import { all } from '../rules/build.ts';
import { moneyParam, type SegmentTemplate } from './template.ts';

export const leftCart: SegmentTemplate = {
	id: 'left_cart',
	name: 'Left a cart',
	brief: 'left a cart',
	why: 'They had chosen. A reminder with what is in the cart brings back more than any other message.',
	moment: 'browsing',
	words: ({ cartDays }) =>
		`filled a cart in the last ${cartDays} days, worth at least {value}, and left without buying`,
	params: () => [moneyParam('value', 'Value of the cart, at least', 0, 0)],
	rule: ({ value = 0 }, { cartStages }) =>
		all({
			kind: 'cart',
			stages: [...cartStages],
			value: value === 0 ? null : { op: 'ge', value },
			category: null
		})
};
