import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addDays } from '#lib/core/days.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { runClean } from '#lib/pipeline/clean/step.ts';
import { GAP_DAYS } from '#lib/pipeline/import/sample-shop/behaviour.ts';
import { makeSampleShop } from '#lib/pipeline/import/sample-shop/index.ts';
import { BUSY_DAY } from '#lib/pipeline/import/sample-shop/orders.ts';
import { DEFAULT_CLEAN } from '#lib/pipeline/clean/schema.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { makeSource, stepContext, writeRawTable } from '../../../../../tests/support/raw-tables.ts';
import { overlapsOf, sourceMeetings } from '../identity/overlap.ts';
import { ageInDays, auditSources, listDays, recordsOfDay, unusualRecords } from './sources.ts';

const { signal } = new AbortController();

interface File {
	readonly source: SourceParams;
	readonly rows: readonly (readonly string[])[];
}

const ORDER_COLUMNS = ['order', 'who', 'mail', 'at', 'total'];
const ORDERS = makeSource(ORDER_COLUMNS, {
	order_id: 'order',
	customer: 'who',
	email: 'mail',
	date: 'at',
	order_total: 'total'
});
const PROFILES: SourceParams = {
	...makeSource(
		['id', 'mail', 'phone', 'since', 'consent'],
		{
			customer: 'id',
			email: 'mail',
			phone: 'phone',
			created_at: 'since',
			email_consent: 'consent'
		},
		{ id: 's2' }
	),
	kind: 'customers'
};
const EVENTS: SourceParams = {
	...makeSource(['who', 'at', 'what'], { customer: 'who', date: 'at', event: 'what' }, { id: 's3' }),
	kind: 'events'
};
const SPEND: SourceParams = {
	...makeSource(['name', 'day', 'cost'], { campaign: 'name', date: 'day', spend: 'cost' }, { id: 's4' }),
	kind: 'campaigns'
};

const ORDER_ROWS = [
	['1', '7', 'a@x.org', '2024-01-02 09:30', '10'],
	['1', '7', 'a@x.org', '2024-01-02 09:30', '10'],
	['2', '7', 'A@x.org ', '2024-01-05 18:00', '5'],
	['3', '8', '', '2024-01-05 08:15', '7.5'],
	['4', '', 'c@x.org', '2024-03-01', '99'],
	['5', '9', 'd@x.org', 'never', '1']
];
const PROFILE_ROWS = [
	['7', 'a@x.org', '+1 555', '2023-05-01', 'yes'],
	['10', 'e@x.org', '', '2023-06-01', 'no']
];
const EVENT_ROWS = [
	['7', '2024-02-01', 'visit'],
	['11', '2024-02-03', 'cart']
];

async function cleaned(engine: Engine, files: readonly File[]) {
	const results = [];
	for (const { source, rows } of files) results.push(await writeRawTable(engine, source, rows));
	const sources = files.map(({ source }) => source);
	return { sources, clean: await runClean(stepContext(engine), { sources }, DEFAULT_CLEAN, results) };
}

async function audited(engine: Engine, files: readonly File[]) {
	const { sources, clean } = await cleaned(engine, files);
	return auditSources(engine, sources, clean, signal);
}

