import { expect, it } from 'vitest';
import { addDays } from '#lib/core/days.ts';
import { below, seeded } from '#lib/core/random.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { sql } from '#lib/engine/sql.ts';
import type { CleanResult } from '#lib/pipeline/clean/schema.ts';
import { DEFINITIONS } from '#lib/pipeline/features/definitions/index.ts';
import { DEFAULT_FEATURES, type FeatureResult } from '#lib/pipeline/features/schema.ts';
import { runFeatures } from '#lib/pipeline/features/step.ts';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { cleanRows, makeSource, stepContext } from '../../../../../tests/support/raw-tables.ts';
import { selectPeople } from './outcomes.sql.ts';
import type { DriversResult, Horizon, Outcome } from './schema.ts';
import { findDrivers } from './step.ts';

const ORDERS = makeSource(['Order', 'Day', 'Amount', 'Customer'], {
	order_id: 'Order',
	date: 'Day',
	amount: 'Amount',
	customer: 'Customer'
});
const FIRST = '2023-01-01';
const CUSTOMERS = 200;

/** People who buy every so many days, some of whom stop, over a year. */
function madeOrders(seed = 2): string[][] {
	const random = seeded(seed);
	const rows: string[][] = [];
	for (let customer = 0; customer < CUSTOMERS; customer += 1) {
		const gap = 10 + below(random, 60);
		const stops = random() < 0.4 ? 60 + below(random, 200) : 365;
		for (let at = below(random, 40); at < stops; at += Math.max(1, Math.round(gap * (0.5 + random())))) {
			const amount = (5 + 90 * random()).toFixed(2);
			rows.push([`o${rows.length}`, addDays(FIRST, at), amount, `c${customer}`]);
		}
	}
	// Sets the last day, by somebody who bought on it before.
	rows.push(['last', '2023-12-31', '10', 'c0']);
	return rows;
}

interface Prepared {
	readonly clean: CleanResult;
	readonly features: FeatureResult;
}

async function prepare(
	engine: Engine,
	tables: Parameters<typeof cleanRows>[1],
	asOf: string | null = null
): Promise<Prepared> {
	const clean = await cleanRows(engine, tables);
	return { clean, features: await runFeatures(stepContext(engine), { ...DEFAULT_FEATURES, asOf }, clean) };
}

function ask(engine: Engine, prepared: Prepared, outcome: Outcome, horizon: Horizon | null = null) {
	return findDrivers(stepContext(engine), {
		...prepared,
		params: DEFAULT_FEATURES,
		outcome,
		horizon,
		seed: 1
	});
}

/** The part of an answer that must not move. */
function figures(answer: Awaited<ReturnType<typeof ask>>): DriversResult {
	if (answer.kind !== 'found') throw new Error(`nothing found: ${JSON.stringify(answer)}`);
	return answer;
}

