import type { PlatformPreset } from './platform.ts';

/** The transactions of Square: one row per payment; refunds are rows of their own with negative money. */
export const squareTransactions: PlatformPreset = {
	id: 'square-transactions',
	label: 'Square transactions',
	requires: ['Date', 'Net Sales', 'Total Collected', 'Transaction ID'],
	distinctive: ['Square Gift Card', 'Card Entry Methods'],
	mapping: {
		customer: ['Customer ID', 'Customer Reference ID'],
		date: ['Date'],
		order_id: ['Transaction ID'],
		amount: ['Net Sales'],
		product: ['Description'],
		status: ['Transaction Status', 'Event Type'],
		name: ['Customer Name']
	},
	reading: { orderFieldsOnFirstRow: false },
	note: 'Sales without a known customer are set aside.'
};
