import { pause } from '#lib/core/pause.ts';
import { throwIfAborted } from '#lib/core/progress.ts';
import type { Compute } from '../../compute.ts';
import type { ClusterProfile } from '../../segment/schema.ts';
import { toSpace } from '../../segment/space.ts';

/** The `next` of somebody who has none. */
export const NOBODY = 255;
/** Somebody is between two clusters when the next one is at most so much farther than the own one. */
const BETWEEN = 1.1;
const ROWS_PER_PART = 50_000;

/** The nearest cluster of each customer besides their own, by its centre, and who is nearly as near to it. */
export const neighbours: Compute['neighbours'] = async (input, signal, onProgress) => {
	const { values, rowCount, columnCount } = toSpace(input.data, input);
	const next = new Uint8Array(rowCount).fill(NOBODY);
	const isBetween = new Uint8Array(rowCount);
	for (let row = 0; row < rowCount; row += 1) {
		if (row % ROWS_PER_PART === 0) {
			onProgress({ what: 'Looking at neighbours', share: row / rowCount });
			await pause();
			throwIfAborted(signal);
		}
		const point = values.subarray(row * columnCount, (row + 1) * columnCount);
		const own = input.labels[row] as number;
		let [least, ownDistance] = [Infinity, Infinity];
		input.centres.forEach((centre, cluster) => {
			if (centre === null) return;
			const distance = squaredDistance(point, centre);
			if (cluster === own) ownDistance = distance;
			else if (distance < least) [least, next[row]] = [distance, cluster];
		});
		isBetween[row] = Number(
			least < Infinity && least <= BETWEEN ** 2 * ownDistance && ownDistance < Infinity
		);
	}
	return { next, isBetween };
};

function squaredDistance(point: Float64Array, centre: readonly number[]): number {
	let sum = 0;
	for (let c = 0; c < point.length; c += 1) sum += ((point[c] as number) - (centre[c] as number)) ** 2;
	return sum;
}

/** How alike two clusters are. */
export interface Likeness {
	readonly other: number;
	/** Root mean square of the differences of their means, in deviations of all customers. */
	readonly distance: number;
	/** The compared feature that tells them apart most: its id, and how much more the cluster has than the other, in deviations. */
	readonly apart: { readonly feature: string; readonly difference: number } | null;
}

/** The other clusters of one, the most alike first; the people of no group are left out. */
export function likenesses(profiles: readonly ClusterProfile[], cluster: number): Likeness[] {
	const own = profiles[cluster];
	if (own === undefined || own.isNoise) return [];
	return profiles
		.filter((other) => other !== own && !other.isNoise)
		.map((other) => {
			const differences = own.values.map(({ feature, effect }, f) => ({
				feature,
				difference: effect - (other.values[f]?.effect ?? 0)
			}));
			const squares = differences.reduce((sum, { difference }) => sum + difference ** 2, 0);
			const [apart = null] = differences.toSorted((a, b) => Math.abs(b.difference) - Math.abs(a.difference));
			return { other: other.cluster, distance: Math.sqrt(squares / Math.max(1, differences.length)), apart };
		})
		.toSorted((a, b) => a.distance - b.distance || a.other - b.other);
}
