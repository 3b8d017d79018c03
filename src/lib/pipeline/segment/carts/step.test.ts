import { beforeAll, expect, it } from 'vitest';
import type { Engine } from '#lib/engine/engine.ts';
import { day, sql } from '#lib/engine/sql.ts';
import { DEFAULT_FEATURES } from '#lib/pipeline/features/schema.ts';
import { CUSTOMERS, runFeatures } from '#lib/pipeline/features/step.ts';
import { fileOf, type MadeFile } from '../../../../../tests/support/behaviour-files.ts';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { cleanRows, stepContext } from '../../../../../tests/support/raw-tables.ts';
import { conditionSql } from '../rules/compile.ts';
import type { CartCondition } from '../rules/schema.ts';
import type { RuleScope } from '../rules/scope.ts';
import type { CartTableScope } from './board.sql.ts';
import { cartsSql } from './carts.sql.ts';
import type { CartFilter, CartPerson } from './result.ts';
import { DEFAULT_CARTS, type CartParams } from './schema.ts';
import { cartBoard, cartPeople, cartRows, writeCarts } from './step.ts';

const AS_OF = '2024-05-10';
const { signal } = new AbortController();
const EVERYTHING: CartFilter = { stages: [], band: null, category: null, tier: null };
const PAGE = { offset: 0, limit: 100 };

/** Events as customer, time, name, product, category, pieces, value. */
const EVENTS: readonly (readonly string[])[] = [
	// Within 30 minutes bought, as an event tells it.
	['quick', '2024-05-01 10:00', 'add_to_cart', 'Mug', 'Kitchen', '1', '12'],
	['quick', '2024-05-01 10:20', 'purchase', '', '', '', '12'],
	// After 40 minutes bought, as an order with a time tells it.
	['slow', '2024-03-01 10:00', 'Added to Cart', 'Mug', 'Kitchen', '2', '24'],
	// Never bought: one at each stage.
	['reminded', '2024-05-09 12:00', 'AddToCart', 'Lamp', 'Light', '1', '40'],
	['followed', '2024-05-08 12:00', 'add_to_cart', 'Lamp', 'Light', '1', '40'],
	['followed', '2024-05-08 12:10', 'add_to_cart', 'Mug', 'Kitchen', '3', '36'],
	['followed', '2024-05-08 12:20', 'remove_from_cart', 'Mug', 'Kitchen', '1', ''],
	['followed', '2024-05-08 12:30', 'begin_checkout', '', '', '', ''],
	['called', '2024-05-05 12:00', 'add_to_cart', 'Desk', 'Office', '1', '300'],
	['cold', '2024-05-02 12:00', 'add_to_cart', 'Vase', '', '2', ''],
	// Everything taken out again.
	['empty', '2024-05-08 12:00', 'add_to_cart', 'mug ', 'Kitchen', '2', '24'],
	['empty', '2024-05-08 12:05', 'Removed from cart', 'Mug', 'Kitchen', '1', ''],
	['empty', '2024-05-08 12:06', 'remove_item', 'Mug', 'Kitchen', '1', ''],
	['cleared', '2024-05-08 12:00', 'add_to_cart', 'Mug', 'Kitchen', '2', '24'],
	['cleared', '2024-05-08 12:05', 'cart_cleared', '', '', '', ''],
	// Two carts with an order between them: the newer counts.
	['two', '2024-05-01 10:00', 'add_to_cart', 'Mug', 'Kitchen', '1', '12'],
	['two', '2024-05-01 10:05', 'purchase', '', '', '', '12'],
	['two', '2024-05-07 10:00', 'add_to_cart', 'Lamp', 'Light', '1', '40'],
	// At the edge of the as-of day: one act before it, one on it.
	['edge', '2024-05-09 23:45', 'add_to_cart', 'Mug', 'Kitchen', '1', '12'],
	['edge', '2024-05-10 00:00', 'add_to_cart', 'Desk', 'Office', '1', '300'],
	// Exactly 30 minutes, and one second less.
	['exact', '2024-05-09 23:30:00', 'add_to_cart', 'Mug', 'Kitchen', '1', '12'],
	['almost', '2024-05-09 23:30:01', 'add_to_cart', 'Mug', 'Kitchen', '1', '12'],
	// An order of the same day, of which nobody knows the time, and one of the day before.
	['same', '2024-05-08 15:00', 'add_to_cart', 'Mug', 'Kitchen', '1', '12'],
	['before', '2024-05-08 15:00', 'add_to_cart', 'Mug', 'Kitchen', '1', '12'],
	// What is no cart: a wish, a message of the shop, a look.
	['none', '2024-05-08 15:00', 'add_to_wishlist', 'Mug', 'Kitchen', '1', '12'],
	['none', '2024-05-08 15:00', 'Abandoned cart', 'Mug', 'Kitchen', '1', '12'],
	['none', '2024-05-08 15:00', 'view_cart', '', '', '', '']
];

