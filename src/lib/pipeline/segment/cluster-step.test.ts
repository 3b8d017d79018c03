import { expect, it, vi } from 'vitest';
import type { Engine } from '#lib/engine/engine.ts';
import { sql } from '#lib/engine/sql.ts';
import { seeded } from '#lib/core/random.ts';
import { featureLabel } from '#lib/pipeline/features/definitions/index.ts';
import type { FeatureResult } from '#lib/pipeline/features/schema.ts';
import { describeEngines } from '../../../../tests/support/engines.ts';
import { runClustering, SweepCache } from './cluster-step.ts';
import { localCompute } from '#lib/pipeline/local-compute.ts';
import { ClusteringResult, SCALINGS, type ClusteringParams, type SegmentParams } from './schema.ts';

const FEATURES = ['recency_days', 'frequency', 'monetary_total'];

/** Three kinds of customers in turn: often and much, once and long ago, lately and little. */
function customers(count: number): Record<string, Float64Array> {
	const random = seeded(3);
	const kinds = [
		{ days: 5, orders: 12, amount: 3000 },
		{ days: 200, orders: 1, amount: 40 },
		{ days: 8, orders: 2, amount: 60 }
	];
	const pick = (value: (kind: (typeof kinds)[number]) => number): Float64Array =>
		Float64Array.from({ length: count }, (_, i) => value(kinds[i % 3] as (typeof kinds)[number]));
	return {
		recency_days: pick(({ days }) => Math.round(days * (1 + random()))),
		frequency: pick(({ orders }) => orders),
		monetary_total: pick(({ amount }) => Math.round(100 * amount * (1 + random())) / 100)
	};
}

async function insertCustomers(
	engine: Engine,
	columns: Readonly<Record<string, Float64Array>>
): Promise<void> {
	const count = columns.recency_days?.length ?? 0;
	await engine.exec(sql`CREATE SCHEMA IF NOT EXISTS features`);
	await engine.exec(sql`CREATE SCHEMA IF NOT EXISTS segment`);
	await engine.insert('features', 'customers', {
		idx: Int32Array.from({ length: count }, (_, i) => i),
		customer_id: Array.from({ length: count }, (_, i) => `c${i}`),
		...columns
	});
}

function featureResult(available: readonly string[], count: number): FeatureResult {
	return {
		asOf: '2011-12-10',
		customers: count,
		orders: count,
		revenue: available.includes('monetary_total') ? 1 : null,
		ordersAfter: 0,
		features: FEATURES.map((id) => ({
			id,
			label: featureLabel(id),
			...({ family: 'recency', unit: 'number', kind: 'number' } as const),
			...{ meaning: id, formula: id, caution: null, isSensitive: false },
			available: available.includes(id),
			needs: [],
			complete: true,
			isOwn: false
		}))
	};
}

