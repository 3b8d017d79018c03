import { expect, it } from 'vitest';
import { AppError } from '#lib/core/errors.ts';
import { sql } from '#lib/engine/sql.ts';
import { describeEngines } from '../../../../tests/support/engines.ts';
import { cleanRows, makeSource, stepContext, writeRawTable } from '../../../../tests/support/raw-tables.ts';
import { rowsPerDay } from './quality.ts';
import { DEFAULT_CLEAN } from './schema.ts';
import { countSetAside, setAsideRows } from './set-aside.ts';
import { cleanNotices, runClean } from './step.ts';

const LINE_COLUMNS = ['Invoice', 'Date', 'Quantity', 'Price', 'Customer'];
const LINES = makeSource(LINE_COLUMNS, {
	order_id: 'Invoice',
	date: 'Date',
	quantity: 'Quantity',
	unit_price: 'Price',
	customer: 'Customer'
});

/** One row for each reason, each with every later reason as well where it can have it. */
const EVERY_REASON = [
	['1001', '2024-01-02 10:00', '2', '10.00', '10'],
	['1001', '2024-01-02 10:00', '1', '2.50', '10'],
	['C1001', '2024-02-30', '-2', '0', ''],
	['C1002', '2024-01-03', '-2', '0', ' '],
	['C1003', '2024-01-03', '-2', '10.00', '10'],
	['1004', '2024-01-04', '0', '0', '9'],
	['1005', '2024-01-04', '1', '-1', '9'],
	['1006', '2024-01-05', 'two', '1', '9'],
	['1007', '2024-01-05', '3', '1.00', '9'],
	['1007', '2024-01-05', '3', '1.00', '9']
];

