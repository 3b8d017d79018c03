import { below, seeded, type Random } from '#lib/core/random.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { as, day, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import { DEFAULT_FEATURES } from '#lib/pipeline/features/schema.ts';
import { DEFAULT_CARTS } from '#lib/pipeline/segment/carts/schema.ts';
import { DEFAULT_JOURNEYS } from '#lib/pipeline/segment/journeys/schema.ts';
import type { SubjectId } from '#lib/pipeline/segment/rules/schema.ts';
import type { RuleScope } from '#lib/pipeline/segment/rules/scope.ts';
import type { OracleRecord, OracleWorld, Value } from './rule-oracle.ts';

type Row = Readonly<Record<string, Value>>;

/** A day after a leap day, on which “a month ago” is no plain matter. */
const AS_OF = '2024-03-31';
const PEOPLE = 25;

/** Names of events and the kinds they are, written out by hand. */
const EVENT_KINDS: Readonly<Record<string, string>> = {
	page_view: 'visit',
	'Product View': 'view',
	add_to_cart: 'cart',
	'Remove from cart': 'removal',
	'Checkout started': 'checkout',
	'Order placed': 'purchase',
	Été: 'other'
};

/** Moments at which windows begin and end, and some around them. */
const TIMES = [
	'2022-12-31 23:59:59',
	'2023-03-31 00:00:00',
	'2023-12-31 00:00:00',
	'2024-01-31 12:00:00',
	'2024-02-29 00:00:00',
	'2024-02-28 23:59:59',
	'2024-03-01 00:00:00',
	'2024-03-01 00:00:00',
	'2024-03-23 23:59:59',
	'2024-03-24 00:00:00',
	'2024-03-30 23:00:00',
	'2024-03-30 23:30:00',
	'2024-03-30 23:59:59',
	'2024-03-31 00:00:00',
	'2024-04-02 08:00:00'
];

/** Texts with capitals, spaces and accents that count or do not. */
export const MADE_TEXTS = [
	'Shoes',
	'shoes ',
	'SHOES',
	'Running Shoes',
	'Café',
	'CAFÉ',
	'cafe',
	"O'Neill",
	'50%_off',
	'Ähre',
	'日本'
];

