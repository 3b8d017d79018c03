import { clusterSizes, contingency, type Labeling } from '#lib/stats/labeling.ts';

/** A segment of the second labeling that has the people of one of the first. */
export interface Likeness {
	readonly like: number | null;
	readonly overlap: number | null;
}

/**
 * For each cluster of the first labeling, the one of the second that it is like: pairs by falling Jaccard, each cluster used
 * once; ties by the lower numbers. Null where none with a shared row is left. O(n + k·k·log k).
 */
export function likenesses(first: Labeling, second: Labeling): Likeness[] {
	const shared = contingency(first, second);
	const [own, other] = [clusterSizes(first), clusterSizes(second)];
	const pairs = Array.from(shared, (both, at) => {
		const [a, b] = [Math.floor(at / second.clusterCount), at % second.clusterCount];
		return { a, b, overlap: both / ((own[a] as number) + (other[b] as number) - both) };
	}).filter(({ overlap }) => overlap > 0);
	const found = new Map<number, Likeness>();
	const used = new Set<number>();
	for (const { a, b, overlap } of pairs.toSorted((x, y) => y.overlap - x.overlap || x.a - y.a || x.b - y.b)) {
		if (found.has(a) || used.has(b)) continue;
		found.set(a, { like: b, overlap });
		used.add(b);
	}
	return Array.from(own, (_, a) => found.get(a) ?? { like: null, overlap: null });
}
