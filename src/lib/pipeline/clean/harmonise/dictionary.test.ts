import fc from 'fast-check';
import { expect, it } from 'vitest';
import { byTrimmedText, combine, trimText, type Dictionary } from './dictionary.ts';

const look = (dictionary: Dictionary, text: string) =>
	new Map(byTrimmedText(dictionary)).get(trimText(text)) ?? text;

it('a dictionary is looked up by the text without blanks at its ends', () => {
	expect(byTrimmedText({ ' NYC\t': 'New York', NYC: 'New York City', '  ': 'x', LA: 'Los Angeles' })).toEqual(
		[
			['NYC', 'New York'],
			['LA', 'Los Angeles']
		]
	);
});

it('two dictionaries in one do what they do one after the other', () => {
	expect(combine({ nyc: 'NYC', la: 'LA' }, { NYC: 'New York', LA: 'la' })).toEqual({
		...{ NYC: 'New York', nyc: 'New York', LA: 'la' }
	});
	const text = fc.constantFrom('a', 'b', 'c', 'd', ' a');
	const dictionary = fc.dictionary(text, text);
	fc.assert(
		fc.property(dictionary, dictionary, text, (first, second, each) => {
			expect(trimText(look(combine(first, second), each))).toBe(trimText(look(second, look(first, each))));
		}),
		{ seed: 3, numRuns: 500 }
	);
});
