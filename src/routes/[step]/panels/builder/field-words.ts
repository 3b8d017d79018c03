import type { Format } from '#lib/core/format.ts';
import type { FeatureUnit } from '#lib/pipeline/features/schema.ts';
import type { SubjectId } from '#lib/pipeline/segment/rules/schema.ts';
import type { SubjectField } from '#lib/pipeline/segment/rules/subjects/subject.ts';
import type { RuleLibrary } from '#lib/session/segments/rule-library.svelte.ts';
import { unitWord } from '../feature-words.ts';

/** A text that is there, and how often. */
export interface WordSuggestion {
	readonly text: string;
	readonly hint: string;
}

/** How the number of a test is written: what stands before and behind it, and how many times as large it is shown. */
export interface NumberShown {
	readonly before?: string;
	readonly after?: string;
	readonly scale?: number;
}

/** How numbers of a unit are written in a field. */
export function numberShown(unit: FeatureUnit | SubjectField['unit'], format: Format): NumberShown {
	if (unit === 'money') return moneyShown(format);
	if (unit === 'share') return { after: '%', scale: 100 };
	const word = unit === 'time' || unit === 'flag' ? '' : unitWord(unit);
	return word === '' ? {} : { after: word };
}

/** The sign of the currency, on the side where the reader has it. */
function moneyShown(format: Format): NumberShown {
	const text = format.money(0, 0);
	const [before = '', after = ''] = text.split('0').map((part) => part.trim());
	if (before !== '') return { before };
	return after === '' ? {} : { after };
}

/** The texts of a field to choose from, those of most records first; undefined while they are looked up. */
export function suggestionsOf(
	library: RuleLibrary,
	subject: SubjectId | 'profile',
	field: string,
	format: Format
): readonly WordSuggestion[] | undefined {
	const counted = library.valuesOf(subject, field);
	if (counted === undefined) return undefined;
	const seen = new Set(counted.map(({ value }) => value));
	const others = library.fieldsOf(subject).find(({ id }) => id === field)?.values ?? [];
	return [
		...counted.map(({ value, count }) => ({ text: value, hint: format.count(count) })),
		...others.filter((text) => !seen.has(text)).map((text) => ({ text, hint: format.count(0) }))
	];
}
