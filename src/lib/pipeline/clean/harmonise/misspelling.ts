import { findCountry, findRegion } from '../places/names.ts';
import { REGION_COUNTRIES } from '../places/regions.ts';
import { editDistance } from './edit-distance.ts';

/** A label as it is compared. */
export interface ComparedLabel {
	readonly words: readonly string[];
	/** What `knownPlaces` says of it. */
	readonly places: readonly string[];
}

/** Beginnings that turn a word into another one: unpaid, inactive, womens. */
const TURNING = [
	'un',
	'in',
	'im',
	'ir',
	'il',
	'non',
	'dis',
	'de',
	're',
	'ex',
	'mis',
	'wo',
	'fe',
	'pre',
	'sub'
];
const ROMAN = /^[ivx]+$/;
/** A word of so many labels is one in its own right. */
const ESTABLISHED = 3;

const regionFinders = REGION_COUNTRIES.map((country) => ({ country, find: findRegion(country) }));

/** Countries and regions that a text names in full; codes are left out, since other things have such codes too. */
export function knownPlaces(text: string): readonly string[] {
	if (text.length <= 3) return [];
	const country = findCountry(text)?.code;
	const regions = regionFinders.flatMap(({ country: of, find }) => {
		const region = find(text)?.code;
		return region === undefined ? [] : [`${of}-${region}`];
	});
	return [...(country === undefined ? [] : [country]), ...regions];
}

/** Both name places, and no place in common: Gambia and Zambia. */
export function areDifferentPlaces(a: ComparedLabel, b: ComparedLabel): boolean {
	return a.places.length > 0 && b.places.length > 0 && !a.places.some((place) => b.places.includes(place));
}

/**
 * Whether one of two labels that are a few letters apart may be a misspelling of the other, word by word: not when numerals,
 * single letters or short codes differ (Plan A and Plan B), a beginning turns a word around (paid and unpaid), or both words
 * stand in several other labels (red and bed).
 *
 * @param labelsWith how many labels have a word
 */
export function mayBeMisspelling(
	a: ComparedLabel,
	b: ComparedLabel,
	labelsWith: (word: string) => number
): boolean {
	if (areDifferentPlaces(a, b)) return false;
	if (a.words.length === b.words.length) {
		return a.words.every((word, i) => mayBeSameWord(word, b.words[i] ?? '', labelsWith));
	}
	const onlyOnce = [
		...a.words.filter((word) => !b.words.includes(word)),
		...b.words.filter((word) => !a.words.includes(word))
	];
	const [joinedA, joinedB] = [a.words.join(''), b.words.join('')];
	return (
		onlyOnce.every((word) => word.length > 1 && !ROMAN.test(word)) && editDistance(joinedA, joinedB, 1) <= 1
	);
}

function mayBeSameWord(a: string, b: string, labelsWith: (word: string) => number): boolean {
	if (a === b) return true;
	const longer = Math.max(a.length, b.length);
	const limit = longer < 3 ? 0 : longer < 9 ? 1 : 2;
	if (ROMAN.test(a) && ROMAN.test(b)) return false;
	if (TURNING.some((start) => start + a === b || start + b === a)) return false;
	if (labelsWith(a) >= ESTABLISHED && labelsWith(b) >= ESTABLISHED) return false;
	const distance = editDistance(a, b, limit);
	// Whoever makes two mistakes seldom makes one in the first letter: Northampton is not Southampton.
	return distance <= 1 ? distance <= limit : distance <= limit && a.startsWith(b.slice(0, 1));
}
