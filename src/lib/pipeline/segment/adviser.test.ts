import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import { fromColumns } from '#lib/core/matrix.ts';
import { seeded } from '#lib/core/random.ts';
import { localCompute } from '#lib/pipeline/local-compute.ts';
import { adviseMethod, describeAdvice, describeFacts, factsOf, type DataFacts } from './adviser.ts';
import type { ClusteringOutcome } from './cluster-step.ts';
import { METHODS } from './methods/index.ts';

const plain: DataFacts = {
	...{ customers: 9214, features: 7, categories: 0, isStaged: false, outlyingShare: 0, outlyingGroups: 0 },
	...{ elongation: 1.4, sizeRatio: 3, hasGroups: true }
};
const format = createFormat('en-GB', 'GBP');

/** Three clouds, or one, so many times as long as wide. */
function clouds(places: readonly number[], length = 1) {
	const random = seeded(5);
	const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
	const rows = Array.from({ length: 900 }, (_, i) => {
		const place = places[i % places.length] as number;
		return [length * normal(), place + normal()];
	});
	return fromColumns([0, 1].map((c) => rows.map((row) => row[c] as number)));
}

async function factsIn(
	data: ReturnType<typeof clouds>,
	method = 'kmeans',
	categories: string[] = []
): Promise<DataFacts> {
	const scaler = { scaling: 'none' as const, centers: [0, 0], scales: [1, 1], lambdas: null };
	const input = { data, scaler, projection: null, seed: 1 };
	const look = await localCompute.look(input, new AbortController().signal, () => undefined);
	const result = { method, categories, features: ['a', 'b'], seed: 1, scaler, projection: null };
	return factsOf({ data, result } as unknown as ClusteringOutcome, look);
}

describe('the method adviser', () => {
	it.each([
		[{}, 'kmeans', 'mixture'],
		[{ customers: 900 }, 'kmeans', 'hierarchical'],
		[{ categories: 1 }, 'k-prototypes', 'stages'],
		[{ categories: 1, isStaged: true }, 'stages', 'k-prototypes'],
		[{ hasGroups: false }, 'kmeans', 'stages'],
		[{ outlyingGroups: 2, outlyingShare: 0.01 }, 'hdbscan', 'kmeans'],
		[{ outlyingGroups: 2, customers: 2_000_000 }, 'kmeans', 'mixture'],
		[{ elongation: 3 }, 'mixture', 'kmeans'],
		[{ sizeRatio: 30 }, 'mixture', 'kmeans']
	])('on %j advises %s, then %s', (facts, method, runnerUp) => {
		expect(adviseMethod({ ...plain, ...facts })).toMatchObject({ method, runnerUp: { method: runnerUp } });
	});
	it('states its facts', () => {
		const words = describeFacts({ ...plain, outlyingGroups: 2, outlyingShare: 0.03 }, format);
		expect(words).toBe(
			'9,214 customers, 7 features, 2 outlying groups of under 2%, 3% of people far out, segments 1.4× as long as wide.'
		);
	});
	it('goes by the customers: the same whichever method is in use', async () => {
		for (const [places, length, method] of [
			[[0, 12, 24], 1, 'kmeans'],
			[[0, 12, 24], 8, 'mixture']
		] as const) {
			const all = await Promise.all(
				METHODS.map(async ({ id }) => adviseMethod(await factsIn(clouds(places, length), id)))
			);
			all.forEach((advice) => expect(advice).toEqual(all[0]));
			expect(all[0]?.method).toBe(method);
		}
	});
	it('sees groups, and that there are none', async () => {
		expect(await factsIn(clouds([0, 12, 24]))).toMatchObject({ hasGroups: true, outlyingGroups: 0 });
		expect((await factsIn(clouds([0, 12, 24]))).elongation).toBeLessThan(1.3);
		expect((await factsIn(clouds([0]))).hasGroups).toBe(false);
	});
	it('never gives a reason that its own fact contradicts, nor one reason twice', () => {
		for (const elongation of [1, 1.8, 2.2, 2.5, 4])
			for (const sizeRatio of [1, 5, 20])
				for (const outlyingShare of [0, 0.005, 0.03])
					for (const outlyingGroups of [0, 1])
						for (const categories of [0, 1])
							for (const flag of [false, true]) {
								const own = { elongation, sizeRatio, outlyingShare, outlyingGroups, categories };
								const facts = { ...plain, ...own, isStaged: flag && categories > 0, hasGroups: flag };
								const { why, runnerUp } = describeAdvice(adviseMethod(facts), format);
								const words = `${why} ${runnerUp}`;
								expect(words).not.toMatch(/\b0(\.5)?%|: ;/);
								if (words.includes('about round')) expect(elongation).toBeLessThan(1.8);
								if (words.includes('of like size, which')) expect(sizeRatio).toBeLessThan(5);
								expect(why.split(': ')[1]).not.toBe(runnerUp.split(': ')[1]);
							}
	});
	it('does not advise against groups inside stages at once', async () => {
		const advice = adviseMethod(await factsIn(clouds([0, 12, 24]), 'stages', ['lifecycle_stage']));
		expect(advice.method).toBe('stages');
		expect(describeAdvice(advice, format).why).toContain('you asked for groups inside each stage');
	});
});
