import type { PlatformPreset } from './platform.ts';

/**
 * Orders of Shopify, old and new layout: one row per line item, the order's own columns on its first row. There is no
 * customer id: people are known by their email, and sales at a counter may have none.
 */
export const shopifyOrders: PlatformPreset = {
	id: 'shopify-orders',
	label: 'Shopify orders',
	kind: 'orders',
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
		phone: ['Phone', 'Billing Phone'],
		discount: ['Discount Amount'],
		sku: ['Lineitem sku'],
		channel: ['Source'],
		coupon: ['Discount Code'],
		payment_method: ['Payment Method'],
		tags: ['Tags'],
		region: ['Shipping Province Name', 'Shipping Province', 'Billing Province Name', 'Billing Province'],
		city: ['Shipping City', 'Billing City'],
		postcode: ['Shipping Zip', 'Billing Zip'],
		street: ['Shipping Street', 'Shipping Address1', 'Billing Street', 'Billing Address1'],
		store: ['Location']
	},
	reading: { dateOrder: 'ymd', decimalMark: '.', orderFieldsOnFirstRow: true }
};
