import { expect, it } from 'vitest';
import { addDays, type Day } from '#lib/core/days.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { DEFAULT_FEATURES } from '#lib/pipeline/features/schema.ts';
import { localCompute } from '#lib/pipeline/local-compute.ts';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { stepContext } from '../../../../../tests/support/raw-tables.ts';
import {
	CLUSTERING,
	regularOrders,
	RFM,
	runRegulars,
	type MadeOrder
} from '../../../../../tests/support/regulars.ts';
import { likenesses } from './like.ts';
import { planHoldout } from './plan.ts';
import type { Holdout } from './schema.ts';
import { checkHoldout, holdoutPeople } from './step.ts';

const AS_OF = '2024-01-01';
const { signal } = new AbortController();

async function hold(engine: Engine, orders: readonly MadeOrder[]): Promise<Holdout> {
	const run = await runRegulars(engine, orders);
	const plan = planHoldout('2023-01-01', '2023-12-31', AS_OF)!;
	const request = {
		asOf: AS_OF,
		params: RFM,
		rfm: run.rfm,
		featureParams: DEFAULT_FEATURES,
		ownFeatures: [],
		clean: run.clean,
		clustering: run.outcome.result,
		clusteringParams: CLUSTERING,
		plan
	};
	const answer = await checkHoldout({ ...stepContext(engine), compute: localCompute }, request);
	if (answer.kind !== 'found') throw new Error('the features can be told');
	return answer.holdout;
}

function buyersAmong(orders: readonly MadeOrder[], people: ReadonlySet<string>, from: Day, until: Day) {
	const found = orders.filter(({ customer, day }) => people.has(customer) && day >= from && day < until);
	return new Set(found.map(({ customer }) => customer)).size;
}

describeEngines('checkHoldout', (engine) => {
	it('finds segments earlier, and follows them to the later day', async () => {
		const orders = regularOrders();
		const { fitDay, checkDay, horizon, segments, people } = await hold(engine(), orders);
		expect([fitDay, checkDay, horizon]).toEqual(['2023-07-05', '2023-10-03', 90]);
		const known = (day: Day) => new Set(orders.filter((each) => each.day < day).map((each) => each.customer));
		const sum = (side: 'fit' | 'check') =>
			segments.reduce((total, segment) => total + segment[side].customers, 0);
		expect([sum('fit'), sum('check')]).toEqual([known(fitDay).size, known(checkDay).size]);
		const [regulars] = segments;
		const ids = await holdoutPeople(engine(), { people } as Holdout, regulars!.cluster, signal);
		expect(ids).toHaveLength(regulars!.check.customers);
		const buyers = buyersAmong(orders, new Set(ids), checkDay, addDays(checkDay, horizon));
		expect(regulars!.check.buyers).toBe(buyers);
		expect(regulars).toMatchObject({ like: 0, verdict: 'holds', fit: { buyers: 30 } });
		expect(regulars!.overlap).toBeGreaterThan(0.7);
		expect(regulars!.fit.difference.low).toBeGreaterThan(0);
		expect(regulars!.distance).toBeGreaterThan(0);
	});

	it('flags a difference that vanishes', async () => {
		const { segments } = await hold(engine(), regularOrders('2023-10-01'));
		const regulars = segments.find(({ fit }) => fit.buyers === 30)!;
		expect(regulars.verdict).toBe('vanished');
		expect(regulars.check.buyers).toBe(0);
	});

	it('says which features are not known earlier', async () => {
		const run = await runRegulars(engine(), regularOrders());
		const clustering = { ...run.outcome.result, features: ['recency_days', 'days_between_orders'] };
		const answer = await checkHoldout(stepContext(engine()), {
			asOf: AS_OF,
			params: RFM,
			rfm: run.rfm,
			featureParams: DEFAULT_FEATURES,
			ownFeatures: ['days_between_orders'],
			clean: run.clean,
			clustering,
			clusteringParams: CLUSTERING,
			plan: planHoldout('2023-01-01', '2023-12-31', AS_OF)!
		});
		expect(answer).toMatchObject({ kind: 'lacking', features: [expect.any(String)] });
	});
});

it('pairs segments by their people, each once', () => {
	const labeling = (labels: number[], clusterCount: number) => ({
		labels: Uint8Array.from(labels),
		clusterCount
	});
	const found = likenesses(labeling([0, 0, 0, 1, 1, 2], 3), labeling([1, 1, 0, 0, 0, 0], 2));
	expect(found).toEqual([
		{ like: 1, overlap: 2 / 3 },
		{ like: 0, overlap: 2 / 4 },
		{ like: null, overlap: null }
	]);
});
