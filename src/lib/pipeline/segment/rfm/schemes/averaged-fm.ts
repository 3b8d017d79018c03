import { blockGroup, type Scheme } from './scheme.ts';

/**
 * Scores 1 to 5, recency against the mean of frequency and money, and ten groups of the 25 cells, as a well-known shop
 * platform documents them. A mean between two scores belongs to the upper one: over 3 and up to 4 is 4.
 */
export const averagedFm: Scheme = {
	id: 'averaged_fm',
	label: 'Recency against frequency and money, as shop platforms do',
	meaning:
		'Scores from 1 to 5 by fifths of the customers; equal values share a score. Frequency and money become one score, their mean; a half counts up. It and recency decide the group, of which there are ten.',
	levels: 5,
	axes: ['r', 'fm'],
	lines: 'quantiles',
	recencyDays: null,
	table: [
		blockGroup('dormant', [1, 2], [1, 2], {
			name: 'Dormant',
			meaning: 'Few orders and little money, the last order among the longest ago.',
			advice: 'One honest offer to come back, then leave them alone.'
		}),
		blockGroup('at_risk', [1, 2], [3, 4], {
			name: 'At risk',
			meaning: 'A good history of orders and money, but the last order is among the longest ago.',
			advice: 'Write now: say what is new since their last order.'
		}),
		blockGroup('previously_loyal', [1, 2], [5], {
			name: 'Previously loyal',
			meaning: 'Among the best by orders and money, but the last order is among the longest ago.',
			advice: 'Write to them one by one, or call; ask what went wrong.'
		}),
		blockGroup('almost_lost', [3], [1, 2], {
			name: 'Almost lost',
			meaning: 'Few orders and little money, and the last order is neither recent nor long ago.',
			advice: 'Remind them of what they bought, before they are gone.'
		}),
		blockGroup('need_attention', [3], [3], {
			name: 'Need attention',
			meaning: 'In the middle by everything: the last order, the number of orders, the money.',
			advice: 'A small reason to order again, tied to what they bought.'
		}),
		blockGroup('loyal', [3, 4], [4, 5], {
			name: 'Loyal',
			meaning: 'Many orders and much money, and the last order is not long ago.',
			advice: 'Thank them, show what is new first, ask for a review.'
		}),
		blockGroup('promising', [4], [1], {
			name: 'Promising',
			meaning: 'Few orders and little money, and the last order is fairly recent.',
			advice: 'Help with what they bought, and suggest what goes with it.'
		}),
		blockGroup('new', [5], [1], {
			name: 'New',
			meaning: 'Few orders and little money so far, and the last order is among the most recent.',
			advice: 'Welcome them; the next order matters most.'
		}),
		blockGroup('active', [4, 5], [2, 3], {
			name: 'Active',
			meaning: 'A recent order, with a middling number of orders and sum of money.',
			advice: 'Offer a reason for the next order, such as a set or a subscription.'
		}),
		blockGroup('champion', [5], [4, 5], {
			name: 'Champions',
			meaning: 'Among the most recent buyers, with many orders and much money.',
			advice: 'Reward them, and never send them a discount they do not need.'
		})
	]
};
