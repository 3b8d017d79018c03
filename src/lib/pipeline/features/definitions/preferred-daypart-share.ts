import type { FeatureDefinition } from './definition.ts';
import { DAYPARTS, preferredShare } from '../habits.ts';

export const preferredDaypartShare: FeatureDefinition = {
	id: 'preferred_daypart_share',
	label: 'Orders in the preferred part of the day',
	family: 'habits',
	unit: 'share',
	kind: 'number',
	meaning: 'How many of the next orders to expect in the preferred part of the day.',
	formula:
		'(own orders + 10 × share of all orders of everybody) ÷ (own orders + 10), of the preferred part of the day',
	needs: ['time_of_day'],
	caution: 'Who has few orders is taken to be like everybody.',
	complete: false,
	base: DAYPARTS.base,
	absent: null,
	sql: () => preferredShare()
};
