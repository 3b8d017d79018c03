import type { PlatformPreset } from './platform.ts';

/**
 * Payments of Stripe, old and new layout: one row per charge, with columns that the user picked when exporting. Times
 * are UTC, as the header says. The converted amount is in the currency of the account, the other in that of the charge.
 */
export const stripePayments: PlatformPreset = {
	id: 'stripe-payments',
	label: 'Stripe payments',
	kind: 'orders',
	requires: ['id', 'Amount', 'Amount Refunded', 'Status'],
	distinctive: ['Created (UTC)', 'Created date (UTC)', 'Payment Source Type'],
	mapping: {
		customer: ['Customer ID', 'Customer Email'],
		date: ['Created (UTC)', 'Created date (UTC)'],
		order_id: ['id'],
		amount: ['Converted Amount', 'Amount'],
		refund: ['Converted Amount Refunded', 'Amount Refunded'],
		product: ['Description'],
		country: ['Card Address Country'],
		status: ['Status'],
		currency: ['Converted Currency', 'Currency'],
		email: ['Customer Email'],
		name: ['Card Name'],
		payment_method: ['Payment Source Type', 'Card Funding'],
		tags: ['Mode'],
		region: ['Card Address State'],
		city: ['Card Address City'],
		postcode: ['Card Address Zip'],
		street: ['Card Address Line1']
	},
	reading: { dateOrder: 'ymd', decimalMark: '.', orderFieldsOnFirstRow: false, isUtc: true },
	noteIfIncomplete:
		'This export has neither Customer ID nor Customer Email, so its payments belong to nobody. Export again and tick one of these columns.'
};
