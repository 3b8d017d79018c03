import { expect, it } from 'vitest';
import fc from 'fast-check';
import { sql } from '#lib/engine/sql.ts';
import { rolesOf, type TableKind } from '#lib/pipeline/import/roles.ts';
import type { ColumnMapping, SourceParams } from '#lib/pipeline/import/schema.ts';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import {
	cleanRows,
	makeSource,
	stepContext,
	writeRawTable
} from '../../../../../tests/support/raw-tables.ts';
import { DEFAULT_CLEAN } from '../schema.ts';
import { readCurrencies } from '../currencies.ts';
import { readFacts } from '../facts.ts';
import { sourceContexts } from '../plan.ts';
import { runRepairs } from '../repairs/run.ts';
import { runStatement } from '../statement.ts';
import { cleanNotices } from '../step.ts';
import { createSuperseded, supersededStatements } from './superseded.sql.ts';

type Rows = readonly (readonly string[])[];

/** A file of a series `s1`; its columns are named as its roles. */
function file(
	number: number,
	version: number,
	columns: readonly string[],
	rows: Rows,
	changes: Partial<SourceParams> = {}
): { source: SourceParams; rows: Rows } {
	const kind: TableKind = changes.kind ?? 'orders';
	const roles = rolesOf(kind).filter((role) => columns.includes(role));
	const mapping: ColumnMapping = Object.fromEntries(roles.map((role) => [role, role]));
	const id = `s${number}`;
	return { source: { ...makeSource(columns, mapping, { id }), series: 's1', version, ...changes }, rows };
}

const ORDERS = ['order_id', 'customer', 'date', 'amount'];
const LINES = ['customer', 'date', 'amount'];