describeEngines('the clustering step', (engine) => {
	const context = (compute = localCompute) => ({
		engine: engine(),
		compute,
		signal: new AbortController().signal,
		onProgress: () => undefined
	});
	const params = (
		change: Partial<ClusteringParams> = {}
	): Pick<SegmentParams, 'rfm' | 'clustering' | 'names'> => ({
		rfm: { scheme: 'quintiles', cutPoints: null, groups: null },
		clustering: {
			method: 'kmeans',
			options: {},
			features: [],
			categories: [],
			scaling: 'log1p-standard',
			scaler: null,
			componentShare: null,
			clusterCount: 'auto',
			seed: 1,
			initCount: 10,
			...change
		},
		names: {}
	});

	it('finds the kinds of customers, numbers them by revenue and writes the members', async () => {
		await insertCustomers(engine(), customers(300));
		const { result, labels, notices } = await runClustering(
			context(),
			params(),
			featureResult(FEATURES, 300)
		);
		expect(ClusteringResult.parse(result)).toEqual(result);
		expect(result).toMatchObject({
			clusterCount: 3,
			features: FEATURES,
			recommendation: { k: 3, reason: 'clearest' }
		});
		expect(result.profiles.map(({ cluster, customers: own }) => [cluster, own])).toEqual([
			[0, 100],
			[1, 100],
			[2, 100]
		]);
		expect([...labels.subarray(0, 6)]).toEqual([0, 2, 1, 0, 2, 1]);
		expect(result.profiles.map(({ stability }) => [stability.cluster, stability.jaccard > 0.9])).toEqual([
			[0, true],
			[1, true],
			[2, true]
		]);
		const revenues = result.profiles.map(({ revenue }) => revenue);
		expect(revenues).toEqual(revenues.toSorted((a, b) => b - a));
		expect(notices).toEqual([]);
		const members = await engine().rows<{ idx: number; cluster: number }>(
			sql`SELECT idx::INTEGER AS idx, cluster::INTEGER AS cluster FROM segment.members ORDER BY idx`
		);
		expect(members.map(({ cluster }) => cluster)).toEqual([...labels]);
	});
	it('refuses a sensitive feature without a reason, and takes it with one', async () => {
		await insertCustomers(engine(), customers(300));
		const result = featureResult(FEATURES, 300);
		const features = result.features.map((each) => ({ ...each, isSensitive: each.id === 'frequency' }));
		const run = (reasons: Readonly<Record<string, string>>) =>
			runClustering(context(), params(), { ...result, features }, undefined, '', reasons);
		await expect(run({})).rejects.toMatchObject({
			code: 'segment.sensitive-feature',
			details: { feature: 'Orders' }
		});
		await expect(run({ frequency: 'Sizes differ by age' })).resolves.toMatchObject({
			result: { clusterCount: 3 }
		});
	});

	it('computes only what is new when another number is asked for', async () => {
		await insertCustomers(engine(), customers(300));
		const compute = {
			...localCompute,
			sweep: vi.fn(localCompute.sweep),
			stability: vi.fn(localCompute.stability)
		};
		const sweeps = new SweepCache();
		const run = (clusterCount: ClusteringParams['clusterCount'], key = 'data') =>
			runClustering(context(compute), params({ clusterCount }), featureResult(FEATURES, 300), sweeps, key);
		const automatic = await run('auto');
		const asked = compute.stability.mock.calls.length;
		expect((await run(5)).result.clusterCount).toBe(5);
		expect(compute.sweep).toHaveBeenCalledTimes(1);
		expect(compute.stability).toHaveBeenCalledTimes(asked + 1);
		expect((await run('auto')).result).toEqual(automatic.result);
		expect(compute.stability).toHaveBeenCalledTimes(asked + 1);
		await run('auto', 'other data');
		expect(compute.sweep).toHaveBeenCalledTimes(2);
	});
	it('numbers by size without amounts', async () => {
		const { recency_days, frequency } = customers(301) as {
			recency_days: Float64Array;
			frequency: Float64Array;
		};
		await insertCustomers(engine(), { recency_days, frequency });
		const available = FEATURES.slice(0, 2);
		const { result } = await runClustering(
			context(),
			params({ clusterCount: 3 }),
			featureResult(available, 301)
		);
		expect(result.features).toEqual(available);
		expect(result.profiles.map(({ customers: own, revenue }) => [own, revenue])).toEqual([
			[101, 0],
			[100, 0],
			[100, 0]
		]);
	});
	it('sweeps fewer numbers in a small shop, and says what is constant or small', async () => {
		const few = { ...customers(21), frequency: new Float64Array(21).fill(2) };
		await insertCustomers(engine(), few);
		const { result, notices } = await runClustering(
			context(),
			params({ clusterCount: 4 }),
			featureResult(FEATURES, 21)
		);
		expect(result.candidates.map(({ k }) => k)).toEqual([2, 3, 4]);
		expect(notices.map(({ code }) => code)).toContain('segment.constant-feature');
		const small = notices.find(({ code }) => code === 'trust.small-segment');
		expect(small?.details).toMatchObject({ floor: 100, segments: { length: result.profiles.length } });
	});
	it('uses a kept scale as it is, and refuses one that does not fit', async () => {
		await insertCustomers(engine(), customers(300));
		const { result } = await runClustering(
			context(),
			params({ scaling: 'robust' }),
			featureResult(FEATURES, 300)
		);
		const kept = { scaling: 'robust', features: FEATURES, scaler: result.scaler } as const;
		await insertCustomers(engine(), customers(150));
		const run = (change: Partial<ClusteringParams>) =>
			runClustering(context(), params(change), featureResult(FEATURES, 150));
		const later = await run({ ...kept, features: [...FEATURES] });
		expect(later.result.scaler).toEqual(result.scaler);
		expect((await run({ scaling: 'robust' })).result.scaler).not.toEqual(result.scaler);
		await expect(run({ ...kept, features: FEATURES.slice(0, 2) })).rejects.toMatchObject({
			code: 'segment.scale-mismatch',
			details: { kept: 3, features: 2, isOtherKind: false }
		});
		await expect(run({ ...kept, features: [], scaling: 'standard' })).rejects.toMatchObject({
			code: 'segment.scale-mismatch',
			details: { isOtherKind: true }
		});
	});
	it.each(SCALINGS)('finds the kinds on the scale %s', async (scaling) => {
		await insertCustomers(engine(), customers(90));
		const { result, labels } = await runClustering(
			context(),
			params({ scaling, clusterCount: 3 }),
			featureResult(FEATURES, 90)
		);
		expect(result.scaler.scaling).toBe(scaling);
		expect(result.profiles.every(({ centroid }) => centroid.every(Number.isFinite))).toBe(true);
		if (scaling !== 'none') expect([...labels.subarray(0, 3)]).toHaveLength(new Set(labels).size);
	});
	it('compares on the components that hold a share, and profiles the features', async () => {
		await insertCustomers(engine(), customers(300));
		const { result } = await runClustering(
			context(),
			params({ componentShare: 0.9 }),
			featureResult(FEATURES, 300)
		);
		expect(ClusteringResult.parse(result)).toEqual(result);
		const held = result.projection?.explained ?? [];
		expect(held.reduce((sum, share) => sum + share, 0)).toBeGreaterThanOrEqual(0.9);
		expect(held.length).toBeLessThan(FEATURES.length);
		expect(result.clusterCount).toBe(3);
		for (const { centroid, values } of result.profiles) {
			expect(centroid).toHaveLength(held.length);
			expect(values.map(({ feature }) => feature)).toEqual(FEATURES);
		}
		const all = await runClustering(context(), params({ componentShare: 1 }), featureResult(FEATURES, 300));
		const plain = await runClustering(context(), params(), featureResult(FEATURES, 300));
		// A turned space has the same distances.
		expect(all.labels).toEqual(plain.labels);
		expect(all.result.inertia).toBeCloseTo(plain.result.inertia, 9);
	});
	it('names the feature and the value that Box-Cox cannot take', async () => {
		const some = customers(30);
		some.monetary_total?.set([0, -12.5], 3);
		await insertCustomers(engine(), some);
		await expect(
			runClustering(context(), params({ scaling: 'box-cox' }), featureResult(FEATURES, 30))
		).rejects.toMatchObject({
			code: 'segment.not-positive',
			details: { feature: 'Total spend', value: -12.5, customers: 2 }
		});
	});
	it('refuses too few customers, and values that some lack', async () => {
		await insertCustomers(engine(), customers(9));
		await expect(runClustering(context(), params(), featureResult(FEATURES, 9))).rejects.toMatchObject({
			code: 'segment.too-few-customers',
			details: { customers: 9, of: 9, needed: 10 }
		});
		const holes = customers(30);
		holes.frequency?.fill(NaN, 0, 4);
		await insertCustomers(engine(), holes);
		await expect(runClustering(context(), params(), featureResult(FEATURES, 30))).rejects.toMatchObject({
			code: 'segment.missing-values',
			details: { customers: 4 }
		});
	});
});
