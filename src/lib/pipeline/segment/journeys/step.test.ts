import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Engine } from '#lib/engine/engine.ts';
import { day, sql } from '#lib/engine/sql.ts';
import { DEFAULT_FEATURES } from '#lib/pipeline/features/schema.ts';
import { CUSTOMERS, runFeatures } from '#lib/pipeline/features/step.ts';
import { membersSql } from '../rules/compile.ts';
import type { Condition } from '../rules/schema.ts';
import { fileOf, type MadeFile } from '../../../../../tests/support/behaviour-files.ts';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { cleanRows, stepContext } from '../../../../../tests/support/raw-tables.ts';
import { DEFAULT_CARTS } from '../carts/schema.ts';
import { journeysSql } from './journeys.sql.ts';
import { DEFAULT_JOURNEYS, type JourneyParams } from './schema.ts';
import { journeyBoard, journeyPeople, type JourneyResult } from './step.ts';
import { usualPath } from './usual-path.ts';

const AS_OF = '2024-06-01';
const { signal } = new AbortController();

const orders = (rows: readonly string[][]) =>
	fileOf('s1', 'orders', ['order_id', 'date', 'channel', 'amount', 'customer'], rows);
const events = (rows: readonly string[][]) =>
	fileOf('s2', 'events', ['customer', 'date', 'event', 'channel', 'store'], rows);
const sends = (rows: readonly string[][]) =>
	fileOf('s3', 'sends', ['customer', 'date', 'campaign', 'channel', 'action'], rows);
const campaigns = (rows: readonly string[][]) =>
	fileOf('s4', 'campaigns', ['campaign', 'channel', 'date'], rows);

/** Eight people, each with something to be right about; their names say what. */
const ORDERS = [
	['1', '2024-03-10 12:00', 'Web', '10', 'plain'],
	['2', '2024-03-10 12:00', '', '10', 'unknown'],
	['3', '2024-03-01 12:00', 'web', '10', 'split'],
	['4', '2024-03-10 12:00', 'store', '20', 'split'],
	['5', '2024-03-31 12:00', 'web', '10', 'edge'],
	['6', '2024-03-10', 'web', '10', 'day'],
	['7', '2024-03-10 12:00', 'web', '10', 'tie'],
	['8', '2024-03-10 12:00', 'store', '30', 'tie'],
	['9', '2024-03-10 12:00', 'web', '10', 'nothing'],
	['10', '2024-05-20 12:00', 'web', '10', 'long']
];
const EVENTS = [
	// Runs count once; an event without a channel is no touch, nor is a message that came in or the purchase itself.
	['plain', '2024-03-01 10:00', 'visit', 'Search', ''],
	['plain', '2024-03-01 10:05', 'visit', 'search', ''],
	['plain', '2024-03-02 10:00', 'visit', 'Social', ''],
	['plain', '2024-03-02 10:01', 'visit', '', ''],
	['plain', '2024-03-02 10:02', 'Received Email', 'email', ''],
	['plain', '2024-03-02 10:03', 'Opened Email', 'email', ''],
	['plain', '2024-03-03 10:00', 'visit', 'SEARCH', ''],
	['plain', '2024-03-10 11:59', 'purchase', 'affiliate', ''],
	['plain', '2024-03-11 10:00', 'visit', 'social', ''],
	['unknown', '2024-03-10 12:00', 'visit', '', 'Main Street'],
	// Between two orders: what was at the time of the first belongs to it.
	['split', '2024-02-28 10:00', 'visit', 'search', ''],
	['split', '2024-03-01 12:00', 'visit', 'social', ''],
	['split', '2024-03-01 12:01', 'visit', 'direct', ''],
	['split', '2024-03-09 10:00', 'visit', 'store', ''],
	// Exactly thirty days before counts, a minute more does not.
	['edge', '2024-03-01 11:59', 'visit', 'social', ''],
	['edge', '2024-03-01 12:00', 'visit', 'search', ''],
	// An order without a time of day is placed when its day ends.
	['day', '2024-03-10 20:00', 'visit', 'search', ''],
	['day', '2024-03-11 00:00', 'visit', 'social', ''],
	// Equal times go by name, and one of two orders at one time has them all.
	['tie', '2024-03-10 12:00', 'visit', 'social', ''],
	['tie', '2024-03-10 12:00', 'visit', 'direct', ''],
	...Array.from({ length: 15 }, (_, i) => ['long', `2024-05-${i + 1}`, 'visit', i % 2 ? 'a' : 'b', ''])
].map(([who = '', at = '', ...rest]) => [who, at.replace(/-(\d)$/, '-0$1'), ...rest]);

