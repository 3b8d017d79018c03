import { addDays, type Day } from '#lib/core/days.ts';
import { below, seeded, type Random } from '#lib/core/random.ts';
import { COUNTRIES, FAMILY_NAMES, GIVEN_NAMES, PRODUCTS } from './sample-shop-people.ts';

/** A made-up shop to try the app with, and who was planted where. */
export interface SampleShop {
	readonly fileName: 'sample-shop.csv';
	readonly blob: Blob;
	/** Customer email → id of the planted segment. Shoppers without an email are in none. */
	readonly planted: ReadonlyMap<string, string>;
}

/** The last day on which the shop has orders; its first is 18 months earlier. */
const LAST_DAY: Day = '2025-08-31';
const FIRST_ORDER_ID = 10_001;
const HEADER = 'order_id,order_date,customer_email,customer_name,product,quantity,unit_price,country';

type Range = readonly [number, number];

/** How the customers of a planted segment buy. Ranges hold both ends. */
interface Plan {
	readonly segment: string;
	readonly customers: number;
	/** Days from the last order to the end of the last day. */
	readonly lastOrderDaysAgo: Range;
	readonly orders: Range;
	/** Days between two orders. */
	readonly gapDays: Range;
	readonly lines: Range;
	/** Positions in PRODUCTS, cheap ones first. */
	readonly products: Range;
	readonly quantity: Range;
}

const PLANS: readonly Plan[] = [
	{
		segment: 'regulars',
		customers: 640,
		lastOrderDaysAgo: [1, 40],
		orders: [4, 12],
		gapDays: [12, 45],
		lines: [1, 2],
		products: [0, 12],
		quantity: [1, 2]
	},
	{
		segment: 'cooling_big_spenders',
		customers: 480,
		lastOrderDaysAgo: [75, 230],
		orders: [3, 8],
		gapDays: [15, 45],
		lines: [1, 3],
		products: [10, 21],
		quantity: [1, 3]
	},
	{
		segment: 'new_faces',
		customers: 780,
		lastOrderDaysAgo: [1, 50],
		orders: [1, 2],
		gapDays: [3, 12],
		lines: [1, 2],
		products: [2, 13],
		quantity: [1, 2]
	},
	{
		segment: 'one_and_done',
		customers: 1_100,
		lastOrderDaysAgo: [120, 540],
		orders: [1, 1],
		gapDays: [1, 1],
		lines: [1, 2],
		products: [0, 12],
		quantity: [1, 2]
	}
];

/** Orders at the counter, whose lines are about 2 % of all: nobody knows who bought. */
const GUEST_ORDERS = 220;
const GUEST_PLAN: Plan = {
	segment: '',
	customers: 0,
	lastOrderDaysAgo: [1, 540],
	orders: [1, 1],
	gapDays: [1, 1],
	lines: [1, 2],
	products: [0, 13],
	quantity: [1, 2]
};
const CANCELLED_SHARE = 0.012;
const FREE_LINES = 9;
const DUPLICATED_LINES = 14;

interface Person {
	readonly email: string;
	readonly name: string;
	readonly country: string;
}

interface Line {
	readonly product: string;
	readonly quantity: number;
	readonly price: number;
}

interface Order {
	readonly day: Day;
	readonly minute: number;
	readonly person: Person;
	readonly lines: readonly Line[];
	readonly isCancelled: boolean;
}

/**
 * Makes a shop with four planted segments that differ in recency, frequency and spend, and with what real exports hold:
 * sales without a customer, cancelled orders, free items, rows twice, and three broken lines. The same seed gives the
 * same bytes.
 */
export function makeSampleShop(seed = 7): SampleShop {
	const random = seeded(seed);
	const planted = new Map<string, string>();
	const orders: Order[] = [];
	for (const plan of PLANS) {
		for (let i = 0; i < plan.customers; i += 1) {
			const person = makePerson(random, planted.size + 1);
			planted.set(person.email, plan.segment);
			orders.push(...makeOrders(random, plan, person));
		}
	}
	for (let i = 0; i < GUEST_ORDERS; i += 1) orders.push(...makeOrders(random, GUEST_PLAN, guest(random)));
	orders.push(...cancellations(random, orders));
	orders.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.minute - b.minute));
	const rows = orders.flatMap((order, i) => renderOrder(order, FIRST_ORDER_ID + i));
	addDirt(random, rows);
	const blob = new Blob([[HEADER, ...rows, ''].join('\n')], { type: 'text/csv' });
	return { fileName: 'sample-shop.csv', blob, planted };
}

