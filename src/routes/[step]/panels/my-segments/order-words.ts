import type { Format } from '#lib/core/format.ts';
import { counted, shortName } from '#lib/core/words.ts';
import type { OwnResult } from '#lib/pipeline/segment/own/schema.ts';

/** The most segments that are named. */
const MOST_NAMED = 5;

/** How many segments have no place in the order. */
export function missedTitle(count: number, format: Format): string {
	const verb = count === 1 ? 'is' : 'are';
	return `${format.count(count)} of your segments ${verb} not in the order.`;
}

/** The segments without a place by name. */
export function missedNames(names: readonly string[], format: Format): string {
	const shown = names.slice(0, MOST_NAMED).map((name) => shortName(name));
	const more = names.length - shown.length;
	return `${shown.join(', ')}${more > 0 ? ` and ${format.count(more)} more` : ''}.`;
}

/** Whom the order reaches. */
export function reachedWords({ customers, reached }: OwnResult['yours'], format: Format): string {
	const people = counted(customers, 'person', format, 'people');
	return `The order reaches ${format.count(reached)} of the ${people} in at least one of your segments.`;
}