describeEngines('runClean', (engine) => {
	const orders = () =>
		engine().rows(sql`
			SELECT customer_id::VARCHAR AS customer, order_id::VARCHAR AS id, amount::DOUBLE AS amount,
				line_count::INTEGER AS lines, is_return::BOOLEAN AS is_return
			FROM clean.orders ORDER BY customer, id, is_return`);
	const customers = async () => {
		const rows = await engine().rows<{ id: string }>(
			sql`SELECT customer_id::VARCHAR AS id FROM clean.customers ORDER BY idx`
		);
		return rows.map(({ id }) => id);
	};

	it('gives each row one reason, the first that holds, and loses none', async () => {
		const result = await cleanRows(engine(), [{ source: LINES, rows: EVERY_REASON }]);
		expect(result).toMatchObject({
			rowsRead: 10,
			rowsLoaded: 4,
			rowsSetAside: 6,
			customers: 2,
			orders: 2,
			revenue: 28.5
		});
		expect(result).toMatchObject({ firstOrder: '2024-01-02', lastOrder: '2024-01-05', hasAmount: true });
		expect(result.reasons).toEqual([
			{ reason: 'unreadable', count: 2 },
			{ reason: 'missing_customer', count: 1 },
			{ reason: 'cancelled', count: 1 },
			{ reason: 'quantity_not_positive', count: 1 },
			{ reason: 'price_not_positive', count: 1 }
		]);
		expect(await customers()).toEqual(['9', '10']);
	});

	it('shows what was set aside and why', async () => {
		await cleanRows(engine(), [{ source: LINES, rows: EVERY_REASON }]);
		const page = { offset: 0, limit: 10 };
		expect(await setAsideRows(engine(), { reason: 'unreadable', ...page })).toEqual([
			{ source: 's1', row: 3, reason: 'unreadable', detail: 'Date: 2024-02-30' },
			{ source: 's1', row: 8, reason: 'unreadable', detail: 'Quantity: two' }
		]);
		const rest = await setAsideRows(engine(), { sourceId: 's1', offset: 2, limit: 9 });
		expect(rest.map(({ row, detail }) => [row, detail])).toEqual([
			[5, 'C1003'],
			[6, '0'],
			[7, '-1'],
			[8, 'Quantity: two']
		]);
		expect(await countSetAside(engine(), {})).toBe(6);
		expect(await countSetAside(engine(), { sourceId: 's2' })).toBe(0);
	});

	it('counts what a rule speaks of also when it is off', async () => {
		const off = { quantity_not_positive: false, exact_duplicate: true, unreadable: false };
		const result = await cleanRows(engine(), [{ source: LINES, rows: EVERY_REASON }], off);
		const byId = new Map(result.operations.map((operation) => [operation.id, operation]));
		expect(byId.get('quantity_not_positive')).toMatchObject({ on: false, matches: 4, setAside: 0 });
		expect(byId.get('cancelled')).toMatchObject({ on: true, matches: 3, setAside: 1 });
		expect(byId.get('price_not_positive')).toMatchObject({ matches: 4, setAside: 2 });
		expect(byId.get('exact_duplicate')).toMatchObject({ on: true, matches: 1, setAside: 1 });
		expect(byId.get('unreadable')).toMatchObject({ on: true, setAside: 2 });
		expect(byId.get('quantity_not_positive')?.sql).toBe('quantity <= 0');
		expect(result.rowsRead).toBe(result.rowsLoaded + result.rowsSetAside);
	});

	it('takes credit notes off the money when asked, and never counts them as orders', async () => {
		const result = await cleanRows(engine(), [{ source: LINES, rows: EVERY_REASON }], { net_returns: true });
		expect(result).toMatchObject({ rowsLoaded: 6, orders: 2, revenue: 7.5, lastOrder: '2024-01-05' });
		expect(await orders()).toEqual([
			{ customer: '10', id: '1001', amount: 22.5, lines: 2, isReturn: false },
			{ customer: '10', id: 'C1003', amount: -20, lines: 1, isReturn: true },
			{ customer: '9', id: '1005', amount: -1, lines: 1, isReturn: true },
			{ customer: '9', id: '1007', amount: 6, lines: 2, isReturn: false }
		]);
	});

	it('reads C before digits as cancelled only where the other numbers are plain digits', async () => {
		const rows = (ids: string[]) => ids.map((id) => [id, '2024-01-02', '1', '1', '7']);
		const shop = await cleanRows(engine(), [{ source: LINES, rows: rows(['C100', 'D200', 'E300']) }]);
		expect(shop.rowsLoaded).toBe(3);
		const only = await cleanRows(engine(), [{ source: LINES, rows: rows(['C100', 'C200']) }]);
		expect(only.rowsLoaded).toBe(2);
		const digits = await cleanRows(engine(), [{ source: LINES, rows: rows(['C100', '200', '300']) }]);
		expect(digits.reasons).toEqual([{ reason: 'cancelled', count: 1 }]);
	});

	it('fixes ids only where the whole column asks for it', async () => {
		const rows = [
			['1', '2024-01-02', '1', '1', '17850.0'],
			['2', '2024-01-02', '1', '1', ' 17850.0'],
			['3', '2024-01-02', '1', '1', "'17850.0"],
			['4', '2024-01-02', '1', '1', '']
		];
		const result = await cleanRows(engine(), [{ source: LINES, rows }]);
		expect(await customers()).toEqual(['17850']);
		expect(result.operations.slice(0, 4).map(({ applies, matches }) => [applies, matches])).toEqual([
			[true, 1],
			[true, 1],
			[true, 3],
			[false, 0]
		]);
		await cleanRows(engine(), [{ source: LINES, rows: [...rows, ['5', '2024-01-02', '1', '1', '17850.5']] }]);
		expect(await customers()).toEqual(['17850.0', '17850.5']);
		await cleanRows(engine(), [{ source: LINES, rows }], { drop_decimal_ids: false, trim_ids: false });
		expect(await customers()).toEqual([' 17850.0', '17850.0']);
	});

	it('reads one customer from one email address, and keeps the latest contact', async () => {
		const source = makeSource(['Email', 'Day', 'Total', 'Name', 'Country'], {
			customer: 'Email',
			date: 'Day',
			order_total: 'Total',
			name: 'Name',
			country: 'Country'
		});
		const rows = [
			[' Anna@Example.org', '2024-01-05', '5', 'Anna B', ''],
			['anna@example.org', '2024-01-02', '7', 'Anna', 'CH'],
			['bo@example.org', '2024-01-03', '1', '', '']
		];
		const result = await cleanRows(engine(), [{ source, rows }]);
		expect(result).toMatchObject({ customers: 2, orders: 3, contactRoles: ['country', 'email', 'name'] });
		const found = await engine().rows(sql`
			SELECT email::VARCHAR AS email, name::VARCHAR AS name, country::VARCHAR AS country
			FROM clean.contacts ORDER BY customer_id`);
		expect(found).toEqual([
			{ email: 'anna@example.org', name: 'Anna B', country: 'CH' },
			{ email: 'bo@example.org', name: null, country: null }
		]);
	});

	it('fills the fields of an order down, and counts its total and refund once', async () => {
		const mapping = {
			order_id: 'Id',
			customer: 'Who',
			date: 'Day',
			order_total: 'Total',
			refund: 'Back',
			status: 'State'
		};
		const columns = ['Id', 'Who', 'Day', 'Total', 'Back', 'State'];
		const first = makeSource(columns, mapping, { orderFieldsOnFirstRow: true });
		const rows = [
			['#1', 'a', '2024-01-02', '10', '2.5', 'paid'],
			['#1', '', '', '', '', ''],
			['#2', 'b', '2024-01-03', '4', '', 'voided'],
			['#2', '', '', '', '', ''],
			['#3', 'a', '2024-01-04', '0', '', 'paid'],
			['', 'c', '2024-01-04', '6', '', 'paid'],
			['', '', '2024-01-04', '6', '', 'paid']
		];
		const result = await cleanRows(engine(), [{ source: first, rows }]);
		expect(result).toMatchObject({ rowsLoaded: 3, orders: 2, revenue: 13.5 });
		expect(result.reasons).toEqual([
			{ reason: 'missing_customer', count: 1 },
			{ reason: 'cancelled', count: 2 },
			{ reason: 'price_not_positive', count: 1 }
		]);
		const repeated = makeSource(columns, mapping);
		const line = ['#1', 'a', '2024-01-02', '10', '2.5', 'paid'];
		expect(await cleanRows(engine(), [{ source: repeated, rows: [line, line] }])).toMatchObject({
			rowsLoaded: 2,
			orders: 1,
			revenue: 7.5
		});
	});

	it('makes every row an order without an order number, and gives R and F without amounts', async () => {
		const source = makeSource(['day', 'who'], { date: 'day', customer: 'who' });
		const rows = [
			['2024-01-02', 'x'],
			['2024-01-02', 'x'],
			['2024-01-05', 'é']
		];
		const result = await cleanRows(engine(), [{ source, rows }]);
		expect(result).toMatchObject({ orders: 3, revenue: null, hasAmount: false, currencies: [] });
		expect(await rowsPerDay(engine())).toEqual([
			{ day: '2024-01-02', rows: 2, orders: 2, amount: null },
			{ day: '2024-01-05', rows: 1, orders: 1, amount: null }
		]);
	});

	it('joins several files, compares those with equal columns, and finds their currency', async () => {
		const second = { ...LINES, id: 's2', fileName: 's2.csv', series: 's2' };
		const overlap = [EVERY_REASON[0] ?? [], ['2001', '2024-03-01', '1', '$4.00', '10']];
		const tables = [
			{ source: LINES, rows: [...EVERY_REASON, ['3001', '2024-03-02', '1', '5 USD', '9']] },
			{ source: second, rows: overlap }
		];
		const result = await cleanRows(engine(), tables, { exact_duplicate: true });
		expect(result.sources.map(({ rowsRead, rowsLoaded }) => [rowsRead, rowsLoaded])).toEqual([
			[11, 4],
			[2, 1]
		]);
		expect(result).toMatchObject({ orders: 4, currencies: ['USD'] });
		expect(cleanNotices(result, DEFAULT_CLEAN)).toEqual([]);
	});

	it('treats hostile names and texts as data', async () => {
		const name = `who"'; DROP TABLE clean.rows; --`;
		const source = {
			...makeSource([name, `d'ay`], { customer: name, date: `d'ay` }),
			fileName: `'"; --.csv`
		};
		const rows = [
			[`x'); --`, '2024-01-02'],
			['__proto__', `'; DROP`]
		];
		const result = await cleanRows(engine(), [{ source, rows }]);
		expect(result.rowsLoaded).toBe(1);
		expect(await customers()).toEqual([`x'); --`]);
		const [aside] = await setAsideRows(engine(), { offset: 0, limit: 1 });
		expect(aside?.detail).toBe(`d'ay: '; DROP`);
	});

	it('sets aside amounts beyond belief instead of failing', async () => {
		const rows = [
			['1', '2024-01-02', '99999999999', '99999999999', '7'],
			['2', '2024-01-02', '1', '1e309', '7'],
			['3', '2024-01-02', '1', '', '7'],
			['4', '2024-01-02', '1', '50000000000', '7']
		];
		const result = await cleanRows(engine(), [{ source: LINES, rows }]);
		expect(result).toMatchObject({
			rowsLoaded: 1,
			revenue: 50_000_000_000,
			reasons: [{ reason: 'unreadable', count: 3 }]
		});
		const details = await setAsideRows(engine(), { offset: 0, limit: 9 });
		expect(details.map(({ detail }) => detail)).toEqual([
			'amount too large',
			'Price: 1e309',
			'Price: (empty)'
		]);
	});

	it('accounts for records that never became rows', async () => {
		const source = await writeRawTable(engine(), LINES, EVERY_REASON.slice(0, 2));
		const record = { record: 3, line: 4, problem: 'too_few_fields', fields: 2, raw: '1001,2024' } as const;
		const sources = [{ ...source, rowsRead: 3, unreadable: [record] }];
		const result = await runClean(stepContext(engine()), { sources: [LINES] }, DEFAULT_CLEAN, sources);
		expect(result).toMatchObject({ rowsRead: 3, rowsLoaded: 2, rowsSetAside: 1 });
		expect(await setAsideRows(engine(), { offset: 0, limit: 9 })).toEqual([
			{ source: 's1', row: 3, reason: 'unreadable', detail: 'too few fields: 1001,2024' }
		]);
	});

	it('says why when nothing is left', async () => {
		const rows = [['C1', '2024-01-02', '-1', '1', '']];
		const work = cleanRows(engine(), [{ source: LINES, rows }]);
		await expect(work).rejects.toThrow(AppError);
		await expect(work).rejects.toMatchObject({
			code: 'clean.no-rows-left',
			details: { rowsRead: 1, reasons: [{ reason: 'missing_customer', count: 1 }] }
		});
	});
});