const EXPECTED = {
	1: 'search > social > search > web',
	2: 'store',
	3: 'search > social > web',
	4: 'direct > store',
	5: 'search > web',
	6: 'search > web',
	7: 'direct > social > web',
	10: 'b > a > b > a > b > a > b > a > b > a > b > web'
};

async function load(engine: Engine, files: readonly MadeFile[], asOf = AS_OF): Promise<void> {
	const clean = await cleanRows(engine, files);
	await runFeatures(stepContext(engine), { ...DEFAULT_FEATURES, asOf }, clean);
}

function scopeOf(asOf = AS_OF, params: JourneyParams = DEFAULT_JOURNEYS) {
	return { asOf: day(asOf), customers: CUSTOMERS, journeys: params };
}

async function pathsOf(engine: Engine, asOf = AS_OF, params?: JourneyParams) {
	const rows = await engine.rows<{ orderId: string; path: string }>(sql`
		SELECT order_id::VARCHAR AS order_id, array_to_string(path, ' > ')::VARCHAR AS path
		FROM (${journeysSql(scopeOf(asOf, params))}) ORDER BY order_id, path`);
	return Object.fromEntries(rows.map(({ orderId, path }) => [orderId, path]));
}

function boardOf(engine: Engine, params = DEFAULT_JOURNEYS, asOf = AS_OF): Promise<JourneyResult> {
	return journeyBoard(engine, { asOf, params, featureParams: DEFAULT_FEATURES }, signal);
}

async function members(engine: Engine, condition: Condition, params = DEFAULT_JOURNEYS): Promise<string[]> {
	const scope = {
		...scopeOf(AS_OF, params),
		features: new Map(),
		segments: new Map(),
		featureParams: DEFAULT_FEATURES,
		carts: DEFAULT_CARTS
	};
	const rule = { kind: 'group', match: 'all', conditions: [condition] } as const;
	const rows = await engine.rows<{ customerId: string }>(membersSql(rule, scope), signal);
	return rows.map(({ customerId }) => customerId).sort();
}

const shown = (path: readonly { readonly name: string }[]) => path.map(({ name }) => name).join(' > ');