describeEngines('auditSources', (engine) => {
	const files = [
		{ source: ORDERS, rows: ORDER_ROWS },
		{ source: PROFILES, rows: PROFILE_ROWS },
		{ source: EVENTS, rows: EVENT_ROWS },
		{ source: SPEND, rows: [['Spring', '2024-02-10', '12']] }
	];

	it('tells rows, days, and what a list means for the customers', async () => {
		const { lists, people, everywhere } = await audited(engine(), files);
		const [orders, profiles, events, spend] = lists;
		// The order without a customer is set aside, or names a person by its email; the one without a date is set aside.
		expect(orders).toMatchObject({ rowsRead: 6, oldest: '2024-01-02', newest: '2024-03-01' });
		expect(profiles).toMatchObject({
			rowsRead: 2,
			rowsSetAside: 0,
			oldest: '2023-05-01',
			newest: '2023-06-01'
		});
		expect(profiles?.effect).toEqual({
			people: 2,
			onlyHere: 1,
			buyers: 0,
			buyersOnlyHere: 0,
			orders: 0,
			revenue: 0
		});
		expect(events?.effect).toMatchObject({ people: 2, onlyHere: 1 });
		expect(events?.newest).toBe('2024-02-03');
		expect(spend).toMatchObject({ effect: null, keys: [], newest: '2024-02-10' });
		expect(people).toBe((orders?.effect?.people ?? 0) + 2);
		expect(everywhere).toBe(1);
	});

	it('knows that a list has emails that calls its customers by them', async () => {
		const byEmail = {
			...makeSource(['mail', 'at', 'what'], { customer: 'mail', date: 'at', event: 'what' }, { id: 's3' }),
			kind: 'events' as const
		};
		const events = { source: byEmail, rows: [['a@x.org', '2024-02-01', 'visit']] };
		const { lists } = await audited(engine(), [{ source: PROFILES, rows: PROFILE_ROWS }, events]);
		const only = lists[0]?.fields.flatMap(({ role, isOnlyHere }) => (isOnlyHere ? [role] : []));
		expect(only).toContain('phone');
		expect(only).not.toContain('email');
	});

	it('takes the day an entry was last changed for its newest', async () => {
		const source = { ...PROFILES, columns: ['id', 'since', 'seen'] };
		const mapping = { customer: 'id', created_at: 'since', updated_at: 'seen' };
		const rows = [
			['7', '2023-05-01', '2024-06-01'],
			['10', '2023-06-01', '']
		];
		const { lists } = await audited(engine(), [
			{ source: ORDERS, rows: ORDER_ROWS },
			{ source: { ...source, mapping }, rows }
		]);
		expect(lists[1]).toMatchObject({ oldest: '2023-05-01', newest: '2024-06-01' });
	});

	it('counts orders once, and their money as it is loaded', async () => {
		const rows = ORDER_ROWS.slice(0, 4);
		const { lists } = await audited(engine(), [{ source: ORDERS, rows }]);
		expect(lists[0]?.effect).toEqual({
			people: 2,
			onlyHere: 2,
			buyers: 2,
			buyersOnlyHere: 2,
			orders: 3,
			revenue: 22.5
		});
	});

	it('says how full each used column is, and which facts about people no other list has', async () => {
		const { lists } = await audited(engine(), files);
		const fields = lists[1]?.fields.map(({ role, column, filledShare, isOnlyHere }) => [
			role,
			column,
			filledShare,
			isOnlyHere
		]);
		expect(fields).toEqual([
			['customer', 'id', 1, false],
			['email', 'mail', 1, false],
			['phone', 'phone', 0.5, true],
			['created_at', 'since', 1, true],
			['email_consent', 'consent', 1, true]
		]);
		expect(lists[0]?.fields.find(({ role }) => role === 'email')?.filledShare).toBeCloseTo(5 / 6, 12);
	});

	it('says which keys name people, how many there are, and whom they lead to in other lists', async () => {
		const rows = ORDER_ROWS.slice(0, 4);
		const two = [{ source: { ...ORDERS, idSystem: 'shop' }, rows }, ...files.slice(1)];
		const { lists } = await audited(engine(), two);
		expect(lists[0]?.keys).toMatchObject([
			{ role: 'customer', kind: 'id', system: 'shop', filledShare: 1, distinct: 2, isAbout: false },
			{ role: 'email', kind: 'email', system: null, filledShare: 0.75, distinct: 1 }
		]);
		expect(lists[1]?.keys.map(({ kind, distinct }) => [kind, distinct])).toEqual([
			['id', 2],
			['email', 2],
			['phone', 1]
		]);
		const emails = [
			['a@x.org', '2024-02-01', 'visit'],
			['b@x.org', '2024-02-02', 'visit']
		];
		const [byEmail] = (await audited(engine(), [{ source: EVENTS, rows: emails }])).lists;
		expect(byEmail?.keys).toMatchObject([{ role: 'customer', kind: 'email', system: null, elsewhere: 0 }]);
	});

	it('counts the further rows of an order as filled where its fields stand on the first', async () => {
		const source = makeSource(
			['order', 'mail', 'at', 'sku', 'total'],
			{ order_id: 'order', customer: 'mail', date: 'at', sku: 'sku', order_total: 'total' },
			{ orderFieldsOnFirstRow: true }
		);
		const rows = [
			['1', 'a@x.org', '2024-01-01', 'A', '5'],
			['1', '', '', '', ''],
			['2', 'b@x.org', '2024-01-02', 'B', '']
		];
		const [list] = (await audited(engine(), [{ source, rows }])).lists;
		const shares = Object.fromEntries(list?.fields.map(({ role, filledShare }) => [role, filledShare]) ?? []);
		expect(shares).toMatchObject({ customer: 1, date: 1, order_id: 1 });
		expect(shares['sku']).toBeCloseTo(2 / 3, 12);
		expect(shares['order_total']).toBeCloseTo(2 / 3, 12);
	});

	it('takes the exports of a list as one, the newest first', async () => {
		const january = { source: ORDERS, rows: ORDER_ROWS.slice(0, 3) };
		const source = { ...ORDERS, id: 's2', fileName: 's2.csv', version: 2 };
		const february = { source, rows: [['3', '8', '', '2024-02-05 08:15', '7.5']] };
		const { lists } = await audited(engine(), [january, february]);
		expect(lists).toHaveLength(1);
		expect(lists[0]?.list.sources.map(({ id }) => id)).toEqual(['s2', 's1']);
		expect(lists[0]).toMatchObject({ rowsRead: 4, oldest: '2024-01-02', newest: '2024-02-05' });
		expect(lists[0]?.effect).toMatchObject({ people: 2, onlyHere: 2, orders: 3, revenue: 22.5 });
	});

	it('counts people that keys join across sources as one, and agrees with the accounts they are made of', async () => {
		const subscribers: SourceParams = {
			...makeSource(['mail', 'card'], { email: 'mail', card: 'card' }, { id: 's2' }),
			kind: 'customers'
		};
		const shop = { ...ORDERS, idSystem: 'shop' };
		const till: SourceParams = {
			...makeSource(['no', 'card', 'at'], { customer: 'no', card: 'card', date: 'at' }, { id: 's3' }),
			kind: 'events',
			idSystem: 'till'
		};
		const { sources, clean } = await cleaned(engine(), [
			{ source: shop, rows: ORDER_ROWS.slice(0, 4) },
			{
				source: subscribers,
				rows: [
					['A@X.org', 'K-0001'],
					['new@x.org', '']
				]
			},
			{
				source: till,
				rows: [
					['7', 'k0001', '2024-02-01'],
					['8', '', '2024-02-02']
				]
			}
		]);
		const { lists, people, everywhere } = await auditSources(engine(), sources, clean, signal);
		// Shop 7, a@x.org and till 7 are one; shop 8 and till 8 only share a number.
		expect({ people, everywhere }).toEqual({ people: 4, everywhere: 1 });
		expect(lists.map(({ effect }) => [effect?.people, effect?.onlyHere])).toEqual([
			[2, 1],
			[2, 1],
			[2, 1]
		]);
		expect(lists[0]?.keys.map(({ kind, elsewhere }) => [kind, elsewhere])).toEqual([
			['id', 1],
			['email', 1]
		]);
		const ids = sources.map(({ id }) => id);
		const overlaps = overlapsOf(await sourceMeetings(engine(), ids), ids);
		expect(overlaps.map((each) => [each.people, each.only])).toEqual([
			[2, 1],
			[2, 1],
			[2, 1]
		]);
	});

	it('leaves no table behind, and has nothing to say of nothing', async () => {
		expect(await auditSources(engine(), [], { sources: [], hasAmount: false }, signal)).toEqual({
			lists: [],
			people: 0,
			everywhere: 0
		});
	});

	it('agrees with counting people one by one, however they are spread over lists', async () => {
		const person = fc.integer({ min: 1, max: 9 }).map(String);
		const visits = fc.array(person, { minLength: 1, maxLength: 12 });
		await fc.assert(
			fc.asyncProperty(visits, visits, visits, async (bought, listed, seen) => {
				const orders = bought.map((who, i) => [String(i), who, '', '2024-01-01', '1']);
				const profiles = [...new Set(listed)].map((who) => [who, '', '', '2024-01-01', '']);
				const events = seen.map((who) => [who, '2024-01-01', 'visit']);
				const { lists, people, everywhere } = await audited(engine(), [
					{ source: ORDERS, rows: orders },
					{ source: PROFILES, rows: profiles },
					{ source: EVENTS, rows: events }
				]);
				const sets = [bought, listed, seen].map((list) => new Set(list));
				const all = new Set([...bought, ...listed, ...seen]);
				const isIn = (who: string) => sets.filter((set) => set.has(who)).length;
				expect(people).toBe(all.size);
				expect(everywhere).toBe([...all].filter((who) => isIn(who) === 3).length);
				sets.forEach((set, i) => {
					const only = [...set].filter((who) => isIn(who) === 1).length;
					expect(lists[i]?.effect).toMatchObject({ people: set.size, onlyHere: only });
					expect(lists[i]?.keys[0]).toMatchObject({ distinct: set.size, elsewhere: set.size - only });
				});
				expect(lists[0]?.effect?.orders).toBe(bought.length);
			}),
			{ seed: 11, numRuns: 12 }
		);
	});
});

