import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnOf, fromColumns } from '#lib/core/matrix.ts';
import { seeded } from '#lib/core/random.ts';
import { sphericalBic } from './bic.ts';
import { pearson } from './correlation.ts';
import { dunnIndices } from './dunn.ts';
import { gapStatistic } from './gap.ts';
import { kneeIndex } from './knee.ts';
import { drawGroupFree, fitGroupFree } from './reference-sets.ts';
import { peakQuantile, singlePeak } from './single-peak.ts';

describe('Dunn’s index', () => {
	it('is the least distance between clusters by the greatest width', () => {
		const data = fromColumns([
			[0, 3, 10, 10],
			[0, 4, 0, 2]
		]);
		// Widths 5 and 2; nearest pair (3, 4) and (10, 2): √53.
		expect(dunnIndices(data, [{ labels: [0, 0, 1, 1], clusterCount: 2 }])[0]).toBeCloseTo(
			Math.sqrt(53) / 5,
			12
		);
	});
	it('is the same for several labelings at once, and as the definition, on any table', () => {
		const row = fc.tuple(
			fc.integer({ min: -9, max: 9 }),
			fc.integer({ min: -9, max: 9 }),
			fc.nat(2),
			fc.nat(3)
		);
		fc.assert(
			fc.property(fc.array(row, { minLength: 2, maxLength: 25 }), (rows) => {
				const data = fromColumns([rows.map(([x]) => x), rows.map(([, y]) => y)]);
				const labelings = [
					{ labels: rows.map(([, , label]) => label), clusterCount: 3 },
					{ labels: rows.map(([, , , label]) => label), clusterCount: 4 }
				];
				dunnIndices(data, labelings).forEach((index, i) => {
					const expected = byDefinition(rows, labelings[i]?.labels ?? []);
					if (Number.isNaN(expected)) expect(index).toBeNaN();
					else expect(index).toBeCloseTo(expected, 9);
				});
			}),
			{ seed: 1 }
		);
	});
});

function byDefinition(rows: readonly (readonly number[])[], labels: readonly number[]): number {
	let [between, within] = [Infinity, 0];
	rows.forEach(([x = 0, y = 0], a) => {
		for (let b = a + 1; b < rows.length; b += 1) {
			const distance = Math.hypot(x - (rows[b]?.[0] ?? 0), y - (rows[b]?.[1] ?? 0));
			if (labels[a] === labels[b]) within = Math.max(within, distance);
			else between = Math.min(between, distance);
		}
	});
	return between === Infinity || within === 0 ? NaN : between / within;
}

describe('the knee of a curve', () => {
	it.each([
		[[1, 2, 3, 4, 5], [100, 20, 15, 12, 10], 1],
		[[1, 2, 3, 4], [0, 0.1, 0.2, 9], 2],
		[[1, 2, 3], [3, 2, 1], null],
		[[1, 2, 3], [5, 5, 5], null],
		[[1, 2], [5, 1], null],
		[[1, 2, 3], [NaN, 1, 2], null]
	])('of %j, %j is at %j', (xs, ys, index) => {
		expect(kneeIndex(xs, ys)).toBe(index);
	});
});

describe('the gap statistic', () => {
	it('is the mean log of the references less the own, with the error of the paper', () => {
		const gap = gapStatistic(1, [Math.E, Math.E ** 3]);
		expect(gap.value).toBeCloseTo(2, 12);
		expect(gap.error).toBeCloseTo(Math.sqrt(1.5), 12);
	});
});

describe('the criterion of round clouds', () => {
	it('is −2 log-likelihood + p ln n', () => {
		const [inertia, sizes, d] = [12, [3, 5], 2] as const;
		const variance = inertia / 16;
		const logLikelihood =
			-8 * Math.log(2 * Math.PI * variance) -
			inertia / (2 * variance) +
			3 * Math.log(3 / 8) +
			5 * Math.log(5 / 8);
		expect(sphericalBic({ inertia, sizes: [...sizes, 0], columnCount: d })).toBeCloseTo(
			-2 * logLikelihood + 6 * Math.log(8),
			9
		);
		expect(sphericalBic({ inertia: 0, sizes, columnCount: d })).toBeNaN();
	});
});

describe('a single peak', () => {
	const evenly = Array.from({ length: 640 }, (_, i) => i / 639);
	it('leaves a uniform distribution as it is', () => {
		const peak = singlePeak(evenly);
		for (const share of [0.1, 0.5, 0.9]) expect(peakQuantile(peak, share)).toBeCloseTo(share, 2);
	});
	it('fills the valley between two humps', () => {
		const humps = evenly.map((value) => (value < 0.5 ? value : value + 10));
		const peak = singlePeak(humps);
		expect(peakQuantile(peak, 0)).toBe(0);
		expect(peakQuantile(peak, 1)).toBe(11);
		expect(peakQuantile(peak, 0.6)).toBeGreaterThan(1);
		expect(peakQuantile(peak, 0.9)).toBeLessThan(10.5);
		const valley = [0.55, 0.6, 0.65, 0.7].map((share) => peakQuantile(peak, share));
		expect(valley.every((value) => value > 1 && value < 10)).toBe(true);
	});
	it('has densities that rise to one peak and then fall, shares from 0 to 1, and knots within the values', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 200 }), (values) => {
				const { knots, shares } = singlePeak(values);
				if (new Set(values).size === 1) expect(knots).toEqual([values[0], values[0]]);
				if (new Set(values).size === 1) return;
				expect([shares[0], shares.at(-1)]).toEqual([0, expect.closeTo(1, 9)]);
				const densities = knots
					.slice(1)
					.map((knot, i) => ((shares[i + 1] ?? 0) - (shares[i] ?? 0)) / (knot - (knots[i] ?? 0)));
				const peak = densities.indexOf(Math.max(...densities));
				densities.forEach((density, i) => {
					const next = densities[i + 1];
					if (next === undefined) return;
					if (i < peak) expect(density).toBeLessThanOrEqual(next * (1 + 1e-6));
					else expect(density).toBeGreaterThanOrEqual(next * (1 - 1e-6));
				});
			}),
			{ seed: 2 }
		);
	});
});

describe('rows without groups', () => {
	it('go together as the real ones do, within their span, the same for the same seed', () => {
		const random = seeded(5);
		const x = Array.from({ length: 800 }, () => random());
		const data = fromColumns([x, x.map((value) => -value + 0.1 * random()), x.map(() => 7)]);
		const free = fitGroupFree(data);
		const drawn = drawGroupFree(free, 500, seeded(1));
		expect(drawn).toEqual(drawGroupFree(free, 500, seeded(1)));
		expect(drawn.rowCount).toBe(500);
		expect(pearson(columnOf(drawn, 0), columnOf(drawn, 1))).toBeLessThan(-0.98);
		expect(Math.min(...columnOf(drawn, 0))).toBeGreaterThanOrEqual(0);
		expect(Math.max(...columnOf(drawn, 0))).toBeLessThanOrEqual(1);
		for (const value of columnOf(drawn, 2)) expect(value).toBe(7);
	});
	it('can be drawn like equal columns', () => {
		const x = Array.from({ length: 60 }, (_, i) => i);
		const drawn = drawGroupFree(fitGroupFree(fromColumns([x, x])), 100, seeded(3));
		expect(drawn.values.every(Number.isFinite)).toBe(true);
	});
});
