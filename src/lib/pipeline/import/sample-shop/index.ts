import { deriveSeed, seeded } from '#lib/core/random.ts';
import type { NamedBlob } from '../byte-source.ts';
import {
	CART_LEAVERS,
	GAP_DAYS,
	RETURNING_BROWSERS,
	makeSampleEvents,
	makeSampleSends
} from './behaviour.ts';
import { DUPLICATE_PEOPLE, makeSampleCustomers } from './customers.ts';
import { BUSY_DAY, makeSampleOrders } from './orders.ts';

/** A made-up shop to try the app with, and who was planted where. */
export interface SampleShop {
	/** Orders, customers, events, sends and campaigns. */
	readonly files: readonly NamedBlob[];
	/** Customer email → id of the planted segment. Shoppers without an email are in none. */
	readonly planted: ReadonlyMap<string, string>;
}

/** What was hidden in the sample shop for the app to find, in words. */
export const PLANTED: readonly string[] = [
	'Four natural segments among 3,000 customers: regulars, cooling big spenders, new faces, and people who bought once.',
	'Sales without a customer, cancelled orders, free items, 14 rows twice and three broken lines in the orders.',
	`A market on ${BUSY_DAY} with about five times the orders of other days.`,
	`${DUPLICATE_PEOPLE} people twice in the customer list, 24 wholesale customers, 6 of the staff, 250 who never bought.`,
	`${CART_LEAVERS} new faces who left a cart in the last five days; ${RETURNING_BROWSERS} lapsed people who look around again.`,
	`No event from ${GAP_DAYS[0]} to ${GAP_DAYS.at(-1)}: the tracking was down.`,
	'Five campaigns; in the subject line test of June, B is clicked about twice as often as A.'
];

/** Makes the sample shop. The same seed gives the same bytes. */
export function makeSampleShop(seed = 7): SampleShop {
	const { csv: orders, people } = makeSampleOrders(seeded(seed));
	const { sends, campaigns } = makeSampleSends(seeded(deriveSeed(seed, 3)), people);
	const files = {
		'sample-shop-orders.csv': orders,
		'sample-shop-customers.csv': makeSampleCustomers(seeded(deriveSeed(seed, 1)), people),
		'sample-shop-events.csv': makeSampleEvents(seeded(deriveSeed(seed, 2)), people),
		'sample-shop-sends.csv': sends,
		'sample-shop-campaigns.csv': campaigns
	};
	return {
		files: Object.entries(files).map(([name, text]) => ({
			name,
			blob: new Blob([text], { type: 'text/csv' })
		})),
		planted: new Map(people.map(({ email, segment }) => [email, segment]))
	};
}
