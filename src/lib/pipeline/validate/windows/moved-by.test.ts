import fc from 'fast-check';
import { expect, it } from 'vitest';
import { assignClusters } from '#lib/pipeline/segment/assign.ts';
import type { Assignment } from '#lib/pipeline/segment/schema.ts';
import { contributions, largest } from './moved-by.ts';

const centre = (cluster: number, centroid: number[]) => ({ cluster, isNoise: false, centroid, modes: [] });
const NEAREST: Assignment = { kind: 'nearest', gamma: 0 };
const number = fc.double({ min: -5, max: 5, noNaN: true });
const place = fc.tuple(number, number).map((values) => Float64Array.from(values));
const squared = (a: Float64Array, b: readonly number[]) =>
	a.reduce((sum, value, c) => sum + (value - b[c]!) ** 2, 0);

it('parts the change of the lead exactly, for centres', () => {
	const profiles = [centre(0, [0, 0]), centre(1, [3, 1])];
	const partsOf = contributions({ profiles, assignment: NEAREST, projection: null }, 2);
	const lead = (at: Float64Array) => squared(at, [0, 0]) - squared(at, [3, 1]);
	fc.assert(
		fc.property(place, place, (then, now) => {
			const [first, second] = partsOf(then, now, 0, 1);
			expect(first! + second!).toBeCloseTo(lead(now) - lead(then), 8);
			expect(first).toBeCloseTo(6 * (now[0]! - then[0]!), 8);
		}),
		{ seed: 8 }
	);
});

it('parts the change of the lead exactly, for mixtures', () => {
	const assignment: Assignment = {
		kind: 'mixture',
		logWeights: [Math.log(0.5), Math.log(0.5)],
		means: [
			[0, 0],
			[3, 1]
		],
		choleskys: [
			[1, 0, 0.5, 2],
			[2, 0, 0, 1]
		]
	};
	const profiles = [centre(0, [0, 0]), centre(1, [3, 1])];
	const partsOf = contributions({ profiles, assignment, projection: null }, 2);
	const first = ([x = 0, y = 0]: Float64Array) => x ** 2 + ((y - 0.5 * x) / 2) ** 2;
	const second = ([x = 0, y = 0]: Float64Array) => ((x - 3) / 2) ** 2 + (y - 1) ** 2;
	const lead = (at: Float64Array) => first(at) - second(at);
	fc.assert(
		fc.property(place, place, (then, now) => {
			const parts = partsOf(then, now, 0, 1);
			expect(parts[0]! + parts[1]!).toBeCloseTo(lead(now) - lead(then), 7);
		}),
		{ seed: 8 }
	);
});

it('parts it through components too, and names the feature that changed', async () => {
	const projection = { means: [0, 0], loadings: [[0.6, 0.8]], explained: [1] };
	const borders = { profiles: [centre(0, [0]), centre(1, [4])], assignment: NEAREST, projection };
	const parts = contributions(borders, 2)(Float64Array.of(0, 1), Float64Array.of(0, 5), 0, 1);
	expect(parts[0]).toBe(0);
	expect(parts[1]).toBeCloseTo(2 * 4 * 0.8 * 4, 12);
	expect(largest(parts)).toBe(1);
	const scaler = { scaling: 'none', centers: [0, 0], scales: [1, 1], lambdas: null } as const;
	const data = { values: Float64Array.of(0, 1, 0, 5), rowCount: 2, columnCount: 2 };
	const fittings = { ...borders, scaler: { ...scaler, centers: [0, 0], scales: [1, 1] } };
	expect([...(await assignClusters(data, fittings))]).toEqual([0, 1]);
});
