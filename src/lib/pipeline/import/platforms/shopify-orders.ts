import type { PlatformPreset } from './platform.ts';

/** Orders of Shopify: one row per line item, the order's own columns on its first row. There is no customer id. */
export const shopifyOrders: PlatformPreset = {
	id: 'shopify-orders',
	label: 'Shopify orders',
	requires: ['Name', 'Email', 'Financial Status', 'Total', 'Created at'],
	distinctive: ['Lineitem name', 'Lineitem compare at price', 'Fulfillment Status'],
	mapping: {
		customer: ['Email'],
		date: ['Created at'],
		order_id: ['Name'],
		quantity: ['Lineitem quantity'],
		order_total: ['Total'],
		refund: ['Refunded Amount'],
		product: ['Lineitem name'],
		country: ['Shipping Country', 'Billing Country'],
		status: ['Financial Status'],
		currency: ['Currency'],
		name: ['Billing Name', 'Shipping Name'],
		phone: ['Phone', 'Billing Phone']
	},
	reading: { dateOrder: 'ymd', decimalMark: '.', orderFieldsOnFirstRow: true }
};
