import { expect, it } from 'vitest';
import { DEFAULT_FEATURES } from '#lib/pipeline/features/schema.ts';
import { regularOrders, RFM, runRegulars, type MadeOrder } from '../../../../../tests/support/regulars.ts';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { monthStarts } from './days.ts';
import type { WindowDay } from './schema.ts';
import { compareDays } from './step.ts';
import { pastOfSegments } from './time-stability.ts';

/** A day on which a segment had so many people, ten of whom ordered in its month. */
const dayOf = (day: string, customers: number, jaccard: number, distance: number | null = 0.1): WindowDay =>
	({ day, segments: [{ customers, jaccard, distance, month: { buyers: 10 } }] }) as unknown as WindowDay;

it('names the latest three days, and takes the buyers of twenty people or more alone', () => {
	const days = ['2024-01-01', '2024-02-01', '2024-03-01'].map((day) => dayOf(day, 30, 0.5));
	const [enough] = pastOfSegments([...days, dayOf('2024-04-01', 20, 0.8)], 1);
	expect(enough?.days).toEqual(['2024-02-01', '2024-03-01', '2024-04-01']);
	expect(enough?.jaccard).toBeCloseTo(0.6, 12);
	expect(enough?.buyers?.value).toBe(0.5);
	const [moved] = pastOfSegments(
		[...days.slice(0, 2), dayOf('2024-03-01', 30, 0.5, 0.4), dayOf('2024-04-01', 0, 0, null)],
		1
	);
	expect(moved?.distance).toBeCloseTo(0.25, 12);
	expect(enough?.distance).toBeCloseTo(0.1, 12);
	const [few] = pastOfSegments([...days, dayOf('2024-04-01', 19, 0.8)], 1);
	expect(few?.buyers).toBeNull();
});

/** Each runs a year of orders through the whole pipeline. */
const LONG_MS = 120_000;

describeEngines('the profile over time', (engine) => {
	/** How far the profile of those who buy every week moved over the last three month starts. */
	async function distanceOf(orders: readonly MadeOrder[]): Promise<number> {
		const { clean, rfm, outcome } = await runRegulars(engine(), orders);
		const request = {
			...{ asOf: '2024-01-01', params: RFM, rfm, featureParams: DEFAULT_FEATURES, ownFeatures: [], clean },
			clustering: outcome.result
		};
		const days = monthStarts('2024-01-01', '2023-01-01').slice(-3);
		const compared = await compareDays(engine(), request, days, new AbortController().signal);
		return pastOfSegments(compared.days, 2)[0]?.distance ?? NaN;
	}

	it(
		'stays while people go on as they did',
		async () => {
			expect(await distanceOf(regularOrders())).toBeLessThan(0.25);
		},
		LONG_MS
	);
	it(
		'moves when they begin to spend much more',
		async () => {
			const more = regularOrders().map((order) =>
				order.customer.startsWith('weekly') && order.day >= '2023-11-01'
					? { ...order, amount: 100 * order.amount }
					: order
			);
			expect(await distanceOf(more)).toBeGreaterThan(0.25);
		},
		LONG_MS
	);
});
