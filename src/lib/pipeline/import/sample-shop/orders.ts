import { addDays, type Day } from '#lib/core/days.ts';
import { below, type Random } from '#lib/core/random.ts';
import { COUNTRIES, FAMILY_NAMES, GIVEN_NAMES, PRODUCTS } from './people.ts';

/** The last day on which the shop has orders; its first is 18 months earlier. */
export const LAST_DAY: Day = '2025-08-31';
const FIRST_ORDER_ID = 10_001;
const HEADER =
	'order_id,order_date,customer_email,customer_name,product,quantity,unit_price,country,category,channel,coupon';

export type Range = readonly [number, number];

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
/** A day of many small sales at a market, five times what a day has else. Nobody knows who bought. */
export const BUSY_DAY: Day = '2025-05-17';
const BUSY_DAY_ORDERS = 118;
const BUSY_DAY_PLAN: Plan = { ...GUEST_PLAN, lastOrderDaysAgo: [107, 107] };
const CANCELLED_SHARE = 0.012;
const STORE_SHARE = 0.25;
const COUPON_SHARE = 0.18;
const COUPONS = ['WELCOME10', 'SPRING15', 'FRIENDS20'] as const;
const FREE_LINES = 9;
const DUPLICATED_LINES = 14;

/** Somebody who does not exist. */
export interface Person {
	readonly email: string;
	readonly name: string;
	readonly country: string;
	/** Id of the planted segment; empty for guests. */
	readonly segment: string;
	/** Day of the last order. */
	readonly lastDay: Day;
}

interface Line {
	readonly product: string;
	readonly category: string;
	readonly quantity: number;
	readonly price: number;
}

interface Order {
	readonly day: Day;
	readonly minute: number;
	readonly person: Person;
	readonly lines: readonly Line[];
	readonly channel: string;
	readonly coupon: string;
	readonly isCancelled: boolean;
}

/** The orders of a made-up shop, as a file and as the people behind them. */
export interface SampleOrders {
	readonly csv: string;
	readonly people: readonly Person[];
}

/**
 * Orders with four planted segments that differ in recency, frequency and spend, and with what real exports hold:
 * sales without a customer, cancelled orders, free items, rows twice, a day with five times the orders, and three broken
 * lines.
 */
export function makeSampleOrders(random: Random): SampleOrders {
	const people: Person[] = [];
	const orders: Order[] = [];
	for (const plan of PLANS) {
		for (let i = 0; i < plan.customers; i += 1) {
			const person = makePerson(random, plan, people.length + 1);
			const own = makeOrders(random, plan, person);
			people.push({ ...person, lastDay: own[0]?.day ?? LAST_DAY });
			orders.push(...own);
		}
	}
	for (let i = 0; i < GUEST_ORDERS; i += 1) orders.push(...makeOrders(random, GUEST_PLAN, guest(random)));
	for (let i = 0; i < BUSY_DAY_ORDERS; i += 1) {
		orders.push(...makeOrders(random, BUSY_DAY_PLAN, guest(random)));
	}
	orders.push(...cancellations(random, orders));
	orders.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.minute - b.minute));
	const rows = orders.flatMap((order, i) => renderOrder(order, FIRST_ORDER_ID + i));
	addDirt(random, rows);
	return { csv: csvOf([HEADER, ...rows]), people };
}

/** Lines as a file. */
export function csvOf(lines: readonly string[]): string {
	return [...lines, ''].join('\n');
}

function makePerson(random: Random, plan: Plan, number: number): Person {
	const given = pick(random, GIVEN_NAMES);
	const family = pick(random, FAMILY_NAMES);
	const plain = `${given}.${family}`
		.normalize('NFD')
		.replace(/[^a-z.]/gi, '')
		.toLowerCase();
	const email = `${plain}${number}@example.com`;
	const country = pickCountry(random);
	return { email, name: `${given} ${family}`, country, segment: plan.segment, lastDay: LAST_DAY };
}

function guest(random: Random): Person {
	return { email: '', name: '', country: pickCountry(random), segment: '', lastDay: LAST_DAY };
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
			channel: person.email === '' || random() < STORE_SHARE ? 'store' : 'web',
			coupon: random() < COUPON_SHARE ? pick(random, COUPONS) : '',
			isCancelled: false
		});
		daysAgo += within(random, plan.gapDays);
	}
	return orders;
}

function makeLines(random: Random, plan: Plan): Line[] {
	return Array.from({ length: within(random, plan.lines) }, () => {
		const { name, price, category } = PRODUCTS[within(random, plan.products)] ?? PRODUCTS[0];
		return { product: name, category, quantity: within(random, plan.quantity), price };
	});
}

/** Credit notes for some of the orders: the same lines, negative, a day or two later. */
function cancellations(random: Random, orders: readonly Order[]): Order[] {
	return orders
		.filter(({ day }) => day < addDays(LAST_DAY, -3) && random() < CANCELLED_SHARE)
		.map((order) => ({ ...order, day: addDays(order.day, 1 + below(random, 2)), isCancelled: true }));
}

function renderOrder(order: Order, number: number): string[] {
	const { day, minute, person, lines, channel, coupon, isCancelled } = order;
	return lines.map(({ product, category, quantity, price }) => {
		const cells = [
			`${isCancelled ? 'C' : ''}${number}`,
			`${day} ${clock(minute)}`,
			person.email,
			person.name,
			product,
			String(isCancelled ? -quantity : quantity),
			(price / 100).toFixed(2),
			person.country,
			category,
			channel,
			coupon
		];
		return recordOf(cells);
	});
}

/** Changes rows in place: free items, repeated rows, and three lines with a wrong number of fields. */
function addDirt(random: Random, rows: string[]): void {
	for (let i = 0; i < FREE_LINES; i += 1) {
		const at = below(random, rows.length);
		rows[at] = (rows[at] ?? '').replace(/,\d+\.\d\d(?=,[^,]+,[^,]+,(?:store|web),)/, ',0.00');
	}
	for (let i = 0; i < DUPLICATED_LINES; i += 1) {
		const at = below(random, rows.length);
		rows.splice(at, 0, rows[at] ?? '');
	}
	const broken = [0.2, 0.5, 0.8].map((share) => Math.floor(share * rows.length));
	rows.splice(broken[2] ?? 0, 0, '18342,2025-07-02 11:04');
	rows.splice(broken[1] ?? 0, 0, '15210,2025-03-10 16:40,,,Enamel Cup, blue,1,8.95,Germany,Tableware,store,');
	rows.splice(broken[0] ?? 0, 0, '12077,2024-10-05 09:12,,,Linen Napkin,2,7,90,France,Kitchen,store,');
}

/** Cells as one line of CSV. */
export function recordOf(cells: readonly string[]): string {
	return cells.map(quoted).join(',');
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

/** One of the items, all alike. */
export function pick<Item>(random: Random, items: readonly [Item, ...Item[]]): Item {
	return items[below(random, items.length)] ?? items[0];
}

/** A whole number of a range, both ends included. */
export function within(random: Random, [low, high]: Range): number {
	return low + below(random, high - low + 1);
}

/** A minute of the day as `08:05`. */
export function clock(minute: number): string {
	return `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`;
}

function twoDigits(value: number): string {
	return String(value).padStart(2, '0');
}
