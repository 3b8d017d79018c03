import type { PlatformPreset } from './platform.ts';

/** The orders report of WooCommerce: one row per order, and neither an email nor a customer number. */
export const woocommerceOrders: PlatformPreset = {
	id: 'woocommerce-orders',
	label: 'WooCommerce orders report',
	kind: 'orders',
	requires: ['Date', 'Order #', 'Customer', 'Customer type'],
	distinctive: ['N. Revenue (formatted)', 'N. Revenue', 'Product(s)', 'Coupon(s)'],
	mapping: {
		customer: ['Customer'],
		date: ['Date'],
		order_id: ['Order #'],
		order_total: ['Net Sales', 'N. Revenue', 'N. Revenue (formatted)'],
		product: ['Product(s)'],
		status: ['Status'],
		channel: ['Attribution'],
		coupon: ['Coupon(s)']
	},
	reading: { dateOrder: 'ymd', orderFieldsOnFirstRow: false },
	note: 'This report has no email, so customers are told apart by name: two people of one name become one. An order export plugin gives better files.',
	isWarning: true
};
