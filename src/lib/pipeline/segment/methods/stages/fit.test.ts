import { describe, expect, it } from 'vitest';
import { AppError } from '#lib/core/errors.ts';
import { fromColumns } from '#lib/core/matrix.ts';
import { seeded } from '#lib/core/random.ts';
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
	it('leaves a stage whole when asked for one group, or where nothing stands apart', async () => {
		const { details } = await stages.fit(people(), { mostClusters: 1 }, context);
		expect(details).toMatchObject({
			stages: [{ because: 'one' }, { because: 'one' }, { because: 'too-few' }]
		});
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
