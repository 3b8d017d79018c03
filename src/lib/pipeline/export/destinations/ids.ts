import { customerColumn } from '../audience.ts';
import { csvDestination, selectionName } from './destination.ts';

/** Customer ids alone, one per line and without a heading: to copy into another tool. */
export const ids = csvDestination({
	id: 'ids',
	label: 'Customer ids',
	explain: 'One customer id per line, without a heading, to copy into another tool.',
	selections: ['everyone', 'cluster', 'group', 'picked', 'saved', 'own', 'assigned'],
	header: false,
	columns: () => [customerColumn()],
	fileName: (audience, selection) => `ids-${selectionName(audience, selection)}.txt`
});