const TABLES = {
	orders: {
		customer_id: sql`VARCHAR`,
		order_id: sql`VARCHAR`,
		ordered_at: sql`TIMESTAMP`,
		amount: sql`DECIMAL(18,4)`,
		line_count: sql`INTEGER`,
		item_count: sql`DOUBLE`,
		is_return: sql`BOOLEAN`
	},
	order_details: {
		source: sql`VARCHAR`,
		row: sql`INTEGER`,
		customer_id: sql`VARCHAR`,
		order_id: sql`VARCHAR`,
		ordered_at: sql`TIMESTAMP`,
		is_return: sql`BOOLEAN`,
		channel: sql`VARCHAR`,
		store: sql`VARCHAR`,
		coupon: sql`VARCHAR`,
		payment_method: sql`VARCHAR`,
		discount: sql`DECIMAL(18,4)`,
		is_order_discount: sql`BOOLEAN`
	},
	order_lines: {
		source: sql`VARCHAR`,
		row: sql`INTEGER`,
		customer_id: sql`VARCHAR`,
		ordered_at: sql`TIMESTAMP`,
		product: sql`VARCHAR`,
		sku: sql`VARCHAR`,
		category: sql`VARCHAR`,
		quantity: sql`DECIMAL(18,4)`,
		unit_price: sql`DECIMAL(18,4)`,
		amount: sql`DECIMAL(18,4)`,
		is_return: sql`BOOLEAN`
	},
	events: {
		source: sql`VARCHAR`,
		row: sql`INTEGER`,
		customer_id: sql`VARCHAR`,
		happened_at: sql`TIMESTAMP`,
		event: sql`VARCHAR`,
		product: sql`VARCHAR`,
		category: sql`VARCHAR`,
		quantity: sql`DECIMAL(18,4)`,
		value: sql`DECIMAL(18,4)`,
		channel: sql`VARCHAR`,
		store: sql`VARCHAR`,
		device: sql`VARCHAR`,
		session_id: sql`VARCHAR`,
		url: sql`VARCHAR`
	},
	sends: {
		source: sql`VARCHAR`,
		row: sql`INTEGER`,
		customer_id: sql`VARCHAR`,
		sent_at: sql`TIMESTAMP`,
		campaign: sql`VARCHAR`,
		channel: sql`VARCHAR`,
		action: sql`VARCHAR`,
		variant: sql`VARCHAR`
	},
	answers: {
		source: sql`VARCHAR`,
		row: sql`INTEGER`,
		customer_id: sql`VARCHAR`,
		answered_at: sql`TIMESTAMP`,
		question: sql`VARCHAR`,
		answer: sql`VARCHAR`,
		score: sql`DECIMAL(18,4)`
	},
	profiles: {
		source: sql`VARCHAR`,
		row: sql`INTEGER`,
		customer_id: sql`VARCHAR`,
		created_at: sql`TIMESTAMP`,
		updated_at: sql`TIMESTAMP`,
		consented_at: sql`TIMESTAMP`,
		country: sql`VARCHAR`,
		region: sql`VARCHAR`,
		city: sql`VARCHAR`,
		postcode: sql`VARCHAR`,
		language: sql`VARCHAR`,
		tags: sql`VARCHAR`,
		customer_group: sql`VARCHAR`,
		email_consent: sql`VARCHAR`,
		sms_consent: sql`VARCHAR`
	}
} as const satisfies Readonly<Record<string, Readonly<Record<string, Sql>>>>;

type Tables = Readonly<Record<keyof typeof TABLES, readonly Row[]>>;

/** The tables of a small shop with everything that rules find hard: nulls, equal times, edges of windows, credit notes. */
export interface MadeWorld {
	readonly tables: Tables;
	readonly oracle: OracleWorld;
	readonly scope: RuleScope;
}

/** A shop of 25 people. The same seed makes the same shop. */
export function makeWorld(seed: number): MadeWorld {
	const random = seeded(seed);
	const tables = makeTables(random);
	const people = Array.from({ length: PEOPLE }, (_, idx) => ({
		customer: `p${idx}`,
		features: {
			monetary_total: maybe(random, () => below(random, 20_000) / 100),
			recency_days: 1 + below(random, 400),
			favourite: maybe(random, () => pick(random, MADE_TEXTS))
		}
	}));
	const champions = people.flatMap((_, idx) => (random() < 0.3 ? [idx] : []));
	const segments = new Map([['group:champion', new Set(champions)]]);
	const oracle = { asOf: AS_OF, people, records: recordsOf(tables), entries: entriesOf(tables), segments };
	return { tables, oracle, scope: scopeOf(champions) };
}

/** Writes the tables of a shop, in place of those of another. */
export async function writeWorld(engine: Engine, { tables, oracle }: MadeWorld): Promise<void> {
	for (const [table, columns] of Object.entries(TABLES)) {
		await write(engine, ['clean', table], columns, tables[table as keyof Tables]);
	}
	const rows = oracle.people.map(({ customer, features }, idx) => ({
		idx,
		customer_id: customer,
		...features
	}));
	const key = { idx: sql`INTEGER`, customer_id: sql`VARCHAR` };
	const numbers = { monetary_total: sql`DOUBLE`, recency_days: sql`DOUBLE` };
	await write(engine, ['features', 'customers'], { ...key, ...numbers }, rows);
	await write(engine, ['features', 'library'], { ...key, favourite: sql`VARCHAR` }, rows);
}

