import type { Matrix } from '#lib/core/matrix.ts';

/**
 * Groups of columns that say nearly the same: complete linkage on |correlation|, so that every pair of a group reaches
 * `threshold`. Groups of two or more, each ascending, in the order of their first columns. O(d³).
 */
export function nearCopies(correlations: Matrix, columns: readonly number[], threshold: number): number[][] {
	const alike = (a: number, b: number): number => {
		const r = Math.abs(correlations.values[a * correlations.columnCount + b] as number);
		return Number.isNaN(r) ? 0 : r;
	};
	let groups = columns.map((column) => [column]);
	for (;;) {
		const best = closestPair(groups, alike);
		if (best === null || best.least < threshold) break;
		const [first, second] = [groups[best.i] ?? [], groups[best.j] ?? []];
		const joined = [...first, ...second].sort((a, b) => a - b);
		groups = groups.flatMap((group) => (group === first ? [joined] : group === second ? [] : [group]));
	}
	return groups.filter(({ length }) => length > 1).sort(([a = 0], [b = 0]) => a - b);
}

/** The two groups whose least alike members are most alike; of equals the first two. */
function closestPair(
	groups: readonly (readonly number[])[],
	alike: (a: number, b: number) => number
): { i: number; j: number; least: number } | null {
	let best: { i: number; j: number; least: number } | null = null;
	for (let j = 1; j < groups.length; j += 1) {
		for (let i = 0; i < j; i += 1) {
			let least = 1;
			for (const a of groups[i] ?? []) for (const b of groups[j] ?? []) least = Math.min(least, alike(a, b));
			if (best === null || least > best.least) best = { i, j, least };
		}
	}
	return best;
}
