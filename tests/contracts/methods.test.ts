import { describe, expect, it } from 'vitest';
import { AppError } from '#lib/core/errors.ts';
import { columnOf, fromColumns, rowsOf, type Matrix } from '#lib/core/matrix.ts';
import { below, sampleWithoutReplacement, seeded } from '#lib/core/random.ts';
import { METHODS, methodById } from '#lib/pipeline/segment/methods/index.ts';
import type { ClusterData, Clustering, Method } from '#lib/pipeline/segment/methods/method.ts';
import { adjustedRand } from '#lib/stats/adjusted-rand.ts';

/** Three clear blobs in the plane, and the blob of each row. */
function threeBlobs(rowCount: number): { data: Matrix; blob: Uint8Array } {
	const random = seeded(42);
	const blob = Uint8Array.from({ length: rowCount }, () => below(random, 3));
	const around = (centres: readonly number[]): Float64Array =>
		Float64Array.from(blob, (own) => (centres[own] as number) + random() + random() - 1);
	return { data: fromColumns([around([0, 10, 0]), around([0, 0, 10])]), blob };
}

/** Methods that need a category get one that says nothing. */
function asked({ categories }: Method, numbers: Matrix): ClusterData {
	const column = { feature: 'stage', codes: new Int32Array(numbers.rowCount), levels: ['all'] };
	return { numbers, categories: categories === 'none' ? [] : [column] };
}

/** Fits, or answers the failure when it is one that a person can be told about. */
async function fitOrFail(method: Method, data: Matrix, params: object = {}): Promise<Clustering | AppError> {
	try {
		const context = { seed: 1, onProgress: () => undefined };
		return await method.fit(asked(method, data), params, context);
	} catch (error) {
		if (error instanceof AppError) return error;
		throw error;
	}
}

/** A clustering that says what it is, or a failure with a code. */
function expectSound(result: Clustering | AppError, data: Matrix): void {
	if (result instanceof AppError) return;
	const { labels, clusterCount, hasNoise, centroids, confidence, modes, inertia } = result;
	expect(labels.length).toBe(data.rowCount);
	expect(new Set(labels).size).toBe(clusterCount);
	expect(Math.max(...labels)).toBe(clusterCount - 1);
	expect([centroids.rowCount, centroids.columnCount]).toEqual([clusterCount, data.columnCount]);
	expect(centroids.values.every(Number.isFinite)).toBe(true);
	expect(inertia).toBeGreaterThanOrEqual(0);
	expect(hasNoise).toBeTypeOf('boolean');
	expect(modes.every((own) => own.length === modes[0]?.length)).toBe(true);
	if (confidence === null) return;
	expect(confidence.length).toBe(data.rowCount);
	expect(confidence.every((share) => share >= 0 && share <= 1)).toBe(true);
}

describe('the registry of methods', () => {
	it('has each id once and finds it', () => {
		const ids = METHODS.map((method) => method.id);
		expect(new Set(ids).size).toBe(ids.length);
		for (const method of METHODS) expect(methodById(method.id)).toBe(method);
	});
	it('names the known ones when asked for another', () => {
		expect(() => methodById('guess')).toThrow(/“guess” is none of kmeans/);
	});
});

