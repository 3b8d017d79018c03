import type { Format } from '#lib/core/format.ts';
import type { FeatureUnit } from '#lib/pipeline/features/schema.ts';
import { MOST_VALUES } from '#lib/pipeline/segment/rules/field-values.ts';
import type { SubjectId, TextTest } from '#lib/pipeline/segment/rules/schema.ts';
import type { SubjectField } from '#lib/pipeline/segment/rules/subjects/subject.ts';
import type { RuleLibrary } from '#lib/session/segments/rule-library.svelte.ts';
import { unitWord } from '../feature-words.ts';

/** A text that is there, and how often. */
export interface WordSuggestion {
	readonly text: string;
	/** Records or customers that have it; null where that is not counted. */
	readonly count: number | null;
	readonly hint: string;
}

/** The texts of a field to choose from, those of most records first. */
export interface Suggestions {
	readonly words: readonly WordSuggestion[];
	/** There is no other text in the files. */
	readonly isComplete: boolean;
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

/** The texts of a field to choose from; undefined while they are looked up. */
export function suggestionsOf(
	library: Pick<RuleLibrary, 'valuesOf' | 'fieldsOf'>,
	subject: SubjectId | 'profile',
	field: string,
	format: Format
): Suggestions | undefined {
	const counted = library.valuesOf(subject, field);
	if (counted === undefined) return undefined;
	const seen = new Set(counted.map(({ value }) => value));
	const others = library.fieldsOf(subject).find(({ id }) => id === field)?.values ?? [];
	return {
		words: [
			...counted.map(({ value, count }) => ({ text: value, count, hint: format.count(count) })),
			...others.filter((text) => !seen.has(text)).map((text) => ({ text, count: 0, hint: format.count(0) }))
		],
		isComplete: counted.length < MOST_VALUES
	};
}

/** Which of the texts is meant by what is typed: the same one, else the first that begins with it, else the first that has it. */
export function meantBy(typed: string, words: readonly WordSuggestion[]): WordSuggestion | null {
	const start = plain(typed);
	if (start === '') return null;
	const fits = (test: (text: string) => boolean) => words.find(({ text }) => test(plain(text)));
	return (
		fits((text) => text === start) ??
		fits((text) => text.startsWith(start)) ??
		fits((text) => text.includes(start)) ??
		null
	);
}

/** The texts of a test that nobody has, as far as that is known. */
export function textsOfNobody(
	op: TextTest['op'],
	texts: readonly string[],
	suggestions: Suggestions | undefined
): readonly string[] {
	if (!suggestions?.isComplete) return [];
	const had = suggestions.words.filter(({ count }) => count !== 0).map(({ text }) => plain(text));
	return texts.filter((text) => !had.some((each) => FITS[op](each, plain(text))));
}

const same = (text: string, wanted: string) => text === wanted;
const has = (text: string, wanted: string) => text.includes(wanted);

const FITS: Readonly<Record<TextTest['op'], (text: string, wanted: string) => boolean>> = {
	is: same,
	is_not: same,
	contains: has,
	not_contains: has,
	starts_with: (text, wanted) => text.startsWith(wanted),
	ends_with: (text, wanted) => text.endsWith(wanted),
	known: same,
	unknown: same
};

/** As tests compare texts: without regard to capitals and to spaces around them. */
function plain(text: string): string {
	return text.trim().toLowerCase();
}
