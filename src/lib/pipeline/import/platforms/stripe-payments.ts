import type { PlatformPreset } from './platform.ts';

/** Payments of Stripe, old and new layout: one row per charge, with columns that the user picked when exporting. */
export const stripePayments: PlatformPreset = {
	id: 'stripe-payments',
	label: 'Stripe payments',
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
		name: ['Card Name']
	},
	reading: { dateOrder: 'ymd', decimalMark: '.', orderFieldsOnFirstRow: false }
};
