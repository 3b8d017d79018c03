import type { Format } from '#lib/core/format.ts';
import { counted } from '#lib/core/words.ts';
import type { ClusterProfile } from '#lib/pipeline/segment/schema.ts';

/** Who belongs to their segment less surely than this stands between segments. */
export const SURE_AT = 0.6;

/** People of a segment who belong to it less surely. */
export interface UnsureOf {
	readonly cluster: number;
	/** Their `idx`, ascending. */
	readonly rows: Int32Array;
	/** Of the people of the segment. */
	readonly share: number;
}

/** Who stands between segments. */
export interface Unsure {
	/** `idx`, ascending. */
	readonly rows: Int32Array;
	/** Every segment, in its order; people of no group are not asked. */
	readonly segments: readonly UnsureOf[];
}

/** @param confidence how surely each customer belongs to their segment, 0 to 1 */
export function unsurePeople(
	confidence: ArrayLike<number>,
	labels: ArrayLike<number>,
	profiles: readonly Pick<ClusterProfile, 'cluster' | 'isNoise' | 'customers'>[]
): Unsure {
	const noise = new Set(profiles.filter(({ isNoise }) => isNoise).map(({ cluster }) => cluster));
	const found = new Map<number, number[]>();
	const all: number[] = [];
	for (let row = 0; row < labels.length; row += 1) {
		const cluster = labels[row] as number;
		if ((confidence[row] as number) >= SURE_AT || noise.has(cluster)) continue;
		all.push(row);
		const own = found.get(cluster);
		if (own) own.push(row);
		else found.set(cluster, [row]);
	}
	return {
		rows: Int32Array.from(all),
		segments: profiles
			.filter(({ isNoise }) => !isNoise)
			.map(({ cluster, customers }) => {
				const rows = Int32Array.from(found.get(cluster) ?? []);
				return { cluster, rows, share: rows.length / Math.max(1, customers) };
			})
	};
}

/** The finding: how many people are unsure. */
export function betweenTitle(people: number, customers: number, isAtEdge: boolean, format: Format): string {
	const where = isAtEdge ? 'at the edge of their segment' : 'between segments';
	if (people === 0) return `Nobody stands ${where}`;
	const share = format.percent(people / Math.max(1, customers));
	const stand = people === 1 ? 'stands' : 'stand';
	return `${counted(people, 'person', format, 'people')} ${stand} ${where}, ${share} of all`;
}

/** What being unsure means: by the densities of a place, or by the odds of two groups. */
export function betweenWords(people: number, isAtEdge: boolean): string {
	if (people === 0) return `Everyone belongs to their segment with at least ${100 * SURE_AT}%.`;
	return isAtEdge
		? 'They belong to a dense place, but live where it thins out. Message them last.'
		: 'Another segment is nearly as likely for them. Do not build a story on them: either message suits.';
}
