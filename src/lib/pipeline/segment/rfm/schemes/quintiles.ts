import type { Scheme } from './scheme.ts';
import { TEN_GROUPS } from '../ten-groups.ts';

/** Fifths by value: type-7 quantiles (Hyndman & Fan 1996), and the ten groups of recency and frequency. */
export const quintiles: Scheme = {
	id: 'quintiles',
	label: 'Fifths, ties together',
	meaning:
		'Scores from 1 to 5 by fifths of the customers. Equal values always share a score, so a fifth can be larger than another, and a score can be nobody’s. Recency and frequency decide the group.',
	levels: 5,
	axes: ['r', 'f'],
	lines: 'quantiles',
	recencyDays: null,
	table: TEN_GROUPS
};