describeEngines('listDays', (engine) => {
	it('counts the orders and records of each day, also those of nobody', async () => {
		const orders = [...ORDER_ROWS.slice(0, 4), ['6', '', '', '2024-01-05 12:00', '3']];
		const { sources } = await cleaned(engine(), [
			{ source: ORDERS, rows: orders },
			{ source: EVENTS, rows: EVENT_ROWS },
			{ source: SPEND, rows: [['Spring', '2024-02-10', '12']] }
		]);
		const days = await listDays(engine(), sources, signal);
		expect([...days.keys()]).toEqual(['s1', 's3']);
		expect(days.get('s1')?.days).toEqual([
			{ day: '2024-01-02', records: 1, amount: 10 },
			{ day: '2024-01-05', records: 3, amount: 12.5 }
		]);
		expect(days.get('s3')?.days).toEqual([
			{ day: '2024-02-01', records: 1, amount: null },
			{ day: '2024-02-03', records: 1, amount: null }
		]);
		const [list] = (await audited(engine(), [{ source: ORDERS, rows: orders }])).lists;
		if (!list) throw new Error('no list');
		expect(await recordsOfDay(engine(), list.list, '2024-01-05', { offset: 0, limit: 10 })).toEqual([
			{ customerId: '8', what: '3', time: '08:15', amount: 7.5, reason: null },
			{ customerId: null, what: '6', time: '12:00', amount: 3, reason: 'missing_customer' },
			{ customerId: '7', what: '2', time: '18:00', amount: 5, reason: null }
		]);
		expect(await recordsOfDay(engine(), list.list, '2024-01-05', { offset: 1, limit: 10 })).toHaveLength(2);
	});
});

