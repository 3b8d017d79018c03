import { expect, it } from 'vitest';
import { rolesOf } from '#lib/pipeline/import/roles.ts';
import type { ColumnMapping, SourceParams } from '#lib/pipeline/import/schema.ts';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { cleanRows, makeSource } from '../../../../../tests/support/raw-tables.ts';
import { renderChangedCsv } from '../../export/changed-csv.ts';
import { changedRecords, compareVersions, countAddedOfNobody, type ChangeKind } from './compare.ts';

type Rows = readonly (readonly string[])[];

function file(
	number: number,
	version: number,
	columns: readonly string[],
	rows: Rows,
	changes: Partial<SourceParams> = {}
): { source: SourceParams; rows: Rows } {
	const roles = rolesOf(changes.kind ?? 'orders').filter((role) => columns.includes(role));
	const mapping: ColumnMapping = Object.fromEntries(roles.map((role) => [role, role]));
	const id = `s${number}`;
	return { source: { ...makeSource(columns, mapping, { id }), series: 's1', version, ...changes }, rows };
}

const COLUMNS = ['order_id', 'customer', 'date', 'status', 'quantity', 'unit_price', 'refund'];
const OLDEST = [['1', 'a', '2024-01-01', 'paid', '1', '5', '']];
const OLDER = [
	['1', 'a', '2024-01-01', 'paid', '1', '10', ''],
	['2', 'b', '2024-01-31', 'pending', '2', '2.50', ''],
	['3', 'b', '2024-02-01', 'paid', '1', '7', ''],
	['4', 'c', '2024-02-02', 'paid', '1', '7', ''],
	['4', 'c', '2024-02-02', 'paid', '1', '1', ''],
	['5', 'd', '2024-02-03', 'paid', '1', '3', '']
];
const NEWEST = [
	['2', 'b', '2024-01-31', 'paid', '2', '2.50', ''],
	['3', 'b', '2024-02-01', 'paid', '1', '7', '7'],
	['4', 'c', '2024-02-02', 'paid', '1', '8', ''],
	['6', 'd', '2024-02-20', 'Paid', '1', '1', '']
];

