import { describe, expect, it } from 'vitest';
import { fromColumns, rowsOf } from '#lib/core/matrix.ts';
import { seeded } from '#lib/core/random.ts';
import { farthest, fromRows } from '../../../tests/oracle/clustering-small.ts';
import { densities } from '../../../tests/oracle/density.ts';
import { hdbscan } from './hdbscan.ts';

describe.each(Object.entries(densities))('HDBSCAN of %s', (_, { rows, hdbscan: runs }) => {
	it.each(runs)(
		'agrees with its definition with $minPoints points and $minClusterSize rows',
		({ minPoints, minClusterSize, labels, strengths, stabilities }) => {
			const fit = hdbscan(fromRows(rows), { minPoints, minClusterSize });
			expect(Array.from(fit.labels)).toEqual(labels);
			expect(farthest(fit.strengths, strengths)).toBeLessThan(1e-8);
			const relative = fit.stabilities.map((value, i) => value / (stabilities[i] as number));
			expect(
				farthest(
					relative,
					stabilities.map(() => 1)
				)
			).toBeLessThan(1e-9);
		}
	);
});

describe('hdbscan', () => {
	const data = fromRows(densities.blobs?.rows ?? []);
	const options = { minPoints: 6, minClusterSize: 12 };

	it('gives each row the same company whatever the order of rows', () => {
		const turned = Int32Array.from({ length: data.rowCount }, (_, i) => (i * 77 + 5) % data.rowCount);
		const [before, after] = [hdbscan(data, options), hdbscan(rowsOf(data, turned), options)];
		const pairs = new Set(Array.from(turned, (row, i) => `${before.labels[row]} ${after.labels[i]}`));
		expect(pairs.size).toBe(new Set(before.labels).size);
		turned.forEach((row, i) => expect(after.strengths[i]).toBeCloseTo(before.strengths[row] as number, 9));
	});
	it('gives the same labels at another scale', () => {
		const larger = { ...data, values: data.values.map((value) => value * 1024) };
		expect(hdbscan(larger, options).labels).toEqual(hdbscan(data, options).labels);
	});
	it('finds no cluster where nothing divides', () => {
		const random = seeded(1);
		const line = fromColumns([Float64Array.from({ length: 40 }, (_, i) => i + random() / 1e6)]);
		expect(hdbscan(line, { minPoints: 4, minClusterSize: 15 })).toMatchObject({ clusterCount: 0 });
		for (const rows of [[], [1], [2, 2, 2, 2]]) {
			expect(hdbscan(fromColumns([rows]), { minPoints: 3, minClusterSize: 2 }).clusterCount).toBe(0);
		}
	});
	it('keeps groups of equal rows finite', () => {
		const column = [...new Array<number>(20).fill(0), ...new Array<number>(20).fill(5), 9];
		const fit = hdbscan(fromColumns([column]), { minPoints: 5, minClusterSize: 5 });
		expect(fit.labels).toHaveLength(41);
		expect(fit.stabilities.every(Number.isFinite)).toBe(true);
		expect(fit.strengths.every(Number.isFinite)).toBe(true);
	});
});
