import { describe, expect, it } from 'vitest';
import { fromColumns } from '#lib/core/matrix.ts';
import { seeded } from '#lib/core/random.ts';
import { localCompute } from '#lib/pipeline/local-compute.ts';

const never = new AbortController().signal;

/** Three columns of which the third is missing in every tenth row; the first is in thousands. */
function made(rowCount: number) {
	const random = seeded(6);
	const first = Float64Array.from({ length: rowCount }, () => 1000 * random());
	const second = Float64Array.from({ length: rowCount }, random);
	const third = second.map((value, row) => (row % 10 === 0 ? NaN : value));
	return fromColumns([first, second, third]);
}

const request = {
	data: made(2000),
	columns: [2],
	scaling: 'standard' as const,
	neighborCount: 5,
	mostDonors: 20_000,
	seed: 1
};

describe('imputeKnn', () => {
	it('fills the columns that it is asked to, and says how far that misses', async () => {
		const shares: (number | null)[] = [];
		const found = await localCompute.imputeKnn(request, never, ({ share }) => shares.push(share));
		expect(found.values).toHaveLength(200);
		expect(found).toMatchObject({ candidates: 1800, donors: 1800, masked: [180] });
		expect(found.errorKnn[0]).toBeLessThan(0.5);
		expect(found.errorMedian[0]).toBeGreaterThan(0.9);
		expect(shares.at(-1)).toBe(1);
		expect(shares).toEqual([...shares].sort((a, b) => (a ?? 0) - (b ?? 0)));
	});

	it('is misled by large numbers when they are not scaled', async () => {
		const scaled = await localCompute.imputeKnn(request, never, () => undefined);
		const unscaled = await localCompute.imputeKnn({ ...request, scaling: 'none' }, never, () => undefined);
		expect(unscaled.errorKnn[0]).toBeGreaterThan(2 * (scaled.errorKnn[0] ?? 0));
	});

	it('draws donors by the seed where there are more than it may use', async () => {
		const few = { ...request, mostDonors: 100 };
		const found = await localCompute.imputeKnn(few, never, () => undefined);
		expect(found).toMatchObject({ candidates: 1800, donors: 100 });
		expect(await localCompute.imputeKnn(few, never, () => undefined)).toEqual(found);
		const other = await localCompute.imputeKnn({ ...few, seed: 2 }, never, () => undefined);
		expect(other.values).not.toEqual(found.values);
	});

	it('does not start when it was stopped', async () => {
		await expect(localCompute.imputeKnn(request, AbortSignal.abort(), () => undefined)).rejects.toMatchObject(
			{ name: 'AbortError' }
		);
	});
});

describe('powerFit', () => {
	it('counts only the numbers that the transform can take', async () => {
		const values = Float64Array.of(-2, 0, 1, 2, 3, 9, 40, NaN, Infinity);
		const positive = Float64Array.of(1, 2, 3, 9, 40);
		const fit = await localCompute.powerFit({ values: values, transform: 'box_cox' }, never, () => undefined);
		expect(fit).toEqual(
			await localCompute.powerFit({ values: positive, transform: 'box_cox' }, never, () => undefined)
		);
		expect(Math.abs(fit.skewAfter)).toBeLessThan(fit.skewBefore);
		const yeo = await localCompute.powerFit(
			{ values: values, transform: 'yeo_johnson' },
			never,
			() => undefined
		);
		expect(yeo.lambda).not.toBe(fit.lambda);
		expect(
			(await localCompute.powerFit({ values: values, transform: 'log1p' }, never, () => undefined)).lambda
		).toBeNull();
	});
});
