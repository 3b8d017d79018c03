import { keyOf } from './tokens.ts';

/** Whole sentences of every kind, as people say them. Those that come first are shown where nothing is alike. */
const EXAMPLES = [
	'Customers who bought in the last 90 days',
	'Customers who placed more than 3 orders a month and spent more than 500',
	'Customers who did not buy in the last 90 days',
	'Customers who were active in the last 30 days',
	'Customers who spent between 100 and 500',
	'Customers who spent more than 500 in the last 90 days',
	'Customers whose total spend is more than 500',
	'Customers whose last order was more than 90 days ago',
	'Customers who are new in the last 30 days',
	'Customers with more than 5 orders',
	'Customers who never bought a product with category “Garden”',
	'Customers who bought twice or more',
	'Customers who bought from the category “Garden”',
	'Customers who bought “Garden Chair” in the last 30 days',
	'Customers who viewed “Garden Chair” and bought “Raised Bed” within 7 days',
	'Customers who viewed “Garden Chair” but did not buy it within 7 days',
	'Customers who viewed a product at least 3 times in the last 7 days',
	'Customers who left a cart',
	'Customers who visited at least 3 times in the last 30 days',
	'Customers who opened a message in the last 30 days',
	'Customers who clicked in a message but did not order within 14 days',
	'Customers who were sent a message in the last 30 days',
	'Customers who did not buy in 90 days but opened a message in 30 days',
	'Customers from Germany',
	'Customers from the city of Graz',
	'Customers in Champions',
	'Customers not in Champions',
	'Customers whose first order was one with any discount',
	'Customers who placed an order with any discount',
	'Customers who are in Champions or spent more than 500'
] as const;

const MOST_SHOWN = 2;
/** Words that say nothing of what a sentence is about. */
const COMMON = new Set(
	'customers customer people who whose with and or but the a an in is are was were of than last not did'.split(
		' '
	)
);

/** The example sentences that are most like a text, at most two. @param canBeRead asked of those that are shown */
export function examplesLike(text: string, canBeRead: (example: string) => boolean): string[] {
	const typed = wordsOf(text);
	const ranked = EXAMPLES.map((example, place) => ({
		example,
		place,
		score: likeness(typed, wordsOf(example))
	}))
		.sort((a, b) => b.score - a.score || a.place - b.place)
		.map(({ example }) => example);
	const shown: string[] = [];
	for (const example of ranked) {
		if (shown.length < MOST_SHOWN && canBeRead(example)) shown.push(example);
	}
	return shown;
}

function wordsOf(text: string): Set<string> {
	const words = keyOf(text).match(/[\p{L}\p{N}]+/gu) ?? [];
	return new Set(words.filter((word) => !COMMON.has(word)).map(stem));
}

/** The beginning of a word, which it has in common with its other forms. */
function stem(word: string): string {
	return word.replace(/(?:ing|ed|es|s)$/, '').slice(0, 6);
}

/** The share of words in common (Jaccard), words weighing by how few sentences have them. */
function likeness(typed: ReadonlySet<string>, other: ReadonlySet<string>): number {
	let both = 0;
	for (const word of typed) if (other.has(word)) both += 1 / (1 + (FREQUENCY.get(word) ?? 0));
	return both;
}

const FREQUENCY = new Map<string, number>();
for (const example of EXAMPLES) {
	for (const word of wordsOf(example)) FREQUENCY.set(word, (FREQUENCY.get(word) ?? 0) + 1);
}
