import { below, seeded } from '#lib/core/random.ts';

/** A made orders file: its text, and what is in it. */
export interface MadeOrders {
	readonly csv: string;
	readonly rows: number;
	readonly customers: number;
	readonly setAside: Readonly<Record<string, number>>;
}

export const MADE_HEADER = [
	'InvoiceNo',
	'InvoiceDate',
	'CustomerID',
	'CustomerName',
	'Quantity',
	'UnitPrice'
] as const;

/** Customers of each of the three kinds: regulars, cooling ones who spent much, and new faces. */
const CUSTOMERS_PER_KIND = 30;

const KINDS = [
	{ orders: 12, latestDay: 350, spreadDays: 300, price: 20 },
	{ orders: 5, latestDay: 120, spreadDays: 100, price: 90 },
	{ orders: 1, latestDay: 364, spreadDays: 20, price: 10 }
] as const;

/**
 * Orders of 90 customers of three kinds over 2024, with rows that have to be set aside: three without a customer, two
 * cancelled, two with a price of zero, and one with a field too many.
 */
export function makeOrders(
	{ delimiter = ',', decimalMark = '.' }: { delimiter?: string; decimalMark?: string } = {},
	seed = 5
): MadeOrders {
	const random = seeded(seed);
	const records: string[][] = [];
	KINDS.forEach((kind, k) => {
		for (let c = 0; c < CUSTOMERS_PER_KIND; c += 1) {
			const customer = String(1000 + k * CUSTOMERS_PER_KIND + c);
			for (let order = 0; order < kind.orders; order += 1) {
				const dayOfYear = kind.latestDay - below(random, kind.spreadDays);
				const price = (kind.price * (80 + below(random, 40))) / 100;
				records.push(madeRecord(records.length, dayOfYear, customer, price, decimalMark));
			}
		}
	});
	const [first = []] = records;
	const changed = (changes: Record<number, string>): string[] => first.map((text, i) => changes[i] ?? text);
	const dirt = [
		...[0, 1, 2].map((i) => changed({ 0: String(900_000 + i), 2: '' })),
		...[0, 1].map((i) => changed({ 0: `C${500_000 + i}`, 4: '-1' })),
		...[0, 1].map((i) => changed({ 0: String(910_000 + i), 5: '0' })),
		[...first, 'too much']
	];
	const all = [[...MADE_HEADER], ...records, ...dirt];
	return {
		csv: all.map((record) => `${record.join(delimiter)}\n`).join(''),
		rows: all.length - 1,
		customers: KINDS.length * CUSTOMERS_PER_KIND,
		setAside: { unreadable: 1, missing_customer: 3, cancelled: 2, price_not_positive: 2 }
	};
}

function madeRecord(
	index: number,
	dayOfYear: number,
	customer: string,
	price: number,
	decimalMark: string
): string[] {
	const day = new Date(Date.UTC(2024, 0, dayOfYear)).toISOString().slice(0, 10);
	const quantity = String(1 + (index % 3));
	return [
		String(500_000 + index),
		`${day} 10:00:00`,
		customer,
		`Zoë ${customer}`,
		quantity,
		price.toFixed(2).replace('.', decimalMark)
	];
}
