/**
 * Distances from the least to the largest, thinned to `most` evenly through all of them; both ends are kept. O(n log n).
 */
export function distanceCurve(distances: Float64Array, most: number): Float64Array {
	const sorted = distances.slice().sort();
	const count = Math.min(most, sorted.length);
	const step = count > 1 ? (sorted.length - 1) / (count - 1) : 0;
	return Float64Array.from({ length: count }, (_, i) => sorted[Math.round(i * step)] as number);
}

/** The farthest are left out when looking for the knee: a few rows far from all would pull it up. */
const KNEE_SHARE = 0.99;
/** At the proposed distance at least this part of all rows is in dense places. */
const DENSE_SHARE = 0.9;

/**
 * The eps that a curve of rising distances proposes: its knee, as DBSCAN's authors advise, but enough for nine of ten rows
 * to be in dense places. The knee is the point farthest below the line between the ends (Satopää, Albrecht, Irwin and
 * Raghavan 2011), of the distances above 0 without the largest 1 %. Null where no distance is above 0.
 */
export function proposeDistance(curve: Float64Array): number | null {
	const positive = curve.filter((distance) => distance > 0);
	if (positive.length === 0) return null;
	const knee = kneeOf(positive.subarray(0, Math.ceil(positive.length * KNEE_SHARE)));
	return Math.max(knee, curve[Math.floor(curve.length * DENSE_SHARE)] as number);
}

function kneeOf(rising: Float64Array): number {
	const last = rising.length - 1;
	const [low, high] = [rising[0] as number, rising[last] as number];
	const depth = (i: number): number => i / last - ((rising[i] as number) - low) / (high - low);
	let knee = last;
	if (high > low) for (let i = last - 1; i >= 0; i -= 1) if (depth(i) > depth(knee)) knee = i;
	return rising[knee] as number;
}
