import type { Scheme } from './scheme.ts';
import { TEN_GROUPS } from '../ten-groups.ts';

/** Lines in days, orders and money that the user draws and that stay where they are when the data changes. */
export const fixed: Scheme = {
	id: 'fixed',
	label: 'Your own lines',
	meaning:
		'Scores from 1 to 5 by lines you draw in days, orders and money. They start at the fifths and stay where you put them when new files come. Recency and frequency decide the group.',
	levels: 5,
	axes: ['r', 'f'],
	lines: 'given',
	recencyDays: null,
	table: TEN_GROUPS
};
