import type { Audience, AudienceColumn, Selection } from '../audience.ts';
import { renderCsv, safeFileName } from '../csv.ts';
import { readAudience, type ReadContext } from '../read-audience.ts';

/** A kind of file that a list of customers can be written to: one file in this folder and one line in `index.ts`. */
export interface Destination {
	readonly id: string;
	readonly label: string;
	/** One sentence: what the file holds and what it is for. */
	readonly explain: string;
	/** The selections it can write. */
	readonly selections: readonly Selection['kind'][];
	/** True when the first record holds the column names. */
	readonly header: boolean;
	/** The columns of the file, in order. */
	columns(audience: Audience, selection: Selection): readonly AudienceColumn[];
	/** A file name for a selection, safe on every file system. */
	fileName(audience: Audience, selection: Selection): string;
	/** The text of the file in chunks: one record per selected customer, in the order of customer ids. */
	render(context: ReadContext, audience: Audience, selection: Selection): AsyncIterable<string>;
}

/** Gives a destination its `render`: its columns as CSV. */
export function csvDestination(parts: Omit<Destination, 'render'>): Destination {
	return {
		...parts,
		render: (context, audience, selection) => {
			const columns = parts.columns(audience, selection);
			const batches = readAudience(context, audience, columns, selection);
			return renderCsv(columns, batches, { header: parts.header, signal: context.signal });
		}
	};
}

/**
 * A selection as a part of a file name, such as `2-Cooling-spenders`; in the order of priority `1-of-4-new-customers`; and
 * `-agreed` behind it where only those who agreed are written.
 */
export function selectionName(audience: Audience, selection: Selection): string {
	const name = plainName(audience, selection);
	return audience.agreedTo === null ? name : `${name}-agreed`;
}

function plainName({ segmentNames }: Audience, selection: Selection): string {
	switch (selection.kind) {
		case 'everyone':
			return 'customers';
		case 'cluster':
			return safeFileName(`${selection.cluster}-${segmentNames?.[selection.cluster] ?? 'segment'}`);
		case 'group':
			return selection.group;
		case 'picked':
			return 'picked';
		case 'saved':
			return safeFileName(selection.name);
		case 'own':
			return safeFileName(`${selection.segment}-${selection.name}`);
		case 'assigned':
			return safeFileName(`${selection.place}-of-${selection.places}-${selection.name.toLowerCase()}`);
	}
}