const FILES: readonly MadeFile[] = [
	fileOf(
		's1',
		'orders',
		['order_id', 'date', 'product', 'category', 'quantity', 'unit_price', 'customer'],
		[
			['1', '2024-03-01 10:40', 'Mug', 'Kitchen', '2', '12', 'slow'],
			['2', '2024-02-01 09:00', 'Vase', 'Home', '1', '20', 'followed'],
			['3', '2024-02-01 09:00', 'Vase', 'Home', '1', '30', 'called'],
			['4', '2024-02-02 09:00', 'vase', 'Home', '1', '21', 'called'],
			['5', '2024-05-08', 'Mug', 'Kitchen', '1', '12', 'same'],
			['6', '2024-05-07', 'Mug', 'Kitchen', '1', '12', 'before'],
			['7', '2024-05-10 00:00', 'Lamp', 'Light', '1', '40', 'reminded']
		]
	),
	fileOf('s2', 'events', ['customer', 'date', 'event', 'product', 'category', 'quantity', 'amount'], EVENTS)
];

const PROFILES = fileOf(
	's3',
	'customers',
	['customer', 'customer_group', 'updated_at', 'created_at'],
	[
		['called', 'silver', '2023-01-01', '2022-01-01'],
		['called', 'gold', '2024-01-01', '2022-01-01'],
		['cold', 'silver', '', ''],
		['edge', 'gold', '', '2024-06-01']
	]
);

function scopeOf(change: Partial<CartParams> = {}, asOf = AS_OF): CartTableScope {
	return {
		asOf: day(asOf),
		carts: { ...DEFAULT_CARTS, ...change },
		featureParams: DEFAULT_FEATURES,
		customers: CUSTOMERS,
		rfm: null
	};
}

async function prepare(engine: Engine, files: readonly MadeFile[]): Promise<void> {
	const clean = await cleanRows(engine, files);
	await runFeatures(stepContext(engine), { ...DEFAULT_FEATURES, asOf: AS_OF }, clean);
}

async function people(engine: Engine, scope: CartTableScope): Promise<Map<string, CartPerson>> {
	await writeCarts(engine, scope, signal);
	const found = await cartPeople(engine, EVERYTHING, PAGE, signal);
	return new Map(found.map((person) => [person.customerId, person]));
}

async function stages(engine: Engine, scope: CartTableScope): Promise<Record<string, string>> {
	const found = await people(engine, scope);
	const sorted = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
	return Object.fromEntries(sorted.map(([customer, { stage }]) => [customer, stage]));
}

