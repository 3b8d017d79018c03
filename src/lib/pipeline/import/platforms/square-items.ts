import type { PlatformPreset } from './platform.ts';

/** The item details of Square: one row per item sold; refunds are rows of their own with negative money. */
export const squareItems: PlatformPreset = {
	id: 'square-items',
	label: 'Square item details',
	requires: ['Date', 'Item', 'Qty', 'Net Sales', 'Transaction ID'],
	distinctive: ['Price Point Name', 'Modifiers Applied'],
	mapping: {
		customer: ['Customer ID', 'Customer Reference ID'],
		date: ['Date'],
		order_id: ['Transaction ID'],
		quantity: ['Qty'],
		amount: ['Net Sales'],
		product: ['Item'],
		status: ['Event Type'],
		name: ['Customer Name']
	},
	reading: { orderFieldsOnFirstRow: false },
	note: 'Sales without a known customer are set aside.'
};
