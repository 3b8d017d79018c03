import type { PlatformPreset } from './platform.ts';

/**
 * The settlement details of Adyen: one row per booking. What a shopper paid is the gross credit, in the currency of the
 * payment; refunds, fees and payouts stand in the debit columns and have no gross credit.
 */
export const adyenSettlement: PlatformPreset = {
	id: 'adyen-settlement',
	label: 'Adyen settlement details',
	kind: 'orders',
	requires: ['Merchant Reference', 'Creation Date', 'Type', 'Gross Currency', 'Gross Credit (GC)'],
	distinctive: ['Net Credit (NC)', 'Gross Debit (GC)', 'Markup (NC)', 'Scheme Fees (NC)', 'Interchange (NC)'],
	mapping: {
		customer: ['Shopper Reference', 'Shopper Email'],
		date: ['Creation Date'],
		order_id: ['Merchant Reference'],
		amount: ['Gross Credit (GC)'],
		country: ['Shopper Country'],
		currency: ['Gross Currency'],
		email: ['Shopper Email'],
		name: ['Shopper Name'],
		line_type: ['Type'],
		payment_method: ['Payment Method']
	},
	reading: { dateOrder: 'ymd', decimalMark: '.', orderFieldsOnFirstRow: false },
	note: 'Settled payments count. Refunds are rows of their own and are not taken off what a customer spent.',
	noteIfIncomplete:
		'A settlement report names no shopper, so it gives sales but no customers. Use the orders export of your shop, or a report with a Shopper Reference.'
};
