/** Longer names are cut, so that ids stay readable. */
const MOST_LETTERS = 40;

/** Something that a file has, and what it is called. */
export interface Named {
	readonly value: string;
	readonly name: string;
}

/**
 * Words for ids of what comes from files, by value, each once: `Home & Décor` is `home_decor`. Names whose words would be the
 * same, empty or cut have a fingerprint of the value behind them, so an id never comes to stand for something else.
 * Of two values that cannot be told apart even so, the first has a slug.
 */
export function slugsOf(found: readonly Named[]): Map<string, string> {
	const plain = found.map(({ name }) => words(name));
	const counts = new Map<string, number>();
	for (const slug of plain) counts.set(slug, (counts.get(slug) ?? 0) + 1);
	const slugs = new Map<string, string>();
	const taken = new Set<string>();
	found.forEach(({ value }, i) => {
		const word = plain[i] ?? '';
		const isPlain = word !== '' && word.length <= MOST_LETTERS && counts.get(word) === 1;
		const start = word.slice(0, MOST_LETTERS).replace(/_$/, '');
		const slug = isPlain ? word : [start, fingerprint(value)].filter(Boolean).join('_');
		if (taken.has(slug)) return;
		taken.add(slug);
		slugs.set(value, slug);
	});
	return slugs;
}

function words(text: string): string {
	const letters = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
	return letters.replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '');
}

/** FNV-1a (Fowler, Noll and Vo) over UTF-16 units, in 32 bits, as up to seven letters and digits. */
function fingerprint(text: string): string {
	let hash = 0x811c9dc5;
	for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
	return (hash >>> 0).toString(36);
}
