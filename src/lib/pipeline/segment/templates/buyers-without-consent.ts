import { all, feature, featureIsNot } from '../rules/build.ts';
import { daysParam, type SegmentTemplate } from './template.ts';

export const buyersWithoutConsent: SegmentTemplate = {
	id: 'buyers_without_consent',
	name: 'Buyers who are not on the list',
	brief: 'buy and are not on the list',
	why: 'They buy, but you may not write to them. Ask with the parcel or at the counter; do not send.',
	moment: 'care',
	words: 'ordered in the last {days} days, and are not subscribed to e-mail',
	params: () => [daysParam('days', 'Days since the last order, at most', 90)],
	rule: ({ days = 90 }) =>
		all(feature('recency_days', 'le', days), featureIsNot('email_consent', 'subscribed'))
};
