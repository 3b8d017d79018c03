import { rowsOf, type Matrix } from '#lib/core/matrix.ts';
import { sphericalBic } from '#lib/stats/bic.ts';
import { calinskiHarabasz } from '#lib/stats/calinski-harabasz.ts';
import { daviesBouldin } from '#lib/stats/davies-bouldin.ts';
import { dunnIndices } from '#lib/stats/dunn.ts';
import { clusterSizes, type Labeling } from '#lib/stats/labeling.ts';
import { mean } from '#lib/stats/moments.ts';
import { saddle } from '#lib/stats/saddle.ts';
import { silhouettePerCluster, silhouetteSamples } from '#lib/stats/silhouette.ts';
import { spreadColumns } from '#lib/stats/spread-ties.ts';
import { sizeFloor } from './choose-count.ts';
import type { Clustering } from './methods/method.ts';
import type { Candidate } from './schema.ts';

/** How well a clustering tells its rows apart. */
export interface Indices extends Omit<Candidate, 'k' | 'gap' | 'chance'> {
	readonly silhouettePerCluster: Float64Array;
}

/** Dunn's index is of at most this many rows of the silhouette's sample: the first of it. */
const DUNN_ROWS = 5000;
/** The part of the work that silhouettes are. */
const SILHOUETTE_SHARE = 0.8;

/**
 * The indices of several clusterings of the same rows. Rows that belong to no cluster do not count, but in the sizes; their
 * cluster has the silhouette 0.
 *
 * @param sample the rows that silhouettes, and Dunn's index, are of
 * @param onShare told how much is done, 0 to 1
 */
export function clusterIndices(
	scaled: Matrix,
	clusterings: readonly Clustering[],
	sample: Int32Array,
	onShare: (share: number) => void
): Indices[] {
	// Without noise all share the same rows, and so their distances.
	const parts = clusterings.some(({ hasNoise }) => hasNoise)
		? clusterings.map((clustering) => [clustering])
		: [clusterings];
	const sampled = parts.flatMap((part, i) =>
		sampledIndices(scaled, part, sample, (share) => onShare((i + share) / parts.length))
	);
	return clusterings.map((clustering, i) => {
		const { inertia, labels, clusterCount } = clustering;
		const { rows, labelings } = grouped(scaled, [clustering], null);
		const labeling = labelings[0] as Labeling;
		const sizes = Array.from(clusterSizes({ labels, clusterCount }));
		return {
			...{ inertia, sizes },
			...(sampled[i] as SampledIndices),
			calinskiHarabasz: finite(calinskiHarabasz(rows, labeling)),
			daviesBouldin: finite(daviesBouldin(rows, labeling)),
			bic: bicOf(clustering, sizes)
		};
	});
}

type SampledIndices = Pick<Indices, 'silhouette' | 'silhouettePerCluster' | 'dunn' | 'saddle'>;

function sampledIndices(
	scaled: Matrix,
	clusterings: readonly Clustering[],
	sample: Int32Array,
	onShare: (share: number) => void
): SampledIndices[] {
	const { rows, labelings } = grouped(scaled, clusterings, sample);
	const silhouettes = silhouetteSamples(rows, labelings, (share) => onShare(share * SILHOUETTE_SHARE));
	const step = Math.max(1, Math.ceil(rows.rowCount / DUNN_ROWS));
	const every = Int32Array.from({ length: Math.ceil(rows.rowCount / step) }, (_, i) => i * step);
	const dunns = dunnIndices(
		rowsOf(rows, every),
		labelings.map((labeling) => labelingOf(labeling, every)),
		(share) => onShare(SILHOUETTE_SHARE + share * (1 - SILHOUETTE_SHARE))
	);
	const spread = spreadColumns(rows);
	const least = sizeFloor(rows.rowCount);
	return clusterings.map(({ clusterCount, modes }, i) => {
		const samples = silhouettes[i] as Float64Array;
		const perCluster = new Float64Array(clusterCount);
		perCluster.set(silhouettePerCluster(samples, labelings[i] as Labeling));
		const dunn = dunns[i] as number;
		return {
			silhouette: finite(mean(samples)),
			silhouettePerCluster: perCluster,
			dunn: Number.isFinite(dunn) ? dunn : null,
			saddle: modes.length > 0 ? null : saddle(spread, labelings[i] as Labeling, least)
		};
	});
}

/** Rows that belong to a cluster, all or those of a sample, with their labels. Only a clustering alone may have noise. */
function grouped(
	scaled: Matrix,
	clusterings: readonly Clustering[],
	sample: Int32Array | null
): { rows: Matrix; labelings: Labeling[] } {
	const [first] = clusterings;
	const noise = first?.hasNoise ? first.clusterCount - 1 : null;
	const labelings = clusterings.map(({ labels, clusterCount, hasNoise }) => ({
		labels,
		clusterCount: hasNoise ? clusterCount - 1 : clusterCount
	}));
	if (sample === null && noise === null) return { rows: scaled, labelings };
	const among = sample ?? Int32Array.from({ length: scaled.rowCount }, (_, row) => row);
	const rows = noise === null ? among : among.filter((row) => first?.labels[row] !== noise);
	return {
		rows: rowsOf(scaled, rows),
		labelings: labelings.map((labeling) => labelingOf(labeling, rows))
	};
}

function labelingOf({ labels, clusterCount }: Labeling, rows: Int32Array): Labeling {
	return { labels: Uint8Array.from(rows, (row) => labels[row] as number), clusterCount };
}

/** Of a mixture its own, of the k it has; of noise and of texts there is none; of all others that of round clouds. */
function bicOf(
	{ details, inertia, hasNoise, modes, centroids }: Clustering,
	sizes: readonly number[]
): number | null {
	if (details.kind === 'mixture') {
		return details.bic.find(({ covariance }) => covariance === details.covariance)?.bic ?? null;
	}
	if (hasNoise || modes.length > 0) return null;
	const bic = sphericalBic({ inertia, sizes, columnCount: centroids.columnCount });
	return Number.isFinite(bic) ? bic : null;
}

/** An index that is not defined, because every row is a cluster of its own, is shown as 0. */
function finite(index: number): number {
	return Number.isFinite(index) ? index : 0;
}
