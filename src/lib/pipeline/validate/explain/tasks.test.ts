import { describe, expect, it } from 'vitest';
import { seeded } from '#lib/core/random.ts';
import { distinct } from './distinct.ts';
import { likeEveryone, standingOf } from './distinctive.ts';
import { driftOf, fidelities } from './fidelity.ts';
import { likenesses, neighbours, NOBODY } from './neighbours.ts';
import { ruleTree } from './rule-tree.ts';

const { signal } = new AbortController();
const quiet = () => undefined;

/** Two groups that a number parts at 50, and a third among them by chance. */
function people(count: number) {
	const random = seeded(4);
	const values = Float64Array.from({ length: 2 * count }, (_, i) =>
		i % 2 === 0 ? Math.floor(random() * 100) : random()
	);
	const labels = Uint8Array.from({ length: count }, (_, row) => Number((values[2 * row] as number) >= 50));
	return { data: { values, rowCount: count, columnCount: 2 }, labels };
}

describe('ruleTree', () => {
	const limits = { maxDepth: 4, maxLeaves: 6, pruning: 0.001 };
	const input = { ...people(400), clusterCount: 2, limits, mostRows: 1000, seed: 3 };

	it('finds the line between two groups, also for people it has not seen', async () => {
		const found = await ruleTree(input, signal, quiet);
		expect(found.tree).toHaveLength(3);
		expect(found.tree[0]).toMatchObject({ column: 0, threshold: 49 });
		expect([...found.predicted]).toEqual([...input.labels]);
		expect(found.learned).toBe(400);
		expect(found.unseen.of).toBe(400);
		expect(found.unseen.right).toBeGreaterThan(390);
	});

	it('judges chance as chance on people it has not seen', async () => {
		const random = seeded(8);
		const labels = Uint8Array.from(input.labels, () => Math.floor(random() * 2));
		const { unseen } = await ruleTree({ ...input, labels }, signal, quiet);
		expect(unseen.right / unseen.of).toBeGreaterThan(0.4);
		expect(unseen.right / unseen.of).toBeLessThan(0.6);
	});

	it('learns from a sample of many, and tells all of them', async () => {
		const found = await ruleTree({ ...input, mostRows: 100 }, signal, quiet);
		expect(found.learned).toBe(100);
		expect(found.predicted).toHaveLength(400);
		expect(await ruleTree({ ...input, mostRows: 100 }, signal, quiet)).toEqual(found);
	});

	it('is one leaf for one customer, and stops when it is told to', async () => {
		const one = { ...input, ...people(1), clusterCount: 2 };
		const found = await ruleTree(one, signal, quiet);
		expect(found.tree).toHaveLength(1);
		expect(found.unseen).toEqual({ right: 0, of: 0 });
		await expect(ruleTree(input, AbortSignal.abort(), quiet)).rejects.toThrow();
	});
});

describe('distinct', () => {
	it('tells medians, shares and differences of each cluster', async () => {
		const [amounts, shares] = await distinct(
			{
				columns: [Float64Array.of(1, 2, NaN, 10, 20, 30), Float64Array.of(1, 1, 0, 0, 0, NaN)],
				labels: Uint8Array.of(0, 0, 0, 1, 1, 1),
				clusterCount: 2
			},
			signal,
			quiet
		);
		expect(amounts?.[0]).toMatchObject({ typical: 1.5, typicalOthers: 20, told: 2 });
		expect(amounts?.[0]?.delta.value).toBe(-1);
		expect(shares?.[0]?.typical).toBeCloseTo(2 / 3, 12);
		expect(shares?.[1]).toMatchObject({ typical: 0, told: 2 });
	});

	it('calls same only what is surely near, and large only what is surely far', () => {
		const standing = (value: number, low: number, high: number) =>
			standingOf({ delta: { value, low, high } });
		expect(standing(0.6, 0.5, 0.7)).toBe('large');
		expect(standing(-0.6, -0.7, -0.4)).toBe('medium');
		expect(standing(0.2, 0.15, 0.3)).toBe('small');
		expect(standing(0.02, -0.1, 0.14)).toBe('same');
		expect(standing(0.3, 0.05, 0.5)).toBe('unsure');
		expect(standing(NaN, -1, 1)).toBe('unsure');
	});

	it('calls a feature of texts like everyone else only where each of its texts is', () => {
		const column = (feature: string, text: string | null, low: number, high: number) => {
			const delta = { value: (low + high) / 2, low, high };
			return { feature, text, clusters: [{ delta, told: 9, typical: 0, typicalOthers: 0 }] };
		};
		const columns = [
			column('orders', null, -0.1, 0.1),
			column('country', 'Norway', -0.1, 0.1),
			column('country', 'Sweden', 0.5, 0.7),
			column('device', 'Phone', -0.1, 0.1),
			column('device', 'Desk', 0.05, 0.2),
			column('hour', 'Night', -0.1, 0.1)
		];
		expect([...likeEveryone(columns, 0)]).toEqual(['orders', 'hour']);
		expect(likeEveryone(columns, 1).size).toBe(0);
	});
});

