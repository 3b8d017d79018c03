import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '#lib/engine/engine.ts';
import { openNativeEngine } from '#lib/engine/native-engine.ts';
import type { TableKind } from '#lib/pipeline/import/roles.ts';
import type { ColumnMapping } from '#lib/pipeline/import/schema.ts';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import {
	cleanFiles,
	madeFile,
	peopleOfRows,
	tableOf,
	type MadeFile
} from '../../../../../tests/support/people-files.ts';
import { cutLinksFound } from './explain.ts';

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
	return madeFile(
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

/** Numbers written without a country are Austrian. */
const AUSTRIAN = { phoneCountry: 'AT' };

const ONE_ORDER: KeyedFile = { kind: 'orders', idSystem: 'own', records: [[99, ['99', 'x@y.org', '', '']]] };

/** Random files, with one order that is loaded whatever else they hold. */
function keyedFiles(minLength: number): fc.Arbitrary<KeyedFile[]> {
	return fc.array(keyedFile, { minLength, maxLength: 4 }).map((files) => [...files, ONE_ORDER]);
}

/** The files under the names s1, s2, …, or from the last to the first under those names. */
function named(files: readonly KeyedFile[], isTurned: boolean): { names: string[]; all: MadeFile[] } {
	const forward = files.map((_, i) => `s${i + 1}`);
	const names = isTurned ? forward.toReversed() : forward;
	const all = files.map((keyed, i) => made(keyed, names[i] ?? ''));
	return { names, all: isTurned ? all.toReversed() : all };
}

/** Joins random people by ids, emails, phones and cards: none too many, none too few, in both orders of the files. */
async function expectJoined(engine: Engine, numRuns: number): Promise<void> {
	await fc.assert(
		fc.asyncProperty(keyedFiles(1), async (files) => {
			const roots = partition(files);
			const accounts: unknown[] = [];
			for (const isTurned of [false, true]) {
				const { names, all } = named(files, isTurned);
				await cleanFiles(engine, all, AUSTRIAN);
				expectPartition(files, names, await peopleOfRows(engine), roots);
				accounts.push(await tableOf(engine, 'accounts', ['account', 'customer_id']));
			}
			expect(accounts[1]).toEqual(accounts[0]);
		}),
		{ seed: 11, numRuns, endOnFailure: true }
	);
}

/** Cuts one of the links of random people, and imports their files in another order. */
async function expectCut(engine: Engine, numRuns: number): Promise<void> {
	await fc.assert(
		fc.asyncProperty(keyedFiles(2), fc.nat(), async (files, pick) => {
			await cleanFiles(engine, named(files, false).all, AUSTRIAN);
			const links = await tableOf(engine, 'links', ['account', 'key', 'fingerprint']);
			const [account = '', key = '', fingerprint = ''] = (links[pick % links.length] ?? []) as string[];
			const roots = partition(files, new Set([`${account} ${key}`]));

			const { names, all } = named(files, true);
			await cleanFiles(engine, all, { ...AUSTRIAN, cuts: [fingerprint] });
			expectPartition(files, names, await peopleOfRows(engine), roots);
			const found = await cutLinksFound(engine);
			expect(found).toMatchObject([{ account, key, fingerprint }]);
		}),
		{ seed: 12, numRuns, endOnFailure: true }
	);
}

describeEngines('random people', (engine) => {
	it('are joined in every pair that hangs together', () => expectJoined(engine(), 4), 300_000);
	it('stay apart where a link was cut', () => expectCut(engine(), 3), 300_000);
});

describe('many random people', () => {
	let engine: Engine;
	beforeAll(async () => {
		engine = await openNativeEngine();
	}, 90_000);
	afterAll(() => engine.close());

	it('are joined in every pair that hangs together', () => expectJoined(engine, 50), 300_000);
	it('stay apart where a link was cut', () => expectCut(engine, 15), 300_000);
});
