import type { PlatformPreset } from './platform.ts';

/**
 * The item details of Square, old and new layout: one row per item sold; refunds are rows of their own with negative
 * money.
 */
export const squareItems: PlatformPreset = {
	id: 'square-items',
	label: 'Square item details',
	kind: 'orders',
	requires: ['Date', 'Item', 'Qty', 'Net Sales', 'Transaction ID'],
	distinctive: ['Price Point Name', 'Modifiers Applied'],
	mapping: {
		customer: ['Customer ID', 'Customer Reference ID'],
		date: ['Date'],
		order_id: ['Transaction ID'],
		quantity: ['Qty'],
		amount: ['Net Sales'],
		product: ['Item'],
		name: ['Customer Name'],
		time: ['Time'],
		discount: ['Discounts'],
		sku: ['SKU'],
		category: ['Category'],
		line_type: ['Event Type'],
		channel: ['Channel'],
		store: ['Location']
	},
	reading: { orderFieldsOnFirstRow: false },
	note: 'Sales without a known customer are set aside.',
	noteIfIncomplete:
		'This file has no Customer ID column, so its sales belong to nobody. Newer exports of Square have the column.'
};