async function write(
	engine: Engine,
	table: readonly [string, string],
	columns: Readonly<Record<string, Sql>>,
	rows: readonly Row[]
): Promise<void> {
	const names = Object.keys(columns);
	const values = rows.map((row) => sql`(${list(names.map((name) => sql`${row[name] ?? null}`))})`);
	const typed = Object.entries(columns).map(([name, type]) => as(sql`${id(name)}::${type}`, name));
	await engine.exec(sql`
		CREATE OR REPLACE TABLE ${id(...table)} AS
		SELECT ${list(typed)} FROM (VALUES ${list(values)}) t(${list(names.map((name) => id(name)))})`);
}

function list(pieces: readonly Sql[]): Sql {
	return join(pieces, ', ');
}

function scopeOf(champions: readonly number[]): RuleScope {
	const customers = ['features', 'customers'] as const;
	const feature = (name: string, kind: 'number' | 'text', table: readonly [string, string]) =>
		[name, { id: name, label: name, kind, table, needs: [] }] as const;
	const members = sql`SELECT idx FROM features.customers WHERE idx IN (-1, ${list(champions.map((idx) => sql`${idx}`))})`;
	return {
		asOf: day(AS_OF),
		customers,
		features: new Map([
			feature('monetary_total', 'number', customers),
			feature('recency_days', 'number', customers),
			feature('favourite', 'text', ['features', 'library'])
		]),
		segments: new Map([
			['group:champion', { ref: 'group:champion', name: 'Champions', members, problem: null }]
		]),
		featureParams: DEFAULT_FEATURES,
		carts: DEFAULT_CARTS,
		journeys: DEFAULT_JOURNEYS
	};
}

function makeTables(random: Random): Tables {
	const who = () => `p${below(random, PEOPLE)}`;
	const text = () => maybe(random, () => pick(random, MADE_TEXTS));
	const money = () => maybe(random, () => below(random, 5_000) / 100);
	const at = () => pick(random, TIMES);
	const rows = (count: number, make: () => Row) =>
		Array.from({ length: count }, (_, i) => ({ source: i % 3 === 0 ? 's10' : 's2', row: i + 1, ...make() }));
	const orders = Array.from({ length: 120 }, (_, i) => ({
		customer_id: who(),
		order_id: `${95 + i}`,
		ordered_at: at(),
		amount: money(),
		line_count: 1 + below(random, 3),
		item_count: maybe(random, () => 1 + below(random, 9) / 2),
		is_return: random() < 0.1
	}));
	return {
		orders,
		order_details: detailsOf(random, orders),
		order_lines: rows(150, () => ({
			...{ customer_id: who(), ordered_at: at(), product: text(), sku: text(), category: text() },
			...{ quantity: maybe(random, () => 1 + below(random, 5)), unit_price: money(), amount: money() },
			is_return: random() < 0.1
		})),
		events: rows(200, () => ({
			...{ customer_id: who(), happened_at: at(), product: text(), category: text(), channel: text() },
			event: maybe(random, () => pick(random, Object.keys(EVENT_KINDS))),
			...{ quantity: money(), value: money(), store: text(), device: text(), url: text() }
		})),
		sends: rows(120, () => ({
			...{
				customer_id: who(),
				sent_at: at(),
				campaign: maybe(random, () => pick(random, MADE_TEXTS.slice(0, 2))),
				channel: text(),
				variant: text()
			},
			action: pick(random, ['sent', 'delivered', 'opened', 'clicked', 'shared'])
		})),
		answers: rows(80, () => ({
			...{ customer_id: who(), answered_at: maybe(random, at), question: text(), answer: text() },
			score: maybe(random, () => below(random, 11))
		})),
		profiles: rows(60, () => ({
			...{ customer_id: who(), created_at: maybe(random, at), updated_at: maybe(random, at) },
			...{ consented_at: maybe(random, at), country: text(), region: text(), city: text(), tags: text() },
			...{ postcode: text(), language: text(), customer_group: text() },
			email_consent: maybe(random, () => pick(random, ['subscribed', 'unsubscribed'])),
			sms_consent: maybe(random, () => pick(random, ['pending', 'cleaned']))
		}))
	};
}

