import { expect, it } from 'vitest';
import { sql, type Sql } from '#lib/engine/sql.ts';
import type { ColumnMapping, SourceParams, SourceResult } from '#lib/pipeline/import/schema.ts';
import type { TableKind } from '#lib/pipeline/import/roles.ts';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { makeSource, stepContext, writeRawTable } from '../../../../../tests/support/raw-tables.ts';
import { runDetails } from '../details.ts';
import { DEFAULT_CLEAN, type CleanParams, type CleanResult } from '../schema.ts';
import { setAsideRows } from '../set-aside.ts';
import { runClean } from '../step.ts';
import { CANONICAL_KINDS } from './index.ts';

interface MadeFile {
	readonly source: SourceParams;
	readonly rows: readonly (readonly string[])[];
}

/** A file whose columns are called like the roles they have, with ids as texts. */
function file(
	id: string,
	kind: TableKind,
	roles: readonly (keyof ColumnMapping)[],
	rows: readonly (readonly string[])[],
	changes: Partial<SourceParams> = {}
): MadeFile {
	const mapping = Object.fromEntries(roles.map((role) => [role, role]));
	return { source: { ...makeSource(roles, mapping, { id }), kind, ...changes }, rows };
}

describeEngines('files of other kinds', (engine) => {
	async function clean(
		files: readonly MadeFile[],
		params: Partial<CleanParams> = {}
	): Promise<{ result: CleanResult; sources: SourceParams[]; results: SourceResult[] }> {
		const results: SourceResult[] = [];
		for (const { source, rows } of files) results.push(await writeRawTable(engine(), source, rows));
		const sources = files.map(({ source }) => source);
		const all = { ...DEFAULT_CLEAN, ...params };
		const result = await runClean(stepContext(engine()), { sources }, all, results);
		expect(result.rowsRead).toBe(results.reduce((sum, { rowsRead }) => sum + rowsRead, 0));
		expect(result.rowsRead).toBe(result.rowsLoaded + result.rowsSetAside);
		for (const account of result.sources) {
			expect(account.rowsRead).toBe(account.rowsLoaded + account.rowsSetAside);
		}
		return { result, sources, results };
	}
	const rowsOf = (query: Sql) => engine().rows(query);

	it('become one table for each kind, and no orders are needed', async () => {
		const { result } = await clean([
			file('s1', 'customers', ['customer', 'email'], [['1', 'a@example.org']]),
			file('s2', 'events', ['customer', 'date', 'event'], [['1', '2024-01-02 10:00', 'view']]),
			file('s3', 'sends', ['email', 'date'], [['A@Example.org ', '2024-01-03']]),
			file('s4', 'campaigns', ['campaign', 'date', 'spend'], [['Spring', '2024-03', '$1,200.50']]),
			file('s5', 'survey', ['customer', 'score'], [['1', '9']]),
			file('s6', 'report', [], [['anything']], { columns: ['total'] })
		]);
		expect(result).toMatchObject({
			tables: { profiles: 1, events: 1, sends: 1, campaigns: 1, answers: 1 },
			customers: 0,
			orders: 0,
			revenue: null,
			hasAmount: false,
			contactRoles: [],
			rowsLoaded: 6
		});
		expect(result.sources.map(({ kind }) => kind)).toEqual([
			'customers',
			'events',
			'sends',
			'campaigns',
			'survey',
			'report'
		]);
		expect(
			await rowsOf(sql`
				SELECT customer_id::VARCHAR AS customer_id, action::VARCHAR AS action,
					strftime(sent_at, '%Y-%m-%d')::VARCHAR AS day
				FROM clean.sends ORDER BY row`)
		).toEqual([{ customerId: '1', action: 'sent', day: '2024-01-03' }]);
		expect(
			await rowsOf(sql`
				SELECT strftime(starts_on, '%Y-%m-%d')::VARCHAR AS starts_on, spend::DOUBLE AS spend
				FROM clean.campaigns ORDER BY row`)
		).toEqual([{ startsOn: '2024-03-01', spend: 1200.5 }]);
	});

	it('say of people what the file says: ids, contacts, consents, days and numbers', async () => {
		const roles = [
			'customer',
			'email',
			'phone',
			'postcode',
			'email_consent',
			'birth_date',
			'order_count'
		] as const;
		const consents = file(
			's1',
			'customers',
			[...roles],
			[
				["'1001", ' Anna@Example.ORG', "'+43 1 234", "'01234", 'SUBSCRIBED', '1980-02-29', '3'],
				["'1002", 'no address', '', '', 'NEVER_SUBSCRIBED', '04/09', 'many'],
				["'1003", '', '', '', 'no', '', '']
			],
			{ constants: { country: 'AT', sms_consent: 'opt-in' } }
		);
		await clean([consents]);
		const found = await rowsOf(sql`
			SELECT customer_id::VARCHAR AS id, email::VARCHAR AS email, phone::VARCHAR AS phone,
				postcode::VARCHAR AS postcode, country::VARCHAR AS country, email_consent::VARCHAR AS consent,
				sms_consent::VARCHAR AS sms, strftime(birth_date, '%Y-%m-%d')::VARCHAR AS born, order_count::INTEGER AS orders
			FROM clean.profiles ORDER BY row`);
		const common = { country: 'AT', sms: 'subscribed' };
		const nothing = { email: null, phone: null, postcode: null, born: null, orders: null };
		expect(found).toEqual([
			{
				...common,
				id: '1001',
				email: 'anna@example.org',
				phone: '+43 1 234',
				postcode: '01234',
				consent: 'subscribed',
				born: '1980-02-29',
				orders: 3
			},
			{ ...common, ...nothing, id: '1002', consent: 'never_subscribed' },
			{ ...common, ...nothing, id: '1003', consent: 'unsubscribed' }
		]);
	});

	it('name a person by id, else email, else phone, else by the row', async () => {
		const ids = () => rowsOf(sql`SELECT customer_id::VARCHAR AS id FROM clean.profiles ORDER BY source, row`);
		const people = [
			['', 'A@b.c', '+43 1 2345678'],
			['7', '', ''],
			['nan', '', '01 2345679'],
			['nan', 'nobody', '2'],
			['', ' ', '']
		];
		const { result } = await clean([file('s1', 'customers', ['customer', 'email', 'phone'], people)]);
		expect(await ids()).toEqual([{ id: 'a@b.c' }, { id: '7' }, { id: '012345679' }]);
		expect(result.reasons).toEqual([{ reason: 'missing_customer', count: 2 }]);
		const nameless = await clean([file('s1', 'customers', ['gender'], [['f'], ['m']])]);
		expect(nameless.result.rowsSetAside).toBe(0);
		expect(await ids()).toEqual([{ id: 's1:1' }, { id: 's1:2' }]);
	});

	it('lose no row that lacks what is needed, and show why', async () => {
		const { result } = await clean([
			file(
				's1',
				'events',
				['customer', 'date'],
				[
					['1', '2024-01-02'],
					['', '2024-01-02'],
					['1', 'soon'],
					['', '']
				]
			),
			file(
				's2',
				'survey',
				['email', 'answer', 'score'],
				[
					['a@b.c', '', 'x'],
					['a@b.c', 'fine', '']
				]
			),
			file('s3', 'campaigns', ['campaign', 'clicks'], [[' ', '1']])
		]);
		expect(
			result.sources.map(({ rowsRead, rowsLoaded, reasons }) => [rowsRead, rowsLoaded, reasons])
		).toEqual([
			[
				4,
				1,
				[
					{ reason: 'unreadable', count: 1 },
					{ reason: 'missing_customer', count: 2 }
				]
			],
			[2, 1, [{ reason: 'unreadable', count: 1 }]],
			[1, 0, [{ reason: 'unreadable', count: 1 }]]
		]);
		const aside = await setAsideRows(engine(), { reason: 'unreadable', offset: 0, limit: 9 });
		expect(aside.map(({ source, row, detail }) => [source, row, detail])).toEqual([
			['s1', 3, 'date: soon'],
			['s2', 1, 'answer: (empty)'],
			['s3', 1, 'campaign: (empty)']
		]);
	});

	it('read what sending tools call what came back', async () => {
		const words = [
			'Opened',
			'hard_bounce',
			'CLICK',
			'Marked as spam',
			'Unsub',
			'Email Delivered',
			'Forwarded',
			''
		];
		const rows = words.map((word) => ['1', '2024-01-02', word]);
		await clean([file('s1', 'sends', ['customer', 'date', 'action'], rows)]);
		const found = await rowsOf(sql`SELECT action::VARCHAR AS action FROM clean.sends ORDER BY row`);
		expect(found.map(({ action }) => action)).toEqual([
			'opened',
			'bounced',
			'clicked',
			'complained',
			'unsubscribed',
			'delivered',
			'forwarded',
			null
		]);
	});

	it('move their times to the zone of the session, and join a date with its time', async () => {
		const settings = { ...DEFAULT_CLEAN.settings, timeZone: 'Europe/Vienna' };
		const utc = { reading: { ...makeSource([], {}).reading, isUtc: true } };
		await clean(
			[
				file('s1', 'events', ['customer', 'date', 'time'], [['1', '2024-07-01', '23:30:00']], utc),
				file('s2', 'events', ['customer', 'date', 'time'], [['1', '2024-07-01 00:00:00', '10:15 PM']]),
				file('s3', 'events', ['customer', 'date', 'time'], [['1', '2024-07-01', 'noon']])
			],
			{ settings }
		);
		const found = await rowsOf(
			sql`SELECT strftime(happened_at, '%m-%d %H:%M')::VARCHAR AS seen FROM clean.events ORDER BY source`
		);
		expect(found.map(({ seen }) => seen)).toEqual(['07-02 01:30', '07-01 22:15', '07-01 00:00']);
	});

	it('give orders the contacts that they lack, by the same id or the same email alone', async () => {
		const orders = file(
			's1',
			'orders',
			['customer', 'date', 'name'],
			[
				['1', '2024-01-02', 'Anna'],
				['2', '2024-01-02', ''],
				['c@example.org', '2024-01-02', ''],
				['4', '2024-01-02', '']
			]
		);
		const people = file(
			's2',
			'customers',
			['customer', 'email', 'name', 'country'],
			[
				['1', 'a@example.org', 'Anna from the list', 'AT'],
				['2', 'b@example.org', 'Bo', ''],
				['90', 'C@example.org', 'Cy', 'CH'],
				['2', '', '', 'DE']
			]
		);
		const { result, sources, results } = await clean([orders, people]);
		expect(result.contactRoles).toEqual(['country', 'email', 'name']);
		await runDetails(stepContext(engine()), { sources }, DEFAULT_CLEAN, result, results);
		expect(
			await rowsOf(sql`
				SELECT customer_id::VARCHAR AS id, country::VARCHAR AS country, email::VARCHAR AS email, name::VARCHAR AS name
				FROM clean.contacts ORDER BY id`)
		).toEqual([
			{ id: '1', country: 'AT', email: 'a@example.org', name: 'Anna' },
			{ id: '2', country: 'DE', email: 'b@example.org', name: 'Bo' },
			{ id: '4', country: null, email: null, name: null },
			{ id: 'c@example.org', country: 'CH', email: 'c@example.org', name: 'Cy' }
		]);
	});

	it('stand beside orders, whose numbers they do not change', async () => {
		const orders = file(
			's1',
			'orders',
			['customer', 'date', 'order_id', 'quantity', 'unit_price', 'product'],
			[
				['1', '2024-01-02', '10', '2', '1.50', ' Mug '],
				['1', '2024-01-02', '10', '0', '1', 'Cup'],
				['2', '2024-01-03', '11', '1', '4', '']
			]
		);
		const alone = await clean([orders]);
		const both = await clean([orders, file('s2', 'sends', ['customer', 'date'], [['1', '2024-01-02']])]);
		const { customers, revenue, reasons, operations } = alone.result;
		expect(both.result).toMatchObject({ customers, orders: 2, revenue, reasons, operations, rowsRead: 4 });
		expect(
			await rowsOf(sql`
				SELECT order_id::VARCHAR AS id, customer_id::VARCHAR AS customer, product::VARCHAR AS product,
					quantity::DOUBLE AS quantity, unit_price::DOUBLE AS price, amount::DOUBLE AS amount, row::INTEGER AS row
				FROM clean.order_lines ORDER BY row`)
		).toEqual([
			{ id: '10', customer: '1', product: 'Mug', quantity: 2, price: 1.5, amount: 3, row: 1 },
			{ id: '11', customer: '2', product: null, quantity: 1, price: 4, amount: 4, row: 3 }
		]);
	});

	it.each(CANONICAL_KINDS)(
		'treat hostile names and texts as data ($kind)',
		async ({ kind, columns, people }) => {
			const roles = [...new Set([...people, ...columns.map(({ role }) => role)])];
			const names = roles.map((role) => `${role}"'; DROP TABLE clean.rows; --`);
			const mapping = Object.fromEntries(roles.map((role, i) => [role, names[i] ?? '']));
			const source = { ...makeSource(names, mapping), kind };
			const rows = [roles.map(() => `x'); --`), roles.map(() => ''), roles.map(() => '2024-01-02')];
			const { result } = await clean([{ source, rows }]);
			expect(result.rowsRead).toBe(3);
			expect(result.sources[0]?.rowsLoaded).toBeGreaterThan(0);
		}
	);
});
