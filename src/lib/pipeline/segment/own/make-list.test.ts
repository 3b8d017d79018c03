import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { AppError } from '#lib/core/errors.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { sql } from '#lib/engine/sql.ts';
import { runDetails } from '#lib/pipeline/clean/details.ts';
import { DEFAULT_CLEAN, DEFAULT_IDENTITY, type IdentityParams } from '#lib/pipeline/clean/schema.ts';
import { DEFAULT_FEATURES } from '#lib/pipeline/features/schema.ts';
import { runFeatures } from '#lib/pipeline/features/step.ts';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { cleanFiles, madeFile, type MadeFile } from '../../../../../tests/support/people-files.ts';
import { stepContext } from '../../../../../tests/support/raw-tables.ts';
import { findListed } from './list-people.ts';
import { matchEntries, matchTable, membersOfRows, type ListEntry } from './make-list.ts';
import { MOST_LISTED } from './schema.ts';

const ORDERS = madeFile(
	's1',
	'orders',
	['customer', 'date', 'amount'],
	[
		['1', '2024-01-02', '10'],
		['2', '2024-01-03', '20'],
		['3', '2024-01-04', '5'],
		['004', '2024-01-05', '1']
	]
);
const LIST = madeFile(
	's2',
	'customers',
	['customer', 'email', 'phone', 'country'],
	[
		['1', 'Anna@Example.org', '0664 1234567', 'AT'],
		['2', 'bea@example.org', '+44 20 7946 0018', 'GB'],
		['3', '', '0664 7654321', ''],
		['9', 'nobody@example.org', '', '']
	]
);
/** A second shop where Anna is somebody else by name, and Bea has two emails. */
const OTHER_SHOP = madeFile(
	's3',
	'customers',
	['customer', 'email'],
	[
		['k7', 'anna@example.org'],
		['k8', 'bea@example.org'],
		['k8', 'bea.old@example.org']
	],
	'other'
);

async function prepare(engine: Engine, files: readonly MadeFile[], identity: Partial<IdentityParams> = {}) {
	const context = stepContext(engine);
	const clean = await cleanFiles(engine, files, identity);
	const params = { ...DEFAULT_CLEAN, identity: { ...DEFAULT_IDENTITY, ...identity } };
	const sources = files.map(({ source }) => source);
	const results = files.map(({ source: { id, fileName }, rows }) => {
		return {
			id,
			fileName,
			sizeBytes: 0,
			rowsRead: rows.length,
			unreadable: [],
			nulCells: 0,
			loadedColumns: null
		};
	});
	await runDetails(context, { sources }, params, clean, results);
	await runFeatures(context, { ...DEFAULT_FEATURES, asOf: '2024-02-01' }, clean);
}

describeEngines('lists', (engine) => {
	const { signal } = new AbortController();
	const options = { phoneCountry: 'AT' };
	const match = async (...entries: (string | ListEntry)[]) => {
		const found = await matchEntries(
			engine(),
			entries.map((entry) => (typeof entry === 'string' ? [entry] : entry)),
			options,
			signal
		);
		return { ...found, rows: await idsOf(found.rows) };
	};
	const idsOf = async (rows: Int32Array) => {
		const people = await engine().rows<{ id: string }>(
			sql`SELECT customer_id::VARCHAR AS id FROM features.customers ORDER BY idx`
		);
		return [...rows].map((row) => people[row]?.id);
	};

	it('finds people by id, by email however it is written, and by phone with and without a country', async () => {
		await prepare(engine(), [ORDERS, LIST]);
		const found = await match(' 1 ', "'004", 'BEA@example.org', '+43 664 765 43 21', '12', '', '  ');
		expect(found).toEqual({
			entries: 5,
			found: 4,
			twice: 0,
			notFound: 1,
			examples: ['12'],
			rows: ['1', '2', '3', '004']
		});
		const none = await match('4', '01', 'nobody@example.org', '9');
		expect(none).toMatchObject({ entries: 4, found: 0, twice: 0, notFound: 4, rows: [] });
	});

	it('tells who stands twice, and takes the most telling text of an entry', async () => {
		await prepare(engine(), [ORDERS, LIST]);
		const found = await match('1', 'anna@example.org', '06641234567', ['77', 'bea@example.org'], ['2', '1']);
		expect(found).toMatchObject({ entries: 5, found: 5, twice: 3, notFound: 0, rows: ['1', '2'] });
	});

	it('shows the first twenty that it does not find', async () => {
		await prepare(engine(), [ORDERS]);
		const { examples, notFound } = await match(...Array.from({ length: 30 }, (_, i) => `x${i}`));
		expect([examples.length, examples[0], notFound]).toEqual([20, 'x0', 30]);
	});

	it('finds joined people by the names, emails and phones of every file', async () => {
		await prepare(engine(), [ORDERS, LIST, OTHER_SHOP]);
		const found = await match('k7', 'bea.old@example.org', 'other:k8');
		expect(found).toMatchObject({ entries: 3, found: 3, twice: 1, rows: ['1', '2'] });
	});

	it('takes the ids of a table', async () => {
		await prepare(engine(), [ORDERS]);
		const table = sql`SELECT row_number() OVER () AS n, 0 AS place, customer_id AS text
			FROM clean.orders WHERE amount > 4`;
		const { rows, found } = await matchTable(engine(), table, options, signal);
		expect([found, await idsOf(rows)]).toEqual([3, ['1', '2', '3']]);
	});

	it('keeps fingerprints, by which people are found again, also after they were joined to others', async () => {
		await prepare(engine(), [ORDERS, OTHER_SHOP]);
		const people = async (members: readonly string[]) => {
			const { people: select, notFound } = await findListed(engine(), members, signal);
			const columns = await engine().columns(sql`SELECT idx::INTEGER AS idx FROM (${select}) ORDER BY idx`);
			return { notFound, ids: await idsOf(columns.get('idx') as Int32Array) };
		};
		const members = await membersOfRows(engine(), Int32Array.of(0, 2, 2), signal);
		expect(members).toEqual(members.toSorted());
		expect(members.every((member) => /^[0-9a-f]{16}$/.test(member))).toBe(true);
		expect(await people([...members, '0000000000000000'])).toEqual({ notFound: 1, ids: ['1', '3'] });
		const print = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 24);
		const [a = '', b = ''] = [print('id:own:2'), print('id:own:3')].sort();
		await prepare(engine(), [ORDERS, OTHER_SHOP], { merges: [{ a, b }] });
		expect(await people(members)).toEqual({ notFound: 0, ids: ['1', '2'] });
	});

	it('refuses more people than a list keeps', async () => {
		await expect(membersOfRows(engine(), new Int32Array(MOST_LISTED + 1), signal)).rejects.toEqual(
			new AppError('segment.list-too-long', { found: MOST_LISTED + 1, allowed: MOST_LISTED })
		);
	});
});
