import { expect, it } from 'vitest';
import type { Engine } from '#lib/engine/engine.ts';
import { id, sql } from '#lib/engine/sql.ts';
import {
	FIVE_AS_OF,
	FIVE_ORDERS,
	FIVE_PEOPLE,
	fileOf,
	type MadeFile
} from '../../../../tests/support/behaviour-files.ts';
import { describeEngines } from '../../../../tests/support/engines.ts';
import { cleanRows } from '../../../../tests/support/raw-tables.ts';
import { LOYALTY_PARTS, loyaltyScores, loyaltyWeights } from './loyalty.ts';
import { DEFAULT_FEATURES, type FeatureParams, type FeatureSummary } from './schema.ts';
import { buildFeatures, knownDefinitions, LIBRARY } from './step.ts';

type Value = number | string | null;

/** What the definitions must say of the customers a, b, c, d and e, worked out by hand. */
const EXPECTED: Readonly<Record<string, readonly Value[]>> = {
	channel_count: [2, 1, 2, 0, 1],
	channel_entropy: [2 - 0.75 * Math.log2(3), 0, 1, null, 0],
	preferred_channel: ['web', 'web', 'web', null, 'amazon'],
	clicked_channel: ['sms', null, 'email', null, null],
	channel_engagement: ['Omni-Engaged', 'Omni-Engaged', 'Omni-Engaged', null, 'Single-Channel'],
	store_order_share: [0.25, 0, 0.5, 0, 0],
	online_order_share: [0.75, 1, 0.5, 0, 1],
	store_visit_share: [0, 2 / 3, null, null, null],
	phone_share: [2 / 3, 0, null, null, null],
	desktop_share: [1 / 3, 0, null, null, null],
	tablet_share: [0, 1, null, null, null],
	preferred_device: ['phone', 'tablet', null, null, null],
	visit_count: [3, 4, 4, 5, 0],
	recent_visits: [3, 4, 4, 4, 0],
	days_since_visit: [1, 24, 11, 40, null],
	product_views: [2, 0, 0, 0, 0],
	visit_minutes_mean: [20, null, null, null, null],
	visit_buy_share: [0.5, 0, 0, 0, null],
	carts: [3, 0, 0, 0, 0],
	carts_left: [1, 0, 0, 0, 0],
	carts_left_share: [0.5, null, null, null, null],
	messages_received: [3, 1, 1, 0, 0],
	recent_messages: [2, 1, 0, 1, 0],
	opens: [3, 0, 1, 0, 0],
	open_rate: [1, 0, 1, null, null],
	clicks: [2, 0, 1, 0, 0],
	recent_clicks: [2, 0, 0, 0, 0],
	click_rate: [2 / 3, 0, 1, null, null],
	click_to_open_rate: [2 / 3, null, 1, null, null],
	days_since_click: [20, null, 102, null, null],
	engagement_velocity: [null, 5, 1, 0.2, null],
	engagement_trend: [null, 10 / 286, -4 / 286, -14 / 286, null],
	behaviour_score: [
		8 * 0.5 ** (11 / 30) + 7 * 0.5 ** (6 / 30) + 5 * 0.5 ** (1 / 30),
		0.5 * 0.5 ** (107 / 30) + [61, 28, 28, 26, 24].reduce((sum, days) => sum + 0.5 ** (days / 30), 0),
		[61, 57, 52, 11].reduce((sum, days) => sum + 0.5 ** (days / 30), 0),
		[152, 70, 60, 50, 40].reduce((sum, days) => sum + 0.5 ** (days / 30), 0),
		0
	],
	channel_share_amazon: [0, 0, 0, 0, 1],
	channel_share_pos: [0.25, 0, 0, 0, 0],
	channel_share_store: [0, 0, 0.5, 0, 0],
	channel_share_web: [0.75, 1, 0.5, 0, 0],
	loyalty_score: [75, 375 / 9, 300 / 9, 250 / 9, 500 / 9],
	answer_count: [3, 1, 1, 1, 0],
	days_since_answer: [26, null, 61, 60, null],
	last_score: [4, 10, 8, 5, null],
	mean_score: [19 / 3, 10, 8, 5, null],
	nps_class: ['detractor', 'promoter', 'passive', null, null],
	age_years: [40, 39, null, null, null],
	gender: ['f', 'm', null, null, null],
	language: ['de', null, null, null, null],
	region: ['Tyrol', null, null, null, null],
	email_consent: ['unsubscribed', null, null, null, null],
	sms_consent: ['subscribed', null, null, null, null]
};

