import { describe, expect, it } from 'vitest';
import { seeded } from '#lib/core/random.ts';
import { classOf, estimate, type Model, type Pattern } from './em.ts';

/** Draws a level from 1 on by its probability. */
function draw(shares: readonly number[], random: () => number): number {
	let left = random();
	for (let level = 1; level < shares.length; level += 1) {
		left -= shares[level] ?? 0;
		if (left < 0) return level;
	}
	return shares.length - 1;
}

/** `count` pairs of a class, by pattern. */
function drawn(levels: Model['m'], count: number, random: () => number): number[][] {
	return Array.from({ length: count }, () =>
		levels.map((shares) => (random() < 0.1 ? 0 : draw(shares, random)))
	);
}

function counted(pairs: readonly number[][]): Pattern[] {
	const counts = new Map<string, number>();
	for (const levels of pairs) counts.set(levels.join('.'), (counts.get(levels.join('.')) ?? 0) + 1);
	return [...counts].map(([key, count]) => ({ levels: key.split('.').map(Number), count }));
}

/** Two names, a date and an address: exact, close, different. */
const TRUE_MODEL: Model = {
	m: [
		[1, 0.85, 0.1, 0.05],
		[1, 0.8, 0.15, 0.05],
		[1, 0.9, 0.07, 0.03],
		[1, 0.7, 0.1, 0.2]
	],
	h: [
		[1, 0.01, 0.01, 0.98],
		[1, 0.9, 0.05, 0.05],
		[1, 0.001, 0.01, 0.989],
		[1, 0.95, 0.03, 0.02]
	],
	u: [
		[1, 0.01, 0.01, 0.98],
		[1, 0.005, 0.01, 0.985],
		[1, 0.001, 0.01, 0.989],
		[1, 0.002, 0.01, 0.988]
	],
	matches: 0.002,
	households: 0.004
};

const PRIORS = {
	priorM: TRUE_MODEL.m.map(() => [0.7, 0.15, 0.15]),
	priorH: [null, [0.7, 0.15, 0.15], null, [0.7, 0.15, 0.15]]
};

describe('classOf', () => {
	it('is Bayes’ rule', () => {
		const model: Model = {
			m: [[1, 0.9, 0.1]],
			h: [[1, 0.5, 0.5]],
			u: [[1, 0.1, 0.9]],
			matches: 0.2,
			households: 0.3
		};
		const total = 0.2 * 0.9 + 0.3 * 0.5 + 0.5 * 0.1;
		expect(classOf(model, [1])).toEqual({ match: (0.2 * 0.9) / total, household: (0.3 * 0.5) / total });
		expect(classOf(model, [0]).match).toBeCloseTo(0.2, 12);
	});
});

describe('estimate', () => {
	const random = seeded(3);
	const sizes = { matches: 2000, households: 4000, others: 994_000 };
	const pairs = [
		...drawn(TRUE_MODEL.m, sizes.matches, random),
		...drawn(TRUE_MODEL.h, sizes.households, random),
		...drawn(TRUE_MODEL.u, sizes.others / 5, random)
	];
	const compared = counted(pairs);
	const sample = counted([
		...drawn(TRUE_MODEL.m, 200, random),
		...drawn(TRUE_MODEL.h, 400, random),
		...drawn(TRUE_MODEL.u, 99_400, random)
	]);
	const evidence = { compared, random: sample, allPairs: 1_000_000, ...PRIORS };
	const found = estimate(evidence);

	it('finds the parameters of data that the model made', () => {
		found.m.forEach((levels, field) =>
			levels.forEach((m, level) =>
				expect(Math.abs(m - (TRUE_MODEL.m[field]?.[level] ?? 0))).toBeLessThan(0.03)
			)
		);
		found.u.forEach((levels, field) =>
			levels.forEach((u, level) =>
				expect(Math.abs(u - (TRUE_MODEL.u[field]?.[level] ?? 0))).toBeLessThan(0.004)
			)
		);
		expect(found.h[1]?.[1]).toBeCloseTo(0.9, 1);
		expect(Math.abs(found.matches - 0.002)).toBeLessThan(0.0002);
		expect(Math.abs(found.households - 0.004)).toBeLessThan(0.0008);
		expect(found.rounds).toBeLessThan(200);
	});

	it('takes the probabilities of what households do not share from other pairs', () => {
		expect(found.h[0]).toEqual(found.u[0]);
		expect(found.h[2]).toEqual(found.u[2]);
	});

	it('gives the same numbers for the same counts, in whatever order', () => {
		const again = estimate({ ...evidence, compared: compared.toReversed(), random: sample.toReversed() });
		found.m.forEach((levels, field) =>
			levels.forEach((m, level) => expect(again.m[field]?.[level]).toBeCloseTo(m, 9))
		);
	});

	it('gives shares that add up, and stays with what it was told where there are no matches', () => {
		const none = estimate({
			compared: [],
			random: counted(drawn(TRUE_MODEL.u, 5000, random)),
			allPairs: 5000,
			...PRIORS
		});
		for (const model of [found, none]) {
			for (const levels of [...model.m, ...model.u, ...model.h]) {
				expect(levels.slice(1).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
			}
		}
		expect(none.m[0]?.slice(1)).toEqual([0.7, 0.15, 0.15].map((share) => expect.closeTo(share, 9)));
		expect(none.matches).toBeCloseTo(0.5 / 5000, 12);
	});
});
