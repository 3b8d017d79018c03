import type { FeatureDefinition } from './definition.ts';
import { HOURS, preferredText } from '../habits.ts';

export const preferredHour: FeatureDefinition = {
	id: 'preferred_hour',
	label: 'Preferred hour',
	family: 'habits',
	unit: 'text',
	kind: 'text',
	meaning: 'The hour in which the customer is most likely to buy.',
	formula:
		'hour with the largest (own orders + 10 × share of all orders of everybody) ÷ (own orders + 10); the earlier one of equals',
	needs: ['time_of_day'],
	caution: 'Who has few orders is taken to be like everybody.',
	complete: false,
	base: HOURS.base,
	absent: null,
	sql: () => preferredText(HOURS)
};