/** Some of what was bought came back. */
const FIVE_RETURNS: readonly MadeFile[] = [
	fileOf(
		's1',
		'orders',
		['order_id', 'date', 'quantity', 'unit_price', 'customer'],
		[
			['1', '2024-03-01', '1', '10', 'a'],
			['C1', '2024-03-09', '-1', '10', 'a'],
			['2', '2024-04-01', '2', '10', 'b'],
			['3', '2024-04-09', '2', '10', 'b'],
			['C3', '2024-04-19', '-1', '10', 'b'],
			['4', '2024-02-01', '7', '10', 'c'],
			['5', '2024-04-01', '1', '10', 'd'],
			['6', '2024-01-01', '1', '10', 'e']
		]
	)
];

const { signal } = new AbortController();

async function libraryOf(
	engine: Engine,
	files: readonly MadeFile[],
	params: Partial<FeatureParams> = {},
	wanted = Object.keys(EXPECTED)
): Promise<FeatureSummary[]> {
	await cleanRows(engine, files);
	const all = { ...DEFAULT_FEATURES, ...params };
	const known = await knownDefinitions(engine, FIVE_AS_OF, all, signal);
	const request = {
		table: LIBRARY,
		wanted: known.filter((each) => wanted.includes(each.id)),
		known,
		own: [],
		asOf: FIVE_AS_OF,
		params: all
	};
	return buildFeatures(engine, request, signal);
}

async function valuesOf(engine: Engine, feature: string, isText: boolean): Promise<Value[]> {
	const type = isText ? sql`VARCHAR` : sql`DOUBLE`;
	const rows = await engine.rows<{ value: Value }>(
		sql`SELECT ${id(feature)}::${type} AS value FROM features.library ORDER BY idx`
	);
	return rows.map(({ value }) => value);
}