it('tells a day of five times the orders once, and a day of one big order by its money', () => {
	const days = Array.from({ length: 70 }, (_, i) => {
		const records = i === 20 ? 150 : 30;
		return { day: addDays('2024-01-01', i), records, amount: i === 50 ? 6000 : records * 20 };
	});
	expect(unusualRecords(days).map(({ from, measure, ratio }) => [from, measure, Math.round(ratio)])).toEqual([
		['2024-01-21', 'records', 5],
		['2024-02-20', 'amount', 10]
	]);
});

it('finds the busy day and the outage that the sample shop was made with', async () => {
	const daysOf = async (name: string, keyOf: (line: string, i: number) => string) => {
		const file = makeSampleShop().files.find((each) => each.name === name);
		const lines = (await file?.blob.text())?.split('\n').slice(1) ?? [];
		const keys = new Map<string, Set<string>>();
		lines.forEach((line, i) => {
			const day = /\d{4}-\d{2}-\d{2}/.exec(line)?.[0];
			if (day) keys.set(day, (keys.get(day) ?? new Set()).add(keyOf(line, i)));
		});
		return [...keys].map(([day, { size }]) => ({ day, records: size, amount: null }));
	};
	const orders = unusualRecords(await daysOf('sample-shop-orders.csv', (line) => line.split(',')[0] ?? ''));
	expect(orders.map(({ from, to }) => [from, to])).toEqual([[BUSY_DAY, BUSY_DAY]]);
	expect(orders[0]?.ratio).toBeGreaterThan(4);
	const [outage] = unusualRecords(await daysOf('sample-shop-events.csv', (_, i) => String(i)));
	expect(outage).toMatchObject({ from: GAP_DAYS[0], to: GAP_DAYS.at(-1), value: 0 });
});

it('judges days without anything by their number, not their money', () => {
	// Two orders a day of equal money, and none for three days: chance for so few orders.
	const days = Array.from({ length: 60 }, (_, i) => ({
		day: addDays('2024-01-01', i),
		records: 2,
		amount: 50
	}));
	expect(unusualRecords(days.filter((_, i) => i < 30 || i > 32))).toEqual([]);
});

it('counts the days since the newest record', () => {
	expect(ageInDays('2024-02-28', '2024-03-01')).toBe(2);
	expect(ageInDays('2024-03-02', '2024-03-01')).toBe(-1);
	expect(ageInDays(null, '2024-03-01')).toBeNull();
});
