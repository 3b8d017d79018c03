import { columnOf, rowsOf, type Matrix } from '#lib/core/matrix.ts';
import { throwIfAborted } from '#lib/core/progress.ts';
import { deriveSeed, sampleWithoutReplacement, seeded } from '#lib/core/random.ts';
import type { Compute } from '#lib/pipeline/compute.ts';
import { kmeans } from '#lib/stats/kmeans.ts';
import { clusterSizes, type Labeling } from '#lib/stats/labeling.ts';
import { mean, variance } from '#lib/stats/moments.ts';
import { pca } from '#lib/stats/pca.ts';
import { median } from '#lib/stats/quantile.ts';
import { drawGroupFree, fitGroupFree } from '#lib/stats/reference-sets.ts';
import { saddle } from '#lib/stats/saddle.ts';
import { silhouetteSamples } from '#lib/stats/silhouette.ts';
import { spreadColumns } from '#lib/stats/spread-ties.ts';
import { GAP_BELOW, sizeFloor } from './choose-count.ts';
import type { Look } from './compute.ts';
import { toSpace } from './space.ts';

/** Facts are of at most this many customers. */
const SAMPLE_ROWS = 5000;
const FAR_DEVIATIONS = 6;
/** A median absolute deviation times this is a standard deviation of normal numbers. */
const DEVIATIONS_OF_MAD = 1.4826;
/** Enough to see shapes; a look takes a blink of an eye. */
const LOOK_ROWS = 800;
const COUNTS = [2, 3, 4, 5, 6];
const STARTS = 4;
/** Enough for made customers: no grouping of theirs has to be found again. */
const SET_STARTS = 1;
/** Sets of made customers without groups, and how far above them counts (as in `group-free.ts`, of fewer sets). */
const SETS = 5;
const SET_ROWS = 400;
const CHANCE_DEVIATIONS = 3;
const LEAST_EXCESS = 0.025;
const LEAST_EXCESS_ROWS = 1000;
const SMALL_SHARE = 0.02;
/** Fewest people of a group whose shape is told. */
const SHAPED_ROWS = 20;

/** A quick look at customers: who lies far out, and the groups that k-means sees. Of a sample; O(n·d). */
export const look: Compute['look'] = async ({ data, seed, ...space }, signal) => {
	throwIfAborted(signal);
	const count = Math.min(SAMPLE_ROWS, data.rowCount);
	const sample = sampleWithoutReplacement(seeded(deriveSeed(seed, 0)), count, data.rowCount);
	const scaled = toSpace(rowsOf(data, sample), space);
	return { outlyingShare: outlyingShare(scaled), ...lookAt(scaled, seed) };
};

/**
 * Groups k-means sees among some customers, at the number of groups from 2 to 6 that stands farthest above customers
 * without groups by its silhouette. The same for the same customers and seed. O(n²·d) for a sample of at most 800 of the rows.
 */
function lookAt(scaled: Matrix, seed: number): Omit<Look, 'outlyingShare'> {
	const sample = sampleWithoutReplacement(seeded(deriveSeed(seed, 0)), LOOK_ROWS, scaled.rowCount);
	const rows = rowsOf(scaled, sample);
	const found = groupings(rows, seed, STARTS);
	const free = fitGroupFree(rows);
	const made = Array.from({ length: SETS }, (_, set) => {
		const own = deriveSeed(seed, 1 + set);
		return groupings(drawGroupFree(free, Math.min(SET_ROWS, rows.rowCount), seeded(own)), own, SET_STARTS);
	});
	const excess = found.map(({ silhouette }, i) => {
		const chance = made.map((set) => set[i]?.silhouette ?? 0);
		const least = LEAST_EXCESS * Math.sqrt(Math.max(1, LEAST_EXCESS_ROWS / rows.rowCount));
		return silhouette - mean(chance) - Math.max(CHANCE_DEVIATIONS * Math.sqrt(variance(chance)), least);
	});
	const best = found[excess.indexOf(Math.max(...excess))];
	if (best === undefined) return { outlyingGroups: 0, elongation: 1, sizeRatio: 1, hasGroups: false };
	const spread = spreadColumns(rows);
	const hasGap = ({ labeling }: Grouping): boolean =>
		saddle(spread, labeling, sizeFloor(rows.rowCount)) < GAP_BELOW;
	const sizes = clusterSizes(best.labeling).filter((size) => size > 0);
	return {
		outlyingGroups: sizes.filter((size) => size < SMALL_SHARE * rows.rowCount).length,
		elongation: elongation(rows, best.labeling),
		sizeRatio: Math.max(...sizes) / Math.min(...sizes),
		hasGroups: found.some((grouping, i) => (excess[i] as number) > 0 && hasGap(grouping))
	};
}

interface Grouping {
	readonly labeling: Labeling;
	readonly silhouette: number;
}

function groupings(rows: Matrix, seed: number, starts: number): Grouping[] {
	const labelings = COUNTS.filter((clusterCount) => clusterCount < rows.rowCount).map((clusterCount) => ({
		labels: bestOf(rows, clusterCount, seed, starts),
		clusterCount
	}));
	const silhouettes = silhouetteSamples(rows, labelings);
	return labelings.map((labeling, i) => ({ labeling, silhouette: mean(silhouettes[i] ?? []) }));
}

/** Of a few single starts the one with the least inertia: quicker than a search that goes on where they disagree. */
function bestOf(rows: Matrix, clusterCount: number, seed: number, starts: number): Uint8Array {
	const fits = Array.from({ length: starts }, (_, start) =>
		kmeans(rows, { clusterCount, seed: deriveSeed(seed, start), initCount: 1 })
	);
	return fits.reduce((best, fit) => (fit.inertia < best.inertia ? fit : best)).labels;
}

/** The middle one, over groups of some people, of the deviations along the two widest axes, divided; at most 100. */
function elongation(rows: Matrix, { labels, clusterCount }: Labeling): number {
	const groups = Array.from({ length: clusterCount }, (_, cluster) =>
		Int32Array.from({ length: labels.length }, (_, row) => row).filter((row) => labels[row] === cluster)
	);
	const ratios = groups
		.filter(({ length }) => length >= SHAPED_ROWS)
		.map((own) => {
			const [widest = 0, next = 0] = pca(rowsOf(rows, own)).eigenvalues;
			return widest === 0 || rows.columnCount < 2 ? 1 : Math.min(100, Math.sqrt(widest / next));
		});
	return ratios.length === 0 ? 1 : median(ratios);
}

function outlyingShare(scaled: Matrix): number {
	const isFar = new Uint8Array(scaled.rowCount);
	for (let c = 0; c < scaled.columnCount; c += 1) {
		const column = columnOf(scaled, c);
		const middle = median(column);
		const deviation = DEVIATIONS_OF_MAD * median(column.map((value) => Math.abs(value - middle)));
		column.forEach((value, row) => {
			if (deviation > 0 && Math.abs(value - middle) > FAR_DEVIATIONS * deviation) isFar[row] = 1;
		});
	}
	return isFar.reduce((sum, far) => sum + far, 0) / Math.max(1, scaled.rowCount);
}
