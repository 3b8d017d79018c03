import { id, sql, type Sql } from '#lib/engine/sql.ts';

/** A column that a file has to have. */
interface ToldByColumn {
	readonly words: string;
	readonly table: string;
	readonly time: string;
	readonly condition: Sql;
}

/** The tables of `clean` that tell them, and their columns of times. */
const TABLES = {
	lines: { table: 'order_lines', time: 'ordered_at' },
	details: { table: 'order_details', time: 'ordered_at' },
	events: { table: 'events', time: 'happened_at' },
	sends: { table: 'sends', time: 'sent_at' },
	answers: { table: 'answers', time: 'answered_at' },
	profiles: { table: 'profiles', time: 'created_at' }
} as const;

/** Columns that rules ask for and no feature needs. */
export const FIELD_NEEDS = {
	lines: told('lines', 'products, prices or quantities in an orders file', sql`NOT is_return`),
	line_product: ofLines('product', 'names of products'),
	line_sku: ofLines('sku', 'codes of products'),
	coupon: ofOrders('coupon', 'coupons'),
	order_channel_name: ofOrders('channel', 'channels'),
	order_store: ofOrders('store', 'stores'),
	payment_method: ofOrders('payment_method', 'payment methods'),
	event_name: ofEvents('event', 'names of events'),
	event_product: ofEvents('product', 'products'),
	event_category: ofEvents('category', 'categories'),
	event_quantity: ofEvents('quantity', 'quantities'),
	event_value: ofEvents('value', 'values'),
	event_channel: ofEvents('channel', 'channels'),
	event_store: ofEvents('store', 'stores'),
	event_url: ofEvents('url', 'addresses of pages'),
	send_campaign: ofSends('campaign', 'campaigns'),
	send_channel_name: ofSends('channel', 'channels'),
	send_variant: ofSends('variant', 'variants'),
	answer_question: ofAnswers('question', 'questions'),
	answer_text: ofAnswers('answer', 'answers'),
	profile_country: ofProfiles('country', 'countries'),
	profile_city: ofProfiles('city', 'cities'),
	profile_postcode: ofProfiles('postcode', 'postcodes'),
	profile_tags: ofProfiles('tags', 'tags'),
	customer_group: ofProfiles('customer_group', 'customer groups'),
	profile_created_at: ofProfiles('created_at', 'days on which customers were added')
} as const;

function told(kind: keyof typeof TABLES, words: string, condition: Sql): ToldByColumn {
	return { words, ...TABLES[kind], condition };
}

function ofLines(column: string, what: string): ToldByColumn {
	return told(
		'lines',
		`a column of ${what} in an orders file`,
		sql`${id(column)} IS NOT NULL AND NOT is_return`
	);
}

function ofOrders(column: string, what: string): ToldByColumn {
	return told('details', `a column of ${what} in an orders file`, sql`${id(column)} IS NOT NULL`);
}

function ofEvents(column: string, what: string): ToldByColumn {
	return told('events', `a column of ${what} in a file of events`, sql`${id(column)} IS NOT NULL`);
}

function ofSends(column: string, what: string): ToldByColumn {
	return told('sends', `a column of ${what} in a file of sends`, sql`${id(column)} IS NOT NULL`);
}

function ofAnswers(column: string, what: string): ToldByColumn {
	return told(
		'answers',
		`a column of ${what} in a file of answers to a survey`,
		sql`${id(column)} IS NOT NULL`
	);
}

function ofProfiles(column: string, what: string): ToldByColumn {
	return told('profiles', `a column of ${what} in a customers file`, sql`${id(column)} IS NOT NULL`);
}
