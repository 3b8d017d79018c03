import { ALPHABETS, COMMON_CHARACTERS, SCRIPTS, type Script } from './alphabets.ts';
import { textDecoding } from './decode-text.ts';
import type { EncodingName } from './schema.ts';

/** Of equally good encodings the first wins. UTF-8 and UTF-16 are told apart without guessing. */
const CANDIDATES = [
	'windows-1252',
	'windows-1254',
	'windows-1250',
	'windows-1251',
	'windows-1253',
	'windows-1255',
	'windows-1256',
	'shift_jis',
	'gb18030',
	'euc-kr',
	'big5',
	'euc-jp',
	'koi8-r',
	'macintosh',
	'iso-8859-2',
	'iso-8859-5',
	'iso-8859-7',
	'iso-8859-9',
	'iso-8859-15',
	'ibm866'
] as const satisfies readonly EncodingName[];

/** What a reading must have over that in Windows-1252: more for encodings of other scripts, and for those few files have. */
const RARITY: Readonly<Partial<Record<EncodingName, number>>> = {
	'windows-1252': 0,
	'windows-1250': 0.1,
	'windows-1254': 0.1,
	'iso-8859-15': 0.1,
	'iso-8859-2': 0.2,
	'iso-8859-9': 0.2,
	macintosh: 1
};
const USUAL_RARITY = 0.5;

type Candidate = (typeof CANDIDATES)[number];

const IMPOSSIBLE = -5;
const LETTER = /\p{L}/u;
const LOWER = /\p{Ll}/u;
const UPPER = /\p{Lu}/u;
/** Signs that stand in names, prices and sentences. */
const CURRENCIES = '€£¥';
const COMMON_SIGNS = '’‘“”„–—…™®©°«»¿¡№・「」、。（）ー，：';
const NOTHING = /[\u0080-\u009f\ufffd\p{Co}\p{Cn}]/u;

/**
 * The encoding in which the words read best, of those that are neither UTF-8 nor UTF-16. `words` holds cells with bytes
 * above 0x7F, parted by line ends. Windows-1252 when nothing speaks for another.
 *
 * Each reading is scored letter by letter: letters that a language of the encoding uses speak for it, and words that mix
 * scripts or letter cases, signs within words and bytes that mean nothing against it. This needs a few words, where
 * statistics over letter groups need pages: a table has accents only in its names.
 */
export function guessEncoding(words: Uint8Array): EncodingName {
	let best: Candidate = 'windows-1252';
	let bestScore = -Infinity;
	for (const encoding of CANDIDATES) {
		const score =
			scoreText(textDecoding(encoding).decode(words), encoding) - (RARITY[encoding] ?? USUAL_RARITY);
		if (score <= bestScore) continue;
		best = encoding;
		bestScore = score;
	}
	return best;
}

function scoreText(text: string, encoding: Candidate): number {
	let score = 0;
	for (const word of new Set(text.match(/[^\s,;|"<>=:()/]+/gu) ?? [])) {
		if (/[^\0-\x7f]/.test(word)) score += scoreWord([...word], encoding);
	}
	return score;
}

function scoreWord(word: readonly string[], encoding: Candidate): number {
	const shape = word.reduce((sum, char, i) => (char > '\x7f' ? sum + shapeOf(word, char, i) : sum), 0);
	const alphabets = ALPHABETS[encoding] ?? [];
	if (alphabets.length === 0) return shape + wideLetters(word, encoding);
	return shape + Math.max(...alphabets.map((alphabet) => lettersOf(word, alphabet)));
}

/** What speaks against a character where it stands, whatever the language. */
function shapeOf(word: readonly string[], char: string, i: number): number {
	if (NOTHING.test(char)) return IMPOSSIBLE;
	const before = word[i - 1] ?? '';
	const after = word[i + 1] ?? '';
	const isInside = LETTER.test(before) && LETTER.test(after);
	if (!LETTER.test(char)) return scoreSign(char, isInside, LETTER.test(after));
	return (
		mixOf(char, before) + mixOf(char, after) + caseOf(char, before, after) + digitOf(char, before + after)
	);
}

function scoreSign(char: string, isInside: boolean, isBeforeLetter: boolean): number {
	if (/\p{M}/u.test(char)) return 0;
	if (char === '’') return isInside ? 1.2 : isBeforeLetter ? 0.2 : 0.5;
	if (isInside) return -1;
	if (CURRENCIES.includes(char)) return isBeforeLetter ? -0.5 : 1.2;
	if (!COMMON_SIGNS.includes(char)) return -0.4;
	return isBeforeLetter && '°™®©–…'.includes(char) ? -0.5 : 0.5;
}

/** Letters of two scripts side by side; Japanese mixes its own. */
function mixOf(char: string, neighbour: string): number {
	if (!LETTER.test(neighbour)) return 0;
	const one = scriptOf(char);
	const other = scriptOf(neighbour);
	if (one === other) return one === 'latin' && neighbour > '\x7f' && !isUsualPair(char, neighbour) ? -0.3 : 0;
	return isEastAsian(one) && isEastAsian(other) ? 0 : -1.5;
}

/** Accented letters seldom stand side by side, except doubled ones and ß. */
function isUsualPair(char: string, neighbour: string): boolean {
	return char === neighbour || char === 'ß' || neighbour === 'ß';
}

/** Letters of an alphabet do not stand beside digits: `Ł12.00` was `£12.00`. */
function digitOf(char: string, neighbours: string): number {
	return /\d/.test(neighbours) && !isEastAsian(scriptOf(char)) ? -0.5 : 0;
}

function caseOf(char: string, before: string, after: string): number {
	if (!UPPER.test(char) || !LETTER.test(before)) return 0;
	return LOWER.test(before) || LOWER.test(after) ? -1.5 : 0;
}

function lettersOf(word: readonly string[], alphabet: (typeof ALPHABETS)[string][number]): number {
	let sum = 0;
	word.forEach((char, i) => {
		if (char <= '\x7f' || !LETTER.test(char)) return;
		const rule = alphabet.rules?.find(({ letters }) => letters.includes(char));
		const before = word[i - 1] ?? '';
		const after = word[i + 1] ?? '';
		if (rule !== undefined && !rule.holds(before, after)) sum += 0.1;
		else sum += alphabet.weight(char.toLowerCase());
	});
	return sum;
}

/** Characters of two bytes count twice, since the same bytes are two letters elsewhere. */
function wideLetters(word: readonly string[], encoding: Candidate): number {
	const common = COMMON_CHARACTERS[encoding] ?? '';
	let sum = 0;
	for (const char of word) {
		if (char <= '\x7f' || !LETTER.test(char)) continue;
		sum += wideWeight(char, scriptOf(char), encoding, common);
	}
	return sum;
}

function wideWeight(char: string, script: Script | null, encoding: Candidate, common: string): number {
	const isJapanese = encoding === 'shift_jis' || encoding === 'euc-jp';
	if (script === 'kana') {
		if (/[\uff66-\uff9f]/.test(char)) return encoding === 'shift_jis' ? 0.4 : -1;
		return isJapanese ? 2 : -1;
	}
	if (common.includes(char)) return 2;
	if (script === 'hangul') return encoding === 'euc-kr' ? 0.8 : -1;
	if (script !== 'han') return -1;
	return encoding === 'euc-kr' ? -1 : 0.6;
}

function isEastAsian(script: Script | null): boolean {
	return script === 'kana' || script === 'han' || script === 'hangul';
}

function scriptOf(char: string): Script | null {
	return SCRIPTS.find(({ pattern }) => pattern.test(char))?.script ?? null;
}
