import { describe, expect, it } from 'vitest';
import { AppError } from '#lib/core/errors.ts';
import { fromColumns } from '#lib/core/matrix.ts';
import { seeded, type Random } from '#lib/core/random.ts';
import { applyScaler, fitScaler } from '#lib/stats/scale.ts';
import type { ClusterData } from '../method.ts';
import { stages } from './index.ts';

/** Active people in three blobs, lapsed ones in one, and six new ones. */
function people(): ClusterData {
	const random = seeded(3);
	const codes = Int32Array.from({ length: 606 }, (_, i) => (i < 400 ? 0 : i < 600 ? 1 : 2));
	const x = Array.from(codes, (code, i) => (code === 0 ? 10 * (i % 3) : 0) + random() + random() + random());
	const y = x.map(() => random() + random() + random());
	const categories = [{ feature: 'lifecycle_stage', codes, levels: ['active', 'lapsed', 'new'] }];
	return { numbers: fromColumns([x, y]), categories };
}

const context = { seed: 1, onProgress: () => undefined };

describe('stages, then groups', () => {
	it('splits a stage whose groups stand apart, and leaves small ones whole', async () => {
		const { details, modes, clusterCount, labels } = await stages.fit(people(), {}, context);
		if (details.kind !== 'stages') throw new Error('no stages');
		expect(details.feature).toBe('lifecycle_stage');
		expect(details.stages[0]).toMatchObject({
			level: 'active',
			customers: 400,
			clusters: [0, 1, 2],
			because: 'split'
		});
		expect(details.stages[0]?.silhouette).toBeGreaterThan(0.7);
		expect(details.stages.at(-1)).toEqual({
			...{ level: 'new', customers: 6, silhouette: null, because: 'too-few' },
			clusters: [clusterCount - 1]
		});
		expect(modes.map(([level]) => level)).toEqual(
			details.stages.flatMap(({ clusters }, stage) => clusters.map(() => stage))
		);
		expect(Array.from(labels.slice(0, 3)).sort()).toEqual([0, 1, 2]);
	});
	it('takes the number that the user sets, but of too few people', async () => {
		const stagesOf = async (groupsInside: number) => {
			const { details } = await stages.fit(people(), { groupsInside }, context);
			if (details.kind !== 'stages') throw new Error('no stages');
			return details.stages.map(({ because, clusters }) => [because, clusters.length]);
		};
		for (const groups of [1, 2]) {
			expect(await stagesOf(groups)).toEqual([
				['asked', groups],
				['asked', groups],
				['too-few', 1]
			]);
		}
	});
	it('leaves stages without groups whole, in at least 19 of 20', async () => {
		const shapes: readonly ((random: Random) => readonly [number, number])[] = [
			(random) => [random(), random()],
			(random) => [random() + random() + random(), random() + random() + random()],
			(random) => [-Math.log(1 - random()), -Math.log(1 - random())],
			(random) => [Math.floor(12 * random() * random()), Math.floor(365 * random())]
		];
		const codes = Int32Array.from({ length: 400 * shapes.length }, (_, row) => Math.floor(row / 400));
		const levels = shapes.map((_, level) => `stage ${level}`);
		const found: string[] = [];
		for (let seed = 1; seed <= 20; seed += 1) {
			const random = seeded(seed);
			const rows = Array.from(codes, (level) => shapes[level]?.(random) ?? [0, 0]);
			const data = fromColumns([0, 1].map((c) => rows.map((row) => row[c] as number)));
			const numbers = applyScaler(data, fitScaler(data, 'standard'));
			const categories = [{ feature: 'stage', codes, levels }];
			const { details } = await stages.fit({ numbers, categories }, {}, context);
			if (details.kind === 'stages') found.push(...details.stages.map(({ because }) => because));
		}
		expect(found).toHaveLength(80);
		expect(found.filter((because) => because !== 'one').length).toBeLessThanOrEqual(4);
	});
	it('refuses a text with too many values, and names what it found', async () => {
		const { numbers } = people();
		const codes = Int32Array.from({ length: 606 }, (_, i) => i % 30);
		const levels = Array.from({ length: 30 }, (_, i) => `c${i}`);
		const failure = await stages
			.fit({ numbers, categories: [{ feature: 'category', codes, levels }] }, {}, context)
			.catch((error: unknown) => error);
		expect(failure).toBeInstanceOf(AppError);
		expect((failure as AppError).details).toMatchObject({
			why: expect.stringContaining('30 different texts')
		});
	});
});
