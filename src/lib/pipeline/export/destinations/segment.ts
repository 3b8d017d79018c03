import { oneSegmentColumns } from '../audience.ts';
import { gradeColumn } from '../grade-columns.ts';
import { customerFileColumns } from './customers.ts';
import { csvDestination, selectionName } from './destination.ts';

/** One segment, RFM group or picked list, with what the file of all customers has: the list to send to. */
export const segment = csvDestination({
	id: 'segment',
	label: 'One segment',
	explain:
		'The people of one segment or RFM group, or those picked, with its name in segment_name, its grade, and their natural segment in a column of its own.',
	selections: ['cluster', 'group', 'picked', 'saved', 'own', 'assigned'],
	header: true,
	columns: (audience, selection) => [
		...customerFileColumns(audience),
		...oneSegmentColumns(audience, selection),
		gradeColumn(audience, selection)
	],
	fileName: (audience, selection) => {
		const name = selectionName(audience, selection);
		return selection.kind === 'assigned' ? `${name}.csv` : `segment-${name}.csv`;
	}
});
