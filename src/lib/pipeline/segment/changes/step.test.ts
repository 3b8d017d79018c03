import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Engine } from '#lib/engine/engine.ts';
import { join, sql, type Sql } from '#lib/engine/sql.ts';
import type { CleanResult } from '#lib/pipeline/clean/schema.ts';
import type { FeatureResult } from '#lib/pipeline/features/schema.ts';
import { makeSource, stepContext } from '../../../../../tests/support/raw-tables.ts';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { TEN_GROUPS } from '../rfm/ten-groups.ts';
import { RFM_GROUPS, type GroupTable, type RfmGroup } from '../schema.ts';
import { turnoverOf } from './movement.ts';
import { FATES, type Changes, type Fate, type Movement } from './schema.ts';
import { takeSnapshot, type ImportResults } from './snapshot.ts';
import { computeChanges, movementCustomers } from './step.ts';

interface Person {
	readonly id: string;
	readonly orders?: number;
	readonly money?: number;
	readonly days?: number;
	readonly group?: RfmGroup;
	readonly cluster?: number;
}

interface World {
	readonly people: readonly Person[];
	readonly asOf?: string;
	readonly names?: readonly string[] | null;
	readonly hasAmount?: boolean;
	readonly scheme?: string;
	readonly table?: GroupTable;
}

/** Writes the tables of a run with these people, and gives its results. */
async function write(
	engine: Engine,
	{ people, asOf = '2024-06-01', names = ['A', 'B'], hasAmount = true, ...groups }: World
) {
	const { scheme = 'quintiles', table = TEN_GROUPS } = groups;
	const of = (value: (person: Person) => number) => Float64Array.from(people, value);
	await engine.insert('features', 'customers', {
		idx: Int32Array.from(people, (_, i) => i),
		customer_id: people.map(({ id }) => id),
		recency_days: of(({ days = 200 }) => days),
		frequency: of(({ orders = 1 }) => orders),
		...(hasAmount ? { monetary_total: of(({ money = 10 }) => money) } : {})
	});
	await engine.insert('segment', 'rfm', {
		idx: Int32Array.from(people, (_, i) => i),
		rfm_group: people.map(({ group = 'loyal' }) => group)
	});
	await engine.insert('segment', 'members', {
		idx: Int32Array.from(people, (_, i) => i),
		cluster: Int32Array.from(people, ({ cluster = 0 }) => cluster)
	});
	const features = {
		asOf,
		customers: people.length,
		orders: people.reduce((sum, { orders = 1 }) => sum + orders, 0),
		revenue: hasAmount ? people.reduce((sum, { money = 10 }) => sum + money, 0) : null
	} as FeatureResult;
	const clean = { rowsRead: people.length, firstOrder: '2024-01-01', lastOrder: '2024-05-31' } as CleanResult;
	const rfm = { scheme, cutPoints: { recencyDays: [], frequency: [], monetaryTotal: [] }, table };
	const sources = [makeSource(['a'], {})];
	return { sources, clean, features, rfm, segmentNames: names } satisfies ImportResults;
}

/** Tables of accounts and of rows: name → person; person → reasons. */
async function writeNames(
	engine: Engine,
	accounts: Readonly<Record<string, string>>,
	rows: readonly (readonly [string, string | null])[]
): Promise<void> {
	const named = Object.entries(accounts).map(
		([name, person]) => sql`(${name}, 'email', NULL::VARCHAR, ${name}, ${person}, TRUE)`
	);
	const reasons = rows.map(([customer, reason], i) => sql`('s1', ${i + 1}, ${reason}, ${customer})`);
	const values = (list: readonly Sql[]) => join(list, ', ');
	await engine.exec(
		sql`CREATE OR REPLACE TABLE clean.accounts AS FROM (VALUES ${values([
			sql`('email:nobody', 'email', NULL::VARCHAR, 'nobody', NULL::VARCHAR, FALSE)`,
			...named
		])}) t(account, kind, system, name, customer_id, has_orders)`
	);
	await engine.exec(
		sql`CREATE OR REPLACE TABLE clean.rows AS FROM (VALUES ${values([
			sql`('s1', 0, NULL::VARCHAR, NULL::VARCHAR)`,
			...reasons
		])}) t(source, "row", reason, customer_id)`
	);
}

async function compare(engine: Engine, before: World, now: World): Promise<Changes> {
	const context = stepContext(engine);
	const snapshot = await takeSnapshot(engine, await write(engine, before), context.signal);
	return computeChanges(context, await write(engine, now), snapshot);
}