describeEngines('journeys', (engine) => {
	it('follows orders back to what led to them', async () => {
		await load(engine(), [orders(ORDERS), events(EVENTS)]);
		const paths = await pathsOf(engine());
		expect(paths).toEqual(EXPECTED);
	});

	it('finds the path of most orders, else a channel that is known', async () => {
		await load(engine(), [orders(ORDERS), events(EVENTS)]);
		expect(await usualPath(engine(), scopeOf(), signal)).toEqual(['search', 'web']);
		await load(engine(), [orders(ORDERS)]);
		expect(await usualPath(engine(), scopeOf(), signal)).toEqual(['store']);
	});

	it('looks back as many days as it is told to', async () => {
		await load(engine(), [orders(ORDERS), events(EVENTS)]);
		const far = await pathsOf(engine(), AS_OF, { ...DEFAULT_JOURNEYS, lookbackDays: 31 });
		expect(far[5]).toBe('social > search > web');
		const near = await pathsOf(engine(), AS_OF, { ...DEFAULT_JOURNEYS, lookbackDays: 1 });
		expect(near).toMatchObject({ 2: 'store', 6: 'search > web', 7: 'direct > social > web' });
		expect(Object.keys(near)).toEqual(['2', '3', '6', '7']);
	});

	it('gives a click the channel of its row, else of its campaign, else none that has a name', async () => {
		await load(engine(), [
			orders([
				['1', '2024-03-10 12:00', '', '10', 'a'],
				['2', '2024-03-10 12:00', '', '10', 'b'],
				['3', '2024-03-10 12:00', '', '10', 'c'],
				['4', '2024-03-10 12:00', '', '10', 'd']
			]),
			sends([
				['a', '2024-03-01', 'Spring', 'SMS', 'clicked'],
				['b', '2024-03-01', 'SPRING', '', 'clicked'],
				['c', '2024-03-01', 'Both', '', 'clicked'],
				['d', '2024-03-01', 'Later', '', 'clicked'],
				['d', '2024-03-02', 'Spring', '', 'opened']
			]),
			campaigns([
				['Spring', 'Email', '2024-03-01'],
				['Spring', 'email', '2024-03-02'],
				['Both', 'email', '2024-03-01'],
				['Both', 'push', '2024-03-01'],
				['Later', 'push', '2024-07-01']
			])
		]);
		expect(await pathsOf(engine())).toEqual({ 1: 'sms', 2: 'email', 3: 'message', 4: 'message' });
	});

	it('sums up paths, steps and moves, and finds their people', async () => {
		await load(engine(), [orders(ORDERS), events(EVENTS)]);
		const board = await boardOf(engine());
		expect(board).toMatchObject({ orders: 10, led: 8, ledCustomers: 7, long: 1, pathCount: 7 });
		expect(board).toMatchObject({ lacks: ['send_clicks'], events: EVENTS.length, untoldEvents: 1 });
		const [first] = board.paths;
		expect(first && shown(first.path)).toBe('search > web');
		expect(first).toMatchObject({ orders: 2, customers: 2, revenue: 20, share: 0.25, days: 15 });
		expect(board.steps).toEqual([
			{ steps: 1, orders: 1, customers: 1 },
			{ steps: 2, orders: 3, customers: 3 },
			{ steps: 3, orders: 2, customers: 2 },
			{ steps: 4, orders: 1, customers: 1 },
			{ steps: 12, orders: 1, customers: 1 }
		]);
		const moves = board.moves.filter(({ move }) => move === 1);
		expect(moves.reduce((sum, each) => sum + each.orders, 0)).toBe(8);
		const move = moves.find(({ from, to }) => from.key === 'store' && to === null);
		expect(move).toMatchObject({ orders: 1, customers: 1, from: { name: 'store' } });
		const ask = (filter: Parameters<typeof journeyPeople>[2]) =>
			journeyPeople(
				engine(),
				{ asOf: AS_OF, params: DEFAULT_JOURNEYS, featureParams: DEFAULT_FEATURES },
				filter,
				signal
			);
		expect(await ask({ kind: 'path', path: ['search', 'web'] })).toEqual(['day', 'edge']);
		expect(await ask({ kind: 'untouched' })).toEqual(['nothing', 'tie']);
		expect(await ask({ kind: 'steps', steps: 3 })).toEqual(['split', 'tie']);
		expect(await ask({ kind: 'move', move: 1, from: 'store', to: null })).toEqual(['unknown']);
		expect(await ask({ kind: 'move', move: 0, from: 'search', to: 'web' })).toEqual([
			'day',
			'edge',
			'plain',
			'split'
		]);
	});

	it('keeps the last twelve steps of a longer path, and says how many are longer', async () => {
		const visits = Array.from({ length: 14 }, (_, i) => [
			'long',
			`2024-05-${String(i + 1).padStart(2, '0')}`,
			'visit',
			`c${i}`,
			''
		]);
		await load(engine(), [orders([['1', '2024-05-20 12:00', 'web', '10', 'long']]), events(visits)]);
		expect((await pathsOf(engine()))['1']).toBe(
			'c3 > c4 > c5 > c6 > c7 > c8 > c9 > c10 > c11 > c12 > c13 > web'
		);
		expect(await boardOf(engine())).toMatchObject({ led: 1, long: 1 });
	});

	it('compares channels without regard to capitals, and shows them as they are mostly written', async () => {
		await load(engine(), [orders(ORDERS), events(EVENTS)]);
		const rule: Condition = { kind: 'journey', path: ['SEARCH', ' Web'] };
		expect(await members(engine(), rule)).toEqual(['day', 'edge']);
		const board = await boardOf(engine());
		const names = new Set(board.paths.flatMap(({ path }) => path.map(({ name }) => name)));
		expect([...names].sort()).toEqual(['a', 'b', 'direct', 'search', 'social', 'store', 'web']);
	});
});

