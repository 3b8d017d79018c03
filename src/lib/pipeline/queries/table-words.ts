/** What a table is, in one line, and what its columns are. Columns that explain themselves have no words. */
export interface TableWords {
	readonly words: string;
	readonly columns: Readonly<Record<string, string>>;
}

const CUSTOMER = 'The person, the same in every table';
const RECORD = {
	source: 'Id of the file',
	row: 'Record number in the file, from 1',
	customer_id: CUSTOMER
};
const PERSON = {
	email: 'In small letters',
	phone: 'With the country code where it is known',
	name: 'First and last name, or as the file has it'
};
const CONSENT = {
	email_consent: 'subscribed, unsubscribed, never_subscribed, cleaned, pending; empty: unknown',
	sms_consent: 'subscribed, unsubscribed, never_subscribed, cleaned, pending; empty: unknown',
	consented_at: 'When they last said yes or no'
};
const MONEY = 'In the currency of the session, exact to four digits';

/** The tables that a user sees, by schema and name; all others are for the pipeline alone. */
export const TABLE_WORDS: Readonly<Record<string, TableWords>> = {
	'clean.customers': {
		words: 'Everybody with an order',
		columns: { customer_id: CUSTOMER, idx: 'Position in the order of ids, from 0' }
	},
	'clean.orders': {
		words: 'One row per order that counts',
		columns: {
			customer_id: CUSTOMER,
			order_id: 'Number of the order; two shops may have the same',
			ordered_at: 'Day and time of the order',
			amount: MONEY,
			is_return: 'A credit note, which is no order',
			line_count: 'Rows of the order',
			item_count: 'Pieces in the order'
		}
	},
	'clean.order_lines': {
		words: 'One row per product of an order',
		columns: {
			...RECORD,
			ordered_at: 'Day and time of the order',
			quantity: 'Pieces',
			unit_price: 'Of one piece',
			amount: 'Of this line alone',
			is_return: 'A line of a credit note, with negative money'
		}
	},
	'clean.order_details': {
		words: 'What is said of each row of an order: channel, store, coupon, discount',
		columns: {
			...RECORD,
			ordered_at: 'Day and time of the order',
			is_return: 'A credit note, which is no order',
			discount: 'Money taken off before payment',
			refund: 'Money given back, of the whole order',
			is_order_discount: 'The discount is that of the whole order, not of the row'
		}
	},
	'clean.people': {
		words: 'Everybody in any file, one row per person',
		columns: {
			...PERSON,
			...CONSENT,
			customer_id: CUSTOMER,
			has_orders: 'Bought at least once',
			account_count: 'Accounts that are this person',
			source_count: 'Files that know this person',
			home_store: 'Store with most orders and visits',
			home_channel: 'Channel with most orders',
			home_region: 'Region of the postcode, else of the address'
		}
	},
	'clean.contacts': {
		words: 'How to reach people with orders',
		columns: { ...PERSON, customer_id: CUSTOMER }
	},
	'clean.profiles': {
		words: 'Lines of customers files',
		columns: { ...RECORD, ...PERSON, ...CONSENT, created_at: 'When the account was made' }
	},
	'clean.events': {
		words: 'What people did: visits, views, carts',
		columns: {
			...RECORD,
			happened_at: 'When it happened',
			event: 'What happened',
			value: 'Money it stands for'
		}
	},
	'clean.sends': {
		words: 'Messages to people and what came of them',
		columns: {
			...RECORD,
			sent_at: 'When it was sent, opened or clicked',
			action: 'sent, delivered, opened, clicked, bounced, unsubscribed, complained',
			variant: 'Version of the message in a test'
		}
	},
	'clean.campaigns': {
		words: 'Campaigns with what they cost and brought',
		columns: { spend: 'Money spent', starts_on: 'First day', ends_on: 'Last day' }
	},
	'clean.answers': {
		words: 'Answers of surveys',
		columns: { ...RECORD, answered_at: 'When it was answered', score: 'A number, such as 0 to 10' }
	},
	'clean.places': { words: 'Postcodes and where they are', columns: {} },
	'clean.rows': {
		words: 'Every row of the orders files, with why it is set aside',
		columns: {
			...RECORD,
			reason: 'Why it does not count; empty: it counts',
			detail: 'The value that shows it',
			amount: 'The row’s share of the money'
		}
	},
	'clean.changes': {
		words: 'What the newest export brought, changed or lost',
		columns: { change: 'added, changed or vanished', what: 'What changed' }
	},
	'clean.accounts': {
		words: 'Accounts of the files, and who they are',
		columns: { account: 'What a file calls somebody', customer_id: 'The person; empty: nobody' }
	},
	'features.customers': {
		words: 'One row per customer with the numbers that segments are made of',
		columns: { customer_id: CUSTOMER, idx: 'Position in the order of ids, from 0' }
	},
	'features.library': {
		words: 'One row per customer with every other feature',
		columns: { customer_id: CUSTOMER, idx: 'As in features.customers' }
	},
	'segment.rfm': {
		words: 'RFM scores and group of each customer',
		columns: {
			idx: 'As in features.customers',
			r_score: 'Recency from 1 up; the highest bought last',
			f_score: 'Frequency from 1 up; the highest bought most often',
			m_score: 'Money from 1 up; the highest spent most; 0: no amounts',
			fm_score: 'Mean of frequency and money, a half counting up; 0: no amounts',
			rfm_group: 'champion, loyal, …'
		}
	},
	'segment.members': {
		words: 'Natural segment of each customer',
		columns: { idx: 'As in features.customers', cluster: 'Number of the segment, from 0 by falling revenue' }
	}
};

/** Columns that every file has besides its own. */
export const FILE_COLUMN_WORDS: Readonly<Record<string, string>> = {
	row: 'Record number in the file, from 1',
	set_aside_by: 'Step of the clean-up that set the row aside; empty: none'
};
