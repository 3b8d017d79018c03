import { COUNTRIES } from './countries.ts';
import { REGIONS, type RegionCountry } from './regions.ts';

/** A country or region: the code and the English name that it is written by. */
export interface Place {
	readonly code: string;
	readonly name: string;
}

/** A place by any way of writing it; undefined when the text names none. */
export type FindPlace = (text: string) => Place | undefined;

/**
 * How a name is compared: without case, accents, points, apostrophes and “the”; `&` is “and”, Saint is St, and everything else
 * that is no letter or digit is a blank, which letters that stand alone do without. The table is our own, so every machine reads the same.
 */
export function placeKey(text: string): string {
	return text
		.normalize('NFKD')
		.replaceAll(/[\u0300-\u036f.'’‘`]/g, '')
		.toLowerCase()
		.replaceAll('&', ' and ')
		.replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
		.trim()
		.replace(/^the /, '')
		.replaceAll(/(?<=(?:^| )\p{L}) (?=\p{L}(?: |$))/gu, '')
		.replaceAll(/\bsaint\b/g, 'st');
}

let countries: FindPlace | null = null;

/** Countries by ISO 3166-1 code, English name, endonym and other common names. */
export const findCountry: FindPlace = (text) => (countries ??= findAnyCountry())(text);

function findAnyCountry(): FindPlace {
	return finder(
		linesOf(COUNTRIES).map(([code = '', alpha3 = '', name = '', others = '']) => ({
			place: { code, name },
			written: [code, alpha3, name, ...others.split(';')]
		}))
	);
}

/** The states or provinces of a country, by code with or without the country before it, and by name. */
export function findRegion(country: RegionCountry): FindPlace {
	return finder(
		linesOf(REGIONS[country]).map(([code = '', name = '', others = '']) => ({
			place: { code, name },
			written: [code, `${country}-${code}`, name, ...others.split(';')]
		}))
	);
}

function linesOf(table: string): string[][] {
	return table
		.trim()
		.split('\n')
		.map((line) => line.split('|'));
}

/** @throws RangeError when two places are written alike */
function finder(
	places: readonly { readonly place: Place; readonly written: readonly string[] }[]
): FindPlace {
	const byKey = new Map<string, Place>();
	for (const { place, written } of places) {
		for (const key of written.map(placeKey)) {
			const known = byKey.get(key);
			if (known && known !== place) throw new RangeError(`${key}: ${known.code} and ${place.code}`);
			if (key !== '') byKey.set(key, place);
		}
	}
	return (text) => byKey.get(placeKey(text));
}