describeEngines('channels that people are active in', (engine) => {
	const FILES = [
		orders([
			['1', '2024-05-01', 'web', '10', 'two'],
			['2', '2024-05-02', 'web', '30', 'two'],
			['3', '2024-05-01', 'web', '10', 'one'],
			['4', '2023-01-01', 'store', '10', 'one'],
			['5', '2023-01-01', 'store', '10', 'quiet'],
			['6', '2023-12-04', 'store', '10', 'edge'],
			['7', '2023-12-03', 'store', '10', 'past']
		]),
		events([
			['two', '2024-05-01', 'visit', 'Search', ''],
			['two', '2024-05-01', 'Opened Email', 'email', ''],
			['one', '2024-05-01', 'purchase', 'WEB', '']
		])
	];

	it('parts everyone into several channels, fewer, and none', async () => {
		await load(engine(), FILES);
		const board = await boardOf(engine());
		expect(board.engagement.map(({ engagement, customers }) => [engagement, customers])).toEqual([
			['omni', 1],
			['single', 2],
			['none', 2]
		]);
		const single = board.engagement[1];
		expect(single?.orders.value).toBe(1);
		expect(single?.revenue?.value).toBe(10);
		expect(board.engagement[0]).toMatchObject({ orders: { value: 2 }, revenue: { value: 40 } });
		expect(board.combinations.map(({ channels, customers }) => [shown(channels), customers])).toEqual([
			['Search > web', 1],
			['store', 1],
			['web', 1]
		]);
		const of = (engagement: 'omni' | 'single' | 'none', params?: JourneyParams) =>
			members(engine(), { kind: 'channels', engagement }, params);
		expect(await of('omni')).toEqual(['two']);
		expect(await of('single')).toEqual(['edge', 'one']);
		expect(await of('none')).toEqual(['past', 'quiet']);
		expect(await of('single', { ...DEFAULT_JOURNEYS, omniChannels: 3 })).toEqual(['edge', 'one', 'two']);
	});

	it('says what no file tells', async () => {
		await load(engine(), [
			fileOf('s1', 'orders', ['order_id', 'date', 'amount', 'customer'], [['1', '2024-05-01', '5', 'a']])
		]);
		const board = await boardOf(engine());
		expect(board.lacks).toEqual(['event_place', 'send_clicks', 'order_channel']);
		expect(board).toMatchObject({ orders: 1, led: 0, paths: [], moves: [], combinations: [] });
	});
});

const CHANNELS = ['web', 'Store', 'email', ''] as const;
const anyMoment = fc.record({
	hour: fc.integer({ min: 0, max: 24 * 40 }),
	isDay: fc.boolean(),
	who: fc.constantFrom('a', 'b', 'c'),
	channel: fc.constantFrom(...CHANNELS)
});
const anyFiles = fc.record({
	orders: fc.array(anyMoment, { minLength: 1, maxLength: 12 }),
	events: fc.array(anyMoment, { minLength: 1, maxLength: 40 }),
	lookbackDays: fc.integer({ min: 1, max: 20 })
});
type Moment = { hour: number; isDay: boolean; who: string; channel: string };

