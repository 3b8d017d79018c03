import type { FeatureDefinition } from './definition.ts';
import { WEEKDAYS, preferredShare } from '../habits.ts';

export const preferredWeekdayShare: FeatureDefinition = {
	id: 'preferred_weekday_share',
	label: 'Orders on the preferred weekday',
	family: 'habits',
	unit: 'share',
	kind: 'number',
	meaning: 'How many of the next orders to expect on the preferred weekday.',
	formula:
		'(own orders + 10 × share of all orders of everybody) ÷ (own orders + 10), of the preferred weekday',
	needs: [],
	caution: 'Who has few orders is taken to be like everybody.',
	complete: false,
	base: WEEKDAYS.base,
	absent: null,
	sql: () => preferredShare()
};
