import type { PlatformPreset } from './platform.ts';

/** The customer directory of Square. Its `Square Customer ID` is the `Customer ID` of transactions and items. */
export const squareCustomers: PlatformPreset = {
	id: 'square-customers',
	label: 'Square customer directory',
	kind: 'customers',
	requires: ['First Name', 'Last Name', 'Email Address', 'Phone Number', 'Square Customer ID'],
	distinctive: ['Square Customer ID', 'Creation Source', 'Email Subscription Status', 'Instant Profile'],
	mapping: {
		customer: ['Square Customer ID'],
		email: ['Email Address'],
		first_name: ['First Name'],
		last_name: ['Last Name'],
		phone: ['Phone Number'],
		region: ['State'],
		city: ['City'],
		postcode: ['Postal Code'],
		street: ['Street Address 1'],
		created_at: ['First Visit'],
		email_consent: ['Email Subscription Status'],
		birth_date: ['Birthday'],
		total_spent: ['Lifetime Spend', 'Total Spend'],
		order_count: ['Transaction Count']
	},
	reading: { orderFieldsOnFirstRow: false }
};
