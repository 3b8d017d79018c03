import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Engine } from '#lib/engine/engine.ts';
import { as, id, join, sql } from '#lib/engine/sql.ts';
import type { TableKind } from '#lib/pipeline/import/roles.ts';
import type { ColumnMapping, SourceParams } from '#lib/pipeline/import/schema.ts';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { makeSource, stepContext, writeRawTable } from '../../../../../tests/support/raw-tables.ts';
import { DEFAULT_CLEAN, DEFAULT_IDENTITY, type CleanResult, type IdentityParams } from '../schema.ts';
import { runClean } from '../step.ts';
import { cutLinksFound, heldBackGroups, joinedPeople, personLinks, sharedKeys } from './explain.ts';

interface MadeFile {
	readonly source: SourceParams;
	readonly rows: readonly (readonly string[])[];
}

/** A file whose columns are called like the roles they have. */
function file(
	sourceId: string,
	kind: TableKind,
	roles: readonly (keyof ColumnMapping)[],
	rows: readonly (readonly string[])[],
	idSystem = 'own'
): MadeFile {
	const mapping = Object.fromEntries(roles.map((role) => [role, role]));
	return { source: { ...makeSource(roles, mapping, { id: sourceId }), kind, idSystem }, rows };
}

async function clean(
	engine: Engine,
	files: readonly MadeFile[],
	changes: Partial<IdentityParams> = {}
): Promise<CleanResult> {
	const results = [];
	for (const { source, rows } of files) results.push(await writeRawTable(engine, source, rows));
	const params = { ...DEFAULT_CLEAN, identity: { ...DEFAULT_IDENTITY, ...changes } };
	const sources = files.map(({ source }) => source);
	const result = await runClean(stepContext(engine), { sources }, params, results);
	expect(result.rowsRead).toBe(result.rowsLoaded + result.rowsSetAside);
	expect(result.identity.revenueByAccount).toBe(result.identity.revenueByPerson);
	if (result.hasAmount) expect(result.identity.revenueByPerson).toBe(result.revenue);
	return result;
}

/** The tables with people in them, and the person of every row of each: `s1:1` → customer id. */
async function peopleOfRows(engine: Engine): Promise<Map<string, string>> {
	const tables = ['rows', 'profiles', 'events', 'sends', 'answers'].map(
		(table) => sql`SELECT source, row, customer_id FROM ${id('clean', table)} WHERE customer_id <> ''`
	);
	const rows = await engine.rows<{ place: string; person: string }>(sql`
		SELECT (source || ':' || row)::VARCHAR AS place, customer_id::VARCHAR AS person
		FROM (${join(tables, ' UNION ALL ')}) ORDER BY length(place), place`);
	return new Map(rows.map(({ place, person }) => [place, person]));
}

async function tableOf(engine: Engine, table: string, columns: readonly string[]): Promise<unknown[][]> {
	const texts = columns.map((column) => as(sql`${id(column)}::VARCHAR`, column));
	const rows = await engine.rows(sql`SELECT ${join(texts, ', ')} FROM ${id('clean', table)} ORDER BY ALL`);
	return rows.map((row) => Object.values(row));
}

const ORDER = ['customer', 'email', 'phone', 'date', 'amount'] as const;
const PROFILE = ['customer', 'email', 'phone', 'card'] as const;

/** The parts of a random file that decide who its rows are about. */
interface KeyedFile {
	readonly kind: TableKind;
	readonly idSystem: string;
	readonly records: readonly (readonly [person: number, values: readonly string[]])[];
}

const KEYED_ROLES: Readonly<Partial<Record<TableKind, readonly (keyof ColumnMapping)[]>>> = {
	orders: ['customer', 'email', 'phone', 'card'],
	customers: ['customer', 'email', 'phone', 'card'],
	events: ['customer', 'email', 'phone', 'card'],
	sends: ['customer', 'email', 'phone'],
	survey: ['customer', 'email']
};
const FILLERS: Readonly<Partial<Record<TableKind, readonly [keyof ColumnMapping, string][]>>> = {
	orders: [
		['date', '2024-01-02'],
		['amount', '5']
	],
	events: [['date', '2024-01-02']],
	sends: [['date', '2024-01-02']],
	survey: [['score', '7']]
};

