import type { Format } from '#lib/core/format.ts';
import type {
	DuplicateRecord,
	FieldFinding,
	PairDetail,
	ShownField
} from '#lib/pipeline/clean/duplicates/pairs.ts';
import type {
	DuplicateField,
	DuplicatesResult,
	SkippedBlocks
} from '#lib/pipeline/clean/duplicates/schema.ts';

/** What fields are called. */
export const FIELD_WORDS: Readonly<Record<ShownField | DuplicateField, string>> = {
	name: 'Name',
	first_name: 'First name',
	last_name: 'Last name',
	email: 'Email',
	phone: 'Phone',
	birth_date: 'Date of birth',
	street: 'Street',
	place: 'Place',
	postcode: 'Postcode',
	city: 'City',
	region: 'Region',
	country: 'Country'
};

/** What a level means, by field and level. */
const LEVEL_WORDS: Readonly<Record<DuplicateField, Readonly<Record<string, string>>>> = {
	first_name: {
		exact: 'the same',
		swapped: 'first and last name changed places',
		close: 'almost the same',
		initial: 'the initial fits',
		alike: 'alike',
		different: 'different'
	},
	last_name: {
		exact: 'the same',
		close: 'almost the same',
		part: 'one is part of the other',
		alike: 'alike',
		different: 'different'
	},
	email: {
		exact: 'the same',
		mailbox: 'the same before the @',
		close: 'almost the same before the @',
		alike: 'alike before the @',
		different: 'different'
	},
	phone: { exact: 'the same last 7 digits', close: 'one digit differs', different: 'different' },
	birth_date: {
		exact: 'the same',
		close: 'one digit differs, or day and month changed places',
		two_edits: 'two digits differ',
		year: 'the same year',
		different: 'different'
	},
	place: {
		postcode: 'the same postcode',
		city: 'the same city',
		close: 'almost the same postcode or city',
		area: 'the same region',
		different: 'different'
	},
	street: { exact: 'the same', close: 'almost the same', different: 'different' }
};

/** What a level is called in a sentence. */
export function levelWords(field: DuplicateField, level: string | null): string {
	if (level === null) return 'nothing to compare';
	return LEVEL_WORDS[field][level] ?? level;
}

/** What blocking rules compare, after “the same”. */
const RULE_WORDS: Readonly<Record<string, string>> = {
	mailbox: 'email before the @',
	phone: 'last digits of the phone',
	birth_date: 'date of birth',
	names: 'first and last name',
	postcode_last: 'postcode and initial of the last name',
	postcode_first: 'postcode and initial of the first name',
	sound_year: 'sound of the last name, initial and year of birth',
	sounds: 'sound of first and last name',
	city_last: 'city and last name',
	city_first: 'city and first name',
	street: 'street and area'
};

/** What brought two people together. */
export function ruleWords(rule: string): string {
	return RULE_WORDS[rule] ?? rule;
}

/** What was found, as a title. */
export function duplicatesTitle(open: number, groups: number, least: number, format: Format): string {
	if (open === 0) return `No pair is left that is ${probabilityWords(least)} probable or more`;
	const pairs = open === 1 ? '1 pair' : `${format.count(open)} pairs`;
	const inGroups = groups === 1 ? '1 group' : `${format.count(groups)} groups`;
	return `${pairs} in ${inGroups} may be one person, at ${probabilityWords(least)} or more`;
}

/** How much was compared, as a sentence. */
export function comparedWords({ people, comparedPairs, allPairs }: DuplicatesResult, format: Format): string {
	return `${format.count(people)} people make ${format.count(allPairs)} pairs; ${format.count(comparedPairs)} with something in common were compared.`;
}

/** A probability as people read it: 80 %, 99.9 %. Never 100 %: nothing here is certain. */
export function probabilityWords(probability: number): string {
	if (probability > 0.9999) return 'over 99.99 %';
	const percent = probability * 100;
	const digits = percent >= 99.9 ? 2 : percent >= 99 ? 1 : 0;
	const floor = Math.floor(percent * 10 ** digits + 1e-9) / 10 ** digits;
	return `${String(Number(floor.toFixed(digits)))} %`;
}

/** A weight in bits, with its sign. */
export function weightWords(weight: number): string {
	const rounded = Math.abs(weight) < 0.05 ? 0 : weight;
	return `${rounded > 0 ? '+' : rounded < 0 ? '−' : ''}${Math.abs(rounded).toFixed(1)}`;
}

/** One bar of the reasons for a pair. */
export interface Reason {
	readonly label: string;
	readonly words: string;
	readonly weight: number;
	/** Where the bar starts and ends, as shares of the width of all bars. */
	readonly from: number;
	readonly to: number;
}

