import type { FeatureDefinition } from './definition.ts';
import { DAYPARTS, preferredText } from '../habits.ts';

export const preferredDaypart: FeatureDefinition = {
	id: 'preferred_daypart',
	label: 'Preferred part of the day',
	family: 'habits',
	unit: 'text',
	kind: 'text',
	meaning:
		'The part of the day in which the customer is most likely to buy: night (0 to 6), morning (6 to 12), afternoon (12 to 18) or evening.',
	formula:
		'part of the day with the largest (own orders + 10 × share of all orders of everybody) ÷ (own orders + 10); the earlier one of equals',
	needs: ['time_of_day'],
	caution: 'Who has few orders is taken to be like everybody.',
	complete: false,
	base: DAYPARTS.base,
	absent: null,
	sql: () => preferredText(DAYPARTS)
};
