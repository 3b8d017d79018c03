import { expect, it } from 'vitest';
import { sql } from '#lib/engine/sql.ts';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import {
	cleanFiles as clean,
	madeFile as file,
	peopleOfRows,
	tableOf
} from '../../../../../tests/support/people-files.ts';
import { listsOf } from '../audit/lists.ts';
import { DEFAULT_IDENTITY } from '../schema.ts';
import {
	countJoinedPeople,
	cutLinksFound,
	heldBackGroups,
	joinedPeople,
	nameOfPerson,
	personLinks,
	sharedKeys
} from './explain.ts';

const ORDER = ['customer', 'email', 'phone', 'date', 'amount'] as const;
const PROFILE = ['customer', 'email', 'phone', 'card'] as const;

/** Numbers written without a country are Austrian. */
const AUSTRIAN = { phoneCountry: 'AT' };

describeEngines('runIdentity', (engine) => {
	const shop = file(
		's1',
		'orders',
		[...ORDER],
		[
			['7', 'anna@example.org', '', '2024-01-02', '10'],
			['8', 'Bo@example.org', '', '2024-01-03', '20'],
			['', 'anna@example.org', '', '2024-01-04', '5'],
			['', '', '+43 664 7654321', '2024-01-05', '1'],
			['', '', '', '2024-01-06', '2']
		],
		'shop'
	);
	const list = file(
		's2',
		'customers',
		[...PROFILE],
		[
			['x1', 'bo@example.org', '0664 7654321', ''],
			['x2', 'cy@example.org', '', 'A-4711'],
			['x3', '', '', 'a4711'],
			['7', '', '', '']
		],
		'list'
	);

	it('keeps equal order numbers of one person in two shops apart', async () => {
		const columns = ['customer', 'order_id', 'date', 'amount'] as const;
		const shops = ['s1', 's2'].map((id) =>
			file(
				id,
				'orders',
				[...columns],
				[
					['anna@example.org', '1001', '2024-01-02', '10'],
					['anna@example.org', '1001', '2024-01-02', '5'],
					['bo@example.org', '1002', '2024-01-03', '20']
				]
			)
		);
		const result = await clean(engine(), shops);
		expect(result).toMatchObject({ customers: 2, orders: 4, revenue: 70 });
		const rows = shops.map(({ source, rows }) => ({ source: { ...source, series: 's1', version: 1 }, rows }));
		const parts = rows.map(({ source, rows: all }, i) => ({
			source,
			rows: i === 0 ? all : [['anna@example.org', '1001', '2024-01-02', '1']]
		}));
		expect(await clean(engine(), parts)).toMatchObject({ customers: 2, orders: 2, revenue: 36 });
	});

	it('calls a person by the best account, with the system where two would have one name', async () => {
		const result = await clean(engine(), [shop, list], AUSTRIAN);
		const people = await peopleOfRows(engine());
		expect(Object.fromEntries(people)).toEqual({
			's1:1': 'shop:7',
			's1:2': '8',
			's1:3': 'shop:7',
			's1:4': '8',
			's2:1': '8',
			's2:2': 'x2',
			's2:3': 'x2',
			's2:4': 'list:7'
		});
		expect(result.reasons).toEqual([{ reason: 'missing_customer', count: 1 }]);
		expect(result.identity).toEqual({
			accounts: 8,
			people: 4,
			joinedPeople: 3,
			acrossSources: 1,
			heldBack: 0,
			keys: [
				{ key: 'id', values: 6, joining: 0, shared: 0 },
				{ key: 'email', values: 3, joining: 2, shared: 0 },
				{ key: 'phone', values: 1, joining: 1, shared: 0 },
				{ key: 'card', values: 1, joining: 1, shared: 0 }
			],
			revenueByAccount: 36,
			revenueByPerson: 36
		});
	});

	it('explains why, and takes a person apart again', async () => {
		await clean(engine(), [shop, list], AUSTRIAN);
		const [best, second, third] = await personLinks(engine(), '8');
		expect(best).toMatchObject({ account: 'id:list:x1', system: 'list', sources: ['s2'], recordCount: 1 });
		expect(second).toMatchObject({ account: 'id:shop:8', sources: ['s1'] });
		expect(third).toMatchObject({ account: 'phone:+436647654321', kind: 'phone', links: [] });
		expect(best?.links.map(({ key, state, sharedWith }) => [key, state, sharedWith])).toEqual([
			['email:bo@example.org', 'joins', ['id:shop:8']],
			['phone:+436647654321', 'joins', ['phone:+436647654321']]
		]);
		const listed = { hasNames: false, lists: listsOf([shop.source, list.source]) };
		expect(await joinedPeople(engine(), { search: '', ...listed, offset: 0, limit: 2 })).toEqual([
			{
				customerId: '8',
				person: '8',
				accountCount: 3,
				sourceCount: 2,
				keys: 'bo@example.org, +436647654321'
			},
			{ customerId: 'shop:7', person: 'shop:7', accountCount: 2, sourceCount: 1, keys: 'anna@example.org' }
		]);
		expect(await joinedPeople(engine(), { search: '4711', ...listed, offset: 0, limit: 9 })).toMatchObject([
			{ customerId: 'x2', accountCount: 2 }
		]);
		const cuts = best?.links.map(({ fingerprint }) => fingerprint).slice(0, 1) ?? [];
		await clean(engine(), [list, shop], { ...AUSTRIAN, cuts });
		expect((await personLinks(engine(), '8')).map(({ account }) => account)).toEqual(['id:shop:8']);
		const apart = await personLinks(engine(), '+436647654321');
		expect(apart.map(({ account }) => account)).toEqual(['id:list:x1', 'phone:+436647654321']);
		expect(await cutLinksFound(engine())).toMatchObject([
			{ account: 'id:list:x1', value: 'bo@example.org', customerId: '+436647654321' }
		]);
	});

	it('calls people by name, else by email, once that is known, and counts the files of a list as one', async () => {
		await clean(engine(), [shop, list], AUSTRIAN);
		await engine().exec(sql`
			CREATE OR REPLACE TABLE clean.people AS
			SELECT unnest(['8', 'shop:7']) AS customer_id, unnest(['bo@example.org', 'anna@example.org']) AS email,
				NULL::VARCHAR AS name, unnest(['Bo', NULL]) AS first_name, unnest(['Berg', NULL]) AS last_name,
				9 AS account_count, 9 AS source_count`);
		const lists = listsOf([shop.source, { ...list.source, series: shop.source.series }]);
		const page = { hasNames: true, lists, offset: 0, limit: 9 };
		const people = await joinedPeople(engine(), { ...page, search: '' });
		expect(people.map(({ person, sourceCount }) => [person, sourceCount])).toEqual([
			['Bo Berg', 1],
			['anna@example.org', 1],
			['x2', 1]
		]);
		expect(await countJoinedPeople(engine(), { search: 'bo berg', hasNames: true })).toBe(1);
		expect(await nameOfPerson(engine(), '8')).toBe('Bo Berg');
		expect(await nameOfPerson(engine(), 'x2')).toBeNull();
	});

	it('leaves a key that too many have aside, unless the user trusts it', async () => {
		const counter = file(
			's1',
			'orders',
			[...ORDER],
			[
				...[1, 2, 3].map((n) => [`${n}`, '', '+1 555 0100', '2024-01-02', '10']),
				['', '', '+1 555 0100', '2024-01-03', '7']
			]
		);
		const people = file('s2', 'customers', [...PROFILE], [['', '', '+1 555 0100', '']]);
		const most = { mostPerKey: { ...DEFAULT_IDENTITY.mostPerKey, phone: 2 } };
		const result = await clean(engine(), [counter, people], most);
		expect(result.reasons).toEqual([{ reason: 'missing_customer', count: 1 }]);
		expect(Object.fromEntries(await peopleOfRows(engine()))).toEqual({
			's1:1': '1',
			's1:2': '2',
			's1:3': '3',
			's2:1': 's2:1'
		});
		const [shared] = await sharedKeys(engine(), 5);
		expect(shared).toMatchObject({ value: '+15550100', accountCount: 4, state: 'shared' });
		expect(shared?.examples).toContain('phone:+15550100');
		expect(result.identity).toMatchObject({ accounts: 5, people: 4, joinedPeople: 0 });

		const trusted = [shared?.fingerprint ?? ''];
		const trusting = await clean(engine(), [counter, people], { ...most, trusted });
		expect(new Set((await peopleOfRows(engine())).values())).toEqual(new Set(['1']));
		expect(trusting.identity).toMatchObject({ people: 1, joinedPeople: 1, revenueByPerson: 37 });
		expect(await sharedKeys(engine(), 5)).toMatchObject([{ state: 'trusted' }]);
	});

	it('leaves groups apart that are too large for one person', async () => {
		const chain = Array.from({ length: 6 }, (_, i) => [
			`${i}`,
			`m${i}@example.org`,
			'',
			`CARD${i - (i % 2)}`
		]);
		const linked = Array.from({ length: 5 }, (_, i) => [`${i}`, `m${i + 1}@example.org`, '', '']);
		const orders = file('s2', 'orders', ['customer', 'date'], [['0', '2024-01-02']]);
		const files = [file('s1', 'customers', [...PROFILE], [...chain, ...linked]), orders];
		const apart = await clean(engine(), files, { mostPerPerson: 5 });
		expect(apart.identity).toMatchObject({ accounts: 6, people: 6, heldBack: 1, joinedPeople: 0 });
		expect(await heldBackGroups(engine(), 3)).toMatchObject([{ accountCount: 6 }]);
		const links = await tableOf(engine(), 'links', ['state']);
		expect(new Set(links.flat())).toEqual(new Set(['alone', 'held_back']));
		const joined = await clean(engine(), files, { mostPerPerson: 6 });
		expect(joined.identity).toMatchObject({ people: 1, heldBack: 0, joinedPeople: 1 });
	});

	it('joins by name and postcode only where it is asked to', async () => {
		const roles = ['customer', 'first_name', 'last_name', 'postcode'] as const;
		const files = [
			file('s1', 'customers', [...roles], [['1', 'Zoë', 'Hassan', 'SW1A 1AA']]),
			file('s2', 'customers', [...roles], [['2', 'Zoe', 'HASSAN', 'sw1a1aa']])
		];
		expect((await clean(engine(), files)).identity.people).toBe(2);
		const keys = { ...DEFAULT_IDENTITY.keys, name_postcode: true };
		expect((await clean(engine(), files, { keys })).identity.people).toBe(1);
	});

	it('does not join by a kind of key that is switched off', async () => {
		const keys = { ...DEFAULT_IDENTITY.keys, email: false, card: false };
		const result = await clean(engine(), [shop, list], { ...AUSTRIAN, keys });
		expect(result.identity.keys.map(({ key }) => key)).toEqual(['id', 'phone']);
		expect((await peopleOfRows(engine())).get('s1:3')).toBe('anna@example.org');
		expect((await peopleOfRows(engine())).get('s2:3')).toBe('x3');
	});

	it('makes only views where nothing can join, with the same contents', async () => {
		const alone = [
			file(
				's1',
				'orders',
				['customer', 'date'],
				[
					['7', '2024-01-02'],
					['7', '2024-01-03'],
					['', '2024-01-03']
				]
			),
			file('s2', 'customers', ['customer'], [['7'], ['8']])
		];
		const result = await clean(engine(), alone);
		expect(result.identity).toMatchObject({ accounts: 2, people: 2, joinedPeople: 0, acrossSources: 1 });
		const columns = ['account', 'kind', 'system', 'name', 'customer_id', 'has_orders', 'record_count'];
		expect(await tableOf(engine(), 'accounts', columns)).toEqual([
			['id:own:7', 'id', 'own', '7', '7', 'true', '3'],
			['id:own:8', 'id', 'own', '8', '8', 'false', '1']
		]);
		expect(await tableOf(engine(), 'account_sources', ['account', 'source', 'record_count'])).toEqual([
			['id:own:7', 's1', '2'],
			['id:own:7', 's2', '1'],
			['id:own:8', 's2', '1']
		]);
		expect(await tableOf(engine(), 'links', ['account'])).toEqual([]);
		const tables = await engine().rows(
			sql`SELECT table_name::VARCHAR AS name FROM duckdb_tables() WHERE table_name LIKE 'identity%' ORDER BY name`
		);
		expect(tables).not.toContainEqual({ name: 'identity_accounts' });
	});

	it('treats names of systems, ids and keys as data', async () => {
		const hostile = ["x'; DROP TABLE clean.rows;--", 'a:b:c', '%3A', '__proto__', 'id:own:1'];
		const files = hostile.map((text, i) =>
			file(`s${i + 1}`, 'orders', [...ORDER], [[text, `${i % 2}@example.org`, '', '2024-01-02', '1']], text)
		);
		const result = await clean(engine(), files);
		expect(result.identity).toMatchObject({ accounts: 5, people: 2, revenueByPerson: 5 });
		const accounts = await tableOf(engine(), 'accounts', ['system', 'name']);
		expect(accounts.map(([system]) => system).toSorted()).toEqual(hostile.toSorted());
		expect(accounts.map(([, name]) => name).toSorted()).toEqual(hostile.toSorted());
	});
});
