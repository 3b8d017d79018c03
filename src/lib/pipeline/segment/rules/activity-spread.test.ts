import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { MADE_ACTIVITIES } from '../../../../../tests/support/made-rules.ts';
import { membersByHand } from '../../../../../tests/support/rule-oracle.ts';
import { makeWorld, writeWorld } from '../../../../../tests/support/rule-world.ts';
import { activitySpread } from './activity-spread.ts';
import type { ActivityCondition, NumberTest } from './schema.ts';

const NOBODY_STOPS = new AbortController().signal;

describeEngines('how what people did spreads', (engine) => {
	const world = makeWorld(7);
	beforeAll(() => writeWorld(engine(), world));

	it('has so many people on either side of its quartiles and below its end', async () => {
		await fc.assert(
			fc.asyncProperty(MADE_ACTIVITIES, async (made) => {
				const condition = made as ActivityCondition;
				const size = (test: NumberTest) => membersByHand({ ...condition, test }, world.oracle).length;
				const spread = await activitySpread(engine(), condition, world.scope, NOBODY_STOPS);
				const told = size({ op: 'known' });
				expect(spread?.told).toBe(told);
				if (!spread || told === 0) return;
				const near = (value: number) => 1e-9 * Math.max(1, Math.abs(value));
				[0.25, 0.5, 0.75].forEach((share, i) => {
					const value = spread.quartiles[i] as number;
					const place = (told - 1) * share;
					expect(size({ op: 'le', value: value + near(value) })).toBeGreaterThanOrEqual(
						Math.floor(place) + 1
					);
					expect(size({ op: 'ge', value: value - near(value) })).toBeGreaterThanOrEqual(
						told - Math.ceil(place)
					);
				});
				expect(size({ op: 'gt', value: spread.max + near(spread.max) })).toBe(0);
				expect(size({ op: 'ge', value: spread.max - near(spread.max) })).toBeGreaterThan(0);
			}),
			{ seed: 17, numRuns: 150 }
		);
	}, 120_000);

	it('is not there for what cannot be asked', async () => {
		const condition: ActivityCondition = {
			kind: 'activity',
			subject: 'orders',
			among: 'all',
			where: [],
			window: null,
			measure: { kind: 'sum', field: 'weight' },
			per: null,
			test: { op: 'gt', value: 1 }
		};
		expect(await activitySpread(engine(), condition, world.scope, NOBODY_STOPS)).toBeNull();
	});
});
