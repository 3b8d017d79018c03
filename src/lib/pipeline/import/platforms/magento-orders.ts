import type { PlatformPreset } from './platform.ts';

/**
 * The orders grid of Magento and Adobe Commerce: one row per order. The email of the customer is in the file only when
 * that column of the grid was switched on.
 */
export const magentoOrders: PlatformPreset = {
	id: 'magento-orders',
	label: 'Magento orders',
	kind: 'orders',
	requires: ['ID', 'Purchase Date', 'Grand Total (Base)', 'Status'],
	distinctive: ['Purchase Point', 'Bill-to Name', 'Grand Total (Purchased)'],
	mapping: {
		customer: ['Customer Email'],
		date: ['Purchase Date'],
		order_id: ['ID'],
		order_total: ['Grand Total (Base)'],
		refund: ['Total Refunded'],
		status: ['Status'],
		name: ['Customer Name', 'Bill-to Name'],
		channel: ['Purchase Point'],
		payment_method: ['Payment Method'],
		customer_group: ['Customer Group']
	},
	reading: { orderFieldsOnFirstRow: false },
	noteIfIncomplete:
		'This export has names but no email, and two people can share a name. Switch on the Customer Email column of the orders grid and export again.'
};
