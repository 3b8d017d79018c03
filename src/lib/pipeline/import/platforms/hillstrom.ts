import { OWN_IDS } from '../schema.ts';
import type { PlatformPreset } from './platform.ts';

/** The email test of K. Hillstrom (MineThatData, 2008): one row per person, with the arm of the test and its outcome. */
export const hillstrom: PlatformPreset = {
	id: 'hillstrom',
	label: 'Hillstrom email test',
	idSystem: OWN_IDS,
	kind: 'customers',
	requires: ['recency', 'history', 'zip_code', 'channel', 'segment', 'visit', 'conversion', 'spend'],
	distinctive: ['history_segment', 'mens', 'womens', 'newbie'],
	mapping: {
		total_spent: ['history']
	},
	reading: { dateOrder: 'ymd', decimalMark: '.', orderFieldsOnFirstRow: false },
	noteIfIncomplete:
		'Each row is a person, but the file has no customer number, so nothing can be joined to it. Add a column that numbers the rows.'
};
