/**
 * How well a typed text fits a candidate: every letter must occur in order, whatever stands between. Starts of
 * words and letters that follow each other count more, so that "gns" finds "Go to Natural segments" and "seg" finds
 * "Segments" first. Null when it does not fit; 0 for an empty text.
 */
export function fuzzyScore(typed: string, candidate: string): number | null {
	const wanted = fold(typed).replaceAll(' ', '');
	const text = fold(candidate);
	const contiguous = text.indexOf(fold(typed).trim());
	let score = contiguous < 0 || wanted === '' ? 0 : wordStart(text, contiguous) ? 40 : 20;
	let at = -1;
	for (const letter of wanted) {
		const next = nextAt(text, letter, at);
		if (next < 0) return null;
		if (next === at + 1) score += 3;
		else if (wordStart(text, next)) score += 2;
		at = next;
	}
	return wanted === '' ? 0 : score - candidate.length / 100;
}

/** The items that fit, best first; items that fit equally well keep their order. */
export function fuzzyFilter<Item>(
	typed: string,
	items: readonly Item[],
	textOf: (item: Item) => string
): Item[] {
	const scored = items.map((item) => ({ item, score: fuzzyScore(typed, textOf(item)) }));
	return scored
		.filter((entry): entry is { item: Item; score: number } => entry.score !== null)
		.sort((a, b) => b.score - a.score)
		.map(({ item }) => item);
}

// The letter right after the last one, else at the start of a later word, else anywhere later.
function nextAt(text: string, letter: string, after: number): number {
	if (text[after + 1] === letter) return after + 1;
	const word = text.indexOf(` ${letter}`, after + 1);
	return word >= 0 ? word + 1 : text.indexOf(letter, after + 1);
}

function wordStart(text: string, at: number): boolean {
	return at === 0 || text[at - 1] === ' ';
}

function fold(text: string): string {
	return text
		.normalize('NFD')
		.replaceAll(/\p{Mn}/gu, '')
		.toLowerCase();
}