describeEngines('findDrivers', (engine) => {
	it('says what tells who buys again, as known before', async () => {
		const prepared = await prepare(engine(), [{ source: ORDERS, rows: madeOrders() }]);
		const before = await engine().rows(sql`SELECT * FROM features.customers ORDER BY idx`);
		const found = figures(await ask(engine(), prepared, 'repeat'));
		expect(found).toMatchObject({ outcome: 'repeat', horizon: 90, day: '2023-10-03', until: '2024-01-01' });
		const [counted] = await engine().rows<{ people: number; again: number }>(sql`
			SELECT count(*)::INTEGER AS people, count_if(bought)::INTEGER AS again FROM (
				SELECT customer_id, bool_or(ordered_at >= DATE '2023-10-03') AS bought FROM clean.orders
				GROUP BY customer_id HAVING min(ordered_at) < DATE '2023-10-03'
			) ORDER BY 1`);
		expect([found.customers, found.withOutcome]).toEqual([counted?.people, counted?.again]);
		expect(found.base.value).toBeCloseTo((counted?.again ?? 0) / (counted?.people ?? 1), 12);
		expect(found.skill.value).toBeGreaterThan(0.7);
		expect(found.drivers.find(({ id }) => id === 'recency_days')?.alone).toBeGreaterThan(0.7);
		expect(found.units[0]?.isAboveChance).toBe(true);
		expect(found.shortList.length).toBeGreaterThan(0);
		const told = [...found.drivers, ...found.leftOut].map(({ id }) => id);
		expect(new Set(told).size).toBe(told.length);
		expect(told).toEqual(expect.arrayContaining(DEFINITIONS.map(({ id }) => id)));
		expect(await engine().rows(sql`SELECT * FROM features.customers ORDER BY idx`)).toEqual(before);
		expect(structuredClone(found)).toEqual(found);
	});

	it('opens the people of a tenth', async () => {
		const prepared = await prepare(engine(), [{ source: ORDERS, rows: madeOrders() }]);
		const { drivers } = figures(await ask(engine(), prepared, 'repeat', 60));
		for (const { id, tenths } of drivers.slice(0, 3)) {
			for (const { from, to, customers } of tenths) {
				expect(await engine().rows(selectPeople(id, from, to))).toHaveLength(customers);
			}
		}
	});

	it('does not move when more happens afterwards', async () => {
		const rows = madeOrders();
		const known = rows.filter(([, day = '']) => day < '2023-10-01');
		const asOf = '2023-10-01';
		const first = await ask(
			engine(),
			await prepare(engine(), [{ source: ORDERS, rows: known }], asOf),
			'value',
			60
		);
		const later = await ask(engine(), await prepare(engine(), [{ source: ORDERS, rows }], asOf), 'value', 60);
		expect(first).toEqual(later);
		expect(figures(later)).toMatchObject({ day: '2023-08-02', until: '2023-10-01', isBinary: false });
		const [spent] = await engine().rows<{ total: number }>(sql`
			SELECT sum(amount)::DOUBLE AS total FROM clean.orders WHERE ordered_at >= DATE '2023-08-02'
				AND ordered_at < DATE '2023-10-01' AND customer_id IN (SELECT customer_id FROM features.drivers) ORDER BY 1`);
		expect(figures(later).base.value * figures(later).customers).toBeCloseTo(spent?.total ?? 0, 4);
	});

	it('says who clicks, of those who were sent something', async () => {
		const source = makeSource(
			['when', 'who', 'what'],
			{ date: 'when', customer: 'who', action: 'what' },
			{ id: 's2' }
		);
		const sends = { ...source, kind: 'sends' as const };
		const random = seeded(6);
		const rows = Array.from({ length: 150 }, (_, customer) => {
			const sent = ['2023-12-10', `c${customer}`, 'sent'];
			return customer % 3 === 0 || random() < 0.1
				? [sent, ['2023-12-11', `c${customer}`, 'clicked']]
				: [sent];
		}).flat();
		const prepared = await prepare(engine(), [
			{ source: ORDERS, rows: madeOrders() },
			{ source: sends, rows }
		]);
		const found = figures(await ask(engine(), prepared, 'response', 30));
		expect(found).toMatchObject({ day: '2023-11-12', until: '2023-12-12', customers: 150 });
		expect(found.withOutcome).toBe(rows.filter(([, , action]) => action === 'clicked').length);
	});

	it('says what is missing', async () => {
		const all = madeOrders();
		const full = await prepare(engine(), [{ source: ORDERS, rows: all }]);
		expect(await ask(engine(), full, 'response')).toMatchObject({ lack: { kind: 'sends' } });
		const bare = makeSource(['Day', 'Customer'], { date: 'Day', customer: 'Customer' });
		const undated = await prepare(engine(), [
			{ source: bare, rows: all.map(([, day = '', , who = '']) => [day, who]) }
		]);
		expect(await ask(engine(), undated, 'value')).toMatchObject({ lack: { kind: 'amounts' } });
		const recent = all.filter(([, day = '']) => day >= '2023-11-20');
		const short = await prepare(engine(), [{ source: ORDERS, rows: recent }]);
		expect(await ask(engine(), short, 'repeat')).toMatchObject({
			lack: { kind: 'history', first: '2023-11-20', last: '2023-12-31', days: 42, needed: 60 }
		});
		const handful = all.filter(([, , , who = '']) => who.length === 2);
		const few = await prepare(engine(), [{ source: ORDERS, rows: handful }]);
		expect(await ask(engine(), few, 'repeat')).toMatchObject({
			lack: { kind: 'few', customers: 10, needed: 20 }
		});
	});

	it('leaves out numbers of saved queries, which are of today, and names them', async () => {
		const prepared = await prepare(engine(), [{ source: ORDERS, rows: madeOrders() }]);
		const own = { ...prepared.features.features[0], id: 'basket', label: 'Basket', isOwn: true };
		const features = {
			...prepared.features,
			features: [...prepared.features.features, own]
		} as FeatureResult;
		const found = figures(await ask(engine(), { ...prepared, features }, 'repeat'));
		expect(found.leftOut).toContainEqual({ id: 'basket', label: 'Basket', why: 'own', needs: [] });
		expect(found.drivers.map(({ id }) => id)).not.toContain('basket');
	});
});