function fatesOf({ fates }: Changes): Partial<Record<Fate, readonly [number, number, number | null]>> {
	return Object.fromEntries(
		fates
			.filter(({ customers }) => customers > 0)
			.map(({ fate, customers, ordersAdded, revenueAdded }) => [fate, [customers, ordersAdded, revenueAdded]])
	);
}

/** The cells with somebody in them, as `champion>loyal 2`. */
function cellsOf(movement: Movement | null): string[] {
	const { categories, counts } = movement ?? { categories: [], counts: [] };
	return counts.flatMap((row, from) =>
		row.flatMap((count, to) =>
			count === 0 ? [] : [`${categories[from] ?? 'New'}>${categories[to] ?? 'Gone'} ${count}`]
		)
	);
}

const BEFORE: World = {
	people: [
		{ id: 'again', orders: 2, money: 20.5, group: 'champion' },
		{ id: 'called-off', money: 7 },
		{ id: 'fixed', money: 30, cluster: 1 },
		{ id: 'later', money: 1 },
		{ id: 'lost', money: 5, group: 'hibernating', cluster: 1 },
		{ id: 'moved', money: 2 },
		{ id: 'old@name', orders: 3, money: 12.25 },
		{ id: 'same', money: 40, group: 'at_risk' },
		{ id: 'second@mail', orders: 1, money: 3 },
		{ id: 'z', money: 8 }
	]
};

/** 31 days later. */
const NOW: World = {
	asOf: '2024-07-02',
	names: ['B', 'C'],
	people: [
		{ id: '77', orders: 3, money: 12.25 },
		{ id: 'again', orders: 3, money: 30.75, group: 'champion', days: 1 },
		{ id: 'fixed', money: 24.5, group: 'loyal' },
		{ id: 'fresh', orders: 2, money: 9, group: 'new', days: 4 },
		{ id: 'same', money: 40, group: 'hibernating', days: 231, cluster: 1 },
		{ id: 'z', orders: 3, money: 14, group: 'champion', days: 31 }
	]
};

