/** The unique column names of a file, and those that had to be changed to be so. */
export interface ColumnNames {
	readonly names: readonly string[];
	/** As they are now. */
	readonly renamed: readonly string[];
}

/** Blanks and characters that show nothing: line breaks, NUL, byte order marks. */
const UNSEEN = /[\s\p{Cc}\uFEFF]+/gu;

/**
 * Unique names from header cells: blanks at the ends go, an empty cell becomes `column 3`, and a name that came before,
 * in whatever letter case, gets a number: `id`, `id (2)`. Cells beyond the header count as empty. Every other name, of
 * whatever length and meaning elsewhere, stays as it is.
 */
export function uniqueColumnNames(cells: readonly string[], columnCount: number): ColumnNames {
	const taken = new Set<string>();
	/** The number to try next for a name that is taken. */
	const copies = new Map<string, number>();
	const renamed: string[] = [];
	const names = Array.from({ length: columnCount }, (_, i) => {
		const wanted = (cells[i] ?? '').replace(UNSEEN, ' ').trim();
		const name = firstFree(wanted === '' ? `column ${i + 1}` : wanted, taken, copies);
		taken.add(name.toLowerCase());
		if (name !== wanted) renamed.push(name);
		return name;
	});
	return { names, renamed };
}

function firstFree(name: string, taken: ReadonlySet<string>, copies: Map<string, number>): string {
	const key = name.toLowerCase();
	let copy = copies.get(key) ?? 2;
	let free = name;
	for (; taken.has(free.toLowerCase()); copy += 1) free = `${name} (${copy})`;
	copies.set(key, copy);
	return free;
}

/** A column name as it is compared: letters and digits alone, in lower case, without accents. */
export function normalizedName(name: string): string {
	return name
		.normalize('NFKD')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}#]/gu, '');
}

/**
 * A short text that is the same for files of the same layout, whatever the order of their columns (FNV-1a, 64 bits,
 * http://www.isthe.com/chongo/tech/comp/fnv/).
 */
export function fingerprint(columns: readonly string[]): string {
	const bytes = new TextEncoder().encode(columns.map(normalizedName).sort().join('\n'));
	let hash = 0xcbf29ce484222325n;
	for (const byte of bytes) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
	return hash.toString(16).padStart(16, '0');
}
