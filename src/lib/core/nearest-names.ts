/**
 * The names that a word may have been meant for, the nearest first: those whose edit distance, whatever the case, is at
 * most a third of the longer one's length and never under 1. The last part of a dotted name counts as a name too.
 */
export function nearestNames(word: string, names: Iterable<string>, most = 3): string[] {
	const wanted = word.toLowerCase();
	return [...new Set(names)]
		.map((name) => ({ name, distance: distanceTo(wanted, name.toLowerCase()) }))
		.filter(({ name, distance }) => distance <= mostEdits(wanted, name))
		.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
		.slice(0, most)
		.map(({ name }) => name);
}

function mostEdits(wanted: string, name: string): number {
	return Math.max(1, Math.floor(Math.max(wanted.length, name.length) / 3));
}

function distanceTo(wanted: string, name: string): number {
	const last = name.slice(name.lastIndexOf('.') + 1);
	return Math.min(editDistance(wanted, name), editDistance(wanted, last));
}

/**
 * Insertions, deletions, substitutions and swaps of neighbours that turn one text into the other, no part edited twice
 * (optimal string alignment).
 */
export function editDistance(a: string, b: string): number {
	let beforeLast: number[] = [];
	let last = Array.from({ length: b.length + 1 }, (_, j) => j);
	for (let i = 1; i <= a.length; i++) {
		const current = [i];
		for (let j = 1; j <= b.length; j++) {
			const isSame = a[i - 1] === b[j - 1];
			let best = Math.min(at(last, j) + 1, at(current, j - 1) + 1, at(last, j - 1) + (isSame ? 0 : 1));
			if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, at(beforeLast, j - 2) + 1);
			current.push(best);
		}
		[beforeLast, last] = [last, current];
	}
	return at(last, b.length);
}

function at(values: readonly number[], index: number): number {
	return values[index] ?? Infinity;
}
