import { z } from 'zod';

/** What a file is a list of. A `report` holds totals that cannot be joined to people. */
export const TABLE_KINDS = [
	'orders',
	'customers',
	'events',
	'sends',
	'campaigns',
	'survey',
	'places',
	'report'
] as const;
export const TableKind = z.enum(TABLE_KINDS);
export type TableKind = z.infer<typeof TableKind>;

/** The words of a kind of file: what it is, and what one of its rows is. */
export const KIND_WORDS: Readonly<Record<TableKind, { label: string; row: string; explain: string }>> = {
	orders: { label: 'Orders', row: 'order row', explain: 'Who bought what, when and for how much' },
	customers: { label: 'Customers', row: 'customer', explain: 'One row per person, with contact and consent' },
	events: { label: 'Events', row: 'event', explain: 'What people did: visits, views, carts' },
	sends: { label: 'Sends', row: 'send', explain: 'Messages to people, and what came back' },
	campaigns: { label: 'Campaigns', row: 'campaign', explain: 'What was sent or spent, and what it brought' },
	survey: {
		label: 'Survey answers',
		row: 'answer',
		explain: 'What people said, such as a score from 0 to 10'
	},
	places: {
		label: 'Postcodes',
		row: 'postcode',
		explain: 'Which region, city or store area a postcode belongs to'
	},
	report: { label: 'Report', row: 'line', explain: 'Totals of many people; it cannot be joined to customers' }
};

/** What a column can mean. One column has at most one role, one role at most one column. */
export const ROLES = [
	'customer',
	'date',
	'order_id',
	'quantity',
	'unit_price',
	'amount',
	'order_total',
	'refund',
	'product',
	'country',
	'status',
	'currency',
	'email',
	'name',
	'first_name',
	'last_name',
	'phone',
	'time',
	'discount',
	'sku',
	'category',
	'line_type',
	'channel',
	'coupon',
	'payment_method',
	'tags',
	'customer_group',
	'region',
	'city',
	'postcode',
	'created_at',
	'email_consent',
	'sms_consent',
	'consented_at',
	'birth_date',
	'gender',
	'language',
	'total_spent',
	'order_count',
	'event',
	'session_id',
	'url',
	'device',
	'campaign',
	'action',
	'variant',
	'end_date',
	'spend',
	'impressions',
	'clicks',
	'recipients',
	'opens',
	'conversions',
	'revenue',
	'unsubscribes',
	'question',
	'answer',
	'score',
	'card',
	'store',
	'updated_at',
	'street'
] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

const WHO = ['customer', 'email', 'phone', 'name', 'first_name', 'last_name'] as const;
const WHERE = ['country', 'region', 'city', 'postcode', 'street'] as const;

const KIND_ROLES: Readonly<Record<TableKind, readonly Role[]>> = {
	orders: [
		'customer',
		'date',
		'order_id',
		'quantity',
		'unit_price',
		'amount',
		'order_total',
		'refund',
		'product',
		'country',
		'status',
		'currency',
		'email',
		'name',
		'first_name',
		'last_name',
		'phone',
		'time',
		'discount',
		'sku',
		'category',
		'line_type',
		'channel',
		'coupon',
		'payment_method',
		'tags',
		'customer_group',
		'region',
		'city',
		'postcode',
		'street',
		'card',
		'store'
	],
	customers: [
		...WHO,
		...WHERE,
		'created_at',
		'email_consent',
		'sms_consent',
		'consented_at',
		'birth_date',
		'gender',
		'language',
		'tags',
		'customer_group',
		'total_spent',
		'order_count',
		'card',
		'updated_at'
	],
	events: [
		'customer',
		'email',
		'phone',
		'card',
		'date',
		'time',
		'event',
		'product',
		'category',
		'quantity',
		'amount',
		'channel',
		'session_id',
		'url',
		'device',
		'store'
	],
	sends: ['customer', 'email', 'phone', 'date', 'time', 'campaign', 'channel', 'action', 'variant'],
	campaigns: [
		'campaign',
		'date',
		'end_date',
		'channel',
		'spend',
		'currency',
		'impressions',
		'clicks',
		'recipients',
		'opens',
		'conversions',
		'revenue',
		'unsubscribes'
	],
	survey: ['customer', 'email', 'date', 'question', 'answer', 'score'],
	places: ['postcode', 'region', 'city', 'country'],
	report: []
};

/** The roles that columns of a kind of file can have, the most important first. */
export function rolesOf(kind: TableKind): readonly Role[] {
	return KIND_ROLES[kind];
}

/** Roles without which nothing can be said: of each list, one must have a column. */
const REQUIRED: Readonly<Record<TableKind, readonly (readonly Role[])[]>> = {
	orders: [['customer'], ['date']],
	customers: [['customer', 'email', 'phone', 'card']],
	events: [['customer', 'email', 'phone', 'card'], ['date']],
	sends: [['customer', 'email', 'phone'], ['date']],
	campaigns: [['campaign']],
	survey: [
		['customer', 'email'],
		['answer', 'score']
	],
	places: [['postcode'], ['region', 'city']],
	report: []
};

/** What a mapping still lacks: of each list, one role must be given a column. */
export function missingRoles(
	kind: TableKind,
	mapping: Readonly<Partial<Record<Role, string>>>
): readonly (readonly Role[])[] {
	return REQUIRED[kind].filter((roles) => roles.every((role) => mapping[role] === undefined));
}

interface RoleWords {
	readonly label: string;
	readonly explain: string;
}

