import { kmeans as mlKmeans } from 'ml-kmeans';
import type { Matrix } from '#lib/core/matrix.ts';
import { below, seeded } from '#lib/core/random.ts';
import { localCompute } from '#lib/pipeline/segment/local-compute.ts';
import { lloyd } from '#lib/stats/lloyd.ts';
import { quantiles } from '#lib/stats/quantile.ts';
import { seedCentroids } from '#lib/stats/seeding.ts';

/*
 * k-means against ml-kmeans in one thread, on the same rows: seven overlapping blobs with 4 % far-off rows.
 * Times are milliseconds of the processor, medians of alternating runs.
 *
 *   npx tsx tests/bench/kmeans.ts [repeats]
 */

const BLOBS = 7;
const CLUSTER_COUNTS = [2, 3, 4, 5, 6, 7, 8, 9, 10];
const REPEATS = Number(process.argv[2] ?? 7);

function makeRows(rowCount: number, columnCount: number): Matrix {
	const random = seeded(5);
	const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
	const centres = Float64Array.from({ length: BLOBS * columnCount }, () => 1.3 * normal());
	const values = new Float64Array(rowCount * columnCount);
	for (let at = 0; at < values.length;) {
		const centre = below(random, BLOBS) * columnCount;
		const spread = random() < 0.04 ? 2.5 : 0.6;
		for (let c = 0; c < columnCount; c += 1)
			values[at++] = (centres[centre + c] as number) + spread * normal();
	}
	return { values, rowCount, columnCount };
}

function toArrays({ values, columnCount }: { values: Float64Array; columnCount: number }): number[][] {
	return Array.from({ length: values.length / columnCount }, (_, row) =>
		Array.from(values.subarray(row * columnCount, (row + 1) * columnCount))
	);
}

/** Milliseconds of the processor that the work takes. */
async function cpuMs(work: () => unknown): Promise<number> {
	const before = process.cpuUsage();
	await work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
}

function median(values: readonly number[]): number {
	return quantiles(values, [0.5])[0] as number;
}

/** One fit from the same start, as many passes. */
async function compareFits(data: Matrix, clusterCount: number): Promise<void> {
	const start = seedCentroids(data, clusterCount, seeded(3));
	const { iterations, inertia } = lloyd(data, { start });
	const rows = toArrays(data);
	const initialization = toArrays({ values: start, columnCount: data.columnCount });
	const own: number[] = [];
	const peer: number[] = [];
	for (let repeat = 0; repeat < REPEATS; repeat += 1) {
		own.push(await cpuMs(() => lloyd(data, { start })));
		peer.push(
			await cpuMs(() =>
				mlKmeans(rows, clusterCount, { initialization, maxIterations: iterations, tolerance: 0 })
			)
		);
	}
	print(
		'one fit',
		data,
		`k = ${clusterCount}, ${iterations} passes, inertia ${inertia.toFixed(1)}`,
		own,
		peer
	);
}

/** k = 2 to 10: ten starts and all indices here; one start of ml-kmeans for each k, times ten, without indices. */
async function compareSweeps(data: Matrix): Promise<void> {
	const { signal } = new AbortController();
	const rows = toArrays(data);
	const own: number[] = [];
	const peer: number[] = [];
	for (let repeat = 0; repeat < Math.min(REPEATS, 3); repeat += 1) {
		const input = {
			data,
			method: 'kmeans',
			scaling: 'standard',
			scaler: null,
			componentShare: null,
			clusterCounts: CLUSTER_COUNTS,
			seed: repeat,
			initCount: 10
		} as const;
		own.push(await cpuMs(() => localCompute.sweep(input, signal, () => undefined)));
		const one = await cpuMs(() => CLUSTER_COUNTS.forEach((k) => mlKmeans(rows, k, { seed: repeat })));
		peer.push(10 * one);
	}
	print('sweep', data, 'k = 2 to 10, ten starts, indices', own, peer);
}

function print(
	what: string,
	data: Matrix,
	note: string,
	own: readonly number[],
	peer: readonly number[]
): void {
	const ratio = median(peer) / median(own);
	console.log(
		`${what} ${data.rowCount} × ${data.columnCount} (${note}): ` +
			`${median(own).toFixed(1)} ms, ml-kmeans ${median(peer).toFixed(1)} ms, ${ratio.toFixed(1)} times`
	);
}

for (const [rowCount, columnCount] of [
	[10_000, 3],
	[100_000, 3],
	[100_000, 5]
] as const) {
	const data = makeRows(rowCount, columnCount);
	await compareFits(data, 5);
	await compareFits(data, 8);
	await compareSweeps(data);
}
