import {
	consentColumns,
	contactColumns,
	customerColumn,
	featureColumns,
	segmentColumns,
	type Audience,
	type AudienceColumn
} from '../audience.ts';
import { gradeColumn } from '../grade-columns.ts';
import { csvDestination, selectionName } from './destination.ts';

/** Everyone, with contact columns, features, scores and segment: the file to look things up in. */
export const customers = csvDestination({
	id: 'customers',
	label: 'All customers',
	explain:
		'One row per customer with contact columns, consents, features, scores, RFM group, segment and its grade.',
	selections: ['everyone'],
	header: true,
	columns: (audience, selection) => [
		...customerFileColumns(audience),
		...segmentColumns(audience),
		gradeColumn(audience, selection)
	],
	fileName: (audience) => `${selectionName(audience, { kind: 'everyone' })}.csv`
});

/** What every file with one row per customer begins with: the id, contacts, consents, features. */
export function customerFileColumns(audience: Audience): AudienceColumn[] {
	return [
		customerColumn(),
		...contactColumns(audience),
		...consentColumns(audience),
		...featureColumns(audience, audience.features)
	];
}
