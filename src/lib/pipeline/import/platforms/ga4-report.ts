import type { PlatformPreset } from './platform.ts';

/**
 * A report of Google Analytics 4: sums over many people. An export that names users or transactions is no such report
 * and goes to the mapper.
 */
export const ga4Report: PlatformPreset = {
	id: 'ga4-report',
	label: 'Google Analytics report',
	kind: 'report',
	requires: [],
	distinctive: [
		'Active users',
		'Engaged sessions',
		'Engaged sessions per user',
		'Engaged sessions per active user',
		'Average engagement time per session',
		'Average engagement time per active user',
		'Views per active user',
		'Events per session',
		'Event count per active user',
		/^nth (hour|day|week|month)$/i,
		/^session (primary|default) channel group\b/i,
		/^first user (primary|default) channel group\b/i,
		/^session source \/ medium$/i
	],
	excludes: [
		/\b(user|client|customer|member|transaction|order)[ _-]?(pseudo[ _-]?)?id\b/i,
		/\be-?mail\b/i,
		/^(customer|client)( name)?$/i
	],
	mapping: {},
	reading: { dateOrder: 'ymd', decimalMark: '.', orderFieldsOnFirstRow: false },
	note: 'These are totals of many people, so they cannot be joined to customers. An export with a user id or a transaction id can.',
	isWarning: true
};
