import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Matrix } from '#lib/core/matrix.ts';
import { below, seeded } from '#lib/core/random.ts';
import { farthest } from '../../../tests/oracle/clustering-small.ts';
import type { Labeling } from './labeling.ts';
import { mean } from './moments.ts';
import { silhouetteSamples } from './silhouette.ts';

/** Rows about `clusterCount` centres, with the centre of each; unequal sizes, the last of one row. */
function blobs(rowCount: number, columnCount: number, clusterCount: number): { data: Matrix; own: Labeling } {
	const random = seeded(rowCount + columnCount);
	const centres = Float64Array.from({ length: clusterCount * columnCount }, () => 6 * random());
	const labels = Int32Array.from({ length: rowCount }, () => Math.floor(random() ** 2 * (clusterCount - 1)));
	labels[rowCount >> 1] = clusterCount - 1;
	const values = Float64Array.from({ length: rowCount * columnCount }, (_, at) => {
		const cluster = labels[Math.floor(at / columnCount)] as number;
		return (centres[cluster * columnCount + (at % columnCount)] as number) + random() + random();
	});
	return { data: { values, rowCount, columnCount }, own: { labels, clusterCount } };
}

function shuffled({ labels, clusterCount }: Labeling, seed: number): Labeling {
	const random = seeded(seed);
	return {
		labels: Int32Array.from(labels, (label) => (random() < 0.2 ? below(random, clusterCount) : label)),
		clusterCount
	};
}

/** The greatest difference that the kernel makes, over all rows and labelings. */
function kernelError(data: Matrix, labelings: readonly Labeling[]): number {
	const exact = silhouetteSamples(data, labelings, undefined, { plain: true });
	const fast = silhouetteSamples(data, labelings);
	return Math.max(...fast.map((samples, i) => farthest(samples, exact[i] as Float64Array)));
}

describe('the kernel of the silhouette', () => {
	it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 13])('agrees with 64 bits in %d dimensions', (columnCount) => {
		const { data, own } = blobs(1203, columnCount, 6);
		expect(kernelError(data, [own])).toBeLessThan(1e-6);
		const means = [true, false].map((plain) =>
			mean(silhouetteSamples(data, [own], undefined, { plain })[0] as Float64Array)
		) as [number, number];
		expect(Math.abs(means[0] - means[1])).toBeLessThan(1e-8);
	});
	it('agrees for several labelings and sizes', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1000, max: 1100 }), fc.integer({ min: 2, max: 9 }), (rows, clusters) => {
				const { data, own } = blobs(rows, 2, clusters);
				const labelings = [own, shuffled(own, 1), shuffled(own, 2)];
				expect(kernelError(data, labelings)).toBeLessThan(1e-6);
			}),
			{ seed: 8, numRuns: 10 }
		);
	});
	it('agrees where clusters are far smaller than their distance from the mean', () => {
		const { data, own } = blobs(1200, 3, 4);
		const values = data.values.map((value, at) => (at < 600 ? 1e9 + at : 1e-7 * value));
		expect(kernelError({ ...data, values }, [own])).toBeLessThan(1e-5);
	});
	it('agrees where rows repeat', () => {
		const { data, own } = blobs(1500, 3, 3);
		expect(kernelError({ ...data, values: data.values.map(Math.round) }, [own])).toBeLessThan(1e-6);
	});
	it.each([1e-200, 1e30, 1e300])('leaves numbers such as %d to 64 bits', (factor) => {
		const { data, own } = blobs(1000, 2, 3);
		expect(kernelError({ ...data, values: data.values.map((value) => value * factor) }, [own])).toBeLessThan(
			1e-6
		);
	});
	it('does labelings that would need too much memory in parts', () => {
		const { data, own } = blobs(1500, 1, 200);
		const labelings = Array.from({ length: 4 }, (_, i) => shuffled(own, i));
		const many = labelings.map(({ labels }, i) => ({
			labels: Int32Array.from(labels, (label, row) => (label * 7 + row * i) % 240),
			clusterCount: 240
		}));
		const shares: number[] = [];
		const together = silhouetteSamples(data, many, (share) => shares.push(share));
		many.forEach((labeling, i) => {
			const [alone] = silhouetteSamples(data, [labeling]) as [Float64Array];
			expect(farthest(together[i] as Float64Array, alone)).toBeLessThan(1e-6);
		});
		expect(shares).toEqual(shares.toSorted((a, b) => a - b));
	});
	it('reports progress that rises to 1', () => {
		const { data, own } = blobs(4000, 3, 5);
		const shares: number[] = [];
		silhouetteSamples(data, [own], (share) => shares.push(share));
		expect(shares.length).toBeGreaterThan(5);
		expect(shares).toEqual(shares.toSorted((a, b) => a - b));
		expect(shares.at(-1)).toBe(1);
	});
});
