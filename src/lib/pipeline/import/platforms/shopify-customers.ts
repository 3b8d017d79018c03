import type { PlatformPreset } from './platform.ts';

/** Customers of Shopify, old and new layout. Ids, phones and postcodes may have an apostrophe in front. */
export const shopifyCustomers: PlatformPreset = {
	id: 'shopify-customers',
	label: 'Shopify customers',
	kind: 'customers',
	requires: ['Email', 'First Name', 'Last Name', 'Total Spent', 'Total Orders'],
	distinctive: ['Accepts Email Marketing', 'Accepts SMS Marketing', 'Accepts Marketing'],
	mapping: {
		customer: ['Customer ID'],
		country: ['Default Address Country Code', 'Country Code', 'Country'],
		email: ['Email'],
		first_name: ['First Name'],
		last_name: ['Last Name'],
		phone: ['Phone', 'Default Address Phone'],
		tags: ['Tags'],
		region: ['Default Address Province Code', 'Province', 'Province Code'],
		city: ['Default Address City', 'City'],
		postcode: ['Default Address Zip', 'Zip'],
		street: ['Default Address Address1', 'Address1'],
		email_consent: ['Accepts Email Marketing', 'Accepts Marketing'],
		sms_consent: ['Accepts SMS Marketing'],
		total_spent: ['Total Spent'],
		order_count: ['Total Orders']
	},
	reading: { dateOrder: 'ymd', decimalMark: '.', orderFieldsOnFirstRow: false }
};
