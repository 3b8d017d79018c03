import { expect, it } from 'vitest';
import { DEFAULT_FEATURES } from '#lib/pipeline/features/schema.ts';
import { sql } from '#lib/engine/sql.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import { runFeatures } from '#lib/pipeline/features/step.ts';
import { describeEngines } from '../../../../tests/support/engines.ts';
import { makeSource, stepContext, writeRawTable } from '../../../../tests/support/raw-tables.ts';
import { DEFAULT_CLEAN, type CleanParams, type CleanResult } from './schema.ts';
import { setAsideRows } from './set-aside.ts';
import { cleanNotices, runClean } from './step.ts';

type Rows = readonly (readonly string[])[];

const ORDER = { order_id: 'id', customer: 'who', date: 'day', amount: 'money' };
const PLAIN = makeSource(['id', 'who', 'day', 'money'], ORDER);
const CODED = makeSource(['id', 'who', 'day', 'money', 'currency', 'status'], {
	...ORDER,
	currency: 'currency',
	status: 'status'
});

describeEngines('what money, times and days mean in a session', (engine) => {
	async function clean(
		source: SourceParams,
		rows: Rows,
		changes: Partial<Omit<CleanParams, 'settings'>> & { settings?: Partial<CleanParams['settings']> } = {}
	): Promise<CleanResult> {
		const results = [await writeRawTable(engine(), source, rows)];
		const settings = { ...DEFAULT_CLEAN.settings, ...changes.settings };
		const params = { ...DEFAULT_CLEAN, ...changes, settings };
		return runClean(stepContext(engine()), { sources: [source] }, params, results);
	}
	const days = async () => {
		const rows = await engine().rows<{ day: string }>(
			sql`SELECT strftime(ordered_at, '%m-%d %H:%M')::VARCHAR AS day FROM clean.orders ORDER BY order_id`
		);
		return rows.map(({ day }) => day);
	};
	const money = (...texts: string[]): Rows => texts.map((text, i) => [`${i}`, 'x', '2024-01-02', text]);

	it('asks which currency counts, with the rows that would be loaded', async () => {
		const rows = [
			['1', 'x', '2024-01-02', '1', 'usd', 'paid'],
			['2', 'x', '2024-01-02', '2', 'EUR', 'paid'],
			['3', 'x', '2024-01-02', '4', ' eur', 'paid'],
			['4', 'x', '2024-01-02', '8', 'GBP', 'cancelled'],
			['5', 'x', '2024-01-02', '16', '', 'paid']
		];
		await expect(clean(CODED, rows)).rejects.toMatchObject({
			code: 'clean.currency-unknown',
			details: {
				currencies: [
					{ currency: 'EUR', rows: 2 },
					{ currency: 'USD', rows: 1 }
				]
			}
		});
		const params = { settings: { ...DEFAULT_CLEAN.settings, currency: 'eur' } };
		const result = await clean(CODED, rows, params);
		expect(result).toMatchObject({ revenue: 22, currencies: ['EUR', 'GBP', 'USD'] });
		expect(result.reasons).toEqual([
			{ reason: 'cancelled', count: 1 },
			{ reason: 'other_currency', count: 1 }
		]);
		expect(cleanNotices(result, { ...DEFAULT_CLEAN, settings: params.settings })).toEqual([
			{ code: 'clean.other-currencies', details: { currency: 'eur', rows: 1 } }
		]);
		const [aside] = await setAsideRows(engine(), { reason: 'other_currency', offset: 0, limit: 1 });
		expect(aside).toMatchObject({ row: 1, detail: 'USD' });
	});

	it('asks nothing when all rows in other currencies are set aside for better reasons', async () => {
		const rows = [
			['1', 'x', '2024-01-02', '1', 'USD', 'paid'],
			['2', 'x', '2024-01-02', '2', 'EUR', 'voided']
		];
		expect(await clean(CODED, rows)).toMatchObject({ revenue: 1, currencies: ['USD', 'EUR'] });
	});

	it('takes a sign and a code for one currency when nothing contradicts it', async () => {
		expect(await clean(PLAIN, money('$1', '2 USD', 'US$ 3', '4'))).toMatchObject({
			currencies: ['USD'],
			revenue: 10
		});
		expect((await clean(PLAIN, money('$1', '2'))).currencies).toEqual(['$']);
		expect((await clean(PLAIN, money('€1', '2 EUR'))).currencies).toEqual(['EUR']);
		expect((await clean(PLAIN, money('10 kr', '2 SEK'))).currencies).toEqual(['SEK']);
		await expect(clean(PLAIN, money('$1', '2 USD', '3 CAD'))).rejects.toMatchObject({
			details: {
				currencies: [
					{ currency: '$', rows: 1 },
					{ currency: 'CAD', rows: 1 },
					{ currency: 'USD', rows: 1 }
				]
			}
		});
		const chosen = await clean(PLAIN, money('$1', '2 USD', '3 CAD', '4'), { settings: { currency: 'USD' } });
		expect(chosen).toMatchObject({ revenue: 6, currencies: ['USD', '$', 'CAD'] });
		const only = await clean(PLAIN, money('$1', '€2'), { settings: { currency: 'CAD' } });
		expect(only).toMatchObject({ revenue: 1, currencies: ['CAD', 'EUR'] });
	});

	it('takes what the file name or header says where there is no column', async () => {
		const source = { ...PLAIN, constants: { currency: 'GBP', country: 'GB', status: 'voided' } };
		await expect(clean(source, money('1'))).rejects.toMatchObject({ code: 'clean.no-rows-left' });
		const paid = { ...source, constants: { ...source.constants, status: 'paid' } };
		expect(await clean(paid, money('$1'))).toMatchObject({ currencies: ['GBP'], contactRoles: ['country'] });
	});

	it('sets orders outside the chosen days aside, both ends included', async () => {
		const rows = ['2024-01-01', '2024-01-02 00:00', '2024-01-03 23:59', '2024-01-04 00:00'].map((day, i) => [
			`${i}`,
			'x',
			day,
			'1'
		]);
		const result = await clean(PLAIN, rows, { dates: { from: '2024-01-02', to: '2024-01-03' } });
		expect(result).toMatchObject({ orders: 2, firstOrder: '2024-01-02', lastOrder: '2024-01-03' });
		expect(result.reasons).toEqual([{ reason: 'outside_dates', count: 2 }]);
		const open = await clean(PLAIN, rows, { dates: { from: null, to: '2024-01-01' } });
		expect(open.orders).toBe(1);
		const off = await clean(PLAIN, rows, {
			dates: { from: '2024-01-02', to: null },
			operations: { outside_dates: false }
		});
		expect(off.orders).toBe(4);
	});

	it('moves orders to the time zone of the session, and keeps them as written without one', async () => {
		const rows = [
			['1', 'x', '2024-03-31T23:30:00Z', '1'],
			['2', 'x', '2024-03-31 20:00:00 -0400', '1'],
			['3', 'x', '2024-03-31 23:30:00', '1']
		];
		await clean(PLAIN, rows, { settings: { timeZone: 'Europe/Vienna' } });
		expect(await days()).toEqual(['04-01 01:30', '04-01 02:00', '03-31 23:30']);
		await clean(PLAIN, rows);
		expect(await days()).toEqual(['03-31 23:30', '03-31 20:00', '03-31 23:30']);
	});

	it('joins the day of an order with its time', async () => {
		const source = makeSource(['id', 'who', 'day', 'at'], {
			order_id: 'id',
			customer: 'who',
			date: 'day',
			time: 'at'
		});
		const rows = [
			['1', 'x', '2024-01-02', '07:45:51 PST'],
			['2', 'x', '2024-01-02 00:00', '3:05 pm'],
			['3', 'x', '2024-01-02 08:00', '09:00'],
			['4', 'x', '2024-01-02', 'later']
		];
		const result = await clean(source, rows);
		expect(result.rowsLoaded).toBe(4);
		expect(await days()).toEqual(['01-02 07:45', '01-02 15:05', '01-02 08:00', '01-02 00:00']);
	});

	it('nets refunds on rows of their own, and leaves fees and transfers out', async () => {
		const source = makeSource(['id', 'who', 'day', 'money', 'type'], { ...ORDER, line_type: 'type' });
		const rows = [
			['1', 'x', '2024-01-02', '10', 'Payment'],
			['1', 'x', '2024-01-03', '4', 'Refund'],
			['2', 'y', '2024-01-03', '', 'Refund'],
			['3', '', '2024-01-03', '-0.5', 'Payment Fee'],
			['4', '', '2024-01-03', '', 'Transfer']
		];
		const sales = await clean(source, rows);
		expect(sales).toMatchObject({ orders: 1, revenue: 10 });
		expect(sales.reasons).toEqual([
			{ reason: 'not_a_sale', count: 2 },
			{ reason: 'refunded', count: 2 }
		]);
		const netted = await clean(source, rows, { operations: { net_returns: true } });
		expect(netted).toMatchObject({ orders: 1, revenue: 6, rowsLoaded: 2 });
	});

	it('judges texts that seldom repeat row by row, with the same outcome', async () => {
		const source = makeSource(['id', 'who', 'day', 'money', 'what'], { ...ORDER, product: 'what' });
		const rows = Array.from({ length: 1500 }, (_, i) => [
			`${i}`,
			'x',
			'2024-01-02',
			'1',
			i % 500 === 0 ? `Gift card ${i}` : `Note ${i}`
		]);
		const result = await clean(source, rows, { operations: { gift_card: true } });
		expect(result.reasons).toEqual([{ reason: 'gift_card', count: 3 }]);
		const [aside] = await setAsideRows(engine(), { offset: 0, limit: 1 });
		expect(aside?.detail).toBe('Gift card 0');
	});

	it('says that there are no orders when no file holds any', async () => {
		const source = { ...makeSource(['email'], { email: 'email' }), kind: 'customers' } as const;
		const result = await clean(source, [['a@b.c']]);
		await expect(runFeatures(stepContext(engine()), DEFAULT_FEATURES, result)).rejects.toMatchObject({
			code: 'features.no-orders',
			details: { kinds: ['customers'] }
		});
	});
});