describeEngines('computeChanges', (engine) => {
	it('tells what became of everyone, and why people are gone', async () => {
		await writeNames(engine(), { 'old@name': '77', 'second@mail': 'z' }, [
			['called-off', 'superseded'],
			['called-off', 'cancelled'],
			['called-off', 'refunded'],
			['called-off', 'refunded'],
			['later', 'cancelled'],
			['later', null],
			['moved', 'superseded']
		]);
		const changes = await compare(engine(), BEFORE, NOW);
		expect(fatesOf(changes)).toEqual({
			new: [1, 2, 9],
			returned: [2, 2, 13.25],
			corrected: [1, 0, -5.5],
			unchanged: [2, 0, 0],
			gone: [4, -4, -15],
			joined: [1, 0, 0]
		});
		expect(changes.goneReasons).toEqual([
			{ reason: 'after_as_of', customers: 1 },
			{ reason: 'refunded', customers: 1 },
			{ reason: 'superseded', customers: 1 },
			{ reason: 'vanished', customers: 1 }
		]);
		expect(cellsOf(changes.groups)).toEqual([
			'hibernating>Gone 1',
			'at_risk>hibernating 1',
			'loyal>loyal 2',
			'loyal>champion 1',
			'loyal>Gone 4',
			'champion>champion 1',
			'New>new 1'
		]);
		expect(changes.segments?.categories).toEqual(['B', 'C', 'A']);
		expect(cellsOf(changes.segments ?? changes.groups)).toEqual([
			'B>B 1',
			'B>Gone 1',
			'A>B 3',
			'A>C 1',
			'A>Gone 4',
			'New>B 1'
		]);
	});

	it('lists the people of a cell, of a side of a group and of a fate', async () => {
		const idsOf = async (filter: Parameters<typeof movementCustomers>[1]) =>
			(await movementCustomers(engine(), filter, { offset: 0, limit: 10 })).map(
				({ customerId }) => customerId
			);
		const loyal = RFM_GROUPS.indexOf('loyal');
		expect(await idsOf({ kind: 'cell', by: 'group', from: loyal, to: loyal })).toEqual(['fixed', '77']);
		expect(await idsOf({ kind: 'cell', by: 'group', from: null, to: RFM_GROUPS.indexOf('new') })).toEqual([
			'fresh'
		]);
		expect(await idsOf({ kind: 'cell', by: 'segment', from: 0, to: null })).toEqual(['lost']);
		expect(await idsOf({ kind: 'entered', by: 'segment', category: 0 })).toEqual([
			'again',
			'z',
			'77',
			'fresh'
		]);
		expect(await idsOf({ kind: 'left', by: 'group', category: loyal })).toEqual([
			'z',
			'called-off',
			'z',
			'moved',
			'later'
		]);
		expect(await idsOf({ kind: 'stayed', by: 'segment', category: 0 })).toEqual(['fixed']);
		const [joined] = await movementCustomers(
			engine(),
			{ kind: 'fate', fate: 'joined' },
			{ offset: 0, limit: 1 }
		);
		expect(joined).toEqual({
			customerId: 'z',
			beforeId: 'second@mail',
			person: 'z',
			email: null,
			fate: 'joined',
			reason: null,
			groupFrom: loyal,
			groupTo: null,
			segmentFrom: 2,
			segmentTo: null,
			ordersBefore: 1,
			ordersNow: null,
			revenueBefore: 3,
			revenueNow: null
		});
		await engine().exec(sql`
			CREATE OR REPLACE TABLE clean.contacts AS SELECT 'z' AS customer_id, 'z@shop.example' AS email, ' Zoe Z ' AS name`);
		const entered = { kind: 'entered', by: 'group', category: RFM_GROUPS.indexOf('champion') } as const;
		const [champion] = await movementCustomers(engine(), entered, {
			offset: 0,
			limit: 1,
			contacts: ['email', 'name']
		});
		expect(champion).toMatchObject({
			customerId: 'z',
			person: 'Zoe Z',
			email: 'z@shop.example',
			ordersBefore: 1,
			ordersNow: 3
		});
		const gone = { kind: 'fate', fate: 'gone' } as const;
		const [second] = await movementCustomers(engine(), gone, { offset: 1, limit: 1 });
		expect(second).toMatchObject({ customerId: 'lost', person: 'lost', reason: 'vanished', ordersNow: null });
	});

	it('finds nobody moved where nothing has changed', async () => {
		const { people } = NOW;
		const changes = await compare(engine(), { people }, { people });
		expect(fatesOf(changes)).toEqual({ unchanged: [6, 0, 0] });
		expect(
			turnoverOf(changes.groups as Movement).every(({ entered, left }) => entered === 0 && left === 0)
		).toBe(true);
		expect(changes.segments && turnoverOf(changes.segments).some(({ left }) => left > 0)).toBe(false);
	});

	it('compares without money and without segments', async () => {
		const people = [{ id: 'a' }, { id: 'b' }];
		const now = [{ id: 'a', orders: 2, days: 1 }, { id: 'b' }, { id: 'c', money: 5 }];
		const changes = await compare(
			engine(),
			{ people, hasAmount: false, names: null },
			{ people: now, asOf: '2024-06-02' }
		);
		expect(fatesOf(changes)).toEqual({ new: [1, 1, null], returned: [1, 1, null], unchanged: [1, 0, null] });
		expect(changes.segments).toBeNull();
	});

	it('takes more orders for a return, whatever the dates', async () => {
		const before = ['late', 'same', 'fewer'].map((id) => ({ id, orders: 2, days: 3 }));
		const now = [
			{ id: 'late', orders: 4, days: 400 },
			{ id: 'same', orders: 2, days: 1 },
			{ id: 'fewer', orders: 1, days: 1 }
		];
		const changes = await compare(engine(), { people: before }, { people: now, asOf: '2024-07-02' });
		expect(fatesOf(changes)).toEqual({
			returned: [1, 2, 0],
			corrected: [1, -1, 0],
			unchanged: [1, 0, 0]
		});
	});

	it('compares no groups that mean something else, and segments all the same', async () => {
		const before = { people: [{ id: 'a', group: 'loyal' }] };
		const renamed = TEN_GROUPS.map((group) => ({ ...group, name: `My ${group.name}` }));
		const same = await compare(engine(), before, { people: [{ id: 'a', group: 'new' }], table: renamed });
		expect(cellsOf(same.groups)).toEqual(['loyal>new 1']);
		const [first, second, ...rest] = TEN_GROUPS as [GroupTable[0], GroupTable[0], ...GroupTable];
		const swapped = [{ ...first, cells: second.cells }, { ...second, cells: first.cells }, ...rest];
		const others: Partial<World>[] = [{ table: swapped }, { scheme: 'ntile' }, { scheme: 'fixed' }];
		for (const other of others) {
			const changes = await compare(engine(), before, { people: [{ id: 'a', group: 'new' }], ...other });
			expect(changes.groups).toBeNull();
			expect(cellsOf(changes.segments)).toEqual(['A>A 1']);
			expect(
				await movementCustomers(engine(), { kind: 'fate', fate: 'unchanged' }, { offset: 0, limit: 9 })
			).toMatchObject([{ groupFrom: null, groupTo: TEN_GROUPS.findIndex(({ id }) => id === 'new') }]);
		}
	});

	it('finds the groups of before by id where only ids are known', async () => {
		const { signal } = stepContext(engine());
		const snapshot = await takeSnapshot(engine(), await write(engine(), { people: [{ id: 'a' }] }), signal);
		const { groupRule: _, ...state } = snapshot.state;
		const ofFile = (ids: readonly string[]) => ({
			state: { ...state, groups: ids.map((id) => ({ id, name: id })) },
			customers: { ...snapshot.customers, group: Int32Array.of(ids.length - 1) }
		});
		const now = await write(engine(), { people: [{ id: 'a', group: 'champion' }] });
		const known = await computeChanges(stepContext(engine()), now, ofFile(['new', 'loyal']));
		expect(cellsOf(known.groups)).toEqual(['loyal>champion 1']);
		const unknown = await computeChanges(stepContext(engine()), now, ofFile(['new', 'dormant']));
		expect(unknown.groups).toBeNull();
		const { groups: __, ...older } = state;
		const old = { state: older, customers: { ...snapshot.customers, group: Int32Array.of(5) } };
		const kept = await computeChanges(stepContext(engine()), now, old);
		expect(cellsOf(kept.groups)).toEqual(['loyal>champion 1']);
	});

	it('starts from nobody', async () => {
		const changes = await compare(engine(), { people: [] }, { people: [{ id: 'a' }] });
		expect(fatesOf(changes)).toEqual({ new: [1, 1, 10] });
	});

	it('loses nobody, no order and no money, whoever joins whom', async () => {
		const person = fc.record({
			id: fc.integer({ min: 1, max: 12 }).map(String),
			orders: fc.integer({ min: 1, max: 5 }),
			money: fc.integer({ min: 0, max: 99_999 }).map((cents) => cents / 100),
			days: fc.integer({ min: 1, max: 90 }),
			group: fc.constantFrom(...RFM_GROUPS),
			cluster: fc.integer({ min: 0, max: 1 })
		});
		const people = fc.uniqueArray(person, { selector: ({ id }) => id, maxLength: 12 });
		const owners = fc.dictionary(
			fc.integer({ min: 1, max: 12 }).map(String),
			fc.integer({ min: 1, max: 12 }).map(String)
		);
		const names = fc.constantFrom(['A', 'B'], ['B', 'C'], ['C', 'C']);
		await fc.assert(
			fc.asyncProperty(people, people, owners, names, async (before, now, accounts, segments) => {
				await writeNames(engine(), accounts, []);
				const changes = await compare(
					engine(),
					{ people: before },
					{ people: now, asOf: '2024-07-02', names: segments }
				);
				const countOf = (...fates: Fate[]) =>
					changes.fates
						.filter(({ fate }) => fates.includes(fate))
						.reduce((sum, each) => sum + each.customers, 0);
				const stayed = ['returned', 'corrected', 'unchanged'] as const;
				expect(changes.fates.map(({ fate }) => fate)).toEqual([...FATES]);
				expect(countOf('gone', 'joined', ...stayed)).toBe(before.length);
				expect(countOf('new', ...stayed)).toBe(now.length);
				for (const movement of [changes.groups, changes.segments]) {
					const turnover = turnoverOf(movement as Movement);
					const inAll = (of: 'before' | 'now') => turnover.reduce((sum, each) => sum + each[of], 0);
					expect([inAll('before'), inAll('now')]).toEqual([before.length, now.length]);
				}
				const added = (of: 'ordersAdded' | 'revenueAdded') =>
					changes.fates.reduce((sum, each) => sum + (each[of] ?? NaN), 0);
				const total = (of: 'orders' | 'money', list: readonly Person[]) =>
					list.reduce((sum, each) => sum + (each[of] ?? NaN), 0);
				expect(added('ordersAdded')).toBe(total('orders', now) - total('orders', before));
				expect(added('revenueAdded')).toBeCloseTo(total('money', now) - total('money', before), 6);
			}),
			{ seed: 29, numRuns: 25 }
		);
	});
});
