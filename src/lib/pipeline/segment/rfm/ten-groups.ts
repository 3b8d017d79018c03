import type { GroupTable } from '../schema.ts';
import { blockGroup } from './schemes/scheme.ts';

/**
 * The ten R × F patterns, in the order in which they are tried. Together they cover all 25 cells. The meanings speak of
 * scores, which are ranks, never of numbers of orders or days: in a shop where most order five times, score 1 is not one
 * order.
 */
export const TEN_GROUPS: GroupTable = [
	blockGroup('hibernating', [1, 2], [1, 2], {
		name: 'Hibernating',
		meaning: 'Few orders, and the last one is among the longest ago.',
		advice: 'One honest offer to come back, then leave them alone.'
	}),
	blockGroup('at_risk', [1, 2], [3, 4], {
		name: 'At risk',
		meaning: 'A fair number of orders, but the last one is among the longest ago.',
		advice: 'Write now: say what is new since their last order.'
	}),
	blockGroup('cant_lose_them', [1, 2], [5], {
		name: 'Can’t lose them',
		meaning: 'Among the most frequent buyers, but the last order is among the longest ago.',
		advice: 'Write to them one by one, or call; ask what went wrong.'
	}),
	blockGroup('about_to_sleep', [3], [1, 2], {
		name: 'About to sleep',
		meaning: 'Few orders, and the last one is neither recent nor long ago.',
		advice: 'Remind them of what they bought, before they are gone.'
	}),
	blockGroup('need_attention', [3], [3], {
		name: 'Need attention',
		meaning: 'A fair number of orders, the last one neither recent nor long ago.',
		advice: 'A small reason to order again, tied to what they bought.'
	}),
	blockGroup('loyal', [3, 4], [4, 5], {
		name: 'Loyal',
		meaning: 'Among the more frequent buyers, and the last order is not long ago.',
		advice: 'Thank them, show what is new first, ask for a review.'
	}),
	blockGroup('promising', [4], [1], {
		name: 'Promising',
		meaning: 'Few orders, and the last one is fairly recent.',
		advice: 'Help with what they bought, and suggest what goes with it.'
	}),
	blockGroup('new', [5], [1], {
		name: 'New',
		meaning: 'Few orders so far, and the last one is among the most recent.',
		advice: 'Welcome them; the next order matters most.'
	}),
	blockGroup('potential_loyalist', [4, 5], [2, 3], {
		name: 'Potential loyalists',
		meaning: 'The last order is recent, and they are neither the least nor the most frequent buyers.',
		advice: 'Offer a reason for the next order, such as a set or a subscription.'
	}),
	blockGroup('champion', [5], [4, 5], {
		name: 'Champions',
		meaning: 'Among the most recent and the most frequent buyers.',
		advice: 'Reward them, and never send them a discount they do not need.'
	})
];
