/**
 * Where a curve bends most: the point farthest from the straight line between its ends, with both axes from 0 to 1
 * (Kneedle without smoothing: Satopää, Albrecht, Irwin & Raghavan 2011). For inertia over the number of clusters it is the
 * elbow, for rising distances of neighbours the knee. O(n).
 *
 * @param xs ascending
 * @param ys as many
 * @returns an index; null when there are fewer than three points, they are no finite numbers, or nothing bends
 */
export function kneeIndex(xs: ArrayLike<number>, ys: ArrayLike<number>): number | null {
	const last = xs.length - 1;
	const [x0, y0] = [xs[0] as number, ys[0] as number];
	const [width, height] = [(xs[last] as number) - x0, (ys[last] as number) - y0];
	if (!(last >= 2) || !(width > 0) || !Number.isFinite(width) || !Number.isFinite(height)) return null;
	let [knee, farthest] = [-1, LEAST_BEND];
	for (let i = 1; i < last; i += 1) {
		const alongX = ((xs[i] as number) - x0) / width;
		const alongY = height === 0 ? 0 : ((ys[i] as number) - y0) / height;
		const distance = Math.abs(alongX - alongY);
		if (distance > farthest) [knee, farthest] = [i, distance];
	}
	return knee === -1 || height === 0 ? null : knee;
}

/** Distances from the line that are rounding. */
const LEAST_BEND = 1e-9;
