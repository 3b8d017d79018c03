import type { FeatureDefinition } from './definition.ts';
import { WEEKDAYS, preferredText } from '../habits.ts';

export const preferredWeekday: FeatureDefinition = {
	id: 'preferred_weekday',
	label: 'Preferred weekday',
	family: 'habits',
	unit: 'text',
	kind: 'text',
	meaning: 'The weekday on which the customer is most likely to buy next.',
	formula:
		'weekday with the largest (own orders + 10 × share of all orders of everybody) ÷ (own orders + 10); the earlier one of equals',
	needs: [],
	caution: 'Who has few orders is taken to be like everybody.',
	complete: false,
	base: WEEKDAYS.base,
	absent: null,
	sql: () => preferredText(WEEKDAYS)
};
