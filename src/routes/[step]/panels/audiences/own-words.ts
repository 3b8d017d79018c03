import type { Format } from '#lib/core/format.ts';
import type { AssignedResult, OwnSegment, OwnSegmentResult } from '#lib/pipeline/segment/own/schema.ts';

const LIVING = { rule: true, sql: true, list: false } as const;

/** Whether the people of an own segment change with the data. */
export function badgeOf({ kind }: OwnSegment): string {
	return LIVING[kind] ? 'Living' : 'Static';
}

/** Where the people of an own segment come from. */
export function aboutSegment(segment: OwnSegment, { notFound }: OwnSegmentResult, format: Format): string {
	if (segment.kind === 'rule') return 'A rule, asked anew with every file';
	if (segment.kind === 'sql') return 'SQL, asked anew with every file';
	const gone = notFound === 0 ? '' : `; ${format.count(notFound)} of the list are no customers`;
	return `A list: ${segment.origin || 'pasted'}${gone}`;
}

/** Who of a segment was given to which others, in words. */
export function sharedWords(
	{ customers, assigned, givenTo }: AssignedResult,
	nameOf: (ref: string) => string,
	format: Format
): string {
	if (customers === assigned) return 'Everyone in it';
	const others = givenTo.map(
		({ segment, customers: people }) => `${format.count(people)} to ${nameOf(segment)}`
	);
	return `Of ${format.count(customers)}; ${others.join(', ')}`;
}
