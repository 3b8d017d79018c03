import type { PlatformPreset } from './platform.ts';

/**
 * The transactions of Square, old and new layout: one row per payment; refunds are rows of their own with negative
 * money, and have a transaction number of their own.
 */
export const squareTransactions: PlatformPreset = {
	id: 'square-transactions',
	label: 'Square transactions',
	kind: 'orders',
	requires: ['Date', 'Net Sales', 'Total Collected', 'Transaction ID'],
	distinctive: ['Square Gift Card', 'Card Entry Methods'],
	mapping: {
		customer: ['Customer ID', 'Customer Reference ID'],
		date: ['Date'],
		order_id: ['Transaction ID'],
		amount: ['Net Sales'],
		product: ['Description'],
		status: ['Transaction Status'],
		name: ['Customer Name'],
		time: ['Time'],
		discount: ['Discounts'],
		line_type: ['Event Type'],
		channel: ['Channel', 'Source'],
		payment_method: ['Card Brand', 'Other Tender Type'],
		store: ['Location']
	},
	reading: { orderFieldsOnFirstRow: false },
	note: 'Sales without a known customer are set aside.',
	noteIfIncomplete:
		'This file has no Customer ID column, so its sales belong to nobody. Newer exports of Square have the column.'
};