describeEngines('carts', (engine) => {
	beforeAll(() => prepare(engine(), FILES));

	it('gives every journey its stage', async () => {
		expect(await stages(engine(), scopeOf())).toEqual({
			almost: 'open',
			before: 'follow_up',
			called: 'last_call',
			cold: 'cold',
			edge: 'open',
			exact: 'reminder',
			followed: 'follow_up',
			quick: 'recent_buyer',
			reminded: 'reminder',
			same: 'recent_buyer',
			slow: 'earlier_buyer',
			two: 'follow_up'
		});
	});

	it('tells when the last act was and the message is due, and what is in the cart', async () => {
		const found = await people(engine(), scopeOf());
		const none = { band: expect.anything(), tier: null, boughtAt: null, idx: null };
		expect(found.get('followed')).toEqual({
			...none,
			customerId: 'followed',
			idx: 2,
			stage: 'follow_up',
			cartAt: '2024-05-08 12:30',
			dueAt: '2024-05-09 12:30',
			value: 64,
			categories: 'Kitchen; Light',
			products: 'Lamp; Mug'
		});
		expect(found.get('cold')).toMatchObject({ dueAt: null, value: 42, categories: 'Home', products: 'Vase' });
		expect(found.get('edge')).toMatchObject({
			cartAt: '2024-05-09 23:45',
			dueAt: '2024-05-10 00:15',
			value: 12
		});
		expect(found.get('exact')).toMatchObject({ dueAt: '2024-05-10 00:00' });
		expect(found.get('called')).toMatchObject({ dueAt: '2024-05-08 12:00', idx: 1 });
		expect(found.get('slow')).toMatchObject({ dueAt: null, boughtAt: '2024-03-01 10:40' });
		expect(found.get('same')).toMatchObject({ dueAt: null, boughtAt: '2024-05-08' });
		expect(found.get('two')).toMatchObject({ value: 40, boughtAt: null });
	});

	it('tells the same of any day as if nothing had happened since', async () => {
		expect(await stages(engine(), scopeOf({}, '2024-05-02'))).toEqual({
			quick: 'recent_buyer',
			slow: 'earlier_buyer',
			two: 'recent_buyer'
		});
		expect(await stages(engine(), scopeOf({}, '2024-05-08'))).toMatchObject({
			two: 'reminder',
			cold: 'last_call'
		});
		expect(await stages(engine(), scopeOf({}, '2024-05-11'))).toMatchObject({
			reminded: 'recent_buyer',
			// The last act is that of the day before, now exactly a day ago.
			edge: 'follow_up'
		});
		expect(await stages(engine(), scopeOf({}, '2020-01-01'))).toEqual({});
	});

	it('moves the stages with the parameters', async () => {
		const change: Partial<CartParams> = {
			delayMinutes: 60,
			stages: [{ id: 'nudge', name: 'Nudge', afterMinutes: 30 }],
			coldAfterDays: 2,
			recentBuyerDays: 1
		};
		expect(await stages(engine(), scopeOf(change))).toMatchObject({
			exact: 'open',
			reminded: 'nudge',
			followed: 'nudge',
			two: 'cold',
			quick: 'earlier_buyer',
			// Until the end of the day before the as-of day, which is within one day of it.
			same: 'earlier_buyer'
		});
	});

	it('counts people and money at every stage', async () => {
		const board = await cartBoard(engine(), scopeOf(), signal);
		expect(board.stages.map(({ id, people, customers, money }) => [id, people, customers, money])).toEqual([
			['open', 2, 0, 24],
			['reminder', 2, 0, 52],
			['follow_up', 3, 2, 116],
			['last_call', 1, 1, 300],
			['cold', 1, 0, 42],
			['recent_buyer', 2, 1, 24],
			['earlier_buyer', 1, 1, 24]
		]);
		expect(board.all).toEqual({ people: 12, customers: 5, money: 582, withoutValue: 0 });
		expect(board.left).toEqual({ people: 7, customers: 3, money: 510, withoutValue: 0 });
		expect(board.due).toEqual({ people: 6, customers: 3, money: 468, withoutValue: 0 });
		expect(board.recovered).toBe(1);
		expect(board.tierBy).toBeNull();
		// The thirds of 12, 12, 40, 40, 42, 64, 300: equal values share a band.
		expect(board.bands).toEqual([
			{ id: '0', name: 'Small', from: null, to: 40 },
			{ id: '1', name: 'Middle', from: 40, to: 42 },
			{ id: '2', name: 'Large', from: 42, to: null }
		]);
		const followUp = board.stages[2];
		expect(followUp?.bands.map(({ label, people }) => [label, people])).toEqual([
			['Small', 2],
			['Middle', 0],
			['Large', 1]
		]);
		expect(followUp?.categories.map(({ id, people, money }) => [id, people, money])).toEqual([
			['Light', 2, 104],
			['Kitchen', 2, 76]
		]);
	});

	it('lists people and customers of a part', async () => {
		const scope = scopeOf({ valueCuts: [40, 100] });
		const { bands } = await cartBoard(engine(), scope, signal);
		expect(bands.map(({ name, from, to }) => [name, from, to])).toEqual([
			['Small', null, 40],
			['Middle', 40, 100],
			['Large', 100, null]
		]);
		const listed = async (filter: Partial<CartFilter>) =>
			(await cartPeople(engine(), { ...EVERYTHING, ...filter }, PAGE, signal)).map(
				({ customerId }) => customerId
			);
		expect(await listed({ stages: ['follow_up'] })).toEqual(['followed', 'two', 'before']);
		expect(await listed({ stages: ['follow_up'], band: '0' })).toEqual(['two', 'before']);
		expect(await listed({ category: 'Light' })).toEqual(['followed', 'reminded', 'two']);
		expect(await listed({ category: '' })).toEqual([]);
		expect(await listed({ tier: '', band: '2' })).toEqual(['called']);
		expect(await cartRows(engine(), { ...EVERYTHING, stages: ['follow_up', 'last_call'] }, signal)).toEqual(
			Int32Array.from([0, 1, 2])
		);
	});

	it('names the tier by the newest group of the customers file', async () => {
		await prepare(engine(), [...FILES, PROFILES]);
		const board = await cartBoard(engine(), scopeOf(), signal);
		expect(board.tierBy).toBe('customer_group');
		expect(board.stages[3]?.tiers.map(({ id, people }) => [id, people])).toEqual([['gold', 1]]);
		expect(board.stages[0]?.tiers.map(({ id, label }) => [id, label])).toEqual([[null, 'Not known']]);
		await prepare(engine(), FILES);
	});

	it('names the tier by the RFM group where there is no other', async () => {
		await engine().exec(sql`
			CREATE OR REPLACE TABLE segment.rfm AS
			SELECT idx, CASE WHEN customer_id = 'called' THEN 'champion' ELSE 'loyal' END AS rfm_group FROM features.customers`);
		const rfm = { table: ['segment', 'rfm'], groups: [{ id: 'champion', name: 'Champions' }] } as const;
		const board = await cartBoard(engine(), { ...scopeOf(), rfm }, signal);
		expect(board.tierBy).toBe('rfm_group');
		expect(board.stages[2]?.tiers.map(({ id, label }) => [id, label])).toEqual([
			['loyal', 'loyal'],
			[null, 'No order yet']
		]);
		expect(board.stages[3]?.tiers.map(({ id }) => id)).toEqual(['Champions']);
	});

	it('has no bands where no value is known', async () => {
		const unvalued = EVENTS.map((row) => [...row.slice(0, 6), '']);
		const orders = FILES[0]!.rows.map(([order = '', date = '', , , , , customer = '']) => [
			order,
			date,
			customer
		]);
		await prepare(engine(), [
			fileOf('s1', 'orders', ['order_id', 'date', 'customer'], orders),
			{ source: FILES[1]!.source, rows: unvalued }
		]);
		const board = await cartBoard(engine(), scopeOf(), signal);
		expect(board.bands).toEqual([]);
		expect(board.all).toEqual({ people: 12, customers: 5, money: null, withoutValue: 12 });
		expect(board.stages[0]?.bands).toEqual([]);
		await prepare(engine(), FILES);
	});

	it('is a condition on customers', async () => {
		const scope = { ...scopeOf(), features: new Map(), segments: new Map() } as unknown as RuleScope;
		const asked = async (change: Partial<CartCondition>) => {
			const condition: CartCondition = {
				kind: 'cart',
				stages: ['follow_up', 'last_call'],
				value: null,
				category: null,
				...change
			};
			const rows = await engine().rows<{ id: string }>(
				sql`SELECT customer_id::VARCHAR AS id FROM features.customers f WHERE ${conditionSql(condition, scope)} ORDER BY id`
			);
			return rows.map(({ id }) => id);
		};
		expect(await asked({})).toEqual(['before', 'called', 'followed']);
		expect(await asked({ value: { op: 'ge', value: 64 } })).toEqual(['called', 'followed']);
		expect(await asked({ category: { op: 'is', values: ['kitchen'] } })).toEqual(['before', 'followed']);
		expect(await asked({ category: { op: 'is_not', values: ['light'] } })).toEqual(['before', 'called']);
		expect(await asked({ category: { op: 'unknown' } })).toEqual([]);
		expect(await asked({ stages: ['recent_buyer', 'earlier_buyer'] })).toEqual(['same', 'slow']);
	});

	it('knows nothing where the files have no events', async () => {
		await prepare(engine(), FILES.slice(0, 1));
		const rows = await engine().rows(
			sql`SELECT count(*)::INTEGER AS n FROM (${cartsSql(scopeOf())}) ORDER BY n`
		);
		expect(rows).toEqual([{ n: 0 }]);
		const board = await cartBoard(engine(), scopeOf(), signal);
		expect(board.all.people).toBe(0);
		expect(board.bands).toEqual([]);
		expect(board.stages).toHaveLength(7);
	});
});
