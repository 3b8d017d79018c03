import type { Scheme } from './scheme.ts';
import { TEN_GROUPS } from '../ten-groups.ts';

/** Fifths by rank, as the SQL function of that name makes them, and the ten groups of recency and frequency. */
export const ntile: Scheme = {
	id: 'ntile',
	label: 'Fifths of equal size, ties split',
	meaning:
		'Scores from 1 to 5 by fifths of exactly equal size. Customers with equal values can land on both sides of a line; the order of customer ids decides. Recency and frequency decide the group.',
	levels: 5,
	axes: ['r', 'f'],
	lines: 'ranks',
	recencyDays: null,
	table: TEN_GROUPS
};
