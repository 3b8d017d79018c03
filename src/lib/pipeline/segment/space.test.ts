import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { farthest, fromRows, small } from '../../../../tests/oracle/clustering-small.ts';
import { rowsOf } from '#lib/core/matrix.ts';
import { localCompute } from '#lib/pipeline/local-compute.ts';
import { SCALINGS } from './schema.ts';
import { assignClusters } from './assign.ts';
import { fitSpace, toSpace, type Space } from './space.ts';

const data = fromRows(small.rows.map((row) => row.map((value) => Math.abs(value) + 0.1)));
const shares = [null, 0.5, 0.9, 1];
const cases = SCALINGS.flatMap((scaling) => shares.map((componentShare) => ({ scaling, componentShare })));

describe('a space', () => {
	it.each(cases)('is fitted once, stored and used on others: %o', (params) => {
		const space = fitSpace(data, { ...params, scaler: null });
		expect(fitSpace(data, { ...params, scaler: null })).toEqual(space);
		const stored = JSON.parse(JSON.stringify(space)) as Space;
		expect(stored).toEqual(space);
		const some = [3, 14, 15, 92];
		expect(toSpace(rowsOf(data, some), stored).values).toEqual(rowsOf(toSpace(data, space), some).values);
	});
	it('uses a kept scale, and finds components of the customers at hand', () => {
		const params = { scaling: 'standard', componentShare: 0.9 } as const;
		const { scaler } = fitSpace(data, { ...params, scaler: null });
		const later = rowsOf(data, [0, 5, 10, 15, 20, 25, 30, 35]);
		const space = fitSpace(later, { ...params, scaler });
		expect(space.scaler).toBe(scaler);
		expect(space.projection).not.toEqual(fitSpace(data, { ...params, scaler }).projection);
	});
	it('keeps all distances with all components', () => {
		const space = fitSpace(data, { scaling: 'standard', scaler: null, componentShare: 1 });
		const [turned, plain] = [toSpace(data, space), toSpace(data, { ...space, projection: null })];
		const squares = ({ values }: { values: Float64Array }) =>
			fromDistances(values, 3).map((value) => Math.sqrt(value));
		expect(farthest(squares(turned), squares(plain))).toBeLessThan(1e-12);
	});
});

/** Squared distances of each row to the first. */
function fromDistances(values: Float64Array, columnCount: number): number[] {
	return Array.from({ length: values.length / columnCount }, (_, row) =>
		Array.from({ length: columnCount }, (__, c) => c).reduce(
			(sum, c) => sum + ((values[row * columnCount + c] as number) - (values[c] as number)) ** 2,
			0
		)
	);
}

describe('assigning to a stored clustering', () => {
	it.each(shares)('gives everyone the cluster they were found in, share %s', async (componentShare) => {
		const input = {
			...{ data, categories: [], method: 'kmeans', options: {}, scaler: null, componentShare },
			scaling: 'yeo-johnson',
			...{ clusterCounts: [4], seed: 1, initCount: 5 }
		} as const;
		const { scaler, projection, fits } = await localCompute.sweep(
			input,
			new AbortController().signal,
			() => undefined
		);
		const [fit] = fits;
		const profiles = [0, 1, 2, 3].map((cluster) => ({
			cluster,
			isNoise: false,
			modes: [],
			centroid: Array.from(rowsOf(fit?.centroids ?? data, [cluster]).values)
		}));
		const assignment = { kind: 'nearest', gamma: 0 };
		const clustering = { scaler, projection, profiles, assignment } as unknown as Parameters<
			typeof assignClusters
		>[1];
		expect(await assignClusters(data, clustering)).toEqual(fit?.labels);
		await fc.assert(
			fc.asyncProperty(fc.subarray(small.rows.map((_, row) => row)), async (rows) => {
				const alone = await assignClusters(rowsOf(data, rows), clustering);
				expect([...alone]).toEqual(rows.map((row) => fit?.labels[row]));
			}),
			{ seed: 3, numRuns: 20 }
		);
	});
});