/** What a record of a person may say, in the order of the roles: each value in several spellings, or not at all. */
function valuesOf(person: number): fc.Arbitrary<string[]> {
	const digits = String(6_641_000_000 + person);
	const email = (n: number) => `p${person}.${n}@example.org`;
	return fc
		.tuple(
			fc.constantFrom('', '', `c${person}`, `${person}`),
			fc.constantFrom('', email(1), ` ${email(1).toUpperCase()}`, `mailto:${email(2)}`, 'none@none'),
			fc.constantFrom('', `+43 ${digits}`, `0043${digits}`, `0${digits}`, `+43 (0) ${digits}`, '0000000'),
			fc.constantFrom('', '', `k-${1000 + person}`, `K${1000 + person}`)
		)
		.map((values) => [...values]);
}

const keyedFile: fc.Arbitrary<KeyedFile> = fc.record({
	kind: fc.constantFrom<TableKind>('orders', 'orders', 'customers', 'customers', 'events', 'sends', 'survey'),
	idSystem: fc.constantFrom('own', 'own', 'shop'),
	records: fc.array(
		fc.nat(11).chain((person) => valuesOf(person).map((values) => [person, values] as const)),
		{ minLength: 1, maxLength: 12 }
	)
});

/** The account and the further keys of a record, worked out once more, apart from the engine. */
function keysOf({ kind, idSystem }: KeyedFile, [, values]: KeyedFile['records'][number]): string[] {
	const roles = KEYED_ROLES[kind] ?? [];
	const [customer = '', email = '', phone = '', card = ''] = values;
	const address = email.trim().toLowerCase().replace('mailto:', '');
	const digits = phone.replace('(0)', '').replace(/\D/g, '');
	const national = phone.startsWith('0') && !phone.startsWith('00') ? `43${digits.slice(1)}` : digits;
	const keys = [
		customer === '' ? '' : `id:${idSystem}:${customer}`,
		address.endsWith('.org') ? `email:${address}` : '',
		phone === '' || phone === '0000000' ? '' : `phone:+${national.replace(/^0+/, '')}`,
		card === '' ? '' : `card:${card.replace('-', '').toUpperCase()}`
	];
	return keys.filter((key, i) => key !== '' && i < roles.length);
}

function made(keyed: KeyedFile, sourceId: string): MadeFile {
	const roles = KEYED_ROLES[keyed.kind] ?? [];
	const fillers = FILLERS[keyed.kind] ?? [];
	return file(
		sourceId,
		keyed.kind,
		[...roles, ...fillers.map(([role]) => role)],
		keyed.records.map(([, values]) => [
			...values.slice(0, roles.length),
			...fillers.map(([, value]) => value)
		]),
		keyed.idSystem
	);
}

/** Union-find over accounts and keys: the root of each account. `cut` leaves links out, as `account key`. */
function partition(files: readonly KeyedFile[], cut: ReadonlySet<string> = new Set()): Map<string, string> {
	const parent = new Map<string, string>();
	const find = (key: string): string => {
		const above = parent.get(key) ?? key;
		return above === key ? key : find(above);
	};
	const records = files.flatMap((keyed) => keyed.records.map((record) => keysOf(keyed, record)));
	for (const [account, ...keys] of records) {
		if (account === undefined) continue;
		for (const key of keys) if (!cut.has(`${account} ${key}`)) parent.set(find(key), find(account));
	}
	const accounts = records.flatMap(([account]) => account ?? []);
	return new Map(accounts.map((account) => [account, find(account)]));
}

/** Says that rows have one person exactly where the accounts of the rows hang together. */
function expectPartition(
	files: readonly KeyedFile[],
	names: readonly string[],
	people: ReadonlyMap<string, string>,
	roots: ReadonlyMap<string, string>
): void {
	const rootOf = new Map<string, string>();
	const personOf = new Map<string, string>();
	files.forEach((keyed, f) =>
		keyed.records.forEach((record, r) => {
			const [account] = keysOf(keyed, record);
			const person = people.get(`${names[f]}:${r + 1}`);
			expect(person === undefined).toBe(account === undefined);
			if (person === undefined || account === undefined) return;
			const root = roots.get(account) ?? '';
			expect(rootOf.get(person) ?? root).toBe(root);
			expect(personOf.get(root) ?? person).toBe(person);
			rootOf.set(person, root);
			personOf.set(root, person);
		})
	);
}

