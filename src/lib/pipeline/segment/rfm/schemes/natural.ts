import type { Scheme } from './scheme.ts';
import { TEN_GROUPS } from '../ten-groups.ts';

/** Lines where the values fall apart by themselves: natural breaks (Fisher 1958), and the ten groups. */
export const natural: Scheme = {
	id: 'natural',
	label: 'Natural breaks',
	meaning:
		'Scores from 1 to 5 by lines in the gaps of the values, so that the values of a score lie close together. The scores can be very unequal in size. Recency and frequency decide the group.',
	levels: 5,
	axes: ['r', 'f'],
	lines: 'natural',
	recencyDays: null,
	table: TEN_GROUPS
};
