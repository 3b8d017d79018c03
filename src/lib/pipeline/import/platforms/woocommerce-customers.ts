import type { PlatformPreset } from './platform.ts';

/** The customers report of WooCommerce: registered people and guests, who have no user name. */
export const woocommerceCustomers: PlatformPreset = {
	id: 'woocommerce-customers',
	label: 'WooCommerce customers report',
	kind: 'customers',
	requires: ['Name', 'Email', 'Orders', 'Total Spend'],
	distinctive: ['AOV', 'Sign Up', 'Country / Region'],
	mapping: {
		country: ['Country / Region'],
		email: ['Email'],
		name: ['Name'],
		phone: ['Billing Phone', 'Shipping Phone'],
		customer_group: ['Role'],
		region: ['Region'],
		city: ['City'],
		postcode: ['Postal Code'],
		created_at: ['Sign Up'],
		total_spent: ['Total Spend'],
		order_count: ['Orders'],
		updated_at: ['Last Active']
	},
	reading: { dateOrder: 'ymd', orderFieldsOnFirstRow: false },
	note: 'The orders report of WooCommerce holds names alone, so the two reports cannot be joined safely.'
};
