import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuzzyFilter, fuzzyScore } from './fuzzy.ts';

const COMMANDS = ['Show people in Regulars', 'Go to Natural segments', 'Save segments as CSV', 'Undo'];
const find = (typed: string) => fuzzyFilter(typed, COMMANDS, (command) => command);

describe('fuzzy search', () => {
	it('keeps everything in order while nothing is typed', () => {
		expect(find('')).toEqual(COMMANDS);
	});

	it('finds by initials', () => {
		expect(find('gns')[0]).toBe('Go to Natural segments');
	});

	it('puts whole words before scattered letters', () => {
		expect(find('save')).toEqual(['Save segments as CSV']);
		expect(find('seg').slice(0, 2).toSorted()).toEqual(['Go to Natural segments', 'Save segments as CSV']);
	});

	it('ignores case, accents and blanks', () => {
		expect(fuzzyScore('CAFE OLE', 'Café au lait, olé')).not.toBeNull();
	});

	it('drops what does not fit', () => {
		expect(find('xyz')).toEqual([]);
	});

	it('finds every text by any of its beginnings', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme-ascii', minLength: 1 }), fc.nat(), (text, n) => {
				expect(fuzzyScore(text.slice(0, n % (text.length + 1)), text)).not.toBeNull();
			}),
			{ seed: 7 }
		);
	});
});