describeEngines('newer exports of one list', (engine) => {
	const { signal } = new AbortController();
	const rowsOf = (query: Parameters<ReturnType<typeof engine>['rows']>[0]) =>
		engine().rows<Record<string, unknown>>(query);
	const superseded = async () => {
		const found = await rowsOf(
			sql`SELECT source::VARCHAR AS source, row::INTEGER AS row, by_source::VARCHAR AS by_source FROM clean.superseded ORDER BY source, row`
		);
		return found.map(({ source, row, bySource }) => [source, row, bySource]);
	};
	const orders = () =>
		rowsOf(sql`
			SELECT customer_id::VARCHAR AS customer, order_id::VARCHAR AS id, amount::DOUBLE AS amount,
				line_count::INTEGER AS lines
			FROM clean.orders ORDER BY id, customer, amount`);

	it('replace every row of an order that they have too, whatever changed', async () => {
		const january = [
			['1', 'a', '2024-01-01', '10'],
			['2', 'b', '2024-01-30', '5'],
			['2', 'b', '2024-01-30', '7']
		];
		const february = [
			[' 2 ', 'c', '2024-01-31', '6'],
			['3', 'c', '2024-02-01', '1']
		];
		const result = await cleanRows(engine(), [file(1, 1, ORDERS, january), file(2, 2, ORDERS, february)]);
		expect(await superseded()).toEqual([
			['s1', 2, 's2'],
			['s1', 3, 's2']
		]);
		expect(await orders()).toEqual([
			{ customer: 'a', id: '1', amount: 10, lines: 1 },
			{ customer: 'c', id: '2', amount: 6, lines: 1 },
			{ customer: 'c', id: '3', amount: 1, lines: 1 }
		]);
		expect(result.reasons).toEqual([{ reason: 'superseded', count: 2 }]);
		expect(result.rowsRead).toBe(result.rowsLoaded + result.rowsSetAside);
		expect(cleanNotices(result, DEFAULT_CLEAN)).toEqual([
			{ code: 'clean.superseded', details: { fileName: 's1.csv', rows: 2 } }
		]);
	});

	it('count as the newest, whatever the order of the files', async () => {
		const rows = (amount: string) => [['1', 'a', '2024-01-01', amount]];
		await cleanRows(engine(), [
			file(1, 3, ORDERS, rows('3')),
			file(2, 1, ORDERS, rows('1')),
			file(3, 2, ORDERS, rows('2'))
		]);
		expect(await orders()).toMatchObject([{ amount: 3 }]);
		expect(await superseded()).toEqual([
			['s2', 1, 's1'],
			['s3', 1, 's1']
		]);
	});

	it('of one version share equal rows, as many as one file has, and add the others', async () => {
		const twice = ['1', 'a', '2024-01-01', '10'];
		const files = [
			file(1, 1, ORDERS, [twice, twice, ['2', 'a', '2024-01-01', '1']]),
			file(2, 1, ORDERS, [twice, ['1', 'a', '2024-01-01', '11'], twice, twice])
		];
		await cleanRows(engine(), files);
		expect(await superseded()).toEqual([
			['s2', 1, 's1'],
			['s2', 3, 's1']
		]);
		expect(await orders()).toEqual([
			{ customer: 'a', id: '1', amount: 41, lines: 4 },
			{ customer: 'a', id: '2', amount: 1, lines: 1 }
		]);
	});

	it('share equal rows where orders have no numbers, whatever the version', async () => {
		const [twice, once] = [
			['a', '2024-01-01', '10'],
			['a', '2024-01-01', '11']
		];
		await cleanRows(engine(), [
			file(1, 1, LINES, [twice, once, twice]),
			file(2, 2, LINES, [once, twice, once])
		]);
		expect(await superseded()).toEqual([
			['s1', 1, 's2'],
			['s1', 2, 's2']
		]);
		const ids = await cleanRows(engine(), [
			file(1, 1, ORDERS, [
				['', ...twice],
				['7', ...once]
			]),
			file(2, 2, ORDERS, [
				['', ...twice],
				['8', ...once]
			])
		]);
		expect(await superseded()).toEqual([['s1', 1, 's2']]);
		expect(ids.orders).toBe(3);
	});

	it('are compared by what both have where their columns differ', async () => {
		const older = file(
			1,
			1,
			['customer', 'when', 'amount', 'till'],
			[
				['a', '2024-01-01', '10', '1'],
				['a', '2024-01-01', '10', '2'],
				['b', '2024-01-01', '10', '1']
			],
			{ mapping: { customer: 'customer', date: 'when', amount: 'amount' } }
		);
		const newer = file(
			2,
			2,
			['till', 'date', 'customer', 'amount', 'product'],
			[
				['2', '2024-01-01', 'a', '10', 'Mug'],
				['3', '2024-01-01', 'b', '10', 'Cup']
			]
		);
		await cleanRows(engine(), [older, newer]);
		expect(await superseded()).toEqual([['s1', 2, 's2']]);
	});

	it('take the place of rows without numbers where numbers are new', async () => {
		const older = file(1, 1, LINES, [
			['a', '2024-01-01', '10'],
			['b', '2024-01-01', '10']
		]);
		const newer = file(2, 2, ORDERS, [
			['1', 'a', '2024-01-01', '10'],
			['2', 'a', '2024-01-01', '10']
		]);
		const newest = file(3, 3, ORDERS, [['2', 'a', '2024-01-01', '12']]);
		await cleanRows(engine(), [older, newer, newest]);
		expect(await superseded()).toEqual([
			['s1', 1, 's2'],
			['s2', 2, 's3']
		]);
	});

	it('do not hide a row that repeats inside one file, nor lose one to the rule on repeats', async () => {
		const row = ['1', 'a', '2024-01-01', '10'];
		const files = [file(1, 1, ORDERS, [row]), file(2, 2, ORDERS, [row, row])];
		const on = await cleanRows(engine(), files, { exact_duplicate: true });
		expect(on.reasons).toEqual([
			{ reason: 'superseded', count: 1 },
			{ reason: 'exact_duplicate', count: 1 }
		]);
		const off = await cleanRows(engine(), files, { exact_duplicate: true, superseded: false });
		expect(off.reasons).toEqual([{ reason: 'exact_duplicate', count: 2 }]);
	});

	it('set nothing aside when the rule is off, and say what it would', async () => {
		const people = { kind: 'customers' } as const;
		const files = [
			file(1, 1, ORDERS, [['1', 'a', '2024-01-01', '10']]),
			file(2, 2, ORDERS, [['1', 'a', '2024-01-01', '12']]),
			file(3, 1, ['customer'], [['a']], { ...people, series: 's3' }),
			file(4, 2, ['customer'], [['a']], { ...people, series: 's3' })
		];
		const off = await cleanRows(engine(), files, { superseded: false });
		expect(off).toMatchObject({ rowsSetAside: 0, orders: 1, revenue: 22, tables: { profiles: 2 } });
		expect(off.operations.find(({ id }) => id === 'superseded')).toMatchObject({
			on: false,
			matches: 2,
			setAside: 0
		});
		const on = await cleanRows(engine(), files);
		expect(on.operations.find(({ id }) => id === 'superseded')).toMatchObject({ matches: 2, setAside: 2 });
		expect(on).toMatchObject({ rowsSetAside: 2, orders: 1, revenue: 12, tables: { profiles: 1 } });
	});

	it('are found in any number of passes, and by the hash of a big file', async () => {
		const rows = (from: number) =>
			Array.from({ length: 30 }, (_, i) => {
				const order = from + Math.floor(i / 2);
				return [order % 3 === 0 ? '' : `${order}`, 'a', '2024-01-01', `${order}`];
			});
		const files = [file(1, 1, ORDERS, rows(0)), file(2, 1, ORDERS, rows(5)), file(3, 2, ORDERS, rows(10))];
		await cleanRows(engine(), files);
		const expected = await superseded();
		expect(expected.length).toBeGreaterThan(30);
		const sources = files.map(({ source }) => source);
		const currencies = await readCurrencies(engine(), [], null, signal);
		const facts = await readFacts(engine(), sources, currencies, signal);
		const exports = sourceContexts({ sources }, DEFAULT_CLEAN, currencies, facts).map((context, i) => ({
			context,
			hasRowHash: i === 1
		}));
		await engine().exec(sql`ALTER TABLE import.s2 ADD COLUMN row_hash UBIGINT`);
		await engine().exec(sql`UPDATE import.s2 SET row_hash = hash(c0, c1, c2, c3)`);
		const result = await writeRawTable(engine(), file(9, 1, ORDERS, []).source, []);
		await runRepairs(stepContext(engine()), [{ source: sources[1] as SourceParams, result }], []);
		await runStatement(engine(), createSuperseded('packed'));
		for (const statement of supersededStatements(exports, 9_000_000)) await runStatement(engine(), statement);
		expect(await superseded()).toEqual(expected);
	});

	it('of other shops are left alone', async () => {
		const rows = [['1', 'a', '2024-01-01', '10']];
		const other = { series: 's2' };
		const result = await cleanRows(engine(), [file(1, 1, ORDERS, rows), file(2, 2, ORDERS, rows, other)]);
		expect(result).toMatchObject({ rowsSetAside: 0, revenue: 20 });
		expect(result.operations.find(({ id }) => id === 'superseded')).toMatchObject({ applies: false });
	});

	it('replace people by account, campaigns by name and first day, places by postcode', async () => {
		const people = (version: number, rows: Rows) =>
			file(version, version, ['customer', 'email', 'city'], rows, { kind: 'customers' });
		const result = await cleanRows(engine(), [
			people(1, [
				['1', 'a@x.com', 'Graz'],
				['', 'B@x.com ', 'Linz'],
				['3', 'c@x.com', 'Wels']
			]),
			people(2, [
				['1', 'new@x.com', 'Wien'],
				['', 'b@x.com', 'Linz']
			]),
			...[1, 2].map((version) =>
				file(
					version + 2,
					version,
					['campaign', 'date', 'clicks'],
					[
						['Spring', version === 1 ? '2024-03-01' : '2024-03', `${version}`],
						['Spring', `2024-0${version + 3}-01`, '9']
					],
					{ kind: 'campaigns', series: 's3' }
				)
			),
			...[1, 2].map((version) =>
				file(version + 4, version, ['postcode', 'city'], [["'1010", `Wien ${version}`]], {
					kind: 'places',
					series: 's5'
				})
			)
		]);
		expect(await superseded()).toEqual([
			['s1', 1, 's2'],
			['s1', 2, 's2'],
			['s3', 1, 's4'],
			['s5', 1, 's6']
		]);
		expect(result.tables).toMatchObject({ profiles: 3, campaigns: 3, places: 1 });
		expect(result.reasons).toEqual([{ reason: 'superseded', count: 4 }]);
	});

	it.each(['events', 'sends', 'survey'] as const)('share equal rows of %s', async (kind) => {
		const columns = ['customer', 'date', kind === 'survey' ? 'answer' : 'campaign'];
		const seen = ['a', '2024-01-01', 'x'];
		const rows = (more: string) => [seen, ['a', '2024-01-02', more], seen];
		const result = await cleanRows(engine(), [
			file(1, 1, columns, rows('y'), { kind }),
			file(2, 2, columns, rows('z'), { kind })
		]);
		expect(result.rowsLoaded).toBe(4);
		expect(await superseded()).toEqual([
			['s1', 1, 's2'],
			['s1', 3, 's2']
		]);
	});

	it('add up to the whole list however it is cut, and twice the same adds nothing', async () => {
		const order = fc.record({
			customer: fc.constantFrom('a', 'b', 'c'),
			day: fc.integer({ min: 1, max: 6 }),
			amounts: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 })
		});
		const cut = fc.record({
			from: fc.integer({ min: 0, max: 6 }),
			days: fc.integer({ min: 0, max: 6 }),
			version: fc.integer({ min: 1, max: 3 })
		});
		const hasIds = fc.boolean();
		await fc.assert(
			fc.asyncProperty(
				fc.array(order, { minLength: 1, maxLength: 10 }),
				fc.array(cut, { maxLength: 2 }),
				hasIds,
				async (list, cuts, withIds) => {
					const columns = withIds ? ORDERS : LINES;
					const day = (row: readonly string[]) => Number(row.at(-2)?.slice(-2));
					const whole = list.flatMap(({ customer, day: on, amounts }, i) =>
						amounts.map((amount) => [
							...(withIds ? [`${i}`] : []),
							...[customer, `2024-01-0${on}`, `${amount}`]
						])
					);
					await cleanRows(engine(), [file(1, 1, columns, whole)]);
					const expected = await contents();
					const exports = [
						...cuts.map(({ from, days, version }, i) =>
							file(
								i + 1,
								version,
								columns,
								whole.filter((row) => day(row) >= from && day(row) <= from + days)
							)
						),
						file(
							cuts.length + 1,
							2,
							columns,
							whole.filter((row) => day(row) <= 3)
						),
						file(
							cuts.length + 2,
							3,
							columns,
							whole.filter((row) => day(row) >= 3)
						),
						file(cuts.length + 3, 3, columns, whole)
					];
					const result = await cleanRows(engine(), exports);
					expect(await contents()).toEqual(expected);
					expect(result.rowsRead).toBe(result.rowsLoaded + result.rowsSetAside);
				}
			),
			{ numRuns: 10, seed: 11 }
		);
	}, 120_000);

	/** The orders without the names that rows without order numbers have. */
	const contents = () =>
		rowsOf(sql`
			SELECT customer_id::VARCHAR AS customer, CASE WHEN contains(order_id, ':') THEN '' ELSE order_id END::VARCHAR AS id,
				strftime(ordered_at, '%Y-%m-%d')::VARCHAR AS day, amount::DOUBLE AS amount, line_count::INTEGER AS lines
			FROM clean.orders ORDER BY customer, id, day, amount, lines`);
});