describeEngines('the library of features', (engine) => {
	it('says of five customers what can be worked out by hand', async () => {
		const summaries = await libraryOf(engine(), FIVE_PEOPLE);
		expect(summaries.map((each) => each.id).toSorted()).toEqual(Object.keys(EXPECTED).toSorted());
		expect(summaries.filter(({ available }) => !available)).toEqual([]);
		for (const { id: feature, kind, complete } of summaries) {
			const found = await valuesOf(engine(), feature, kind === 'text');
			const expected = EXPECTED[feature] ?? [];
			const same = expected.map((value) => (typeof value === 'number' ? expect.closeTo(value, 8) : value));
			expect([feature, ...found]).toEqual([feature, ...same]);
			if (complete) expect([feature, ...found]).not.toContain(null);
		}
	});

	it('gives one channel an entropy of 0 exactly', async () => {
		await libraryOf(engine(), FIVE_PEOPLE, {}, ['channel_entropy']);
		const found = await valuesOf(engine(), 'channel_entropy', false);
		expect([found[1], found[4]]).toEqual([0, 0]);
	});

	it('ranks rising, flat and falling engagement in this order, and says nothing of the sparse', async () => {
		await libraryOf(engine(), FIVE_PEOPLE, {}, ['engagement_velocity']);
		const [sparse, rising, flat, falling, nothing] = await valuesOf(engine(), 'engagement_velocity', false);
		expect(rising).toBeGreaterThan(flat as number);
		expect(flat).toBeGreaterThan(falling as number);
		expect([sparse, nothing]).toEqual([null, null]);
	});

	it('says what is missing where the files hold orders alone', async () => {
		const summaries = await libraryOf(engine(), FIVE_ORDERS);
		const needsOf = Object.fromEntries(summaries.map((each) => [each.id, each.needs.join(', ')]));
		expect(
			summaries
				.filter(({ available }) => available)
				.map((each) => each.id)
				.toSorted()
		).toEqual([
			'channel_count',
			'channel_engagement',
			'channel_entropy',
			'channel_share_amazon',
			'channel_share_pos',
			'channel_share_store',
			'channel_share_web',
			'loyalty_score',
			'online_order_share',
			'preferred_channel',
			'store_order_share'
		]);
		expect(needsOf).toMatchObject({
			visit_count: 'a file of events, such as visits and carts',
			carts_left: 'events that fill a cart',
			preferred_device: 'a column of devices in a file of events',
			click_rate: 'clicks in a file of sends',
			nps_class: 'a column of scores in a file of answers to a survey',
			age_years: 'a column of birth dates in a customers file',
			behaviour_score: 'a file of events, such as visits and carts'
		});
	});

	it('makes loyalty of the parts that the files can tell, and says so in its formula', async () => {
		const plain = fileOf(
			's1',
			'orders',
			['date', 'customer'],
			[
				['2024-04-01', 'a'],
				['2024-04-02', 'a'],
				['2024-04-03', 'b']
			]
		);
		const loyalty = { weights: { frequency: 5, money: 50 } };
		const summaries = await libraryOf(engine(), [plain], { loyalty });
		const [score, ...others] = summaries.filter(({ available }) => available);
		expect(others).toEqual([]);
		expect(score?.formula).toBe(
			'100 × (3 × bought lately (1 − rank of recency_days) + 5 × buys often (rank of frequency) + 1 × customer for long (rank of tenure_days)) ÷ 9, where the rank is the share of the other customers who have less'
		);
		expect(await valuesOf(engine(), 'loyalty_score', false)).toEqual([600 / 9, 300 / 9]);
	});

	it('gives the loyalty that the what-if computes', async () => {
		await libraryOf(engine(), FIVE_RETURNS, {}, [
			'recency_days',
			'frequency',
			'monetary_total',
			'tenure_days',
			'returns_per_order',
			'loyalty_score'
		]);
		const columns = new Map<string, Float64Array>();
		for (const { id: part, feature } of LOYALTY_PARTS) {
			const values = await valuesOf(engine(), feature, false);
			columns.set(part, Float64Array.from(values as number[]));
		}
		expect(new Set(columns.get('returns')).size).toBe(3);
		const scores = loyaltyScores(columns, loyaltyWeights(DEFAULT_FEATURES));
		expect(await valuesOf(engine(), 'loyalty_score', false)).toEqual([...scores]);
	});

	it('marks what tells of a person as sensitive, and opens with the caution', async () => {
		const summaries = await libraryOf(engine(), FIVE_PEOPLE);
		const sensitive = summaries.filter(({ isSensitive }) => isSensitive).map((each) => each.id);
		expect(sensitive.toSorted()).toEqual(['age_years', 'gender']);
		for (const each of summaries.filter(({ id: feature }) => feature.includes('open'))) {
			expect(each.caution).toMatch(/^Some mail programs open every message by themselves/);
		}
	});

	it('halves what was done a half-life ago', async () => {
		const file = (days: readonly string[]) => [
			...FIVE_ORDERS,
			fileOf(
				's2',
				'events',
				['customer', 'date', 'event'],
				days.map((day, i) => ['abc'.charAt(i), day, 'Purchase'])
			)
		];
		const behaviour = { halfLifeDays: 7, weights: { purchase: 16 } };
		await libraryOf(engine(), file(['2024-04-17', '2024-04-24', '2024-04-10']), { behaviour }, [
			'behaviour_score'
		]);
		expect(await valuesOf(engine(), 'behaviour_score', false)).toEqual([4, 8, 2, 0, 0]);
	});

	it('weighs an event by its own name before its kind, whatever its case', async () => {
		const events = fileOf(
			's2',
			'events',
			['customer', 'date', 'event'],
			[
				['a', '2024-04-30', 'Added_To-CART'],
				['b', '2024-04-30', 'basket filled'],
				['c', '2024-04-30', 'something new'],
				['d', '2024-04-30', '']
			]
		);
		const behaviour = { halfLifeDays: 1, weights: { 'added to cart': 20, cart: 2, other: 6 } };
		await libraryOf(engine(), [...FIVE_ORDERS, events], { behaviour }, ['behaviour_score']);
		expect(await valuesOf(engine(), 'behaviour_score', false)).toEqual([10, 1, 3, 3, 0]);
	});
});