/** One or two rows for each order, which may tell different things. */
function detailsOf(random: Random, orders: readonly Row[]): Row[] {
	return orders.flatMap((order) =>
		Array.from({ length: 1 + below(random, 2) }, (_, i) => ({
			...{
				source: 's2',
				row: i,
				customer_id: order['customer_id'] ?? null,
				order_id: order['order_id'] ?? null
			},
			...{ ordered_at: order['ordered_at'] ?? null, is_return: order['is_return'] ?? null },
			channel: maybe(random, () => pick(random, MADE_TEXTS)),
			store: maybe(random, () => pick(random, MADE_TEXTS)),
			coupon: random() < 0.3 ? pick(random, MADE_TEXTS) : null,
			payment_method: maybe(random, () => pick(random, MADE_TEXTS)),
			discount: random() < 0.3 ? below(random, 500) / 100 : null,
			is_order_discount: order['line_count'] === 1
		}))
	);
}

function recordsOf(tables: Tables): Readonly<Record<SubjectId, readonly OracleRecord[]>> {
	const sold = (row: Row) => row['is_return'] !== true;
	return {
		orders: tables.orders.filter(sold).map((order) => orderOf(order, tables.order_details)),
		lines: tables.order_lines.filter(sold).map((row) => recordOf(row, 'ordered_at')),
		events: tables.events.map((row) =>
			recordOf({ ...row, kind: EVENT_KINDS[String(row['event'])] ?? 'other' }, 'happened_at')
		),
		sends: tables.sends.map((row) => recordOf(row, 'sent_at')),
		answers: tables.answers.map((row) => recordOf(row, 'answered_at'))
	};
}

function recordOf(row: Row, time: string): OracleRecord {
	return {
		customer: String(row['customer_id']),
		at: textOrNull(row[time]),
		order: [Number(String(row['source']).slice(1)), Number(row['row'])],
		fields: row
	};
}

function orderOf(order: Row, details: readonly Row[]): OracleRecord {
	const own = details.filter((row) => row['order_id'] === order['order_id']);
	const told = (field: string) => own.map((row) => row[field] ?? null).filter((value) => value !== null);
	const discounts = told('discount').map(Number);
	const isOnce = own.some((row) => row['is_order_discount'] === true);
	const total = isOnce ? Math.max(...discounts) : discounts.reduce((sum, each) => sum + each, 0);
	const first = (field: string) => told(field).map(String).sort(byBytes)[0] ?? null;
	return {
		customer: String(order['customer_id']),
		at: textOrNull(order['ordered_at']),
		order: [Number(order['order_id'])],
		fields: {
			...order,
			is_discounted: told('coupon').length > 0 || discounts.some((each) => each !== 0),
			discount: discounts.length === 0 ? null : total,
			...{ coupon: first('coupon'), channel: first('channel'), store: first('store') },
			payment_method: first('payment_method')
		}
	};
}

function entriesOf({ profiles }: Tables): OracleWorld['entries'] {
	return profiles.map((row) => {
		const isKnown = row['consented_at'] === null || String(row['consented_at']) < AS_OF;
		return {
			customer: String(row['customer_id']),
			createdAt: textOrNull(row['created_at']),
			saidAt: textOrNull(row['updated_at'] ?? row['consented_at'] ?? row['created_at']),
			fields: isKnown ? row : { ...row, email_consent: null, sms_consent: null }
		};
	});
}

function textOrNull(value: Value | undefined): string | null {
	return value === null || value === undefined ? null : String(value);
}

function byBytes(a: string, b: string): number {
	return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function pick<T>(random: Random, values: readonly T[]): T {
	return values[below(random, values.length)] as T;
}

function maybe<T>(random: Random, make: () => T): T | null {
	return random() < 0.25 ? null : make();
}