function makePerson(random: Random, number: number): Person {
	const given = pick(random, GIVEN_NAMES);
	const family = pick(random, FAMILY_NAMES);
	const plain = `${given}.${family}`
		.normalize('NFD')
		.replace(/[^a-z.]/gi, '')
		.toLowerCase();
	return { email: `${plain}${number}@example.com`, name: `${given} ${family}`, country: pickCountry(random) };
}

function guest(random: Random): Person {
	return { email: '', name: '', country: pickCountry(random) };
}

function makeOrders(random: Random, plan: Plan, person: Person): Order[] {
	const orders: Order[] = [];
	let daysAgo = within(random, plan.lastOrderDaysAgo);
	for (let left = within(random, plan.orders); left > 0; left -= 1) {
		orders.push({
			day: addDays(LAST_DAY, 1 - daysAgo),
			minute: within(random, [8 * 60, 21 * 60]),
			person,
			lines: makeLines(random, plan),
			isCancelled: false
		});
		daysAgo += within(random, plan.gapDays);
	}
	return orders;
}

function makeLines(random: Random, plan: Plan): Line[] {
	return Array.from({ length: within(random, plan.lines) }, () => {
		const { name, price } = PRODUCTS[within(random, plan.products)] ?? PRODUCTS[0];
		return { product: name, quantity: within(random, plan.quantity), price };
	});
}

/** Credit notes for some of the orders: the same lines, negative, a day or two later. */
function cancellations(random: Random, orders: readonly Order[]): Order[] {
	return orders
		.filter(({ day }) => day < addDays(LAST_DAY, -3) && random() < CANCELLED_SHARE)
		.map((order) => ({ ...order, day: addDays(order.day, 1 + below(random, 2)), isCancelled: true }));
}

function renderOrder({ day, minute, person, lines, isCancelled }: Order, number: number): string[] {
	const time = `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`;
	return lines.map(({ product, quantity, price }) => {
		const cells = [
			`${isCancelled ? 'C' : ''}${number}`,
			`${day} ${time}`,
			person.email,
			person.name,
			product,
			String(isCancelled ? -quantity : quantity),
			(price / 100).toFixed(2),
			person.country
		];
		return cells.map(quoted).join(',');
	});
}

/** Changes rows in place: free items, repeated rows, and three lines with a wrong number of fields. */
function addDirt(random: Random, rows: string[]): void {
	for (let i = 0; i < FREE_LINES; i += 1) {
		const at = below(random, rows.length);
		rows[at] = (rows[at] ?? '').replace(/,\d+\.\d\d,/, ',0.00,');
	}
	for (let i = 0; i < DUPLICATED_LINES; i += 1) {
		const at = below(random, rows.length);
		rows.splice(at, 0, rows[at] ?? '');
	}
	const broken = [0.2, 0.5, 0.8].map((share) => Math.floor(share * rows.length));
	rows.splice(broken[2] ?? 0, 0, '18342,2025-07-02 11:04');
	rows.splice(broken[1] ?? 0, 0, '15210,2025-03-10 16:40,,,Enamel Cup, blue,1,8.95,Germany');
	rows.splice(broken[0] ?? 0, 0, '12077,2024-10-05 09:12,,,Linen Napkin,2,7,90,France');
}

function quoted(cell: string): string {
	return /[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function pickCountry(random: Random): string {
	let left = random();
	for (const { name, share } of COUNTRIES) {
		left -= share;
		if (left < 0) return name;
	}
	return COUNTRIES[0].name;
}

function pick<Item>(random: Random, items: readonly [Item, ...Item[]]): Item {
	return items[below(random, items.length)] ?? items[0];
}

function within(random: Random, [low, high]: Range): number {
	return low + below(random, high - low + 1);
}

function twoDigits(value: number): string {
	return String(value).padStart(2, '0');
}