describeEngines('runIdentity', (engine) => {
	const austrian = { phoneCountry: 'AT' };

	it('joins exactly what hangs together by ids, emails, phones and cards, whatever the order of the files', async () => {
		const order = { kind: 'orders', idSystem: 'own', records: [[99, ['99', '', '', '']]] } as const;
		await fc.assert(
			fc.asyncProperty(fc.array(keyedFile, { minLength: 1, maxLength: 4 }), async (some) => {
				const files: KeyedFile[] = [...some, order];
				const names = files.map((_, i) => `s${i + 1}`);
				await clean(
					engine(),
					files.map((keyed, i) => made(keyed, names[i] ?? '')),
					austrian
				);
				const people = await peopleOfRows(engine());
				const roots = partition(files);
				expectPartition(files, names, people, roots);
				const accounts = await tableOf(engine(), 'accounts', ['account', 'customer_id']);

				const turned = names.toReversed();
				const again = files.map((keyed, i) => made(keyed, turned[i] ?? '')).toReversed();
				await clean(engine(), again, austrian);
				expect(await tableOf(engine(), 'accounts', ['account', 'customer_id'])).toEqual(accounts);
				expectPartition(files, turned, await peopleOfRows(engine()), roots);
			}),
			{ seed: 11, numRuns: 100, endOnFailure: true }
		);
	}, 600_000);

	it('keeps a link cut when the files are imported again in another order', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(keyedFile, { minLength: 2, maxLength: 4 }), fc.nat(), async (some, pick) => {
				const order = {
					kind: 'orders',
					idSystem: 'own',
					records: [[99, ['99', 'x@y.org', '', '']]]
				} as const;
				const files: KeyedFile[] = [...some, order];
				const names = files.map((_, i) => `s${i + 1}`);
				await clean(
					engine(),
					files.map((keyed, i) => made(keyed, names[i] ?? '')),
					austrian
				);
				const links = await tableOf(engine(), 'links', ['account', 'key', 'fingerprint']);
				const [account, key, fingerprint] = (links[pick % links.length] ?? []) as string[];
				const cuts = { ...austrian, cuts: [fingerprint ?? ''] };
				const roots = partition(files, new Set([`${account} ${key}`]));

				const turned = names.toReversed();
				await clean(engine(), files.map((keyed, i) => made(keyed, turned[i] ?? '')).toReversed(), cuts);
				expectPartition(files, turned, await peopleOfRows(engine()), roots);
				const found = await cutLinksFound(engine());
				expect(found.map((cut) => [cut.account, cut.key, cut.fingerprint])).toEqual([
					[account, key, fingerprint]
				]);
			}),
			{ seed: 12, numRuns: 25, endOnFailure: true }
		);
	}, 600_000);

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

	it('calls a person by the best account, with the system where two would have one name', async () => {
		const result = await clean(engine(), [shop, list], austrian);
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
		await clean(engine(), [shop, list], austrian);
		const [best, second, third] = await personLinks(engine(), '8');
		expect(best).toMatchObject({ account: 'id:list:x1', system: 'list', sources: ['s2'], recordCount: 1 });
		expect(second).toMatchObject({ account: 'id:shop:8', sources: ['s1'] });
		expect(third).toMatchObject({ account: 'phone:+436647654321', kind: 'phone', links: [] });
		expect(best?.links.map(({ key, state, sharedWith }) => [key, state, sharedWith])).toEqual([
			['email:bo@example.org', 'joins', ['id:shop:8']],
			['phone:+436647654321', 'joins', ['phone:+436647654321']]
		]);
		expect(await joinedPeople(engine(), { search: '', offset: 0, limit: 2 })).toEqual([
			{ customerId: '8', accountCount: 3, sourceCount: 2, keys: 'bo@example.org, +436647654321' },
			{ customerId: 'shop:7', accountCount: 2, sourceCount: 1, keys: 'anna@example.org' }
		]);
		expect(await joinedPeople(engine(), { search: '4711', offset: 0, limit: 9 })).toMatchObject([
			{ customerId: 'x2', accountCount: 2 }
		]);
		const cuts = best?.links.map(({ fingerprint }) => fingerprint).slice(0, 1) ?? [];
		await clean(engine(), [list, shop], { ...austrian, cuts });
		expect((await personLinks(engine(), '8')).map(({ account }) => account)).toEqual(['id:shop:8']);
		expect((await personLinks(engine(), '+436647654321')).length).toBe(0);
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
		const most = { mostPerKey: { ...DEFAULT_IDENTITY.mostPerKey, phone: 3 } };
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
		expect(new Set(links.flat())).toEqual(new Set(['held_back']));
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
		const result = await clean(engine(), [shop, list], { ...austrian, keys });
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
		const hostile = ["'; DROP TABLE clean.rows;--", 'a:b:c', '%3A', '__proto__', 'id:own:1'];
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
