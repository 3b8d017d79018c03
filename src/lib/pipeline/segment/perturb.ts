import { pause } from '#lib/core/pause.ts';
import { inPercent, throwIfAborted } from '#lib/core/progress.ts';
import { deriveSeed, sampleWithoutReplacement, seeded, type Random } from '#lib/core/random.ts';
import type { Compute } from '#lib/pipeline/compute.ts';
import { adjustedRand } from '#lib/stats/adjusted-rand.ts';
import { bestJaccard } from '#lib/stats/jaccard.ts';
import type { Labeling } from '#lib/stats/labeling.ts';
import { columnMoments } from '#lib/stats/moments.ts';
import type { Disturbance, PerturbationOutput } from './compute.ts';
import { methodById } from './methods/index.ts';
import type { ClusterData } from './methods/method.ts';
import { toSpace } from './space.ts';
import { rowsOfData } from './stability.ts';

/** Of more rows, a sample is disturbed: what is asked is whether segments come back, not where everybody is. */
const MOST_ROWS = 5000;
/** Noise added to each value, in deviations of its feature. */
export const NOISE = 0.1;
/** The part of the customers that a subsample keeps. */
export const KEPT = 0.8;
const INIT_COUNT = 3;

/**
 * Clusters customers again after small changes that should not matter: a tenth of a deviation of noise on every value, a
 * fifth of the customers left out, another seed alone. For each cluster, per repeat, its best Jaccard similarity with a new
 * one (Hennig 2007), and for all together the adjusted Rand index (Hubert & Arabie 1985). It can stop between repeats.
 */
export const perturbation: Compute['perturbation'] = async (input, signal, onProgress) => {
	const { data, categories, method: id, options, labels, clusterCount, repeats, seed, ...space } = input;
	const report = inPercent('Disturbing the segments', onProgress);
	const sampled = sampleOf({ numbers: toSpace(data, space), categories }, labels, seed);
	const method = methodById(id);
	const params = { ...options, clusterCount, initCount: INIT_COUNT };
	const output = emptyOutput(clusterCount);
	const kinds = Object.keys(DISTURB) as Disturbance[];
	const rounds = repeats.flatMap((repeat) =>
		kinds.map((kind, k) => ({ kind, stream: kinds.length * repeat + k }))
	);
	for (const [done, { kind, stream }] of rounds.entries()) {
		throwIfAborted(signal);
		const { rows, data: disturbed } = DISTURB[kind](sampled.data, seeded(deriveSeed(seed, 2 * stream)));
		const context = {
			seed: deriveSeed(seed, 2 * stream + 1),
			onProgress: () => undefined,
			share: rows.length / labels.length
		};
		const found = await method.fit(disturbed, params, context);
		compare(output[kind], { labels: rows.map((row) => sampled.labels[row] as number), clusterCount }, found);
		report((done + 1) / rounds.length);
		await pause();
	}
	return { ...output, rows: sampled.labels.length };
};

interface Disturbed {
	readonly data: ClusterData;
	/** Which row of the sample each row is. */
	readonly rows: Int32Array;
}

const DISTURB: Readonly<Record<Disturbance, (data: ClusterData, random: Random) => Disturbed>> = {
	noise: ({ numbers, categories }, random) => {
		const { variances } = columnMoments(numbers);
		const spread = variances.map((variance) => NOISE * Math.sqrt(variance));
		const values = numbers.values.map((value, i) => {
			// Box & Muller 1958.
			const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
			return value + normal * (spread[i % numbers.columnCount] as number);
		});
		return { data: { numbers: { ...numbers, values }, categories }, rows: everyRow(numbers.rowCount) };
	},
	subsample: (data, random) => {
		const { rowCount } = data.numbers;
		const rows = sampleWithoutReplacement(random, Math.ceil(rowCount * KEPT), rowCount);
		return { data: rowsOfData(data, rows), rows };
	},
	seed: (data) => ({ data, rows: everyRow(data.numbers.rowCount) })
};

function everyRow(rowCount: number): Int32Array {
	return Int32Array.from({ length: rowCount }, (_, row) => row);
}

function sampleOf(data: ClusterData, labels: Uint8Array, seed: number) {
	const { rowCount } = data.numbers;
	if (rowCount <= MOST_ROWS) return { data, labels };
	const rows = sampleWithoutReplacement(seeded(seed), MOST_ROWS, rowCount);
	return { data: rowsOfData(data, rows), labels: Uint8Array.from(rows, (row) => labels[row] as number) };
}

type Found = { similarities: number[][]; agreement: number[] };

function emptyOutput(clusterCount: number): Record<Disturbance, Found> {
	const none = (): Found => ({
		similarities: Array.from({ length: clusterCount }, () => []),
		agreement: []
	});
	return { noise: none(), subsample: none(), seed: none() };
}

function compare({ similarities, agreement }: Found, before: Labeling, after: Labeling): void {
	bestJaccard(before, after).forEach((similarity, cluster) => {
		if (!Number.isNaN(similarity)) similarities[cluster]?.push(similarity);
	});
	agreement.push(adjustedRand(before, after));
}

/** The parts of one answer, of different repeats, as one. */
export function joinPerturbations(parts: readonly PerturbationOutput[]): PerturbationOutput {
	const [first] = parts;
	if (first === undefined) throw new RangeError('an answer without parts');
	const joined = (kind: Disturbance) => ({
		similarities: first[kind].similarities.map((_, cluster) =>
			parts.flatMap((part) => part[kind].similarities[cluster] ?? [])
		),
		agreement: parts.flatMap((part) => part[kind].agreement)
	});
	return { noise: joined('noise'), subsample: joined('subsample'), seed: joined('seed'), rows: first.rows };
}