/** The words of a role, for the mapper and for messages. */
export const ROLE_WORDS: Readonly<Record<Role, RoleWords>> = {
	customer: {
		label: 'Customer',
		explain: 'Who it is: a number, code or email that is the same in every row of a person'
	},
	date: { label: 'Date', explain: 'The day, or day and time' },
	order_id: { label: 'Order number', explain: 'The same on every line of one order' },
	quantity: { label: 'Quantity', explain: 'How many pieces a line holds' },
	unit_price: { label: 'Price of one', explain: 'Multiplied by the quantity' },
	amount: {
		label: 'Amount of the row',
		explain: 'Money of this row alone; the rows of an order are added up'
	},
	order_total: {
		label: 'Order total',
		explain: 'Money of the whole order, counted once however many rows it has'
	},
	refund: { label: 'Refunded', explain: 'Money given back, taken off the order' },
	product: { label: 'Product', explain: 'What it was' },
	country: { label: 'Country', explain: 'Where the customer or the delivery is' },
	status: { label: 'Status', explain: 'Tells cancelled, voided or failed orders' },
	currency: { label: 'Currency', explain: 'The code of the money, such as GBP' },
	email: { label: 'Email', explain: 'Carried into your audience files' },
	name: { label: 'Name', explain: 'Carried into your audience files' },
	first_name: { label: 'First name', explain: 'Carried into your audience files' },
	last_name: { label: 'Last name', explain: 'Carried into your audience files' },
	phone: { label: 'Phone', explain: 'Carried into your audience files' },
	time: { label: 'Time of day', explain: 'Where it stands apart from the date' },
	discount: { label: 'Discount', explain: 'Money taken off before payment' },
	sku: { label: 'Article number', explain: 'The code of the product' },
	category: { label: 'Category', explain: 'The group of the product' },
	line_type: { label: 'Kind of row', explain: 'Tells sales from refunds, fees and transfers' },
	channel: { label: 'Channel', explain: 'Web, store, app, email, …' },
	coupon: { label: 'Coupon', explain: 'The code that was used' },
	payment_method: { label: 'Payment method', explain: 'Card, cash, invoice; tells test payments' },
	tags: { label: 'Tags', explain: 'Labels of the order or the person; tell test and staff orders' },
	customer_group: { label: 'Customer group', explain: 'Such as retail or wholesale' },
	region: { label: 'Region', explain: 'State, province or county' },
	city: { label: 'City', explain: 'Where the customer or the delivery is' },
	postcode: { label: 'Postcode', explain: 'Kept as text, with its zeros' },
	street: { label: 'Street', explain: 'Street and number, for finding people who may be one' },
	created_at: { label: 'Customer since', explain: 'The day the person was first seen' },
	email_consent: { label: 'Email consent', explain: 'May this person be written to?' },
	sms_consent: { label: 'SMS consent', explain: 'May this person get text messages?' },
	consented_at: { label: 'Consent given', explain: 'The day the consent was given' },
	birth_date: { label: 'Date of birth', explain: 'Kept on this device' },
	gender: { label: 'Gender', explain: 'As the file has it' },
	language: { label: 'Language', explain: 'The language to write in' },
	total_spent: { label: 'Total spent', explain: 'As the platform counts it; compared with your orders' },
	order_count: {
		label: 'Number of orders',
		explain: 'As the platform counts them; compared with your orders'
	},
	event: { label: 'What happened', explain: 'Visit, view, cart, …' },
	session_id: { label: 'Visit', explain: 'The same on every row of one visit' },
	url: { label: 'Page', explain: 'The address that was seen' },
	device: { label: 'Device', explain: 'Phone, tablet, desktop' },
	campaign: { label: 'Campaign', explain: 'The name of what was sent or run' },
	action: { label: 'What came back', explain: 'Sent, opened, clicked, bounced, unsubscribed' },
	variant: { label: 'Variant', explain: 'The arm of a test' },
	end_date: { label: 'Last day', explain: 'The day it ended' },
	spend: { label: 'Cost', explain: 'Money paid for it' },
	impressions: { label: 'Impressions', explain: 'How often it was shown' },
	clicks: { label: 'Clicks', explain: 'How often it was clicked' },
	recipients: { label: 'Recipients', explain: 'How many people it went to' },
	opens: { label: 'Opens', explain: 'How often it was opened' },
	conversions: { label: 'Conversions', explain: 'How many orders it claims' },
	revenue: { label: 'Revenue claimed', explain: 'Money it claims, as the platform counts it' },
	unsubscribes: { label: 'Unsubscribes', explain: 'How many people left' },
	question: { label: 'Question', explain: 'What was asked' },
	answer: { label: 'Answer', explain: 'What the person said' },
	score: { label: 'Score', explain: 'A number, such as 0 to 10' },
	card: {
		label: 'Loyalty card',
		explain: 'The number of a card or membership; joins the same person across files'
	},
	store: { label: 'Store', explain: 'The shop or location where it happened' },
	updated_at: {
		label: 'Last changed',
		explain: 'The day the entry was last changed or the person was last active'
	}
};

const KIND_ROLE_WORDS: Readonly<Partial<Record<TableKind, Partial<Record<Role, RoleWords>>>>> = {
	orders: {
		customer: {
			label: 'Customer',
			explain: 'Who bought: a number, code or email that is the same in every order of a person'
		},
		date: { label: 'Order date', explain: 'The day, or day and time, of the order' },
		product: { label: 'Product', explain: 'What was bought' }
	},
	campaigns: { date: { label: 'First day', explain: 'The day it was sent or began' } },
	events: { amount: { label: 'Value', explain: 'Money that the event stands for' } }
};

/** The words of a role in a kind of file. */
export function roleWords(role: Role, kind: TableKind): RoleWords {
	return KIND_ROLE_WORDS[kind]?.[role] ?? ROLE_WORDS[role];
}
