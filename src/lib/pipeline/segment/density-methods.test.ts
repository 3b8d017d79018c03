import { describe, expect, it } from 'vitest';
import { AppError } from '#lib/core/errors.ts';
import { fromColumns, type Matrix } from '#lib/core/matrix.ts';
import { fromRows } from '../../../../tests/oracle/clustering-small.ts';
import { densities } from '../../../../tests/oracle/density.ts';
import { dbscan } from './methods/dbscan/index.ts';
import { checkDensityRows, neighboursInShare } from './density-methods.ts';
import type { DensityDetails } from './method-details.ts';
import { hdbscan } from './methods/hdbscan/index.ts';
import type { Clustering, Method } from './methods/method.ts';

function run(method: Method, numbers: Matrix, params: object = {}): Promise<Clustering> {
	return method.fit({ numbers, categories: [] }, params, { seed: 1, onProgress: () => undefined });
}

const detailsOf = ({ details }: Clustering): DensityDetails => details as DensityDetails;
const rings = fromRows(densities.rings?.rows ?? []);

describe('the density methods', () => {
	it.each([dbscan, hdbscan])('tell two rings apart by themselves ($id)', async (method) => {
		const fit = await run(method, rings);
		const { labels, hasNoise, clusterCount } = fit;
		expect(clusterCount - (hasNoise ? 1 : 0)).toBe(2);
		const inner = Array.from(labels).filter(
			(_, row) => Math.hypot(...rings.values.slice(2 * row, 2 * row + 2)) < 0.7
		);
		expect(new Set(inner).size).toBe(1);
		expect(detailsOf(fit)).toMatchObject({ kind: 'density', algorithm: method.id, minPoints: 10 });
		expect(detailsOf(fit).kDistances).toHaveLength(rings.rowCount);
	});
	it('make noise the last cluster, with its own mean', async () => {
		const data = fromColumns([[0, 0.1, 0.2, 10, 10.1, 10.2, 50, -70]]);
		const fit = await run(dbscan, data, { eps: 0.5, minPoints: 2 });
		expect(Array.from(fit.labels)).toEqual([0, 0, 0, 1, 1, 1, 2, 2]);
		expect(fit).toMatchObject({ clusterCount: 3, hasNoise: true, confidence: null });
		expect(fit.centroids.values[2]).toBeCloseTo(-10, 9);
		expect(detailsOf(fit)).toMatchObject({ eps: 0.5, noiseRows: 2, persistence: [] });
	});
	it('say how long clusters last and how sure each person is', async () => {
		const fit = await run(hdbscan, fromRows(densities.blobs?.rows ?? []), {
			minClusterSize: 12,
			minPoints: 6
		});
		expect(detailsOf(fit).persistence.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
		expect(Math.max(...(fit.confidence ?? []))).toBe(1);
		fit.labels.forEach((label, row) => {
			if (label === fit.clusterCount - 1) expect(fit.confidence?.[row]).toBe(0);
		});
	});
	it('notice where there is nothing, or only one', async () => {
		const far = await run(dbscan, rings, { eps: 1e-6 });
		expect(far.notices).toEqual([{ code: 'segment.no-dense-group', details: { customers: rings.rowCount } }]);
		expect([far.clusterCount, far.hasNoise]).toEqual([1, true]);
		const one = await run(dbscan, rings, { eps: 100 });
		expect(one.notices.map(({ code }) => code)).toEqual(['segment.one-dense-group']);
		expect([one.clusterCount, one.hasNoise]).toEqual([1, false]);
	});
	it('ask a part of the rows for as many fewer neighbours, at a given distance', async () => {
		expect([1, 0.5, 0.25, 0.01].map((share) => neighboursInShare(21, share))).toEqual([21, 11, 6, 2]);
		const context = { seed: 1, onProgress: () => undefined, share: 0.5 };
		const minPointsOf = async (params: object): Promise<number> =>
			detailsOf(await dbscan.fit({ numbers: rings, categories: [] }, params, context)).minPoints;
		expect(await minPointsOf({ eps: 0.2, minPoints: 21 })).toBe(11);
		expect(await minPointsOf({ eps: null, minPoints: 21 })).toBe(21);
	});
	it('take a smaller smallest segment in a part of the rows', async () => {
		const column = Array.from({ length: 40 }, (_, row) => (row < 20 ? row / 100 : 5 + row / 100));
		const data = { numbers: fromColumns([column]), categories: [] };
		const params = { minPoints: 2, minClusterSize: 25 };
		const groups = async (share: number): Promise<number> =>
			(await hdbscan.fit(data, params, { seed: 1, onProgress: () => undefined, share })).clusterCount;
		expect(await groups(0.4)).toBe(2);
		expect(await groups(1)).toBe(1);
	});
	it('keep the largest of too many', async () => {
		const column = Array.from({ length: 700 }, (_, i) => 10 * (i >> 1)).concat([0]);
		const fit = await run(dbscan, fromColumns([column]), { eps: 1, minPoints: 2 });
		expect(fit.notices).toEqual([{ code: 'segment.many-dense-groups', details: { found: 350, kept: 249 } }]);
		expect([fit.clusterCount, fit.labels[700], fit.labels[699]]).toEqual([250, 0, 249]);
	});
	it('refuse what they cannot do, and say what was found and what to do', () => {
		const columns = (columnCount: number, rowCount: number): Matrix => ({
			values: new Float64Array(1),
			rowCount,
			columnCount
		});
		const refusal = (data: Matrix): unknown => {
			try {
				checkDensityRows('DBSCAN', data);
			} catch (error) {
				return error instanceof AppError ? error.details : error;
			}
			return null;
		};
		expect(refusal(columns(16, 20))).toMatchObject({
			method: 'DBSCAN',
			why: expect.stringMatching(/16 numbers.*at most 15/)
		});
		expect(refusal(columns(4, 100_001))).toMatchObject({
			why: expect.stringMatching(/100,001 customers.*100,000/)
		});
		expect(refusal(columns(15, 100_000))).toBeNull();
		expect(refusal(columns(3, 2_000_000))).toBeNull();
	});
});
