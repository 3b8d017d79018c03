import { dayIn } from './drift-newest.ts';
import type { Rename } from './drift-renames.ts';
import type { TableSample } from './drift-sample.ts';
import type { FoundSource, Role } from './schema.ts';

/** Order numbers that two files share, and how many of them are other orders: of another customer, on another day. */
export interface Clash {
	readonly shared: number;
	readonly different: number;
}

/** Fewer shared numbers prove nothing. */
const FEWEST_SHARED = 20;
const MOST = 0.6;

/**
 * Tells the orders of another shop from a newer export: the same numbers, and behind most of them another customer and
 * another day. Looks at every record that was read of either. Null when there is no sign of it.
 */
export function findClash(
	old: TableSample<FoundSource>,
	found: TableSample<FoundSource>,
	renamed: readonly Pick<Rename, 'from' | 'to'>[]
): Clash | null {
	if (old.source.kind !== 'orders') return null;
	const names = new Map(renamed.map(({ from, to }) => [from, to]));
	const before = ordersOf(old, (column) => column);
	const after = ordersOf(found, (column) => names.get(column) ?? column, old.source);
	let shared = 0;
	let different = 0;
	for (const [id, now] of after) {
		const was = before.get(id);
		if (was === undefined) continue;
		shared += 1;
		if (isAnotherOrder(was, now)) different += 1;
	}
	return shared >= FEWEST_SHARED && different > MOST * shared ? { shared, different } : null;
}

/** What tells an order: who, in lower case, and when. Empty where the file says nothing. */
interface Order {
	readonly customer: string;
	readonly email: string;
	readonly day: string;
}

/** The orders of a table by number, as their first records say. `like`: the source whose mapping is read. */
function ordersOf(
	{ source, records }: TableSample<FoundSource>,
	nameOf: (column: string) => string,
	like: FoundSource = source
): Map<string, Order> {
	const placeOf = (role: Role) => {
		const column = like.mapping[role];
		return column === undefined ? -1 : source.columns.indexOf(nameOf(column));
	};
	const [id, customer, email, date] = [
		placeOf('order_id'),
		placeOf('customer'),
		placeOf('email'),
		placeOf('date')
	];
	const orders = new Map<string, Order>();
	if (id < 0 || date < 0) return orders;
	const order = source.reading.dateOrder ?? like.reading.dateOrder;
	for (const record of records) {
		const textOf = (place: number) => (record[place] ?? '').trim();
		const number = textOf(id);
		if (number === '' || orders.has(number)) continue;
		const day = dayIn(textOf(date), order) ?? textOf(date);
		orders.set(number, {
			customer: textOf(customer).toLowerCase(),
			email: textOf(email).toLowerCase(),
			day
		});
	}
	return orders;
}

/** Another day, and another of each thing that both say about who it was. */
function isAnotherOrder(was: Order, now: Order): boolean {
	const who = (['customer', 'email'] as const).filter((key) => was[key] !== '' && now[key] !== '');
	const isAnotherDay = was.day !== '' && now.day !== '' && was.day !== now.day;
	return isAnotherDay && who.length > 0 && who.every((key) => was[key] !== now[key]);
}
