import { customerFileColumns } from './customers.ts';
import { csvDestination, selectionName } from './destination.ts';

/** One segment, RFM group or picked list, with the columns of the file of all customers: the list to send to. */
export const segment = csvDestination({
	id: 'segment',
	label: 'One segment',
	explain:
		'The people of one segment or RFM group, or those picked, with the same columns as the file of all customers.',
	selections: ['cluster', 'group', 'picked', 'saved', 'own', 'assigned'],
	header: true,
	columns: customerFileColumns,
	fileName: (audience, selection) => `segment-${selectionName(audience, selection)}.csv`
});