describe.each(METHODS.map((method) => ({ id: method.id, method })))('$id', ({ method }) => {
	const { data, blob } = threeBlobs(300);
	const truth = { labels: blob, clusterCount: 3 };

	it('has words and accepts its own defaults', () => {
		expect(method.label.length).toBeGreaterThan(0);
		expect(method.explain).toMatch(/\.$/);
		expect(method.params.safeParse({}).success).toBe(true);
		expect(method.params.safeParse({ clusterCount: 3, unknown: 1 }).success).toBe(true);
	});
	it('finds three clear blobs', async () => {
		const result = await fitOrFail(method, data, { clusterCount: 3 });
		expectSound(result, data);
		expect(adjustedRand(result as Clustering, truth)).toBeGreaterThan(0.9);
	});
	it('gives the same labels for the same seed', async () => {
		const [first, second] = await Promise.all([fitOrFail(method, data), fitOrFail(method, data)]);
		expect(first).toEqual(second);
	});
	it('gives the same partition whatever the order of rows', async () => {
		const order = sampleWithoutReplacement(seeded(3), 300, 300).toSorted(
			(a, b) => ((a * 7919) % 300) - ((b * 7919) % 300)
		);
		const before = (await fitOrFail(method, data, { clusterCount: 3 })) as Clustering;
		const after = (await fitOrFail(method, rowsOf(data, order), { clusterCount: 3 })) as Clustering;
		const { clusterCount } = before;
		const moved = { labels: Array.from(order, (row) => before.labels[row] as number), clusterCount };
		expect(adjustedRand(moved, after)).toBe(1);
	});
	it('gives the same labels of numbers nearly as large as it compares', async () => {
		const before = (await fitOrFail(method, data, { clusterCount: 3 })) as Clustering;
		const large = { ...data, values: data.values.map((value) => value * 2 ** 490) };
		const after = (await fitOrFail(method, large, { clusterCount: 3 })) as Clustering;
		expect(after.labels).toEqual(before.labels);
		expect(after.inertia / 2 ** 980).toBeCloseTo(before.inertia, 9);
	});
	it('gives the same partition whatever the order of columns, and when every row stands there twice', async () => {
		const before = (await fitOrFail(method, data, { clusterCount: 3 })) as Clustering;
		const turned = fromColumns([columnOf(data, 1), columnOf(data, 0)]);
		const after = (await fitOrFail(method, turned, { clusterCount: 3 })) as Clustering;
		expect(adjustedRand(before, after)).toBe(1);
		const rows = Array.from({ length: 600 }, (_, i) => i >> 1);
		const doubled = (await fitOrFail(method, rowsOf(data, rows), { clusterCount: 3 })) as Clustering;
		const once = {
			labels: rows.map((row) => before.labels[row] as number),
			clusterCount: before.clusterCount
		};
		expect(adjustedRand(once, doubled)).toBeGreaterThan(0.9);
		rows.forEach((row, i) => expect(doubled.labels[i]).toBe(doubled.labels[2 * row]));
	});
	it.each([
		['no rows', fromColumns([[], []])],
		['one row', fromColumns([[1], [2]])],
		['a constant column', fromColumns([data.values.slice(0, 40), new Float64Array(40).fill(3)])],
		['only copies of two rows', fromColumns([Array.from({ length: 60 }, (_, i) => i % 2)])],
		['one column', fromColumns([[1, 2, 30, 31, 60, 61, 90, 91]])],
		['six columns', fromColumns(Array.from({ length: 6 }, (_, c) => data.values.slice(c, c + 50)))],
		['the largest values', fromColumns([[1e150, 5e149, -1e150, 5, 6, 7]])],
		['values too large', fromColumns([[1e300, 2e300, -1e300, 5, 6, 7]])],
		['more rows than it searches', threeBlobs(6000).data]
	])('is sound, or fails with a code, on %s', async (_, table) => {
		const result = await fitOrFail(method, table);
		expectSound(result, table);
		if (method.clusterCount === 'found' || result instanceof AppError || result.clusterCount >= 4) return;
		expect(result.notices.map(({ code }) => code)).toContain('segment.distinct-points');
	});
	it.each([[NaN], [Infinity]])('says which column holds %d', async (bad) => {
		const result = await fitOrFail(
			method,
			fromColumns([
				[1, 2, 3, 4, 5],
				[1, bad, 3, bad, 5]
			]),
			{ clusterCount: 2 }
		);
		expect(result).toMatchObject({
			code: 'segment.missing-values',
			details: { feature: 'column 2', customers: 2 }
		});
	});
	it('crosses a worker boundary unchanged', async () => {
		const result = await fitOrFail(method, data);
		expect(structuredClone(result)).toEqual(result);
	});
	it('reports progress that rises and ends at 1', async () => {
		const shares: number[] = [];
		await method.fit(asked(method, data), {}, { seed: 1, onProgress: (share) => shares.push(share) });
		expect(shares).toEqual(shares.toSorted((a, b) => a - b));
		expect(shares.at(-1)).toBe(1);
	});
});
