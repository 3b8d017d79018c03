import type { TableKind } from '#lib/pipeline/import/roles.ts';
import type { Role, SourceParams } from '#lib/pipeline/import/schema.ts';
import { makeSource } from './raw-tables.ts';

/** A raw table and the source it belongs to, as `cleanRows` takes them. */
export interface MadeFile {
	readonly source: SourceParams;
	readonly rows: readonly (readonly string[])[];
}

/** A file of a kind whose columns are called like the roles they have. */
export function fileOf(
	id: string,
	kind: TableKind,
	roles: readonly Role[],
	rows: readonly (readonly string[])[]
): MadeFile {
	const mapping = Object.fromEntries(roles.map((role) => [role, role]));
	return { source: { ...makeSource(roles, mapping, { id }), kind }, rows };
}

/** The as-of day of `FIVE_PEOPLE`. */
export const FIVE_AS_OF = '2024-05-01';

const ORDERS = fileOf(
	's1',
	'orders',
	['order_id', 'date', 'channel', 'store', 'amount', 'customer'],
	[
		['1', '2024-03-01', 'Web', '', '10', 'a'],
		['2', '2024-04-10', 'web', '', '10', 'a'],
		['3', '2024-04-20', 'POS', 'Main Street', '10', 'a'],
		['4', '2024-04-21', 'web', '', '10', 'a'],
		['5', '2024-04-01', 'web', '', '15', 'b'],
		['5', '2024-04-01', '', '', '15', 'b'],
		['6', '2024-04-02', 'web', '', '1', 'b'],
		['7', '2024-01-10', '', 'North', '10', 'c'],
		['8', '2024-02-10', 'web', '', '10', 'c'],
		['9', '2024-04-28', '', '', '10', 'd'],
		['10', '2024-04-29', 'Amazon', '', '50', 'e']
	]
);

const EVENTS = fileOf(
	's2',
	'events',
	['customer', 'date', 'event', 'session_id', 'channel', 'store', 'device'],
	[
		['a', '2024-04-20 10:00', 'page_view', '1', 'web', '', 'iPhone'],
		['a', '2024-04-20 10:05', 'Product View', '1', 'web', '', 'iPhone'],
		['a', '2024-04-20 10:10', 'add_to_cart', '1', 'web', '', 'iPhone'],
		['a', '2024-04-25 09:00', 'view_item', '2', 'web', '', 'Desktop'],
		['a', '2024-04-25 09:30', 'Add to cart', '2', 'web', '', 'Desktop'],
		['a', '2024-04-30 20:00', 'AddToCart', '3', 'web', '', 'iPhone'],
		['b', '2024-01-15 08:00', 'Opened Email', '', '', '', ''],
		['b', '2024-03-01 08:00', 'visit', '', '', '', ''],
		['b', '2024-04-03 08:00', 'visit', '', '', 'Main Street', ''],
		['b', '2024-04-03 18:00', 'visit', '', '', 'Main Street', ''],
		['b', '2024-04-05 08:00', 'visit', '', 'POS', '', ''],
		['b', '2024-04-07 08:00', 'visit', '', 'web', '', 'iPad'],
		['c', '2024-03-01', 'visit', '', '', '', ''],
		['c', '2024-03-05', 'visit', '', '', '', ''],
		['c', '2024-03-10', 'visit', '', '', '', ''],
		['c', '2024-04-20', 'visit', '', '', '', ''],
		['d', '2023-12-01', 'visit', '', '', '', ''],
		['d', '2024-02-21', 'visit', '', '', '', ''],
		['d', '2024-03-02', 'visit', '', '', '', ''],
		['d', '2024-03-12', 'visit', '', '', '', ''],
		['d', '2024-03-22', 'visit', '', '', '', '']
	]
);

const SENDS = fileOf(
	's3',
	'sends',
	['customer', 'date', 'campaign', 'channel', 'action'],
	[
		['a', '2024-01-02', 'Winter', 'email', 'sent'],
		['a', '2024-01-03', 'Winter', 'email', 'opened'],
		['a', '2024-01-15', 'Sale', 'email', 'sent'],
		['a', '2024-01-15', 'Sale', 'email', 'bounced'],
		['a', '2024-04-01', 'Spring', 'email', 'sent'],
		['a', '2024-04-01', 'Spring', 'email', 'opened'],
		['a', '2024-04-02', 'Spring', 'email', 'opened'],
		['a', '2024-04-02', 'Spring', 'email', 'clicked'],
		['a', '2024-04-10', 'News', 'SMS', 'sent'],
		['a', '2024-04-10', 'News', 'SMS', 'delivered'],
		['a', '2024-04-11', 'News', 'SMS', 'clicked'],
		['a', '2024-04-11', 'News', 'SMS', 'clicked'],
		['b', '2024-04-01', 'Spring', 'email', 'sent'],
		['c', '2024-01-20', 'Winter', 'email', 'clicked'],
		['c', '2024-01-20', 'Winter', 'email', 'clicked'],
		['d', '2024-04-01', 'Spring', 'email', 'sent'],
		['d', '2024-04-01', 'Spring', 'email', 'bounced']
	]
);

const ANSWERS = fileOf(
	's4',
	'survey',
	['customer', 'date', 'question', 'score'],
	[
		['a', '2024-02-01', 'recommend', '9'],
		['a', '2024-04-01', 'recommend', '6'],
		['a', '2024-04-05', 'stars', '4'],
		['b', '', 'recommend', '10'],
		['c', '2024-03-01', 'recommend', '8'],
		['d', '2024-03-02', 'stars', '5']
	]
);

const PROFILES = fileOf(
	's5',
	'customers',
	[
		...(['customer', 'created_at', 'updated_at', 'birth_date', 'gender', 'language', 'region'] as const),
		...(['email_consent', 'sms_consent', 'consented_at'] as const)
	],
	[
		['a', '2023-01-01', '2023-06-01', '1984-05-01', 'f', 'en', '', 'yes', 'yes', '2023-01-01'],
		['a', '2023-01-02', '2024-01-01', '', '', 'de', 'Tyrol', 'no', '', '2024-01-01'],
		['b', '', '', '1984-05-02', 'm', '', '', 'yes', 'yes', '2024-06-01'],
		['c', '2024-05-01', '', '1990-01-01', 'f', 'fr', 'Paris', 'yes', 'yes', ''],
		['d', '', '', '1880-01-01', '', '', '', '', '', '']
	]
);

/**
 * Five customers, a to e, with everything files can tell of them, small enough to be worked out by hand. Of engagement, b
 * rises, c stays, d falls; e did nothing but buy.
 */
export const FIVE_PEOPLE: readonly MadeFile[] = [ORDERS, EVENTS, SENDS, ANSWERS, PROFILES];

/** The orders of the five alone. */
export const FIVE_ORDERS: readonly MadeFile[] = [ORDERS];