function textOf({ hour, isDay }: Moment): string {
	const at = new Date(Date.UTC(2024, 3, 1, hour)).toISOString();
	return isDay ? at.slice(0, 10) : `${at.slice(0, 10)} ${at.slice(11, 16)}`;
}

/** Hours since the first day; a moment of a day has its first hour, an order of a day its end. */
function placedHour(moment: Moment): { from: number; to: number } {
	const from = moment.isDay ? Math.floor(moment.hour / 24) * 24 : moment.hour;
	return { from, to: from % 24 === 0 ? from + 23.9 : from };
}

/** The definition in plain code: for each touch the first order at its time or later. */
function pathsByHand(made: readonly Moment[], seen: readonly Moment[], lookbackDays: number) {
	const paths: Record<string, string> = {};
	const sorted = made
		.map((order, i) => ({ ...order, ...placedHour(order), id: String(100 + i) }))
		.sort((a, b) => a.to - b.to || (a.id < b.id ? -1 : 1));
	for (const order of sorted) {
		const touches = seen
			.filter(({ who, channel }) => who === order.who && channel !== '')
			.map((touch) => ({ at: placedHour(touch).from, channel: touch.channel.toLowerCase() }))
			.filter(({ at }) => sorted.find(({ who, to }) => who === order.who && to >= at)?.id === order.id)
			.filter(({ at }) => at >= order.from - 24 * lookbackDays)
			.sort((a, b) => a.at - b.at || (a.channel < b.channel ? -1 : a.channel > b.channel ? 1 : 0));
		if (touches.length === 0) continue;
		const steps = [...touches.map(({ channel }) => channel), order.channel.toLowerCase()].filter(
			(step, i, all) => step !== '' && step !== all[i - 1]
		);
		paths[order.id] = steps.slice(-12).join(' > ');
	}
	return paths;
}

describe('any orders and events', () => {
	describeEngines('against the definition in plain code', (engine) => {
		it('finds the same paths', async () => {
			for (const made of fc.sample(anyFiles, { numRuns: 12, seed: 46 })) {
				const sold = made.orders.map((order, i) => [
					String(100 + i),
					textOf(order),
					order.channel,
					'5',
					order.who
				]);
				const seen = made.events.map((event) => [event.who, textOf(event), 'visit', event.channel, '']);
				await load(engine(), [orders(sold), events(seen)]);
				const params = { ...DEFAULT_JOURNEYS, lookbackDays: made.lookbackDays };
				const found = await pathsOf(engine(), AS_OF, params);
				expect(found).toEqual(pathsByHand(made.orders, made.events, made.lookbackDays));
			}
		});

		it('is not changed by what comes on the as-of day or later', async () => {
			const asOf = '2024-04-20';
			for (const made of fc.sample(anyFiles, { numRuns: 6, seed: 47 })) {
				const sold = made.orders.map((order, i) => [
					String(100 + i),
					textOf(order),
					order.channel,
					'5',
					order.who
				]);
				const first = ['1', '2024-04-01 01:00', 'web', '5', 'a'];
				const seen = made.events.map((event) => [event.who, textOf(event), 'visit', event.channel, '']);
				const before = (rows: string[][]) => rows.filter((row) => (row[1] ?? '') < asOf);
				const answers: unknown[] = [];
				for (const [some, others] of [
					[[first, ...sold], seen],
					[[first, ...before(sold)], before(seen)]
				] as const) {
					await load(engine(), [orders(some), events(others)], asOf);
					const board = await boardOf(engine(), DEFAULT_JOURNEYS, asOf);
					answers.push([await pathsOf(engine(), asOf), board]);
				}
				expect(answers[0]).toEqual(answers[1]);
			}
		});
	});
});
