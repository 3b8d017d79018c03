import { cellGroup, type Scheme } from './scheme.ts';

/**
 * Scores 1 to 3 and six groups of all 27 cells, as a well-known e-mail platform documents them: recency by half a year
 * and a year, frequency and money by thirds of the customers.
 */
export const threeLevel: Scheme = {
	id: 'three_level',
	label: 'Three levels, as e-mail platforms do',
	meaning:
		'Scores from 1 to 3. Recency is 3 up to 180 days after the last order, 2 up to 365 days, else 1. Frequency and money are thirds of the customers; equal values share a score. All three decide the group, of which there are six.',
	levels: 3,
	axes: ['r', 'f', 'm'],
	lines: 'quantiles',
	recencyDays: [180, 365],
	table: [
		cellGroup('inactive', [111, 112, 113, 121], {
			name: 'Inactive',
			meaning: 'Bought seldom, and not for a long time.',
			advice: 'One offer to come back; who stays silent is better left out of mailings.'
		}),
		cellGroup('at_risk', [231, 212, 122, 131, 211], {
			name: 'At risk',
			meaning: 'Have not bought lately, or spend little where they do.',
			advice: 'A low-priced reason to return, and not many messages.'
		}),
		cellGroup('need_attention', [213, 221, 123, 132, 133], {
			name: 'Need attention',
			meaning: 'Bought often or spent well in the past, but not lately.',
			advice: 'Show what is new and close to what they bought, for a limited time.'
		}),
		cellGroup('recent', [312, 313, 311, 222, 223], {
			name: 'Recent',
			meaning: 'Bought not long ago, but not often yet.',
			advice: 'Help them to the next order: a reminder, what goes with it, a subscription.'
		}),
		cellGroup('loyal', [321, 322, 331, 232, 233], {
			name: 'Loyal',
			meaning: 'Buy often or fairly lately, one step below the best.',
			advice: 'Thank them, offer what goes with their orders, ask for a review.'
		}),
		cellGroup('champion', [333, 332, 323], {
			name: 'Champions',
			meaning: 'Among the most recent, the most frequent and the highest spending buyers.',
			advice: 'Reward them, and let them see what is new first.'
		})
	]
};
