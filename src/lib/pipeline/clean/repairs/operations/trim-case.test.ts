import fc from 'fast-check';
import { expect, it } from 'vitest';
import { describeEngines } from '../../../../../../tests/support/engines.ts';
import { makeSource } from '../../../../../../tests/support/raw-tables.ts';
import { makeRepair, repairRows } from '../../../../../../tests/support/repairs.ts';

const source = makeSource(['Name'], {});
const FAMILY = '👨\u200D👩\u200D👧';
const PERSIAN = 'می\u200Cخواهم';

describeEngines('trimming and letters', (engine) => {
	async function written(texts: readonly string[], letters = 'as_written', singleBlanks = true) {
		const rows = texts.map((text) => [text]);
		const step = makeRepair(source, 'trim_case', ['Name'], { case: letters, singleBlanks });
		return (await repairRows(engine(), source, rows, [step])).texts.map(([text]) => text);
	}

	it.each([
		[`  ${FAMILY} `, FAMILY],
		[`${FAMILY}\u200B\u00A0`, FAMILY],
		[`a ❤\uFE0F\u200D \u200F`, `a ❤\uFE0F\u200D`],
		[`👩🏽\u200D`, `👩🏽\u200D`],
		[`${PERSIAN}\u200C `, PERSIAN],
		['\u200Fשלום\u200E (a\u200Fb)\u200F', 'שלום\u200E (a\u200Fb)'],
		['\uFEFF\u00A0 Leeds \u3000\u2028 York\u00AD\u202C', 'Leeds York'],
		['a \u200B b\u200Bc', 'a \u200B b\u200Bc'],
		['a\n\t\v\u0085 b', 'a b'],
		[' \u200D\u200C ', ''],
		['', '']
	])('of %j leaves %j', async (text, trimmed) => {
		expect(await written([text])).toEqual([trimmed]);
	});

	it.each([
		["sean o'neil", "Sean O'Neil"],
		['JEANNE D’ARC', 'Jeanne D’Arc'],
		["l'oréal and the boss's don't, i'll", "L'Oréal And The Boss's Don't, I'll"],
		['jean-luc  PICARD', 'Jean-Luc Picard'],
		['zoe\u0308 E\u0301COLE', 'Zoe\u0308 E\u0301cole'],
		["e\u0301'cole", "E\u0301'Cole"],
		['(anna) "mary/sue" st.gallen', '(Anna) "Mary/Sue" St.Gallen'],
		['3RD avenue', '3rd Avenue'],
		[PERSIAN, PERSIAN],
		[FAMILY, FAMILY],
		['an\u200Cna', 'An\u200Cna'],
		['', ''],
		['-', '-']
	])('%j in title case is %j', async (text, title) => {
		expect(await written([text], 'title')).toEqual([title]);
	});

	it('changes blanks alone inside, and nothing the second time', async () => {
		const pieces = fc.constantFrom(
			...[' ', '\u00A0', '\n', '\u200B', '\u200C', '\u200D', '\u200F', '\u202B', '\uFEFF', '\uFE0F'],
			...['a', 'É', 'e\u0301', "'", '-', '👩', '🏽', '❤', 'م', 'ש', FAMILY]
		);
		const texts = fc
			.sample(fc.array(pieces, { maxLength: 9 }), { seed: 11, numRuns: 400 })
			.map((each) => each.join(''));
		const once = await written(texts);
		expect(await written(once.map(String))).toEqual(once);
		const ends =
			/^[\s\p{Z}\u00AD\u200B-\u200F\u202A-\u202E\uFEFF]+|(?<![\p{So}\uFE0F\u{1F3FB}-\u{1F3FF}])[\s\p{Z}\u00AD\u200B-\u200F\u202A-\u202E\uFEFF]$/u;
		once.forEach((text, i) => {
			expect(text).not.toMatch(ends);
			const solid = (of: string) => of.replaceAll(/[\p{Z}\n]/gu, '');
			expect(solid(texts[i] ?? '')).toContain(solid(text ?? ''));
			expect(text).not.toMatch(/[\p{Z}\n]{2}/u);
		});
		const titled = await written(texts, 'title');
		expect(await written(titled.map(String), 'title')).toEqual(titled);
		titled.forEach((text, i) => expect(text?.toLowerCase()).toBe(once[i]?.toLowerCase()));
	});

	it('keeps several blanks when asked to', async () => {
		expect(await written([' a  \u00A0b '], 'upper', false)).toEqual(['A  \u00A0B']);
	});
});