describe('fidelity and drift', () => {
	const labels = Uint8Array.of(0, 0, 0, 1, 1, 1, 1, 1);

	it('counts who is in the segment, in the rule, and in both', () => {
		const [first, second] = fidelities(labels, Uint8Array.of(0, 0, 1, 1, 1, 1, 0, 1), 2);
		expect(first).toEqual({
			members: 3,
			inRule: 3,
			both: 2,
			coverage: 2 / 3,
			precision: 2 / 3,
			overlap: 0.5,
			accuracy: 6 / 8
		});
		expect(second?.both).toBe(4);
	});

	it('compares a rule with its segment of today, and with the one it meets best', () => {
		const drift = driftOf(Int32Array.of(2, 3, 4, 5), labels, 2, 0);
		expect(drift.own?.both).toBe(1);
		expect(drift.best?.cluster).toBe(1);
		expect(drift.best?.fidelity.overlap).toBeCloseTo(3 / 6, 12);
		expect(driftOf(Int32Array.of(0), labels, 2, null).own).toBeNull();
		expect(driftOf(new Int32Array(), labels, 2, 0).best).toBeNull();
	});
});

describe('neighbours', () => {
	const scaler = { scaling: 'none', centers: [0], scales: [1], lambdas: null } as const;
	const input = {
		data: { values: Float64Array.of(0, 4.9, 10, 5.2, 100), rowCount: 5, columnCount: 1 },
		scaler: { ...scaler, centers: [0], scales: [1] },
		projection: null,
		labels: Uint8Array.of(0, 0, 1, 1, 2)
	};

	it('finds the next centre, and who is nearly as near to it', async () => {
		const found = await neighbours({ ...input, centres: [[0], [10], null] }, signal, quiet);
		expect([...found.next]).toEqual([1, 1, 0, 0, 1]);
		expect([...found.isBetween]).toEqual([0, 1, 0, 1, 0]);
	});

	it('has none where there is one centre', async () => {
		const found = await neighbours({ ...input, centres: [[0], null, null] }, signal, quiet);
		expect([...found.next].slice(0, 2)).toEqual([NOBODY, NOBODY]);
	});

	it('orders clusters by how alike their profiles are', () => {
		const profile = (cluster: number, effects: readonly number[], isNoise = false) => ({
			cluster,
			autoName: '',
			isNoise,
			modes: [],
			customers: 1,
			revenue: 0,
			silhouette: 0,
			centroid: [],
			values: effects.map((effect, f) => ({ feature: `f${f}`, median: 0, medianAll: 0, effect })),
			stability: { cluster, jaccard: 1, low: 1, high: 1, resamples: 1 }
		});
		const profiles = [profile(0, [0, 0]), profile(1, [3, 4]), profile(2, [1, -1]), profile(3, [0, 0], true)];
		const [nearest, next, ...others] = likenesses(profiles, 0);
		expect(others).toEqual([]);
		expect(nearest).toEqual({ other: 2, distance: 1, apart: { feature: 'f0', difference: -1 } });
		expect(next?.distance).toBeCloseTo(Math.sqrt(12.5), 12);
		expect(likenesses(profiles, 3)).toEqual([]);
	});
});
