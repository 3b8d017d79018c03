/** A kind of value, which somebody has to type: `a number`, `a text in quotes`, `the end of the sentence`. */
const KIND = /^(an? |the end )/;

/** True for words that can be put into a sentence as they are. */
export function isTypable(words: string): boolean {
	return !KIND.test(words);
}

/** What a word of a typed sentence is taken to mean, where that is not plain; null: it is. */
export function noteOn(text: string): string | null {
	return /\b(?:in)?active\b(?! in (?:several|one|no))/i.test(text)
		? 'Active means with an order in that time, whatever else they did.'
		: null;
}

/** The sentence with words put in at a place, in the stead of the part of them that stands before it. */
export function completed(
	text: string,
	place: number,
	words: string
): { readonly text: string; readonly caret: number } {
	const before = text.slice(0, place);
	const kept = before.slice(0, before.length - startOf(before, words));
	const gap = kept === '' || /[\s(]$/.test(kept) ? '' : ' ';
	const start = `${kept}${gap}${words} `;
	return { text: start + text.slice(place).trimStart(), caret: start.length };
}

/** How much of the end of a text is the beginning of words. */
function startOf(before: string, words: string): number {
	const plain = (part: string) => part.toLowerCase().replace(/^[“"„]/, '');
	for (let length = Math.min(before.length, words.length); length > 0; length -= 1) {
		const tail = before.slice(-length);
		const isWhole = /(^|[\s(])$/.test(before.slice(0, -length));
		if (isWhole && tail.trim() !== '' && plain(words).startsWith(plain(tail))) return length;
	}
	return 0;
}
