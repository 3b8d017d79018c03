import type { Day } from './days.ts';
import { createFormat, type Format } from './format.ts';

let plain: Format | undefined;

/** A calendar day as this machine's place writes it. */
export function dayWords(day: Day): string {
	plain ??= createFormat();
	return plain.day(day);
}

/** A whole number with separators. */
export function whole(value: number): string {
	return value.toLocaleString('en-GB');
}

/** A count and its noun. */
export function plural(count: number, one: string, many = `${one}s`): string {
	return `${whole(count)} ${count === 1 ? one : many}`;
}

/** A count and its noun, as the reader writes numbers: `1 customer`, `2.300 customers`. */
export function counted(count: number, one: string, format: Pick<Format, 'count'>, many = `${one}s`): string {
	return `${format.count(count)} ${Math.abs(count) === 1 ? one : many}`;
}

/** Names in sentences are cut after so many letters. */
const MOST_OF_NAME = 40;

/** A name that is cut with `…` where it is long; where it is shown, the whole one belongs into a `title`. */
export function shortName(name: string, most = MOST_OF_NAME): string {
	const letters = [...name];
	return letters.length <= most
		? name
		: `${letters
				.slice(0, most - 1)
				.join('')
				.trimEnd()}…`;
}

/** A name within a sentence: `“Champions”`. */
export function quoted(name: string, most = MOST_OF_NAME): string {
	return `“${shortName(name, most)}”`;
}

/** A list of names, at most twelve of them. */
export function names(list: readonly string[]): string {
	const shown = list.slice(0, 12).join(', ');
	return list.length > 12 ? `${shown} and ${whole(list.length - 12)} more` : shown;
}

/** A size in megabytes. */
export function megabytes(bytes: number): string {
	return `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`;
}
