import { describe, expect, it } from 'vitest';
import { fromColumns, rowsOf } from '#lib/core/matrix.ts';
import { seeded } from '#lib/core/random.ts';
import { localCompute } from '#lib/pipeline/local-compute.ts';
import { silhouetteSamples } from '#lib/stats/silhouette.ts';
import { fitSpace, toSpace } from './space.ts';

const { signal } = new AbortController();

const random = seeded(3);
const owners = Array.from({ length: 300 }, (_, row) => row % 3);
const data = fromColumns([
	owners.map((own) => 9 * own + random()),
	owners.map((own) => own * own + random())
]);
const space = fitSpace(data, { scaling: 'standard', scaler: null, componentShare: null });
const input = { data, ...space, labels: Uint8Array.from(owners), clusterCount: 3, most: 1000, seed: 1 };

describe('silhouettes', () => {
	it('are those of every customer where there are few', async () => {
		const { rows, values } = await localCompute.silhouettes(input, signal, () => undefined);
		expect(Array.from(rows)).toEqual(owners.map((_, row) => row));
		const [expected] = silhouetteSamples(toSpace(data, space), [{ labels: input.labels, clusterCount: 3 }]);
		expect(values).toEqual(expected);
		expect(values.every((value) => value > 0.5)).toBe(true);
	});

	it('are those of a sample among itself where there are many, the same for a seed', async () => {
		const shares: (number | null)[] = [];
		const few = { ...input, most: 60 };
		const found = await localCompute.silhouettes(few, signal, ({ share }) => shares.push(share));
		expect(found.rows).toHaveLength(60);
		expect(await localCompute.silhouettes(few, signal, () => undefined)).toEqual(found);
		const labels = Uint8Array.from(found.rows, (row) => input.labels[row] as number);
		const compared = rowsOf(toSpace(data, space), found.rows);
		expect(found.values).toEqual(silhouetteSamples(compared, [{ labels, clusterCount: 3 }])[0]);
		expect(shares.at(-1)).toBe(1);
	});

	it('stop when they are aborted', async () => {
		await expect(localCompute.silhouettes(input, AbortSignal.abort(), () => undefined)).rejects.toThrow();
	});
});
