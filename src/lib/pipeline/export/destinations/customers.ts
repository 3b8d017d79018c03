import {
	contactColumns,
	customerColumn,
	featureColumns,
	segmentColumns,
	type Audience,
	type AudienceColumn
} from '../audience.ts';
import { csvDestination } from './destination.ts';

/** Everyone, with contact columns, features, scores and segment: the file to look things up in. */
export const customers = csvDestination({
	id: 'customers',
	label: 'All customers',
	explain: 'One row per customer with contact columns, features, scores, RFM group and segment.',
	selections: ['everyone'],
	header: true,
	columns: customerFileColumns,
	fileName: () => 'customers.csv'
});

/** The columns of every file with one row per customer. */
export function customerFileColumns(audience: Audience): AudienceColumn[] {
	return [
		customerColumn(),
		...contactColumns(audience),
		...featureColumns(audience, audience.features),
		...segmentColumns(audience)
	];
}