describeEngines('what a newer export brought', (engine) => {
	const { signal } = new AbortController();
	const compare = async (files: readonly { source: SourceParams; rows: Rows }[]) => {
		await cleanRows(engine(), files);
		return compareVersions(
			engine(),
			files.map(({ source }) => source),
			signal
		);
	};
	const page = (which: ChangeKind, offset = 0, limit = 9) =>
		changedRecords(engine(), { series: 's1' }, which, { offset, limit }, signal);

	it('is told against all older exports together, as the last of them had it', async () => {
		const files = [
			file(1, 1, COLUMNS, OLDEST),
			file(2, 2, COLUMNS, OLDER),
			file(3, 3, COLUMNS, NEWEST.slice(0, 2)),
			file(4, 3, COLUMNS, NEWEST.slice(1))
		];
		expect(await compare(files)).toEqual([
			{
				series: 's1',
				kind: 'orders',
				newest: ['s3', 's4'],
				older: ['s1', 's2'],
				added: 1,
				changed: 3,
				unchanged: 0,
				vanished: 1
			}
		]);
		const same = { customerId: 'b', date: '2024-01-31', amountBefore: 5, amountNow: 5 };
		expect(await page('changed')).toEqual([
			{ id: '4', customerId: 'c', date: '2024-02-02', amountBefore: 8, amountNow: 8, what: 'lines' },
			{ id: '3', customerId: 'b', date: '2024-02-01', amountBefore: 7, amountNow: 0, what: 'amount' },
			{ ...same, id: '2', what: 'status' }
		]);
		expect(await page('changed', 2, 1)).toMatchObject([{ id: '2' }]);
		expect(await page('added')).toEqual([
			{ id: '6', customerId: 'd', date: '2024-02-20', amountBefore: null, amountNow: 1, what: '' }
		]);
		expect(await page('vanished')).toEqual([
			{ id: '5', customerId: 'd', date: '2024-02-03', amountBefore: 3, amountNow: null, what: '' }
		]);
	});

	it('says what changed of an order, and what did not', async () => {
		const columns = ['order_id', 'customer', 'date', 'order_total'];
		const files = [
			file(1, 1, columns, [
				['1', 'a', '2024-01-01', '10'],
				['1', 'a', '2024-01-01', '10'],
				['2', 'b', '2024-01-02', '5']
			]),
			file(
				2,
				2,
				[...columns, 'status'],
				[
					['1', 'a', '2024-01-01', '10.00', 'paid'],
					['1', 'a', '2024-01-01', '10.00', 'paid'],
					['2', 'c', '2024-01-03', '6', 'paid']
				]
			)
		];
		expect(await compare(files)).toMatchObject([{ added: 0, changed: 1, unchanged: 1, vanished: 0 }]);
		expect(await page('changed')).toEqual([
			{
				id: '2',
				customerId: 'c',
				date: '2024-01-03',
				amountBefore: 5,
				amountNow: 6,
				what: 'amount, customer, date'
			}
		]);
	});

	it('is told row by row where orders have no numbers', async () => {
		const columns = ['customer', 'date', 'amount', 'product'];
		const row = ['a', '2024-01-02', '10', 'Mug'];
		const files = [
			file(1, 1, columns, [row, ['a', '2024-01-01', '1', 'Cup'], ['a', '2024-01-02', '10', 'Cup']]),
			file(2, 2, columns, [row, row, ['b', '2024-01-03', '1', 'Cup']])
		];
		expect(await compare(files)).toMatchObject([{ added: 2, changed: 0, unchanged: 1, vanished: 1 }]);
		expect(await page('vanished')).toMatchObject([{ id: 's1:3', amountBefore: 10 }]);
		expect(await page('added')).toMatchObject([{ id: 's2:3' }, { id: 's2:2' }]);
	});

	it('counts the new orders that no customer has', async () => {
		const columns = ['order_id', 'customer', 'date', 'order_total'];
		const older = [
			['1', 'a', '2024-01-01', '10'],
			['2', '', '2024-01-02', '5']
		];
		const newer = [
			...older,
			['3', 'NaN', '2024-02-01', '7'],
			['4', 'b', '2024-02-02', '8'],
			['5', '', '2024-02-03', '9']
		];
		expect(await compare([file(1, 1, columns, older), file(2, 2, columns, newer)])).toMatchObject([
			{ added: 3, unchanged: 2 }
		]);
		expect(await countAddedOfNobody(engine(), { series: 's1' }, signal)).toBe(2);
		expect(await countAddedOfNobody(engine(), { series: 's9' }, signal)).toBe(0);
	});

	it('is told of customers, by what both lists say of them', async () => {
		const columns = ['customer', 'email', 'city'];
		const people = { kind: 'customers' } as const;
		const files = [
			file(
				1,
				1,
				columns,
				[
					['1', 'a@x.com', 'Graz'],
					['2', 'b@x.com', 'Linz'],
					['3', 'c@x.com', 'Wels'],
					['', 'd@x.com', 'Enns']
				],
				people
			),
			file(
				2,
				2,
				[...columns, 'phone'],
				[
					['1', 'a@x.com', 'Wien', '1'],
					['2', 'b@x.com', ' Linz', '2'],
					['', 'D@x.com ', 'Enns', ''],
					['5', 'e@x.com', '', '']
				],
				people
			)
		];
		expect(await compare(files)).toMatchObject([
			{ kind: 'customers', added: 1, changed: 2, unchanged: 1, vanished: 1 }
		]);
		const nothing = { date: null, amountBefore: null, amountNow: null };
		expect(await page('changed')).toEqual([
			{ ...nothing, id: '1', customerId: '1', what: 'city' },
			{ ...nothing, id: 'd@x.com', customerId: 'd@x.com', what: 'email' }
		]);
		expect(await page('vanished')).toEqual([{ ...nothing, id: '3', customerId: '3', what: '' }]);
	});

	it('is nothing where all files are of one export, and nothing new where it is the same again', async () => {
		expect(await compare([file(1, 1, COLUMNS, OLDER), file(2, 1, COLUMNS, NEWEST)])).toEqual([]);
		expect(await page('added')).toEqual([]);
		const again = await compare([file(1, 1, COLUMNS, OLDER), file(2, 2, COLUMNS, OLDER)]);
		expect(again).toMatchObject([{ added: 0, changed: 0, unchanged: 5, vanished: 0 }]);
	});

	it('is written as CSV, with formulas guarded', async () => {
		await compare([
			file(1, 1, COLUMNS, OLDER),
			file(2, 2, COLUMNS, [['=1+1', 'a,b', '2024-02-03', '', '1', '1', '']])
		]);
		const text = async (which: ChangeKind) => {
			let csv = '';
			for await (const chunk of renderChangedCsv(engine(), { series: 's1' }, which, signal)) csv += chunk;
			return csv;
		};
		const header = 'id,customer_id,date,amount_before,amount_now,what_changed\r\n';
		expect(await text('added')).toBe(`${header}'=1+1,"a,b",2024-02-03,,1,\r\n`);
		expect(await text('vanished')).toBe(`${header}5,d,2024-02-03,3,,\r\n`);
		expect(await text('changed')).toBe(header);
	});
});