/**
 * The weights of a pair one after the other, from the odds that any two people are one to the odds that these are: each
 * bar starts where the one before it ended.
 */
export function reasonsOf(detail: PairDetail, startWeight: number): Reason[] {
	const told = detail.findings.filter(({ level }) => level !== null);
	const steps = [
		{ label: 'Any two people', words: 'before anything is compared', weight: startWeight },
		...told.map((finding) => ({ ...wordsOf(finding), weight: finding.weight })),
		...(detail.householdWeight < -0.05
			? [
					{
						label: 'Household',
						words: 'two people of one household would look alike too',
						weight: detail.householdWeight
					}
				]
			: [])
	];
	const ends: number[] = [];
	steps.forEach(({ weight }, i) => ends.push((ends[i - 1] ?? 0) + weight));
	const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)];
	const shareOf = (at: number) => (high === low ? 0 : (at - low) / (high - low));
	return steps.map((step, i) => ({ ...step, from: shareOf(ends[i - 1] ?? 0), to: shareOf(ends[i] ?? 0) }));
}

function wordsOf({ field, level }: FieldFinding): { label: string; words: string } {
	return { label: FIELD_WORDS[field], words: levelWords(field, level) };
}

/** A piece of a text, and whether the other text lacks it. */
export interface TextPart {
	readonly text: string;
	readonly isDifferent: boolean;
}

/** A text in parts: what it has in common with another at its start and its end, and the rest between. */
export function differingParts(text: string, other: string): TextPart[] {
	const [own, theirs] = [text.toLowerCase(), other.toLowerCase()];
	if (own === theirs || other === '') return text === '' ? [] : [{ text, isDifferent: false }];
	const most = Math.min(own.length, theirs.length);
	let start = 0;
	while (start < most && own[start] === theirs[start]) start += 1;
	let end = 0;
	while (end < most - start && own.at(-1 - end) === theirs.at(-1 - end)) end += 1;
	const parts = [
		{ text: text.slice(0, start), isDifferent: false },
		{ text: text.slice(start, text.length - end), isDifferent: true },
		{ text: text.slice(text.length - end), isDifferent: false }
	];
	return parts.filter((part) => part.text !== '');
}

/** Which people were not compared by a rule, as a sentence. */
export function skippedWords(skipped: SkippedBlocks, format: Format): string {
	const examples = skipped.examples.map((example) => `“${example.replaceAll('|', ' ')}”`).join(', ');
	return `${format.count(skipped.people)} people were not compared by the same ${ruleWords(skipped.rule)}, where ${format.count(skipped.from)} or more share one: ${examples}.`;
}

/** What a merge of all says before it is done. */
export function mergeAllWords(pairs: number, fewer: number, heldBack: number, format: Format): string {
	const merged = pairs === 1 ? '1 pair is merged' : `${format.count(pairs)} pairs are merged`;
	const people = fewer === 1 ? 'is 1 person fewer' : `are ${format.count(fewer)} people fewer`;
	const held =
		heldBack === 0
			? ''
			: ` ${heldBack === 1 ? '1 group stays' : `${format.count(heldBack)} groups stay`} for you to look at: large, or with people you keep apart.`;
	return `${merged}, and there ${people}.${held} Undo takes all of it back.`;
}

/** What was decided, as a title. */
export function decisionsTitle(merges: number, apart: number, format: Format): string {
	const merged = merges === 1 ? '1 pair is merged' : `${format.count(merges)} pairs are merged`;
	const kept = apart === 1 ? '1 is kept apart' : `${format.count(apart)} are kept apart`;
	if (apart === 0) return `${merged} by you`;
	if (merges === 0)
		return `${apart === 1 ? '1 pair is' : `${format.count(apart)} pairs are`} kept apart by you`;
	return `${merged} by you, ${kept}`;
}

/** A person in one line. */
export function recordWords({ fields, customerId }: DuplicateRecord): string {
	const name = fields.name ?? [fields.first_name, fields.last_name].filter(Boolean).join(' ');
	const told = [name, fields.email, fields.birth_date, fields.city].filter(Boolean);
	return told.length > 0 ? told.join(', ') : customerId;
}

/** A share of pairs: in percent where that says something, else as one in so many. */
export function shareWords(share: number, format: Format): string {
	if (share >= 0.01) return `${(share * 100).toFixed(0)} %`;
	if (share >= 0.0001) return `${(share * 100).toFixed(2)} %`;
	return share > 0 ? `1 in ${format.count(Number((1 / share).toPrecision(2)))}` : '0';
}
